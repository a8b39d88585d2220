import { open, writeFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import type { OsmElement, OsmMember, OsmNode } from '../../geodata/osm/elements.js';

/** `zlib` and `none`: one block, compressed or not; `dense`: as real extracts are written. */
export type PbfForm = 'zlib' | 'none' | 'dense';

type BlobOptions = { readonly method?: number; readonly rawSize: number };

const memberTypes: readonly OsmMember['type'][] = ['node', 'way', 'relation'];
const blockElements = 8_000;

/** Writes elements, in the order given, as a small OpenStreetMap PBF extract. */
export async function writeOsmPbf(
  path: string,
  elements: readonly OsmElement[],
  { form = 'zlib' }: { readonly form?: PbfForm } = {},
): Promise<void> {
  const blobs = dataBlobs(elements, form).map((content) => dataBlob(content, form));
  await writeFile(path, Buffer.concat([headerBlob(), ...blobs]));
}

/** The same for many elements: blocks are written while they are made. */
export async function writeLargeOsmPbf(
  path: string,
  elements: Iterable<OsmElement>,
): Promise<void> {
  const file = await open(path, 'w');
  await file.write(headerBlob());
  let block: OsmElement[] = [];
  const flush = async () => {
    for (const content of dataBlobs(block, 'dense')) await file.write(dataBlob(content, 'dense'));
    block = [];
  };
  for (const element of elements) {
    block.push(element);
    if (block.length >= blockElements) await flush();
  }
  await flush();
  await file.close();
}

/** The header of a file, with the features that a reader has to understand. */
export function headerBlob(features: readonly string[] = ['OsmSchema-V0.6', 'DenseNodes']): Buffer {
  const header = new PbfWriter();
  for (const feature of features) header.writeStringField(4, feature);
  const content = header.finish();
  return blobOf('OSMHeader', deflateSync(content), { rawSize: content.length });
}

/** The blocks that hold elements: one, or one for each run of thousands. */
export function dataBlobs(elements: readonly OsmElement[], form: PbfForm): Uint8Array[] {
  if (form !== 'dense') return elements.length === 0 ? [] : [primitiveBlock(elements)];
  const blocks: Uint8Array[] = [];
  for (let first = 0; first < elements.length; first += blockElements) {
    blocks.push(primitiveBlock(elements.slice(first, first + blockElements), true));
  }
  return blocks;
}

/** A blob with its header; `method` is the number of the field that holds the data, 3 for zlib. */
export function blobOf(
  type: string,
  packed: Uint8Array,
  { method = 3, rawSize }: BlobOptions,
): Buffer {
  const body = new PbfWriter();
  if (method !== 1) body.writeVarintField(2, rawSize);
  body.writeBytesField(method, packed);
  const data = body.finish();
  const head = new PbfWriter();
  head.writeStringField(1, type);
  head.writeVarintField(3, data.length);
  const header = head.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, data]);
}

function dataBlob(content: Uint8Array, form: PbfForm): Buffer {
  const options = { rawSize: content.length, method: form === 'none' ? 1 : 3 };
  return blobOf('OSMData', form === 'none' ? content : deflateSync(content), options);
}

/** A block of elements: their strings and a group for each run of one kind. */
function primitiveBlock(elements: readonly OsmElement[], isDense = false): Uint8Array {
  const strings: string[] = [''];
  const indexes = new Map<string, number>();
  const indexOf = (text: string) => {
    const known = indexes.get(text);
    if (known !== undefined) return known;
    indexes.set(text, strings.length);
    return strings.push(text) - 1;
  };
  const groups: PbfWriter[] = [];
  if (isDense) {
    const nodes = elements.filter((element) => element.type === 'node');
    if (nodes.length > 0) groups.push(denseGroup(nodes, indexOf));
  }
  const others = isDense ? elements.filter(({ type }) => type !== 'node') : elements;
  for (const element of others) groups.push(elementGroup(element, indexOf));
  const table = new PbfWriter();
  for (const text of strings) table.writeBytesField(1, Buffer.from(text));
  const block = new PbfWriter();
  block.writeBytesField(1, table.finish());
  for (const group of groups) block.writeBytesField(2, group.finish());
  return block.finish();
}

type IndexOf = (text: string) => number;

function denseGroup(nodes: readonly OsmNode[], indexOf: IndexOf): PbfWriter {
  const dense = new PbfWriter();
  const units = (degrees: number) => Math.round(degrees * 1e7);
  dense.writePackedSVarint(1, deltas(nodes.map(({ id }) => id)));
  dense.writePackedSVarint(8, deltas(nodes.map(({ lat }) => units(lat))));
  dense.writePackedSVarint(9, deltas(nodes.map(({ lon }) => units(lon))));
  const tags = nodes.flatMap((node) => [
    ...Object.entries(node.tags ?? {}).flatMap(([key, value]) => [indexOf(key), indexOf(value)]),
    0,
  ]);
  dense.writePackedVarint(10, tags);
  const group = new PbfWriter();
  group.writeBytesField(2, dense.finish());
  return group;
}

function elementGroup(element: OsmElement, indexOf: IndexOf): PbfWriter {
  const group = new PbfWriter();
  const message = new PbfWriter();
  const tags = Object.entries(element.tags ?? {});
  const writeTags = () => {
    const keys = tags.map(([key]) => indexOf(key));
    const values = tags.map(([, value]) => indexOf(value));
    message.writePackedVarint(2, keys);
    message.writePackedVarint(3, values);
  };
  if (element.type === 'node') {
    message.writeSVarintField(1, element.id);
    writeTags();
    message.writeSVarintField(8, Math.round(element.lat * 1e7));
    message.writeSVarintField(9, Math.round(element.lon * 1e7));
    group.writeBytesField(1, message.finish());
  } else if (element.type === 'way') {
    message.writeVarintField(1, element.id);
    writeTags();
    message.writePackedSVarint(8, deltas(element.refs));
    group.writeBytesField(3, message.finish());
  } else {
    const { members } = element;
    message.writeVarintField(1, element.id);
    writeTags();
    const roles = members.map(({ role }) => indexOf(role));
    message.writePackedVarint(8, roles);
    message.writePackedSVarint(9, deltas(members.map(({ ref }) => ref)));
    const types = members.map(({ type }) => memberTypes.indexOf(type));
    message.writePackedVarint(10, types);
    group.writeBytesField(4, message.finish());
  }
  return group;
}

function deltas(values: readonly number[]): number[] {
  return values.map((value, index) => value - (values[index - 1] ?? 0));
}
