import { Layer, WebMercatorViewport, type LayerProps, type UpdateParameters } from '@deck.gl/core';
import type { Buffer, Device, RenderPipelineParameters } from '@luma.gl/core';
import { Model } from '@luma.gl/engine';
import { runsInBox, type PointChunks } from '../points/point-set.js';
import { toWorld, unitsPerPixel, widened, worldBoxOf, worldSize } from '../world-square.js';
import {
  fragmentShader,
  paletteLength,
  pointSpritesModule,
  vertexShader,
  type PointSpritesUniforms,
} from './point-sprites.shader.js';

interface PointSpritesProps {
  /** x and y on the world square of 2^32 by turns, along a curve so that neighbours stand together. */
  readonly positions: Uint32Array;
  readonly chunks: PointChunks;
  /** A byte a point: its entry in the palette, 0 to hide it. */
  readonly classes: Uint8Array;
  /** A byte a point: how much of `span` its radius gets; null for none. */
  readonly sizes: Uint8Array | null;
  /** Red, green and blue from 0 to 255 by class. */
  readonly palette: readonly (readonly number[])[];
  readonly ring: readonly number[];
  /** Radius in CSS pixels, and what the largest size adds. */
  readonly radius: number;
  readonly span: number;
  readonly pixelRatio: number;
}

export type PointSpritesLayerProps = PointSpritesProps & LayerProps;

interface State {
  readonly model: Model;
  positions: Buffer;
  classes: Buffer;
  sizes: Buffer;
  [name: string]: unknown;
}

const blended: RenderPipelineParameters = {
  depthWriteEnabled: false,
  depthCompare: 'always',
  blend: true,
  blendColorOperation: 'add',
  blendColorSrcFactor: 'src-alpha',
  blendColorDstFactor: 'one-minus-src-alpha',
  blendAlphaOperation: 'add',
  blendAlphaSrcFactor: 'one',
  blendAlphaDstFactor: 'one-minus-src-alpha',
};

/**
 * Points drawn as one vertex each, straight from whole coordinates. A change of filter or colour uploads a
 * byte a point; a change of palette, size or view uploads nothing. What is out of view is not drawn.
 */
export class PointSpritesLayer extends Layer<PointSpritesProps> {
  static override readonly layerName = 'PointSpritesLayer';
  declare state: State;

  override initializeState(): void {
    const { device } = this.context;
    this.state = { model: makeModel(device, this.id), ...this.#buffers(device) };
    this.#bind();
  }

  override updateState({ props, oldProps }: UpdateParameters<this>): void {
    const { device } = this.context;
    if (oldProps.positions !== undefined && props.positions !== oldProps.positions) {
      this.#destroyBuffers();
      Object.assign(this.state, this.#buffers(device));
      this.#bind();
    } else if (oldProps.positions !== undefined) {
      if (props.classes !== oldProps.classes) this.state.classes.write(props.classes);
      if (props.sizes !== oldProps.sizes) this.state.sizes.write(sizesOf(props));
    }
    this.setNeedsRedraw();
  }

  /** The model's parameters are its own, deck.gl's shader modules are not used. */
  override getModels(): Model[] {
    return [];
  }

  override finalizeState(context: Parameters<Layer['finalizeState']>[0]): void {
    this.state.model.destroy();
    this.#destroyBuffers();
    super.finalizeState(context);
  }

  override draw(): void {
    const { viewport, renderPass } = this.context;
    const { positions, chunks, radius, span } = this.props;
    const { model } = this.state;
    if (positions.length === 0 || !(viewport instanceof WebMercatorViewport)) return;
    model.shaderInputs.setProps({ pointSprites: this.#uniforms(viewport) });
    const margin = (radius + span) * unitsPerPixel(viewport.zoom);
    const box = widened(worldBoxOf(viewport.getBounds()), margin);
    for (const [first, end] of runsInBox(chunks, positions.length / 2, box)) {
      model.setDrawOffsets({ firstVertex: first, firstIndex: 0 });
      model.setVertexCount(end - first);
      // The program may still be compiled: then the next frame tries again.
      if (!model.draw(renderPass)) this.setNeedsRedraw();
    }
  }

  #uniforms(viewport: WebMercatorViewport): PointSpritesUniforms {
    const { palette, ring, radius, span, pixelRatio, opacity } = this.props;
    const centre = toWorld({ lon: viewport.longitude, lat: viewport.latitude });
    const colours = Array.from(
      { length: paletteLength },
      (_, index) => palette[index] ?? [0, 0, 0],
    );
    return {
      matrix: matrixAround(viewport, centre),
      palette: colours.map((colour) => colourOf(colour)),
      ring: colourOf(ring),
      origin: [Math.floor(centre.x / 2), Math.floor(centre.y / 2)],
      radius,
      span,
      pixelRatio,
      opacity,
    };
  }

  #buffers(device: Device): Pick<State, 'positions' | 'classes' | 'sizes'> {
    const { positions, classes } = this.props;
    return {
      positions: device.createBuffer({ data: positions }),
      classes: device.createBuffer({ data: classes }),
      sizes: device.createBuffer({ data: sizesOf(this.props) }),
    };
  }

  #bind(): void {
    const { model, positions, classes, sizes } = this.state;
    model.setAttributes({ positions, classes, sizes });
  }

  #destroyBuffers(): void {
    for (const name of ['positions', 'classes', 'sizes'] as const) this.state[name].destroy();
  }
}

function makeModel(device: Device, id: string): Model {
  return new Model(device, {
    id,
    vs: vertexShader,
    fs: fragmentShader,
    modules: [pointSpritesModule],
    topology: 'point-list',
    bufferLayout: [
      { name: 'positions', format: 'uint32x2' },
      { name: 'classes', format: 'unorm8' },
      { name: 'sizes', format: 'unorm8' },
    ],
    parameters: blended,
  });
}

function sizesOf({ sizes, classes }: PointSpritesProps): Uint8Array {
  return sizes ?? new Uint8Array(classes.length);
}

/** Red, green, blue and alpha from 0 to 1. */
function colourOf([red = 0, green = 0, blue = 0, alpha = 255]: readonly number[]): number[] {
  return [red / 255, green / 255, blue / 255, alpha / 255];
}

/** Takes half units around a place of the world square to the screen, worked out in doubles. */
function matrixAround(viewport: WebMercatorViewport, { x, y }: { x: number; y: number }): number[] {
  const m = viewport.viewProjectionMatrix as number[];
  const unit = 512 / worldSize;
  const originX = 2 * Math.floor(x / 2) * unit;
  const originY = 512 - 2 * Math.floor(y / 2) * unit;
  const column = (index: number, factor: number) =>
    [0, 1, 2, 3].map((row) => (m[index * 4 + row] as number) * factor);
  const moved = [0, 1, 2, 3].map(
    (row) =>
      (m[row] as number) * originX + (m[4 + row] as number) * originY + (m[12 + row] as number),
  );
  return [...column(0, 2 * unit), ...column(1, -2 * unit), ...column(2, 1), ...moved];
}
