import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OsmElement } from '../../../../geodata/osm/elements.js';
import { readElements } from '../../../../geodata/osm/read-elements.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'catchment-xml-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Uint8Array): Promise<OsmElement[]> {
  const file = path.join(folder, 'town.osm');
  await writeFile(file, content);
  const elements: OsmElement[] = [];
  for await (const block of readElements(file, {
    ...{ kinds: ['node', 'way', 'relation'], signal: new AbortController().signal },
    onFraction: () => undefined,
  })) {
    elements.push(...block);
  }
  return elements;
}

const town = `<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6"><bounds minlat="1"/>
 <node id="1" lat="52.5" lon="5.25"/>
 <node id="-2" lat="-1e-7" lon="5" version="3"><tag k="name" v="A &amp; B"/></node>
 <node id="3" lat="1" lon="1" visible="false"/>
 <way id="10"><nd ref="1"/><nd ref="-2"/><tag k="highway" v="track"/></way>
 <relation id="20"><member type="way" ref="10" role="outer"/><tag k="type" v="multipolygon"/></relation>
</osm>`;

const elements: readonly OsmElement[] = [
  { type: 'node', id: 1, lat: 52.5, lon: 5.25 },
  { type: 'node', id: -2, lat: -1e-7, lon: 5, tags: { name: 'A & B' } },
  { type: 'way', id: 10, refs: [1, -2], tags: { highway: 'track' } },
  {
    ...{ type: 'relation', id: 20, tags: { type: 'multipolygon' } },
    members: [{ type: 'way', ref: 10, role: 'outer' }],
  },
];

test('XML is read, deleted elements are not', async () => {
  expect(await read(town)).toEqual(elements);
});

test('XML packed by gzip is read, whatever its name', async () => {
  expect(await read(gzipSync(town))).toEqual(elements);
});

test.each([
  ['cut off', town.slice(0, -30), 'not a readable OpenStreetMap XML'],
  ['cut off when packed', gzipSync(town).subarray(0, -20), 'not a readable OpenStreetMap XML'],
  ['of something else', '<gpx></gpx>', 'begins with <gpx>'],
  ['with a node that is nowhere', '<osm><node id="1"/></osm>', '"" is not a number'],
  ['packed by bzip2', 'BZh91AY', 'bzip2'],
  ['with an entity that it declares', '<!DOCTYPE a [<!ENTITY b "c">]><osm>&b;</osm>', 'b'],
])('a file %s is refused with a sentence', async (_, content, reason) => {
  await expect(read(content)).rejects.toThrow(reason);
});

test('an element without end takes no memory without end', async () => {
  const bomb = gzipSync(`<osm><node id="1" lat="1" lon="${' '.repeat(64 * 1024 * 1024)}`);
  await expect(read(bomb)).rejects.toThrow('more than 16 MB');
});
