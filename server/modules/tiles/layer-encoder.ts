import { tileExtent } from '../../column-store/world.js';
import {
  ByteWriter,
  varintLength,
  wireBytes,
  wireDouble,
  wireVarint,
  zigzagLength,
} from './byte-writer.js';
import type { Path, TileGeometry } from './geometry.js';

export type TagValue = string | number | boolean | null;

const layerField = 3;
const nameField = 1;
const featureField = 2;
const keyField = 3;
const valueField = 4;
const extentField = 5;
const versionField = 15;

const idField = 1;
const tagsField = 2;
const typeField = 3;
const geometryField = 4;

const stringValue = 1;
const doubleValue = 3;
const unsignedValue = 5;
const signedValue = 6;
const booleanValue = 7;

const typeNumbers = { points: 1, lines: 2, polygons: 3 } as const;

const noValue = -1;

const moveTo = 1;
const lineTo = 2;
const closePath = 15;

/**
 * Writes one layer of a vector tile (Mapbox Vector Tile 2.1), feature by feature.
 *
 * All features have the same keys, in the order given; null leaves a key out of a feature.
 */
export class LayerEncoder {
  readonly #name: string;
  readonly #keys: readonly string[];
  readonly #features = new ByteWriter();
  readonly #values = new ByteWriter(256);
  readonly #valueNumbers = new Map<TagValue, number>();
  readonly #feature = new ByteWriter(256);
  readonly #part = new ByteWriter(256);
  readonly #value = new ByteWriter(64);
  /** Numbers of the values of the point that is being written, `noValue` for a key left out. */
  readonly #numbers: number[] = [];
  #count = 0;
  #x = 0;
  #y = 0;

  constructor(name: string, keys: readonly string[]) {
    this.#name = name;
    this.#keys = keys;
  }

  /** How many features were added. */
  get count(): number {
    return this.#count;
  }

  /** Bytes that the tile has so far, to a few dozen. */
  get size(): number {
    return this.#features.length + this.#values.length;
  }

  /**
   * Adds a point. `id` is a whole number from 0, null for a feature without one. Written in one go: tiles of
   * points hold thousands.
   */
  addPoint(id: number | null, x: number, y: number, tags: readonly TagValue[]): void {
    let tagBytes = 0;
    for (let key = 0; key < tags.length; key++) {
      const value = tags[key]!;
      const number = value === null ? noValue : this.#numberOf(value);
      this.#numbers[key] = number;
      if (number !== noValue) tagBytes += varintLength(key) + varintLength(number);
    }
    const geometryBytes = 1 + zigzagLength(x) + zigzagLength(y);
    const features = this.#features;
    features.tag(featureField, wireBytes);
    features.varint(
      (id === null ? 0 : 1 + varintLength(id)) +
        (tagBytes === 0 ? 0 : 1 + varintLength(tagBytes) + tagBytes) +
        2 +
        (2 + geometryBytes),
    );
    if (id !== null) {
      features.tag(idField, wireVarint);
      features.varint(id);
    }
    if (tagBytes > 0) {
      features.tag(tagsField, wireBytes);
      features.varint(tagBytes);
      for (let key = 0; key < tags.length; key++) {
        const number = this.#numbers[key]!;
        if (number === noValue) continue;
        features.varint(key);
        features.varint(number);
      }
    }
    features.tag(typeField, wireVarint);
    features.varint(typeNumbers.points);
    features.tag(geometryField, wireBytes);
    features.varint(geometryBytes);
    features.varint(command(moveTo, 1));
    features.zigzag(x);
    features.zigzag(y);
    this.#count++;
  }

  /** Adds points, lines or areas that were cleaned (see geometry.ts). */
  add(id: number | null, geometry: TileGeometry, tags: readonly TagValue[]): void {
    this.#begin(id, geometry.type, tags);
    this.#part.clear();
    this.#x = 0;
    this.#y = 0;
    if (geometry.type === 'points') this.#points(geometry.path);
    if (geometry.type === 'lines') for (const path of geometry.paths) this.#path(path);
    if (geometry.type === 'polygons') {
      for (const { outer, holes } of geometry.polygons) {
        this.#ring(outer);
        for (const hole of holes) this.#ring(hole);
      }
    }
    this.#end();
  }

