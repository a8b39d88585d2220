import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spreadPoints, type Box } from './spread-points.js';

/** Where the accounts of the file lie. */
export const netherlands: Box = [3.3, 50.7, 7.2, 53.6];
const names = ['Jansen', 'De Vries', 'Bakker', 'Visser', 'Smit', 'Mulder', 'Bos', 'Peters'];
const trades = ['Trading', 'Bouw', 'Advies', 'Zorg', 'Transport'];

export type AccountsFile = { readonly path: string; readonly remove: () => void };

/** A CSV file of so many accounts in seven columns, some 74 bytes each; keys begin at `from`. */
export function accountsFile(count: number, from = 0): AccountsFile {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-bench-'));
  const file = path.join(folder, 'accounts.csv');
  const points = spreadPoints(count, netherlands, 1 + from);
  writeFileSync(file, 'external_id,name,segment,postcode,city,lon,lat\n');
  for (let first = 0; first < count; first += 10_000) {
    const last = Math.min(count, first + 10_000);
    let text = '';
    for (let n = first; n < last; n++) text += lineOf(from + n, points.lon[n]!, points.lat[n]!);
    writeFileSync(file, text, { flag: 'a' });
  }
  return { path: file, remove: () => rmSync(folder, { recursive: true }) };
}

function lineOf(n: number, lon: number, lat: number): string {
  const key = String((n * 7919) % 100_000_007).padStart(9, '0');
  const name = `${names[n % 8]} ${trades[(n >> 3) % 5]} ${n.toString(36)}`;
  const letters = String.fromCharCode(65 + (n % 20), 65 + ((n >> 4) % 20));
  const place = `${1000 + ((n * 31) % 9000)}${letters},City ${n % 400}`;
  return `C${key},${name},segment ${n % 7},${place},${lon.toFixed(6)},${lat.toFixed(6)}\n`;
}
