import { writeFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';
import type { OsmElement, OsmMember } from '../../geodata/osm/elements.js';

const memberTypes: readonly OsmMember['type'][] = ['node', 'way', 'relation'];

/** Writes elements, in the order given, as a small OpenStreetMap PBF extract. */
export async function writeOsmPbf(path: string, elements: readonly OsmElement[]): Promise<void> {
  const header = new PbfWriter();
  header.writeStringField(4, 'OsmSchema-V0.6');
  const blocks = elements.map((element) => blob('OSMData', primitiveBlock(element)));
  await writeFile(path, Buffer.concat([blob('OSMHeader', header.finish()), ...blocks]));
}

function blob(type: string, content: Uint8Array): Buffer {
  const body = new PbfWriter();
  body.writeVarintField(2, content.length);
  body.writeBytesField(3, deflateSync(content));
  const data = body.finish();
  const head = new PbfWriter();
  head.writeStringField(1, type);
  head.writeVarintField(3, data.length);
  const header = head.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  return Buffer.concat([length, header, data]);
}

/** A block of one element: its strings and a group. */
function primitiveBlock(element: OsmElement): Uint8Array {
  const strings: string[] = [''];
  const indexOf = (text: string) => strings.push(text) - 1;
  const group = new PbfWriter();
  const message = new PbfWriter();
  const tags = Object.entries(element.tags ?? {});
  const writeTags = () => {
    message.writePackedVarint(
      2,
      tags.map(([key]) => indexOf(key)),
    );
    message.writePackedVarint(
      3,
      tags.map(([, value]) => indexOf(value)),
    );
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
    message.writeVarintField(1, element.id);
    writeTags();
    message.writePackedVarint(
      8,
      element.members.map(({ role }) => indexOf(role)),
    );
    message.writePackedSVarint(9, deltas(element.members.map(({ ref }) => ref)));
    message.writePackedVarint(
      10,
      element.members.map(({ type }) => memberTypes.indexOf(type)),
    );
    group.writeBytesField(4, message.finish());
  }
  const table = new PbfWriter();
  for (const text of strings) table.writeBytesField(1, Buffer.from(text));
  const block = new PbfWriter();
  block.writeBytesField(1, table.finish());
  block.writeBytesField(2, group.finish());
  return block.finish();
}

function deltas(values: readonly number[]): number[] {
  return values.map((value, index) => value - (values[index - 1] ?? 0));
}
