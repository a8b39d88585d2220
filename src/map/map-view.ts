import {
  AttributionControl,
  GeolocateControl,
  Map as MapLibreMap,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type MapMouseEvent,
  type MapTouchEvent,
  type GeoJSONSource,
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
import type { Bbox, LonLat, MapPin, Viewport } from './contract.js';
import { hatchImage, hatchImageId } from './hatch.js';
import { hoverCard } from './hover-card.js';
import {
  isSameLabels,
  labelPoints,
  type LabelCollection,
  type NamedPiece,
} from './label-points.js';
import { regionLevelsOf } from './layers/regions.js';
import { opacityOf } from './layers/style-input.js';
import type { MapListener, MapState } from './map-state.js';
import { palettes } from './palette.js';
import { pick, type Hit } from './picking.js';
import { RegionColours } from './region-colours.js';
import { labelSourceId, layerOfSource, regionSourceId, shapeSources } from './sources.js';
import { buildStyle } from './style.js';
import { TileErrors } from './tile-errors.js';

setWorkerUrl(workerUrl);

/** While the map moves, tiles along the way are asked for at most this often. */
const loadIntervalMs = 200;

/** Names narrower than this on screen would only collide. */
const smallestLabelPixels = 30;

const noLabels: LabelCollection = { type: 'FeatureCollection', features: [] };

/** Sources whose named shapes get one label each; the others are labelled by MapLibre itself. */
const labelledSources = ['business_zones', 'land_cover'] as const;

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
  readonly #marker = new Marker({ color: '#1c2427' });
  #state: MapState;
  #hasStyle = false;
  #styleKey = '';
  #labels: LabelCollection = noLabels;
  #lastTold: Viewport | null = null;
  #hoveredRegionId: number | null = null;
  #isReady = false;
  #lastLoad = 0;
  #hoverFrame = 0;

  constructor(
    container: HTMLElement,
    state: MapState,
    listener: MapListener,
    viewport: Viewport | null,
  ) {
    this.#state = state;
    this.#listener = listener;
    const start = viewport ?? { lon: 0, lat: 20, zoom: 1.5 };
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
    });
    this.#accounts = new AccountView(this.#map, {
      summaryChanged: (summary) => listener.summaryChanged(summary),
      failed: (message) => listener.failed('accounts', message),
    });
    this.#regions = new RegionColours(this.#map);
    this.#errors = new TileErrors(this.#map, (layer, message) => listener.failed(layer, message));
    this.#addControls();
    this.#listen();
    this.#marker.on('dragend', () => {
      const { lng, lat } = this.#marker.getLngLat();
      listener.pinMoved({ lon: lng, lat });
    });
    this.#applyPin(state.pin);
    this.#map.once('style.load', () => this.#start());
    this.#map.setStyle(this.#style());
  }

  /** Draws a new state. Cheap when little changed; tiles are kept whenever their address is. */
  update(state: MapState): void {
    const before = this.#state;
    this.#state = state;
    if (before.pin !== state.pin) this.#applyPin(state.pin);
    if (!this.#hasStyle) return;
    this.#applyStyle();
    this.#regions.show(state.choropleth);
    this.#applyHover();
    this.#applyAccounts();
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
    cancelAnimationFrame(this.#hoverFrame);
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
          labels: this.#labels,
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
    this.#regions.hover(choropleth, this.#hoveredRegionId ?? hoveredRegionId);
  }

  #applyAccounts(): void {
    const { catalog, accountFilter, measure, layers, theme, choropleth, locale } = this.#state;
    const overRegions = choropleth !== null && opacityOf(layers, 'regions') > 0;
    const opacity = opacityOf(layers, 'accounts');
    this.#accounts.update({
      catalog: opacity > 0 ? catalog : null,
      filter: accountFilter,
      measure,
      opacity,
      theme,
      cellShape: overRegions ? 'circles' : 'hexagons',
      locale,
    });
  }

  #applyPin(pin: MapPin | null): void {
    this.#marker.remove();
    if (!pin) return;
    this.#marker.setLngLat([pin.lon, pin.lat]).setDraggable(pin.draggable).addTo(this.#map);
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
    map.on('zoom', () => this.#accounts.zoomed());
    map.on('click', (event) => this.#click(event));
    map.on('mousemove', (event) => this.#scheduleHover(event));
    map.on('mouseout', () => this.#unhover());
    map.on('dragstart', () => this.#unhover());
  }

  async #addImage(id: string): Promise<void> {
    for (const theme of ['light', 'dark'] as const) {
      if (id !== hatchImageId(theme) || this.#map.hasImage(id)) continue;
      this.#map.addImage(id, hatchImage(theme), { pixelRatio: 2 });
    }
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

  /** Everything asked for is drawn: place the names, and tell once that the map is there. */
  #rest(): void {
    this.#errors.noteSuccess();
    this.#placeLabels();
    if (this.#isReady || !this.#state.catalog) return;
    this.#isReady = true;
    this.#listener.ready();
  }

  #placeLabels(): void {
    const source = this.#map.getSource<GeoJSONSource>(labelSourceId);
    if (!source) return;
    const degreesPerPixel = 360 / (512 * 2 ** this.#map.getZoom());
    const labels = labelPoints(this.#namedPieces(), smallestLabelPixels * degreesPerPixel);
    if (isSameLabels(labels, this.#labels)) return;
    this.#labels = labels;
    source.setData(labels);
  }

  #namedPieces(): NamedPiece[] {
    const { choropleth } = this.#state;
    const regionSource = regionSourceId(choropleth?.level ?? null);
    return [regionSource, ...labelledSources].flatMap((sourceId) => {
      const layer = layerOfSource(sourceId);
      if (!layer || !this.#map.getSource(sourceId)) return [];
      if (opacityOf(this.#state.layers, layer) === 0) return [];
      const features = this.#map.querySourceFeatures(sourceId, { sourceLayer: layer });
      return features.flatMap(({ geometry, properties, id }) => {
        const isArea = geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';
        const name: unknown = properties['name'];
        if (!isArea || typeof name !== 'string' || name === '') return [];
        const kind: unknown = properties['kind'];
        return [
          { layer, id: Number(id), name, kind: typeof kind === 'string' ? kind : null, geometry },
        ];
      });
    });
  }

  #pick(event: MapMouseEvent | MapTouchEvent): Hit | null {
    const { originalEvent } = event;
    const isTouch = 'pointerType' in originalEvent && originalEvent.pointerType === 'touch';
    return pick({
      map: this.#map,
      point: event.point,
      accounts: this.#accounts.accounts,
      radiusOf: this.#accounts.radiusOf,
      pointer: isTouch ? 'touch' : 'mouse',
    });
  }

  #click(event: MapMouseEvent): void {
    const hit = this.#pick(event);
    if (!hit) return;
    const lonLat = { lon: event.lngLat.lng, lat: event.lngLat.lat };
    if (hit.kind === 'region') this.#listener.regionClicked(hit.id);
    else if (hit.kind === 'feature') this.#listener.featureClicked(hit.layer, hit.id, lonLat);
    else this.#clickAccount(hit.row);
  }

  #clickAccount(row: number): void {
    const { mode, ids, positions } = this.#accounts.accounts;
    if (mode === 'points') {
      this.#listener.accountClicked(ids[row] as number);
      return;
    }
    this.flyTo({
      lon: positions[row * 2] as number,
      lat: positions[row * 2 + 1] as number,
      zoom: Math.min(this.#map.getZoom() + 2, 18),
    });
  }

  #scheduleHover(event: MapMouseEvent): void {
    cancelAnimationFrame(this.#hoverFrame);
    this.#hoverFrame = requestAnimationFrame(() => this.#hover(event));
  }

  #hover(event: MapMouseEvent): void {
    if (this.#map.isMoving()) return;
    const hit = this.#pick(event);
    this.#map.getCanvas().style.cursor = hit ? 'pointer' : '';
    this.#accounts.hover(hit?.kind === 'account' ? hit.row : -1);
    this.#hoverRegion(hit?.kind === 'region' ? hit.id : null);
    const card =
      hit &&
      hoverCard({
        hit,
        accounts: this.#accounts.accounts,
        choropleth: this.#state.choropleth,
        formatCount: (count) => count.toLocaleString(this.#state.locale),
      });
    this.#listener.cardChanged(card && { card, x: event.point.x, y: event.point.y });
  }

  #unhover(): void {
    cancelAnimationFrame(this.#hoverFrame);
    this.#accounts.hover(-1);
    this.#hoverRegion(null);
    this.#listener.cardChanged(null);
  }

  #hoverRegion(id: number | null): void {
    if (id === this.#hoveredRegionId) return;
    this.#hoveredRegionId = id;
    this.#applyHover();
    this.#listener.regionHovered(id);
  }
}
