const [lineString, polygon] = [2, 3];

/**
 * The lines of a shape in little-endian WKB, each as lon, lat, lon, lat…: lines as they are, polygons
 * ring by ring, parts of collections one after the other. Points give a line of one position.
 */
export function wkbLines(bytes: Buffer): Float64Array[] {
  const lines: Float64Array[] = [];
  readShape(bytes, 0, lines);
  return lines;
}

function readShape(bytes: Buffer, at: number, lines: Float64Array[]): number {
  const type = bytes.readUInt32LE(at + 1) & 0xff;
  const body = at + 5;
  if (type === 1) return readPositions(bytes, body, 1, lines);
  const count = bytes.readUInt32LE(body);
  if (type === lineString) return readPositions(bytes, body + 4, count, lines);
  let next = body + 4;
  for (let part = 0; part < count; part++) {
    next =
      type === polygon
        ? readPositions(bytes, next + 4, bytes.readUInt32LE(next), lines)
        : readShape(bytes, next, lines);
  }
  return next;
}

function readPositions(bytes: Buffer, at: number, count: number, lines: Float64Array[]): number {
  const line = new Float64Array(2 * count);
  for (let n = 0; n < line.length; n++) line[n] = bytes.readDoubleLE(at + 8 * n);
  if (count > 0) lines.push(line);
  return at + 16 * count;
}
