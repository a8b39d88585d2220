import { AppError } from '../server/errors.js';
import type { Importer } from './importer.js';

export type { ImportContext, Importer, ImportOutcome, ImportSource } from './importer.js';
export { defineImporter } from './importer.js';

/** Every importer; a further one is one file in importers/ and one line here. */
export const importers: readonly Importer[] = [];

/** The importer of that name; throws an AppError that lists those there are. */
export function importerNamed(name: string): Importer {
  const importer = importers.find((candidate) => candidate.name === name);
  if (importer) return importer;
  const known = importers.map((candidate) => candidate.name).join(', ');
  throw new AppError('validation', `There is no importer ${name}; known importers: ${known}.`);
}
