/** Part of a way between two junctions or ends: indexes into its nodes, both inclusive. */
type RoadPart = { readonly first: number; readonly last: number };

/** Cuts a way at every junction along it; its ends always end a part. */
export function splitRoad(
  refs: readonly number[],
  isJunction: (id: number) => boolean,
): RoadPart[] {
  const parts: RoadPart[] = [];
  let first = 0;
  for (let index = 1; index < refs.length; index += 1) {
    const isEnd = index === refs.length - 1;
    if (!isEnd && !isJunction(refs[index] ?? NaN)) continue;
    parts.push({ first, last: index });
    first = index;
  }
  return parts;
}
