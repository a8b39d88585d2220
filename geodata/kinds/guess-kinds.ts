import type { SourceDetection } from '../readers/source-detection.js';
import type { SourceRow } from '../readers/source-row.js';
import { importKinds } from './import-kinds.js';
import { suggestFields, valuesOf, type Suggestion } from './suggest-fields.js';

/** A kind of import that a file could be. */
export type KindGuess = {
  readonly kind: string;
  /** From 0 to 1. */
  readonly score: number;
  /** Columns, or types of shapes, that speak for it. */
  readonly because: readonly string[];
};

export type KindGuesses = {
  /** Kinds that fit, the likeliest first. */
  readonly guesses: readonly KindGuess[];
  /** Columns for the fields of every kind. */
  readonly suggestions: Readonly<Record<string, Suggestion>>;
};

type Shape = 'Polygon' | 'LineString' | 'Point';

type Rule = {
  readonly kind: string;
  readonly score: number;
  /** Fields that must have a column. */
  readonly all?: readonly string[];
  /** Fields of which one must; `point` stands for a place. */
  readonly any?: readonly string[];
  readonly shape?: Shape;
  /** A column that must be there. */
  readonly with?: RegExp;
  /** Columns that must not. */
  readonly without?: RegExp;
  /** Field whose values must differ from row to row: it is what the file is about. */
  readonly key?: string;
};

const person = /e_?mail|phone|telefo|mobile|customer|klant|client|company|bedrijf/;

/** What speaks for each kind. The first rule of a kind that holds counts. */
const rules: readonly Rule[] = [
  {
    kind: 'buildings',
    score: 0.9,
    shape: 'Polygon',
    with: /^(building|bag_?pand|bouwjaar|year_built)/,
  },
  {
    kind: 'business-zones',
    score: 0.85,
    shape: 'Polygon',
    with: /^(landuse|zone_?(class|type)|zoning|bestemming)/,
  },
  { kind: 'regions', score: 0.8, shape: 'Polygon', all: ['code'] },
  { kind: 'regions', score: 0.5, shape: 'Polygon' },
  { kind: 'roads', score: 0.9, shape: 'LineString', with: /^(highway|road_?(class|type)|wegtype)/ },
  { kind: 'roads', score: 0.5, shape: 'LineString' },
  {
    kind: 'payments',
    score: 0.9,
    all: ['sale_external_id', 'payment_type', 'value'],
    with: /payment|betaal|pagamento|paiement|zahlung/,
  },
  {
    kind: 'sales',
    score: 0.85,
    all: ['external_id', 'account', 'ordered_at'],
    with: /order|sale|pedido|bestel|commande|verkoop|factu/,
  },
  {
    kind: 'products',
    score: 0.8,
    all: ['external_id'],
    any: ['name', 'category', 'unit_price'],
    with: /product|sku|arti[ck]/,
    without: /customer|klant|client|order|latitude|postcode/,
  },
  { kind: 'postcode-ranges', score: 0.85, all: ['region', 'ranges'] },
  { kind: 'postcode-ranges', score: 0.85, all: ['region', 'first', 'last'] },
  {
    kind: 'dwellings',
    score: 0.85,
    all: ['key', 'use'],
    any: ['building', 'floorArea'],
    without: person,
  },
  { kind: 'settlements', score: 0.8, all: ['name', 'population'], any: ['point'], without: person },
  {
    kind: 'addresses',
    score: 0.8,
    all: ['street', 'house_number'],
    any: ['point'],
    without: person,
  },
  { kind: 'leads', score: 0.75, all: ['external_id'], with: /^lead|_lead|mql|prospect_id/ },
  {
    kind: 'postcodes',
    score: 0.7,
    all: ['postcode'],
    any: ['point', 'place', 'region'],
    key: 'postcode',
    without: /e_?mail|street|straat|phone|customer|klant|client|company|(^|_)name$/,
  },
  {
    kind: 'accounts',
    score: 0.65,
    all: ['external_id'],
    any: ['name', 'email', 'phone', 'street', 'city', 'postcode'],
    key: 'external_id',
  },
  {
    kind: 'region-stats',
    score: 0.6,
    all: ['code'],
    any: ['population', 'households', 'dwellings', 'income', 'dwelling_value'],
  },
  {
    kind: 'accounts',
    score: 0.45,
    all: ['external_id'],
    any: ['name', 'postcode', 'city', 'point'],
  },
  { kind: 'accounts', score: 0.3, shape: 'Point' },
];

/** What each further column that fits adds; so few that they only decide between equals. */
const columnBonus = 0.01;
const mostBonus = 0.1;

/** Which kinds of import a file could be, by its shapes, the names of its columns and their values. */
export function guessKinds(
  detection: Pick<SourceDetection, 'columns' | 'geometry'>,
  sample: readonly SourceRow[],
): KindGuesses {
  const from = { columns: detection.columns, sample };
  const suggestions = Object.fromEntries(
    importKinds.map(({ name, fields }) => [name, suggestFields(fields, from)]),
  );
  const guesses = new Map<string, KindGuess>();
  for (const rule of rules) {
    const suggestion = suggestions[rule.kind] ?? {};
    if (guesses.has(rule.kind) || !holds(rule, { detection, sample, suggestion })) continue;
    guesses.set(rule.kind, toGuess(rule, detection, suggestion));
  }
  const ranked = [...guesses.values()].sort((a, b) => b.score - a.score);
  return { guesses: ranked, suggestions };
}

type Evidence = {
  readonly detection: Pick<SourceDetection, 'columns' | 'geometry'>;
  readonly sample: readonly SourceRow[];
  readonly suggestion: Suggestion;
};

function holds(rule: Rule, { detection, sample, suggestion }: Evidence): boolean {
  const { all = [], any, shape, key } = rule;
  const hasShape = (wanted: Shape) => shapesOf(detection).some((type) => type.endsWith(wanted));
  const names = detection.columns.map(({ name }) => name.toLowerCase().replace(/[^a-z0-9]+/g, '_'));
  const has = (field: string) =>
    field === 'point'
      ? hasShape('Point') || ('lon' in suggestion && 'lat' in suggestion)
      : field in suggestion;
  const isTable = !hasShape('Polygon') && !hasShape('LineString');
  return (
    (shape === undefined ? isTable : hasShape(shape)) &&
    all.every(has) &&
    (any === undefined || any.some(has)) &&
    (rule.with === undefined || names.some((name) => rule.with?.test(name))) &&
    !names.some((name) => rule.without?.test(name)) &&
    (key === undefined || isKey(suggestion[key]?.column ?? '', sample))
  );
}

function isKey(column: string, sample: readonly SourceRow[]): boolean {
  const values = valuesOf(column, sample);
  return new Set(values).size === values.length;
}

function toGuess(rule: Rule, detection: Evidence['detection'], suggestion: Suggestion): KindGuess {
  const { kind, score, shape, all = [], any = [] } = rule;
  const fields = Object.keys(suggestion);
  const telling = fields.filter((field) => all.includes(field) || any.includes(field));
  const columns = telling.map((field) => suggestion[field]?.column ?? '');
  const shapes = shape === undefined ? [] : shapesOf(detection);
  const bonus = Math.min(mostBonus, fields.length * columnBonus);
  return { kind, score: Math.min(1, score + bonus), because: [...shapes, ...columns] };
}

function shapesOf({ geometry }: Evidence['detection']): readonly string[] {
  return geometry?.types ?? [];
}
