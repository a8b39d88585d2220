import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { AppError } from '../../../server/errors.js';
import { firstBytes } from '../open-file.js';
import { chooseLayer } from '../choose-layer.js';
import type { ReadOptions } from '../source-row.js';
import { openZip } from '../zip-archive.js';

/** One of the files that make up a shapefile. */
export type Part = { readonly size: number; open(): Promise<Readable> };

export type PartEnding = 'shp' | 'dbf' | 'prj' | 'cpg';

/** The files of one shapefile, in a zip or side by side in a folder. */
export type ShapefileParts = {
  readonly layer: string;
  /** All shapefiles in the zip. */
  readonly layers: readonly string[];
  readonly parts: Readonly<Partial<Record<PartEnding, Part>>>;
  close(): void;
};

const endings: readonly PartEnding[] = ['shp', 'dbf', 'prj', 'cpg'];

/** Finds the files of the shapefile asked for; throws an AppError that lists those there are. */
export async function openParts(file: string, options: ReadOptions): Promise<ShapefileParts> {
  const [first, second] = await firstBytes(file, 2);
  const isZip = first === 0x50 && second === 0x4b;
  return isZip ? partsOfZip(file, options) : partsBeside(file);
}

async function partsOfZip(file: string, options: ReadOptions): Promise<ShapefileParts> {
  const zip = await openZip(file, options.maxUnpackedBytes);
  try {
    const byPath = new Map(zip.entries.map((entry) => [entry.name.toLowerCase(), entry]));
    const stems = zip.entries
      .map(({ name }) => name)
      .filter((name) => /\.shp$/i.test(name))
      .map((name) => name.slice(0, -4));
    const stem = chooseLayer(file, stems, options.layer, (name) => path.posix.basename(name));
    const parts: Partial<Record<PartEnding, Part>> = {};
    for (const ending of endings) {
      const entry = byPath.get(`${stem}.${ending}`.toLowerCase());
      if (entry) parts[ending] = entry;
    }
    const names = stems.map((name) => path.posix.basename(name));
    return { layer: path.posix.basename(stem), layers: names, parts, close: zip.close };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function partsBeside(file: string): Promise<ShapefileParts> {
  const folder = path.dirname(file);
  const stem = path.basename(file).replace(/\.\w+$/, '');
  const names = await readdir(folder);
  const parts: Partial<Record<PartEnding, Part>> = {};
  for (const ending of endings) {
    const name = names.find((found) => found.toLowerCase() === `${stem}.${ending}`.toLowerCase());
    if (name === undefined) continue;
    const full = path.join(folder, name);
    const { size } = await stat(full);
    parts[ending] = { size, open: () => Promise.resolve(createReadStream(full)) };
  }
  if (!parts.shp) throw new AppError('not_found', `There is no ${stem}.shp beside ${file}.`);
  return { layer: stem, layers: [stem], parts, close: () => undefined };
}
