import {
  NONE,
  type AccountFilter,
  type AccountListFilterName,
} from '../../contract/account-filter.js';
import { searchWords } from '../../contract/fold-text.js';
import { toSqlCondition, type RowPolicy } from '../../policy/row-policy.js';
import type { SqlParameters } from '../../policy/sql-parameters.js';

const columnOf: Record<Exclude<AccountListFilterName, 'region' | 'tag'>, string> = {
  lifecycle: 'a.lifecycle',
  segment: 'a.segment',
  housingType: 'a.housing_type',
  zoneKind: 'a.zone_kind',
  roadClass: 'a.road_class',
  kind: 'a.kind',
  owner: 'a.owner_id',
  placement: 'a.placement',
};

/**
 * SQL condition over alias `a` of crm.accounts: the filter and what the policy lets the asker see.
 *
 * Whether the asker may use a selection of the filter was decided before (`checkSelections`).
 */
export function accountConditions(
  filter: Partial<AccountFilter>,
  policy: RowPolicy,
  parameters: SqlParameters,
): string {
  const conditions = [toSqlCondition(policy, parameters)];
  if (filter.region) {
    const ids = parameters.add(filter.region);
    conditions.push(
      `COALESCE(a.region_id, 0) IN (SELECT m.descendant_id FROM geo.region_members m
        WHERE m.region_id = ANY (${ids}::bigint[]))`,
    );
  }
  if (filter.selection) {
    const ids = parameters.add(filter.selection);
    conditions.push(
      `a.account_id IN (SELECT m.account_id FROM app.selection_members m
        WHERE m.selection_id = ANY (${ids}::bigint[]))`,
    );
  }
  for (const [name, column] of Object.entries(columnOf)) {
    const values: readonly string[] | undefined = filter[name as keyof typeof columnOf];
    if (!values) continue;
    const isOneOf = `${column} = ANY (${parameters.add(values)}::text[])`;
    conditions.push(values.includes(NONE) ? `(${isOneOf} OR ${column} IS NULL)` : isOneOf);
  }
  if (filter.tag) conditions.push(tagCondition(filter.tag, parameters));
  for (const word of searchWords(filter.q ?? '')) {
    conditions.push(`position(${parameters.add(word)}::text IN ${searchedText}) > 0`);
  }
  if (filter.bounds) {
    const [west, south, east, north] = filter.bounds.map((degree) => parameters.add(degree));
    conditions.push(
      `ST_Intersects(a.geom,
        ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326))`,
    );
  }
  return conditions.join('\n  AND ');
}

/** Fields are a line each: no word stands across two of them. */
const searchedText = `app.fold_text(concat_ws(E'\\n', a.name, a.city, a.postcode, a.external_id))`;

function tagCondition(tags: readonly string[], parameters: SqlParameters): string {
  const hasOne = `a.tags && ${parameters.add(tags)}::text[]`;
  return tags.includes(NONE) ? `(${hasOne} OR a.tags = '{}')` : hasOne;
}
