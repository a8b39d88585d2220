const diskFull = '53100';

/** A sentence for an error that means that there is no room to write; undefined for any other error. */
export function explainDiskFull(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? error.code : undefined;
  if (code === diskFull || /No space left on device/.test(error.message)) {
    return 'The disk of the database is full. Make room there, then do it again; what was there is safe.';
  }
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return undefined;
  const file =
    'path' in error && typeof error.path === 'string' ? ` on which ${error.path} lies` : '';
  return `The disk${file} is full. Make room there, then do it again; what was there is safe.`;
}
