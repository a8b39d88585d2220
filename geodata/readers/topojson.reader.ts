import { feature } from 'topojson-client';
import type { Feature } from 'geojson';
import { AppError } from '../../server/errors.js';
import { parseCrsName } from '../crs/parse-crs-name.js';
import { chooseLayer } from './choose-layer.js';
import { readWhole } from './read-whole.js';
import type {
  ReadOptions,
  Reader,
  SourceDescription,
  SourceGeometry,
  SourceRow,
} from './source-row.js';

type Topology = Parameters<typeof feature>[0];
type GeometryObject = Parameters<typeof feature>[1];

/** Longest file that is read: its lines are shared, so that all of it has to be in memory. */
const longest = 256 * 2 ** 20;

/** TopoJSON: the geometries of one of its objects. */
export const topojsonReader: Reader = {
  name: 'topojson',
  title: 'TopoJSON',
  extensions: ['topojson'],
  fixedColumns: false,
  readsGzip: true,
  describe,
  read: readTopojson,
};

async function describe(path: string, options: ReadOptions): Promise<SourceDescription> {
  const topology = await parseTopology(path, options);
  const layer = layerAsked(topology, path, options);
  const layers = Object.entries(topology.objects).map(([name, object]) => ({
    name,
    rows: membersOf(object).length,
  }));
  const { crs } = topology as { crs?: { properties?: { name?: unknown } } };
  const name = crs?.properties?.name;
  return {
    layers,
    layer,
    rows: layers.find((info) => info.name === layer)?.rows,
    crs: typeof name === 'string' ? (parseCrsName(name) ?? { name }) : undefined,
  };
}

async function* readTopojson(path: string, options: ReadOptions): AsyncGenerator<SourceRow> {
  const topology = await parseTopology(path, options);
  const members = membersOf(topology.objects[layerAsked(topology, path, options)]);
  for (const [index, member] of members.entries()) {
    if (index % 1024 === 0) {
      options.signal?.throwIfAborted();
      options.onFraction?.(index / members.length);
    }
    yield toRow(index + 1, topology, member);
  }
}

async function parseTopology(path: string, options: ReadOptions): Promise<Topology> {
  const bytes = await readWhole(path, longest, options);
  const topology = parse(path, bytes.toString('utf8').replace(/^\ufeff/, ''));
  const { arcs, objects } = (topology ?? {}) as Partial<Topology>;
  if (Array.isArray(arcs) && typeof objects === 'object') return topology as Topology;
  throw new AppError('validation', `${path} is not TopoJSON: it has no arcs and objects.`);
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('validation', `${path}: ${(error as Error).message}.`);
  }
}

function layerAsked(topology: Topology, path: string, options: ReadOptions): string {
  return chooseLayer(path, Object.keys(topology.objects), options.layer);
}

function membersOf(object: unknown): readonly GeometryObject[] {
  const { geometries } = (object ?? {}) as { geometries?: GeometryObject[] };
  if (Array.isArray(geometries)) return geometries;
  return object ? [object as GeometryObject] : [];
}

function toRow(line: number, topology: Topology, member: GeometryObject): SourceRow {
  try {
    const { id, properties, geometry } = feature(topology, member) as Feature;
    const given = (properties ?? {}) as Record<string, unknown>;
    const values = id === undefined || 'id' in given ? given : { ...given, id };
    return geometry ? { line, values, geometry: geometry as SourceGeometry } : { line, values };
  } catch (error) {
    return { line, values: {}, problem: `is damaged: ${(error as Error).message}` };
  }
}
