import type { Role } from '../contract/role.js';
import type { SqlParameters } from './sql-parameters.js';

/**
 * Which accounts (with their sales and payments) somebody may see.
 *
 * `scoped` with `openLeads` (prospector): accounts of `ownerId`, and leads and prospects without an owner,
 * these only inside `regionIds` where any are given. `scoped` without `openLeads` (manager): accounts inside
 * `regionIds`, and those of `ownerId` where it is not null. An account is inside a region when its shape holds
 * the account's point; one without a point is where its postcode is.
 */
export type RowPolicy =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'scoped';
      readonly ownerId: string | null;
      readonly regionIds: readonly number[];
      readonly openLeads: boolean;
    };

/** Stages that are open to every prospector while nobody owns the account. */
const openLifecycles: readonly string[] = ['lead', 'prospect'];

type PolicyOwner = {
  readonly userId: string;
  readonly role: Role;
  /** Regions assigned to the user, without the project itself (which would be no restriction). */
  readonly regionIds: readonly number[];
};

/** The policy of a user; the only place that turns a role into visibility. */
export function policyFor({ userId, role, regionIds }: PolicyOwner): RowPolicy {
  if (role === 'administrator' || role === 'planner') return { kind: 'all' };
  if (role === 'prospector') return { kind: 'scoped', ownerId: userId, regionIds, openLeads: true };
  if (regionIds.length === 0) return { kind: 'all' };
  return { kind: 'scoped', ownerId: null, regionIds, openLeads: false };
}

/**
 * SQL condition over alias `a` of crm.accounts; its values are added to `parameters`.
 *
 * Answers 'true' for the unrestricted policy and 'false' where nothing can be visible.
 */
export function toSqlCondition(policy: RowPolicy, parameters: SqlParameters): string {
  if (policy.kind === 'all') return 'true';
  const alternatives: string[] = [];
  if (policy.ownerId !== null) {
    alternatives.push(`a.owner_id = ${parameters.add(policy.ownerId)}`);
  }
  const inRegions = policy.regionIds.length > 0 ? sqlInRegions(policy.regionIds, parameters) : null;
  if (policy.openLeads) {
    const open = `a.owner_id IS NULL AND a.lifecycle = ANY (${parameters.add([...openLifecycles])}::text[])`;
    alternatives.push(inRegions === null ? `(${open})` : `(${open} AND ${inRegions})`);
  } else if (inRegions !== null) {
    alternatives.push(inRegions);
  }
  return alternatives.length === 0 ? 'false' : `(${alternatives.join(' OR ')})`;
}

function sqlInRegions(regionIds: readonly number[], parameters: SqlParameters): string {
  const ids = parameters.add([...regionIds]);
  return (
    'CASE WHEN a.geom IS NULL THEN a.postcode_region_id ELSE a.region_id END IN ' +
    `(SELECT m.descendant_id FROM geo.region_members m WHERE m.region_id = ANY (${ids}::bigint[]))`
  );
}

/** What a column store must be able to say about a row for the policy to be decided. */
export type PolicyColumns = {
  ownerIdOf(row: number): string | null;
  lifecycleOf(row: number): string;
  /** The region of a placed account, the postcode's region of one that is not placed; 0 where there is none. */
  policyRegionOf(row: number): number;
  /** Ids from the project down to the region itself; empty for 0 and for unknown regions. */
  regionPathOf(regionId: number): readonly number[];
};

/** The policy as a test of a row in a column store; undefined when every row is visible. */
export function toRowPredicate(
  policy: RowPolicy,
  columns: PolicyColumns,
): ((row: number) => boolean) | undefined {
  if (policy.kind === 'all') return undefined;
  const { ownerId, openLeads } = policy;
  const restricted = policy.regionIds.length > 0;
  const isInside = regionTest(policy.regionIds, columns);
  return (row) => {
    const owner = columns.ownerIdOf(row);
    if (ownerId !== null && owner === ownerId) return true;
    if (!openLeads) return restricted && isInside(columns.policyRegionOf(row));
    if (owner !== null || !openLifecycles.includes(columns.lifecycleOf(row))) return false;
    return !restricted || isInside(columns.policyRegionOf(row));
  };
}

function regionTest(
  regionIds: readonly number[],
  columns: PolicyColumns,
): (regionId: number) => boolean {
  const allowed = new Set(regionIds);
  const known = new Map<number, boolean>();
  return (regionId) => {
    const remembered = known.get(regionId);
    if (remembered !== undefined) return remembered;
    const inside = columns.regionPathOf(regionId).some((id) => allowed.has(id));
    known.set(regionId, inside);
    return inside;
  };
}

/** Views of the cube that hold facts about accounts; every other public view is geography. */
export const factViews = ['accounts', 'sales', 'payments'] as const;

export type FactView = (typeof factViews)[number];

export type CubeFilter =
  | { readonly member: string; readonly operator: string; readonly values?: readonly string[] }
  | { readonly and: readonly CubeFilter[] }
  | { readonly or: readonly CubeFilter[] };

/** Filters to push onto a query, by the view that it reads. */
export type CubeRowFilter = Record<FactView, readonly CubeFilter[]>;

/**
 * The policy as Cube filters by view, for `securityContext.row_filter` of the token.
 *
 * Uses the members `owner_id`, `lifecycle` and `policy_region_path` of the view. The last is text such as
 * `/1/7/77/`: the ids from the project down to the region of a placed account, or to the postcode's region
 * of one that is not placed. A query of a fact view without an entry here must be refused.
 */
export function toCubeRowFilter(policy: RowPolicy): CubeRowFilter {
  return {
    accounts: cubeFilters(policy, 'accounts'),
    sales: cubeFilters(policy, 'sales'),
    payments: cubeFilters(policy, 'payments'),
  };
}

function cubeFilters(policy: RowPolicy, view: FactView): CubeFilter[] {
  if (policy.kind === 'all') return [];
  const owner = `${view}.owner_id`;
  const alternatives: CubeFilter[] = [];
  if (policy.ownerId !== null) {
    alternatives.push({ member: owner, operator: 'equals', values: [policy.ownerId] });
  }
  const inRegions: CubeFilter[] =
    policy.regionIds.length > 0
      ? [
          {
            member: `${view}.policy_region_path`,
            operator: 'contains',
            values: policy.regionIds.map((id) => `/${id}/`),
          },
        ]
      : [];
  if (policy.openLeads) {
    const open: CubeFilter[] = [
      { member: owner, operator: 'notSet' },
      { member: `${view}.lifecycle`, operator: 'equals', values: openLifecycles },
    ];
    alternatives.push({ and: [...open, ...inRegions] });
  } else {
    alternatives.push(...inRegions);
  }
  if (alternatives.length === 0) return [nothingVisible(view)];
  return [{ or: alternatives }];
}

function nothingVisible(view: FactView): CubeFilter {
  return {
    and: [
      { member: `${view}.owner_id`, operator: 'set' },
      { member: `${view}.owner_id`, operator: 'notSet' },
    ],
  };
}
