import path from 'node:path';

const LONGEST = 120;

/** A name for a file in the cache from its address: the last part of the path, made safe. */
export function fileNameOf(url: URL): string {
  const last = decode(path.posix.basename(url.pathname));
  const safe = last.replace(/[^\w.+-]+/g, '_').replace(/^\.+/, '');
  return safe === '' ? 'file' : safe.slice(-LONGEST);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
