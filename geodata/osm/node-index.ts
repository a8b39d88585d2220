/** A growing list of node ids, 8 bytes each. */
export class NodeIdList {
  #ids = new Float64Array(1 << 16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(id: number): void {
    if (this.#length === this.#ids.length) {
      const larger = new Float64Array(this.#ids.length * 2);
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#ids[this.#length] = id;
    this.#length += 1;
  }

  /** The ids in ascending order, repeated as often as they were added. */
  sorted(): Float64Array {
    return this.#ids.slice(0, this.#length).sort();
  }
}

const missing = 0x7fffffff;
const unitsPerDegree = 1e7;

/**
 * Coordinates of the nodes that are needed, and only of these: 17 bytes a node, found by binary search.
 * Coordinates keep the seven decimals of OpenStreetMap.
 */
export class NodeIndex {
  readonly #ids: Float64Array;
  readonly #lons: Int32Array;
  readonly #lats: Int32Array;
  readonly #roadUses: Uint8Array;

  /** @param needed every node of a way that is kept; @param ofRoads every node of a road, once a use */
  constructor(needed: NodeIdList, ofRoads: NodeIdList) {
    this.#ids = unique(needed.sorted());
    this.#lons = new Int32Array(this.#ids.length).fill(missing);
    this.#lats = new Int32Array(this.#ids.length).fill(missing);
    this.#roadUses = countUses(this.#ids, ofRoads.sorted());
  }

  get size(): number {
    return this.#ids.length;
  }

  /** Remembers the coordinates of a node; one that is not needed is passed over. */
  set(id: number, lon: number, lat: number): void {
    const index = this.#find(id);
    if (index < 0) return;
    this.#lons[index] = Math.round(lon * unitsPerDegree);
    this.#lats[index] = Math.round(lat * unitsPerDegree);
  }

  /** [lon, lat], or undefined where the file does not hold the node. */
  get(id: number): [number, number] | undefined {
    const index = this.#find(id);
    const lon = index < 0 ? missing : (this.#lons[index] ?? missing);
    if (lon === missing) return undefined;
    return [lon / unitsPerDegree, (this.#lats[index] ?? 0) / unitsPerDegree];
  }

  /** The nodes of a way whose coordinates are known, in its order. */
  locate(refs: readonly number[]): { refs: number[]; positions: [number, number][] } {
    const known: number[] = [];
    const positions: [number, number][] = [];
    for (const ref of refs) {
      const position = this.get(ref);
      if (!position) continue;
      known.push(ref);
      positions.push(position);
    }
    return { refs: known, positions };
  }

  /** Whether a way that is kept leads over the node. */
  isNeeded(id: number): boolean {
    return this.#find(id) >= 0;
  }

  /** Whether a road leads over the node. */
  isOfRoad(id: number): boolean {
    const index = this.#find(id);
    return index >= 0 && (this.#roadUses[index] ?? 0) > 0;
  }

  /** Lets a node of a road count as a junction, because roads of elsewhere meet it there. */
  makeJunction(id: number): void {
    const index = this.#find(id);
    if (index >= 0 && (this.#roadUses[index] ?? 0) > 0) this.#roadUses[index] = 2;
  }

  /** Whether roads use the node twice or more: they meet there, or one crosses itself. */
  isJunction(id: number): boolean {
    const index = this.#find(id);
    return index >= 0 && (this.#roadUses[index] ?? 0) > 1;
  }

  #find(id: number): number {
    let low = 0;
    let high = this.#ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#ids[middle] ?? NaN;
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

function unique(sorted: Float64Array): Float64Array {
  let length = 0;
  for (const id of sorted) {
    if (length > 0 && sorted[length - 1] === id) continue;
    sorted[length] = id;
    length += 1;
  }
  return sorted.slice(0, length);
}

/** How often each id occurs in a sorted list, counted up to two. */
function countUses(ids: Float64Array, sortedUses: Float64Array): Uint8Array {
  const uses = new Uint8Array(ids.length);
  let index = 0;
  for (const id of sortedUses) {
    while (index < ids.length && (ids[index] ?? Infinity) < id) index += 1;
    if (ids[index] === id) uses[index] = Math.min(2, (uses[index] ?? 0) + 1);
  }
  return uses;
}
