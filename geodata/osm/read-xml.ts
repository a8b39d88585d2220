import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { OsmElement, OsmMember } from './elements.js';
import { setTag, type Tags } from './tags.js';

export type XmlBlock = {
  readonly elements: readonly OsmElement[];
  /** Bytes of the file read so far. */
  readonly endsAt: number;
};

type XmlOptions = {
  readonly kinds: ReadonlySet<OsmElement['type']>;
  readonly isPacked: boolean;
};

const pieceBytes = 256 * 1024;
/** Far above any element there is: OpenStreetMap allows 2,000 nodes a way and 32,000 members a relation. */
const largestElementBytes = 16 * 1024 * 1024;

/**
 * The elements of an OSM XML file, plain or packed by gzip, some at a time, in the order of the file.
 * Elements marked as deleted are passed over.
 *
 * Throws an Error where the file is cut off, not XML, or not of OpenStreetMap.
 */
export async function* readXml(path: string, options: XmlOptions): AsyncGenerator<XmlBlock> {
  const file = createReadStream(path, { highWaterMark: pieceBytes });
  const text: Readable = options.isPacked
    ? pipeline(file, createGunzip({ chunkSize: pieceBytes }), () => undefined)
    : file;
  text.setEncoding('utf8');
  const collector = new ElementCollector(options.kinds);
  try {
    for await (const piece of text) {
      collector.write(piece as string);
      const elements = collector.take();
      if (elements.length > 0) yield { elements, endsAt: file.bytesRead };
    }
    collector.close();
  } finally {
    file.destroy();
    text.destroy();
  }
}

type Open = {
  readonly kind: OsmElement['type'];
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Record<string, string>;
  readonly refs: number[];
  readonly members: OsmMember[];
};

class ElementCollector {
  readonly #parser = new SaxesParser<{ xmlns: false; position: false }>({
    xmlns: false,
    position: false,
  });
  readonly #kinds: ReadonlySet<OsmElement['type']>;
  #done: OsmElement[] = [];
  #open: Open | undefined;
  #isOsm = false;
  #sinceElement = 0;

  constructor(kinds: ReadonlySet<OsmElement['type']>) {
    this.#kinds = kinds;
    this.#parser.on('error', (error) => {
      throw error;
    });
    this.#parser.on('opentag', (tag) => this.#begin(tag));
    this.#parser.on('closetag', (tag) => this.#end(tag));
  }

  write(piece: string): void {
    this.#sinceElement += piece.length;
    this.#parser.write(piece);
    if (this.#sinceElement > largestElementBytes) throw new Error('an element of more than 16 MB');
  }

  take(): OsmElement[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  close(): void {
    this.#parser.close();
    if (!this.#isOsm) throw new Error('it is empty');
  }

  #begin({ name, attributes }: SaxesTagPlain): void {
    if (!this.#isOsm) {
      if (name !== 'osm') throw new Error(`it begins with <${name}> instead of <osm>`);
      this.#isOsm = true;
    } else if (name === 'node' || name === 'way' || name === 'relation') {
      this.#sinceElement = 0;
      this.#open = { kind: name, attributes, tags: {}, refs: [], members: [] };
    } else if (this.#open) addPart(this.#open, name, attributes);
  }

  #end({ name }: SaxesTagPlain): void {
    const open = this.#open;
    if (open?.kind !== name) return;
    this.#open = undefined;
    this.#sinceElement = 0;
    const isDeleted =
      open.attributes['visible'] === 'false' || open.attributes['action'] === 'delete';
    if (!isDeleted && this.#kinds.has(open.kind)) this.#done.push(toElement(open));
  }
}

function addPart(open: Open, name: string, attributes: Readonly<Record<string, string>>): void {
  const { k, v, ref, type, role = '' } = attributes;
  if (name === 'tag' && k !== undefined && v !== undefined) setTag(open.tags, k, v);
  else if (name === 'nd') open.refs.push(toNumber(ref));
  else if (name === 'member' && (type === 'node' || type === 'way' || type === 'relation')) {
    open.members.push({ type, ref: toNumber(ref), role });
  }
}

function toElement({ kind, attributes, tags, refs, members }: Open): OsmElement {
  const id = toNumber(attributes['id']);
  const tagged: { tags?: Tags } = Object.keys(tags).length > 0 ? { tags } : {};
  if (kind === 'way') return { type: kind, id, refs, ...tagged };
  if (kind === 'relation') return { type: kind, id, members, ...tagged };
  const { lat, lon } = attributes;
  return { type: kind, id, lat: toNumber(lat), lon: toNumber(lon), ...tagged };
}

function toNumber(text: string | undefined): number {
  const value = Number(text);
  if (text === undefined || text.trim() === '' || !Number.isFinite(value)) {
    throw new Error(`"${(text ?? '').slice(0, 40)}" is not a number`);
  }
  return value;
}
