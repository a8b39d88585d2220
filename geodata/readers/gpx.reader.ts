import { gpx } from '@tmcw/togeojson';
import { chooseLayer } from './choose-layer.js';
import type { ReadOptions, Reader } from './source-row.js';
import { describeXml, readXmlFeatures, type XmlFormat } from './xml-features.js';

const layers = { waypoints: 'wpt', routes: 'rte', tracks: 'trk' } as const;
const kinds: Readonly<Record<string, string>> = { wpt: 'waypoint', rte: 'route', trk: 'track' };

/** GPX: waypoints as points, routes and tracks as lines; all of them, or the layer asked for. */
export const gpxReader: Reader = {
  name: 'gpx',
  title: 'GPX',
  extensions: ['gpx'],
  fixedColumns: false,
  readsGzip: true,
  describe: async (path, options) => {
    const names = Object.keys(layers);
    const layer = options.layer === undefined ? {} : { layer: layerAsked(path, options) };
    return { ...(await describeXml(path)), layers: names.map((name) => ({ name })), ...layer };
  },
  read: (path, options) => {
    const asked = options.layer === undefined ? undefined : layerAsked(path, options);
    const elements = asked === undefined ? Object.values(layers) : [layers[asked]];
    return readXmlFeatures(path, options, formatOf(elements));
  },
};

function formatOf(elements: readonly string[]): XmlFormat {
  return {
    elements: new Set(elements),
    valuesOf: ({ name }) => ({ _gpxType: undefined, gpx_type: kinds[name] }),
    parse: gpx,
    root: 'gpx',
  };
}

function layerAsked(path: string, options: ReadOptions): keyof typeof layers {
  return chooseLayer(path, Object.keys(layers), options.layer) as keyof typeof layers;
}
