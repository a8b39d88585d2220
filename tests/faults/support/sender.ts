const requestsAnAddress = 1000;

/** Who sends a request of a long row: another address so often that nobody counts as asking too much. */
export function senderOf(index: number): string {
  const block = Math.floor(index / requestsAnAddress);
  return `10.${block >> 8}.${block & 255}.1`;
}
