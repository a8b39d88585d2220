import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import {
  isSameLabels,
  labelPoints,
  type LabelCollection,
  type NamedPiece,
} from './label-points.js';
import { opacityOf } from './layers/style-input.js';
import type { MapState } from './map-state.js';
import { labelSourceId, layerOfSource, regionSourceId } from './sources.js';

/** Names narrower than this on screen would only collide. */
const smallestLabelPixels = 30;

/** Sources whose named shapes get one label each, beside the regions. */
const labelledSources = ['business_zones', 'land_cover'] as const;

/** Places one name a region, zone and water from the shapes that are loaded. */
export class NameLabels {
  readonly #map: MapLibreMap;
  #shown: LabelCollection = { type: 'FeatureCollection', features: [] };

  constructor(map: MapLibreMap) {
    this.#map = map;
  }

  /** The label points on the map now. */
  get shown(): LabelCollection {
    return this.#shown;
  }

  /** Looks at the loaded shapes again; call when the map came to rest. */
  place(state: MapState): void {
    const source = this.#map.getSource<GeoJSONSource>(labelSourceId);
    if (!source) return;
    const degreesPerPixel = 360 / (512 * 2 ** this.#map.getZoom());
    const labels = labelPoints(this.#pieces(state), smallestLabelPixels * degreesPerPixel);
    if (isSameLabels(labels, this.#shown)) return;
    this.#shown = labels;
    void source.setData(labels);
  }

  #pieces({ choropleth, layers }: MapState): NamedPiece[] {
    const regionSource = regionSourceId(choropleth?.level ?? null);
    return [regionSource, ...labelledSources].flatMap((sourceId) => {
      const layer = layerOfSource(sourceId);
      if (!layer || opacityOf(layers, layer) === 0) return [];
      if (!this.#map.getSource(sourceId)) return [];
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
}