  /** Remembers where the features end; the answer takes back those added since. */
  mark(): () => void {
    const { length } = this.#features;
    const count = this.#count;
    return () => {
      this.#features.truncate(length);
      this.#count = count;
    };
  }

  /** The layer as a tile of its own; joined tiles are simply put one after the other. */
  finish(): Uint8Array {
    if (this.#count === 0) return new Uint8Array(0);
    const layer = new ByteWriter(this.size + 1024);
    layer.text(nameField, this.#name);
    layer.append(this.#features.toBytes());
    for (const key of this.#keys) layer.text(keyField, key);
    layer.append(this.#values.toBytes());
    layer.tag(extentField, wireVarint);
    layer.varint(tileExtent);
    layer.tag(versionField, wireVarint);
    layer.varint(2);
    const tile = new ByteWriter(layer.length + 16);
    tile.message(layerField, layer);
    return tile.toBytes();
  }

  #begin(id: number | null, type: TileGeometry['type'], tags: readonly TagValue[]): void {
    this.#feature.clear();
    if (id !== null) {
      this.#feature.tag(idField, wireVarint);
      this.#feature.varint(id);
    }
    this.#part.clear();
    tags.forEach((value, key) => {
      if (value === null) return;
      this.#part.varint(key);
      this.#part.varint(this.#numberOf(value));
    });
    if (this.#part.length > 0) this.#feature.message(tagsField, this.#part);
    this.#feature.tag(typeField, wireVarint);
    this.#feature.varint(typeNumbers[type]);
  }

  #end(): void {
    this.#feature.message(geometryField, this.#part);
    this.#features.message(featureField, this.#feature);
    this.#count++;
  }

  #points(path: Path): void {
    this.#part.varint(command(moveTo, path.length / 2));
    this.#moves(path, 0, path.length);
  }

  #path(path: Path): void {
    this.#part.varint(command(moveTo, 1));
    this.#moves(path, 0, 2);
    this.#part.varint(command(lineTo, path.length / 2 - 1));
    this.#moves(path, 2, path.length);
  }

  #ring(ring: Path): void {
    this.#path(ring);
    this.#part.varint(closePath);
  }

  #moves(path: Path, from: number, to: number): void {
    for (let i = from; i < to; i += 2) {
      const x = path[i]!;
      const y = path[i + 1]!;
      this.#part.zigzag(x - this.#x);
      this.#part.zigzag(y - this.#y);
      this.#x = x;
      this.#y = y;
    }
  }

  #numberOf(value: Exclude<TagValue, null>): number {
    const known = this.#valueNumbers.get(value);
    if (known !== undefined) return known;
    const number = this.#valueNumbers.size;
    this.#valueNumbers.set(value, number);
    this.#value.clear();
    writeValue(this.#value, value);
    this.#values.message(valueField, this.#value);
    return number;
  }
}

function writeValue(writer: ByteWriter, value: Exclude<TagValue, null>): void {
  if (typeof value === 'string') return writer.text(stringValue, value);
  if (typeof value === 'boolean') {
    writer.tag(booleanValue, wireVarint);
    return writer.varint(value ? 1 : 0);
  }
  if (Number.isSafeInteger(value) && value >= 0) {
    writer.tag(unsignedValue, wireVarint);
    return writer.varint(value);
  }
  if (Number.isInteger(value) && value < 0 && value >= -(2 ** 30)) {
    writer.tag(signedValue, wireVarint);
    return writer.zigzag(value);
  }
  writer.tag(doubleValue, wireDouble);
  writer.double(value);
}

function command(id: number, count: number): number {
  return count * 8 + id;
}
