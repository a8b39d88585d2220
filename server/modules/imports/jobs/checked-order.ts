import { importKindNamed } from '../../../../geodata/kinds/import-kinds.js';
import { importerNamed } from '../../../../geodata/importers.js';
import { AppError } from '../../../errors.js';

/** Options that name files of the server, or lift a limit that protects it. */
const refused = ['lines', 'maxUnpacked'] as const;

/**
 * Options of an import as somebody asked for them over HTTP: of a kind that takes a file, understood by its importer,
 * and without any way to a file of the server.
 *
 * @throws AppError that names the option at fault
 */
export function checkedOptions(
  importer: string,
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  importKindNamed(importer);
  for (const name of refused) {
    if (name in options)
      throw new AppError('validation', `The option ${name} cannot be given here.`);
  }
  for (const name of ['map', 'linesMap']) assertNoFiles(name, options[name]);
  importerNamed(importer).parseOptions(options);
  return options;
}

/** A mapping is given in place; the command line also takes one from a file, and looks values up in others. */
function assertNoFiles(name: string, mapping: unknown): void {
  if (mapping === undefined) return;
  if (typeof mapping !== 'object' || mapping === null) {
    throw new AppError('validation', `The option ${name} is a mapping, not the name of a file.`);
  }
  const { columns = {} } = mapping as { columns?: unknown };
  const entries = typeof columns === 'object' && columns !== null ? Object.values(columns) : [];
  const looksUp = entries.some((entry) => {
    return typeof entry === 'object' && entry !== null && 'lookup' in entry;
  });
  if (looksUp)
    throw new AppError('validation', `The option ${name} cannot look values up in a file.`);
}
