import { NONE, type AccountFilter } from '../../contract/account-filter.js';
import { toSqlCondition, type RowPolicy } from '../../policy/row-policy.js';
import type { SqlParameters } from '../../policy/sql-parameters.js';

const columnOf: Record<Exclude<keyof AccountFilter, 'region'>, string> = {
  lifecycle: 'a.lifecycle',
  segment: 'a.segment',
  housingType: 'a.housing_type',
  zoneKind: 'a.zone_kind',
  roadClass: 'a.road_class',
  kind: 'a.kind',
  owner: 'a.owner_id',
  placement: 'a.placement',
};

/** SQL condition over alias `a` of crm.accounts: the filter and what the policy lets the asker see. */
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
  for (const [name, column] of Object.entries(columnOf)) {
    const values: readonly string[] | undefined = filter[name as keyof typeof columnOf];
    if (!values) continue;
    const isOneOf = `${column} = ANY (${parameters.add(values)}::text[])`;
    conditions.push(values.includes(NONE) ? `(${isOneOf} OR ${column} IS NULL)` : isOneOf);
  }
  return conditions.join('\n  AND ');
}
