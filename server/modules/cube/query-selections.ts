const maxSelections = 20;
const selectionMember = /^\w+\.selection$/;
const idText = /^[1-9]\d{0,14}$/;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Ids of the selections that a request to Cube names, wherever in it. What is overlooked here is not in the token,
 * and Cube refuses it.
 */
export function selectionsIn(request: unknown): number[] {
  const ids = new Set<number>();
  const visit = (node: unknown, depth: number): void => {
    if (depth === 0 || typeof node !== 'object' || node === null) return;
    if (isSelectionFilter(node as Fields)) addIds((node as Fields)['values'], ids);
    for (const value of Object.values(node)) visit(value, depth - 1);
  };
  visit(withParsedQuery(request), 12);
  return [...ids].slice(0, maxSelections);
}

/** In an address the query is JSON as text. */
function withParsedQuery(request: unknown): unknown {
  const query = (request as Fields | null | undefined)?.['query'];
  if (typeof query !== 'string') return request;
  try {
    return JSON.parse(query);
  } catch {
    return undefined;
  }
}

function isSelectionFilter({ member, dimension }: Fields): boolean {
  return [member, dimension].some((name) => selectionMember.test(String(name)));
}

function addIds(values: unknown, ids: Set<number>): void {
  for (const value of Array.isArray(values) ? values : []) {
    if (idText.test(String(value))) ids.add(Number(value));
  }
}
