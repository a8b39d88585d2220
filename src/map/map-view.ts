import {
  AttributionControl,
  GeolocateControl,
  Map as MapLibreMap,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import { AccountView, boundsOf } from './account-view.js';
import {
  closestFitZoom,
  fitPadding,
  isBbox,
  isSameViewport,
  noPadding,
  pixelRatioFor,
  roundViewport,
  uncoveredOffset,
} from './camera.js';
import { choroplethShape } from './choropleth.js';
import type { Bbox, FrameSize, LonLat, MapPin, Viewport } from './contract.js';
import { DrawOverlay } from './draw/draw-overlay.js';
import { DrawTools } from './draw/draw-tools.js';
import { PlaceAsker } from './draw/place-asker.js';
import { hatchImage, hatchImageId } from './hatch.js';
import { isWithinZooms, layerOf } from './layer-state.js';
import { regionLevelsOf } from './layers/regions.js';
import { opacityOf } from './layers/style-input.js';
import type { MapListener, MapState } from './map-state.js';
import { MapPointer } from './map-pointer.js';
import { palettes } from './palette.js';
import { takePicture } from './picture.js';
import { viewportFor, type PrintView } from './print-frame.js';
import { RegionColours } from './region-colours.js';
import { shapeSources } from './sources.js';
import { buildStyle } from './style.js';
import { TileErrors } from './tile-errors.js';

setWorkerUrl(workerUrl);

/** How far the map is tilted for columns, in degrees. */
const columnPitch = 45;

/** While the map moves, tiles along the way are asked for at most this often. */
const loadIntervalMs = 200;

/**
 * The map behind `<ct-map>`: turns the state it is given into MapLibre's style, feature states and
 * deck.gl layers, and reports to its listener. Construct it when the label fonts are loaded.
 */
export class MapView {
  readonly #map: MapLibreMap;
  readonly #listener: MapListener;
  readonly #accounts: AccountView;
  readonly #regions: RegionColours;
  readonly #errors: TileErrors;
  readonly #pointer: MapPointer;
  readonly #overlay: DrawOverlay;
  readonly #tools: DrawTools;
  readonly #asker: PlaceAsker;
  readonly #marker = new Marker({ color: palettes.light.accent });
  readonly #glow = new Marker({ element: glowElement() });
  #state: MapState;
  #hasStyle = false;
  #styleKey = '';
  #lastTold: Viewport | null = null;
  #isReady = false;
  #hadAccounts = true;
  #lastLoad = 0;

  constructor(
    container: HTMLElement,
    state: MapState,
    listener: MapListener,
    view: { readonly viewport: Viewport | null; readonly print?: PrintView },
  ) {
    this.#state = state;
    this.#listener = listener;
    const { print } = view;
    const start = view.viewport ?? { lon: 0, lat: 20, zoom: 1.5 };
    this.#map = new MapLibreMap({
      container,
      center: [start.lon, start.lat],
      zoom: start.zoom,
      minZoom: 1,
      maxZoom: 20,
      maxPitch: 50,
      renderWorldCopies: false,
      attributionControl: false,
      pixelRatio: pixelRatioFor(container.clientWidth, container.clientHeight, devicePixelRatio),
      canvasContextAttributes: { antialias: true },
      ...print,
    });
    this.#accounts = new AccountView(this.#map, {
      summaryChanged: (summary) => listener.summaryChanged(summary),
      pictureChanged: (picture) => listener.pictureChanged(picture),
      failed: (message) => listener.failed('accounts', message),
    });
    this.#regions = new RegionColours(this.#map);
    this.#errors = new TileErrors(this.#map, (layer, message) => listener.failed(layer, message));
    this.#pointer = new MapPointer({
      map: this.#map,
      accounts: this.#accounts,
      listener,
      stateOf: () => this.#state,
      regionHovered: () => this.#applyHover(),
      zoomInto: (place, zoom) => this.flyTo({ ...place, zoom }),
    });
    this.#overlay = new DrawOverlay(this.#map, container, listener);
    this.#tools = new DrawTools(this.#map, {
      sketched: (sketch) => this.#overlay.sketch(sketch),
      drawn: (leaf) => listener.drawn(leaf),
      ended: () => listener.toolEnded(),
    });
    this.#asker = new PlaceAsker(this.#map, (place) => listener.placeAsked(place));
    if (!print) this.#addControls();
    this.#listen();
    this.#marker.on('dragend', () => {
      const { lng, lat } = this.#marker.getLngLat();
      listener.pinMoved({ lon: lng, lat });
    });
    this.#applyPin(state.pin);
    this.#applyDrawing();
    this.#map.once('style.load', () => this.#start());
    this.#map.setStyle(this.#style());
  }

  /** Draws a new state. Cheap when little changed; tiles are kept whenever their address is. */
  update(state: MapState): void {
    const before = this.#state;
    this.#state = state;
    if (before.pin !== state.pin) this.#applyPin(state.pin);
    if (before.highlight !== state.highlight) this.#applyHighlight(state.highlight);
    this.#applyDrawing();
    if (!this.#hasStyle) return;
    this.#applyStyle();
    this.#regions.show(state.choropleth);
    this.#applyHover();
    this.#applyAccounts();
    this.#applyPitch(before);
  }

  /** Moves without animation; a viewport that the map itself reported is left alone. */
  setViewport(viewport: Viewport): void {
    if (isSameViewport(viewport, this.#lastTold)) return;
    this.#lastTold = viewport;
    this.#map.jumpTo({ center: [viewport.lon, viewport.lat], zoom: viewport.zoom });
  }

  /** Flies to a box or point, or jumps where the person asked for less motion. */
  flyTo(target: Bbox | (LonLat & { readonly zoom?: number })): void {
    const animate = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const { padding } = this.#state;
    if (isBbox(target)) {
      const { clientWidth, clientHeight } = this.#map.getContainer();
      this.#map.fitBounds([target[0], target[1], target[2], target[3]], {
        padding: fitPadding(padding, clientWidth, clientHeight),
        maxZoom: closestFitZoom,
        animate,
        duration: 700,
      });
      return;
    }
    this.#map.flyTo({
      center: [target.lon, target.lat],
      zoom: target.zoom ?? Math.max(this.#map.getZoom(), 15),
      offset: uncoveredOffset(padding),
      animate,
      duration: 900,
    });
  }

  /** What the map shows, `width` pixels wide. */
  takePicture(width: number): Promise<HTMLCanvasElement> {
    return takePicture(this.#map, width);
  }

  /** Ends a shape drawn by clicks. */
  finishDrawing(): void {
    this.#tools.finish();
  }

  /** Where a map of another size must look to hold all that is seen of this one. */
  frame(size: FrameSize): Viewport & { readonly bearing: number } {
    const bearing = this.#map.getBearing();
    return { ...viewportFor(this.#map, this.#state.padding, size), bearing };
  }

  /** Whether all that is in view, as far as it can be had, is drawn. */
  get isDrawn(): boolean {
    return this.#isReady && !this.#accounts.isLoading && this.#map.loaded();
  }

  /** Device pixels that are drawn for a CSS pixel: fewer than asked for where the graphics card ends. */
  get pixelRatio(): number {
    const canvas = this.#map.getCanvas();
    return canvas.width / Math.max(1, this.#map.getContainer().clientWidth);
  }

  /** Whether the map is seen from the side, where one scale does not hold all over it. */
  get isTilted(): boolean {
    return this.#map.getPitch() > 0;
  }

  /** Follows a change of size of the element, keeping the centre. */
  resize(): void {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    this.#map.setPixelRatio(pixelRatioFor(clientWidth, clientHeight, devicePixelRatio));
    this.#map.resize();
  }

  /** Asks again for everything that failed; for when the network is back. */
  retry(): void {
    this.#errors.retry();
    this.#accounts.retry();
  }

  /** Frees workers, requests and graphics memory. */
  close(): void {
    this.#pointer.close();
    this.#tools.close();
    this.#asker.close();
    this.#overlay.close();
    this.#errors.close();
    this.#accounts.close();
    this.#map.remove();
  }

  #start(): void {
    this.#hasStyle = true;
    this.#accounts.attach();
    this.update(this.#state);
  }

  #style() {
    const { catalog, layers, choropleth, selectedRegionId, roadColour, theme } = this.#state;
    const shape = choroplethShape(choropleth, theme);
    const sources = catalog
      ? shapeSources({
          catalog,
          regionLevels: regionLevelsOf(shape),
          origin: location.origin,
        })
      : {};
    const palette = palettes[theme];
    return buildStyle(
      { theme, palette, layers, choropleth: shape, selectedRegionId, roadColour },
      sources,
    );
  }

  #applyStyle(): void {
    const { catalog, layers, choropleth, selectedRegionId, roadColour, theme } = this.#state;
    const shape = choroplethShape(choropleth, theme);
    const key = JSON.stringify([catalog, layers, shape, selectedRegionId, roadColour, theme]);
    if (key === this.#styleKey) return;
    this.#styleKey = key;
    this.#map.setStyle(this.#style(), { diff: true });
  }

  #applyHover(): void {
    const { choropleth, hoveredRegionId } = this.#state;
    this.#regions.hover(choropleth, this.#pointer.hoveredRegionId ?? hoveredRegionId);
  }

  #applyAccounts(): void {
    const { catalog, accountFilter, measure, accountDisplay, layers, theme, choropleth, locale } =
      this.#state;
    const overRegions = choropleth !== null && opacityOf(layers, 'regions') > 0;
    const opacity = this.#areAccountsInZoom() ? opacityOf(layers, 'accounts') : 0;
    this.#hadAccounts = this.#areAccountsInZoom();
    this.#accounts.update({
      catalog: opacity > 0 ? catalog : null,
      filter: accountFilter,
      measure,
      display: accountDisplay,
      opacity,
      theme,
      cellShape: overRegions ? 'circles' : 'hexagons',
      locale,
    });
  }

  #applyDrawing(): void {
    const { drawing, locale } = this.#state;
    this.#tools.use(drawing.tool);
    this.#overlay.update(drawing, locale);
  }

  /** Columns are seen from the side; whoever leaves them looks down again. */
  #applyPitch(before: MapState): void {
    const isTilted = ({ accountDisplay }: MapState) => accountDisplay.mode === 'columns';
    const isFirst = before === this.#state;
    if (isTilted(this.#state) === isTilted(before) && !isFirst) return;
    if (isFirst && !isTilted(this.#state)) return;
    const animate = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#map.easeTo({ pitch: isTilted(this.#state) ? columnPitch : 0, animate, duration: 500 });
  }

  #applyPin(pin: MapPin | null): void {
    this.#marker.remove();
    if (!pin) return;
    this.#marker.setLngLat([pin.lon, pin.lat]).setDraggable(pin.draggable).addTo(this.#map);
  }

  #applyHighlight(place: LonLat | null): void {
    this.#glow.remove();
    if (place) this.#glow.setLngLat([place.lon, place.lat]).addTo(this.#map);
  }

  #addControls(): void {
    const map = this.#map;
    map.addControl(new AttributionControl({ compact: true }), 'bottom-right');
    map.addControl(new ScaleControl({ maxWidth: 88, unit: 'metric' }), 'bottom-right');
    map.addControl(new NavigationControl({ visualizePitch: true }), 'bottom-right');
    map.addControl(
      new GeolocateControl({
        positionOptions: { enableHighAccuracy: true },
        fitBoundsOptions: { maxZoom: 15, padding: noPadding },
      }),
      'bottom-right',
    );
  }

  #listen(): void {
    const map = this.#map;
    map.setMissingStyleImageResolver((id) => this.#addImage(id));
    map.on('idle', () => this.#rest());
    map.on('moveend', () => this.#moved());
    map.on('move', () => this.#loadOnTheWay());
    map.on('zoom', () => this.#zoomed());
  }

  async #addImage(id: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      if (id !== hatchImageId(theme) || this.#map.hasImage(id)) continue;
      this.#map.addImage(id, hatchImage(theme), { pixelRatio: 2 });
    }
  }

  #zoomed(): void {
    if (this.#hasStyle && this.#hadAccounts !== this.#areAccountsInZoom()) this.#applyAccounts();
    this.#accounts.zoomed();
  }

  #areAccountsInZoom(): boolean {
    return isWithinZooms(layerOf(this.#state.layers, 'accounts'), this.#map.getZoom());
  }

  #moved(): void {
    const { lng, lat } = this.#map.getCenter();
    const viewport = roundViewport({ lon: lng, lat, zoom: this.#map.getZoom() });
    this.#accounts.load();
    this.#accounts.summarise();
    if (isSameViewport(viewport, this.#lastTold)) return;
    this.#lastTold = viewport;
    this.#listener.viewportChanged(viewport, boundsOf(this.#map));
  }

  #loadOnTheWay(): void {
    if (this.#map.isZooming() || performance.now() - this.#lastLoad < loadIntervalMs) return;
    this.#lastLoad = performance.now();
    this.#accounts.load();
  }

  /** Everything asked for is drawn: tell once that the map is there. */
  #rest(): void {
    this.#errors.noteSuccess();
    if (this.#isReady || !this.#state.catalog) return;
    this.#isReady = true;
    this.#listener.ready();
  }
}

/** A ring around a place, styled in `ct-map.styles.ts`. */
function glowElement(): HTMLElement {
  const ring = document.createElement('div');
  ring.className = 'glow';
  ring.setAttribute('aria-hidden', 'true');
  return ring;
}
