import { localized } from '@lit/localize';
import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import {
  Map as MapLibreMap,
  NavigationControl,
  setWorkerUrl,
  type GeoJSONSource,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { getTileCatalog } from '../api/tiles.js';
import type { CheckResult } from '../../server/contract/import-jobs.js';
import { labelControls } from './control-labels.js';
import { mapStyles } from './ct-map.styles.js';
import { loadLabelFonts } from './fonts.js';
import { defaultLayers } from './layer-state.js';
import { palettes, type Theme } from './palette.js';
import { shapeSources } from './sources.js';
import { buildStyle } from './style.js';

setWorkerUrl(workerUrl);

type Shapes = CheckResult['shapes'];

const sketch = 'sketch';
const closestZoom = 14;

/** A map of places and shapes that are not stored yet, over what the project holds. Load it lazily. */
@localized()
@customElement('ct-sketch-map')
export class CtSketchMap extends LitElement {
  static override readonly styles = mapStyles;

  @property({ attribute: false }) shapes: Shapes = [];
  @property() theme: Theme = 'light';

  @query('.map') private readonly container!: HTMLElement;

  #map: MapLibreMap | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#map?.remove();
    this.#map = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#open();
  }

  protected override firstUpdated(): void {
    void this.#open();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('theme') && changed.get('theme') !== undefined) void this.#restyle();
    const source = this.#map?.getSource<GeoJSONSource>(sketch);
    if (changed.has('shapes')) void source?.setData(toFeatures(this.shapes));
  }

  protected override render() {
    return html`<div class="map ${this.theme}"></div>`;
  }

  async #open(): Promise<void> {
    await loadLabelFonts();
    const style = await this.#style();
    if (!this.isConnected || this.#map) return;
    const [west, south, east, north] = extentOf(this.shapes);
    this.#map = new MapLibreMap({
      container: this.container,
      style,
      bounds: [west, south, east, north],
      fitBoundsOptions: { padding: 32, maxZoom: closestZoom },
      renderWorldCopies: false,
      attributionControl: { compact: true },
    });
    this.#map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right');
    labelControls(this.renderRoot);
  }

  async #restyle(): Promise<void> {
    const style = await this.#style();
    this.#map?.setStyle(style);
  }

  async #style() {
    const { theme } = this;
    const palette = palettes[theme];
    const catalog = await getTileCatalog().catch(() => null);
    const sources = catalog
      ? shapeSources({ catalog, regionLevels: [null], origin: location.origin })
      : {};
    const base = buildStyle(
      {
        theme,
        palette,
        layers: defaultLayers,
        choropleth: null,
        selectedRegionId: null,
        roadColour: 'class',
      },
      sources,
    );
    return {
      ...base,
      sources: {
        ...base.sources,
        [sketch]: { type: 'geojson' as const, data: toFeatures(this.shapes) },
      },
      layers: [...base.layers, ...sketchLayers(palette.accent, palette.pointRing)],
    };
  }
}

/** Areas and lines in the accent, points as circles that grow with the rows they stand for. */
function sketchLayers(colour: string, ring: string) {
  const has = (type: string) =>
    ['==', ['geometry-type'], type] as ['==', ['geometry-type'], string];
  return [
    {
      id: 'sketch-areas',
      type: 'fill' as const,
      source: sketch,
      filter: has('Polygon'),
      paint: { 'fill-color': colour, 'fill-opacity': 0.25 },
    },
    {
      id: 'sketch-lines',
      type: 'line' as const,
      source: sketch,
      filter: ['!=', ['geometry-type'], 'Point'] as ['!=', ['geometry-type'], string],
      paint: { 'line-color': colour, 'line-width': 1.5 },
    },
    {
      id: 'sketch-points',
      type: 'circle' as const,
      source: sketch,
      filter: has('Point'),
      paint: {
        'circle-color': colour,
        'circle-opacity': 0.8,
        'circle-stroke-color': ring,
        'circle-stroke-width': 1,
        'circle-radius': ['min', 18, ['+', 4, ['*', 2, ['log10', ['get', 'rows']]]]] as [
          'min',
          ...(number | unknown[])[],
        ] as never,
      },
    },
  ];
}

function toFeatures(layers: Shapes): GeoJSON.FeatureCollection {
  const features = layers.flatMap(({ places, shapes }) => [
    ...places.map(([lon, lat, rows]) =>
      toFeature({ type: 'Point', coordinates: [lon, lat] }, rows),
    ),
    ...shapes.map((shape) => toFeature(shape as GeoJSON.Geometry, 1)),
  ]);
  return { type: 'FeatureCollection', features };
}

function toFeature(geometry: GeoJSON.Geometry, rows: number): GeoJSON.Feature {
  return { type: 'Feature', geometry, properties: { rows } };
}

function extentOf(layers: Shapes): readonly [number, number, number, number] {
  const extents = layers.map(({ extent }) => extent);
  return [
    Math.min(...extents.map(([west]) => west)),
    Math.min(...extents.map(([, south]) => south)),
    Math.max(...extents.map(([, , east]) => east)),
    Math.max(...extents.map(([, , , north]) => north)),
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-sketch-map': CtSketchMap;
  }
}
