import type { OsmElement, OsmMember } from '../elements.js';
import type { Tags } from '../tags.js';
import { Cursor } from './cursor.js';
import { StringTable } from './string-table.js';

export type DecodeOptions = {
  /** Kinds of elements wanted; the others are passed over unread. */
  readonly kinds: ReadonlySet<OsmElement['type']>;
};

type Block = {
  readonly strings: StringTable;
  readonly groups: readonly Cursor[];
  readonly toDegrees: (units: number, offset: number) => number;
  readonly latOffset: number;
  readonly lonOffset: number;
  readonly out: OsmElement[];
};

const memberTypes: readonly OsmMember['type'][] = ['node', 'way', 'relation'];

/**
 * The elements of a data block, in its order, without authors and dates (which other readers decode
 * first and drop afterwards: about half the time).
 *
 * Throws an Error where the block is broken.
 */
export function decodeBlock(bytes: Buffer, { kinds }: DecodeOptions): OsmElement[] {
  const block = openBlock(bytes);
  for (const group of block.groups) {
    group.fields((field, cursor) => {
      if (field === 1 && kinds.has('node')) readNode(block, cursor.part());
      else if (field === 2 && kinds.has('node')) readDenseNodes(block, cursor.part());
      else if (field === 3 && kinds.has('way')) readWay(block, cursor.part());
      else if (field === 4 && kinds.has('relation')) readRelation(block, cursor.part());
      else return false;
      return true;
    });
  }
  return block.out;
}

function openBlock(bytes: Buffer): Block {
  const strings = new StringTable();
  const groups: Cursor[] = [];
  let granularity = 100;
  let latOffset = 0;
  let lonOffset = 0;
  new Cursor(bytes).fields((field, cursor) => {
    if (field === 1) readStrings(strings, cursor.part());
    else if (field === 2) groups.push(cursor.part());
    else if (field === 17) granularity = cursor.varint();
    else if (field === 19) latOffset = cursor.int64();
    else if (field === 20) lonOffset = cursor.int64();
    else return false;
    return true;
  });
  const isUsual = granularity === 100;
  const toDegrees = (units: number, offset: number) =>
    isUsual && offset === 0 ? units / 1e7 : (offset + granularity * units) / 1e9;
  return { strings, groups, toDegrees, latOffset, lonOffset, out: [] };
}

function readStrings(strings: StringTable, table: Cursor): void {
  table.fields((field, cursor) => {
    if (field !== 1) return false;
    strings.add(cursor.part());
    return true;
  });
}

/** A node as it is written: its coordinates in the units of the block. */
type RawNode = { id: number; lat: number; lon: number };

function readNode(block: Block, message: Cursor): void {
  const node: RawNode = { id: 0, lat: 0, lon: 0 };
  let keys: Cursor | undefined;
  let values: Cursor | undefined;
  message.fields((field, cursor) => {
    if (field === 1) node.id = cursor.zigzag();
    else if (field === 2) keys = cursor.part();
    else if (field === 3) values = cursor.part();
    else if (field === 8) node.lat = cursor.zigzag();
    else if (field === 9) node.lon = cursor.zigzag();
    else return false;
    return true;
  });
  addNode(block, node, block.strings.tags(keys, values));
}

function readDenseNodes(block: Block, message: Cursor): void {
  const lists = new Map<number, Cursor>();
  message.fields((field, cursor) => {
    if (field !== 1 && field < 8) return false;
    lists.set(field, cursor.part());
    return true;
  });
  const empty = new Cursor(message.bytes, 0, 0);
  const [ids = empty, lats = empty, lons = empty] = [1, 8, 9].map((field) => lists.get(field));
  const keysAndValues = lists.get(10) ?? empty;
  const hasTags = !keysAndValues.isDone;
  const node: RawNode = { id: 0, lat: 0, lon: 0 };
  while (!ids.isDone) {
    node.id += ids.zigzag();
    node.lat += lats.zigzag();
    node.lon += lons.zigzag();
    addNode(block, node, hasTags ? denseTags(block.strings, keysAndValues) : undefined);
  }
}

/** The tags of the next node: keys and values in turn up to a zero. */
function denseTags(strings: StringTable, list: Cursor): Record<string, string> | undefined {
  let key = list.varint();
  if (key === 0) return undefined;
  const tags: Record<string, string> = {};
  for (; key !== 0; key = list.varint()) strings.setTag(tags, key, list.varint());
  return tags;
}

function addNode(
  { out, toDegrees, latOffset, lonOffset }: Block,
  node: Readonly<RawNode>,
  tags: Tags | undefined,
): void {
  const { id } = node;
  const lat = toDegrees(node.lat, latOffset);
  const lon = toDegrees(node.lon, lonOffset);
  out.push(tags ? { type: 'node', id, lat, lon, tags } : { type: 'node', id, lat, lon });
}

function readWay({ strings, out }: Block, message: Cursor): void {
  let id = 0;
  let keys: Cursor | undefined;
  let values: Cursor | undefined;
  let refs: number[] = [];
  message.fields((field, cursor) => {
    if (field === 1) id = cursor.int64();
    else if (field === 2) keys = cursor.part();
    else if (field === 3) values = cursor.part();
    else if (field === 8) refs = readSums(cursor.part());
    else return false;
    return true;
  });
  const tags = strings.tags(keys, values);
  out.push(tags ? { type: 'way', id, refs, tags } : { type: 'way', id, refs });
}

function readRelation({ strings, out }: Block, message: Cursor): void {
  let id = 0;
  const lists = new Map<number, Cursor>();
  message.fields((field, cursor) => {
    if (field === 1) id = cursor.int64();
    else if ([2, 3, 8, 9, 10].includes(field)) lists.set(field, cursor.part());
    else return false;
    return true;
  });
  const members = readMembers(strings, lists);
  const tags = strings.tags(lists.get(2), lists.get(3));
  out.push(tags ? { type: 'relation', id, members, tags } : { type: 'relation', id, members });
}

function readMembers(strings: StringTable, lists: ReadonlyMap<number, Cursor>): OsmMember[] {
  const [roles, refs, types] = [8, 9, 10].map((field) => lists.get(field));
  const members: OsmMember[] = [];
  let ref = 0;
  while (refs && !refs.isDone) {
    if (!roles || roles.isDone || !types || types.isDone)
      throw new Error('a member without a role');
    ref += refs.zigzag();
    const type = memberTypes[types.varint()];
    if (type === undefined) throw new Error('a member of unknown kind');
    members.push({ type, ref, role: strings.text(roles.varint()) });
  }
  return members;
}

/** Numbers that are each written as the difference to the one before. */
function readSums(list: Cursor): number[] {
  const sums: number[] = [];
  let sum = 0;
  while (!list.isDone) {
    sum += list.zigzag();
    sums.push(sum);
  }
  return sums;
}
