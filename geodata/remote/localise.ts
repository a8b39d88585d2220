import path from 'node:path';
import { AppError } from '../../server/errors.js';
import { pathOptions, type ImportSource } from '../importer.js';
import { isRemote } from './remote-address.js';
import type { RemoteFile, RemoteFiles } from './remote-files.js';

export type Sources = {
  readonly source: ImportSource;
  readonly options: Readonly<Record<string, unknown>>;
};

/**
 * What an import reads, with every https address replaced by its copy in the data folder.
 *
 * @throws AppError where a file cannot be had, or `files` is not given and one would be needed
 */
export async function localise(
  { source, options }: Sources,
  files: RemoteFiles | undefined,
  file: RemoteFile,
): Promise<Sources> {
  const local = async (address: string, how: RemoteFile) => {
    if (!isRemote(address)) return address;
    if (files) return files.local(address, how);
    throw new AppError('validation', `${address} is not a file, and nothing is fetched from here.`);
  };
  const { progress, signal } = file;
  const given: Record<string, unknown> = { ...options };
  for (const name of pathOptions) {
    const value = given[name];
    if (typeof value === 'string') given[name] = await local(value, { progress, signal });
  }
  return { source: { ...source, path: await local(source.path, file) }, options: given };
}

/** The absolute path of a file; an address stays as it is. */
export function absoluteSource(source: string, folder: string): string {
  return isRemote(source) ? source : path.resolve(folder, source);
}
