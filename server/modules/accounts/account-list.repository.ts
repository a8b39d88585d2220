import { z } from 'zod';
import type { AccountListQuery, AccountRow, AccountSort } from '../../contract/accounts.js';
import type { Database } from '../../db/database.js';
import { decodeCursor, encodeCursor } from '../../http/cursor.js';
import type { RowPolicy } from '../../policy/row-policy.js';
import { SqlParameters } from '../../policy/sql-parameters.js';
import { accountConditions } from './account-conditions.js';

/** Columns of an account as lists show it; needs `a`, and the joins of `accountRowJoins`. */
export const accountRowColumns = `
  a.account_id AS id, a.external_id AS "externalId", a.name, a.kind, a.lifecycle, a.segment,
  a.owner_id AS "ownerId", owner.name AS "ownerName", a.postcode, a.city,
  a.region_id AS "regionId", region.name AS "regionName", a.housing_type AS "housingType",
  a.zone_kind AS "zoneKind", a.road_class AS "roadClass", a.tags, a.placement,
  ST_X(a.geom) AS lon, ST_Y(a.geom) AS lat, a.customer_since AS "customerSince",
  a.updated_at AS "updatedAt"`;

export const accountRowJoins = `
  LEFT JOIN app.users owner ON owner.id = a.owner_id
  LEFT JOIN geo.regions region ON region.region_id = a.region_id`;

type SortKey = {
  /** Never null, so that a page can begin after any row. */
  readonly expression: string;
  readonly type: 'text' | 'date' | 'timestamptz';
  readonly value: z.ZodType<string>;
};

const shortText = z.string().max(1000);
const sortKeys: Record<string, SortKey> = {
  name: { expression: 'a.name', type: 'text', value: shortText },
  city: { expression: `COALESCE(a.city, '')`, type: 'text', value: shortText },
  customerSince: {
    expression: `COALESCE(a.customer_since, DATE '0001-01-01')`,
    type: 'date',
    value: z.iso.date(),
  },
  updatedAt: {
    expression: 'a.updated_at',
    type: 'timestamptz',
    value: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?$/),
  },
};

type PageRow = Omit<AccountRow, 'updatedAt'> & {
  readonly updatedAt: Date;
  readonly sortValue: string;
};

export type AccountPage = {
  readonly items: AccountRow[];
  readonly nextCursor: string | null;
};

/** One page of the accounts in the filter that the policy shows. */
export async function listAccounts(
  database: Database,
  query: AccountListQuery,
  policy: RowPolicy,
): Promise<AccountPage> {
  const { sql, values } = pageStatement(query, policy);
  const rows = await database.rows<PageRow>(sql, values);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    // The schema of the answer drops the sort value.
    items: page.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() })),
    nextCursor: last ? encodeCursor([last.sortValue, last.id]) : null,
  };
}

function pageStatement(
  query: AccountListQuery,
  policy: RowPolicy,
): { sql: string; values: unknown[] } {
  const parameters = new SqlParameters();
  const { key, direction, comparison } = orderOf(query.sort);
  const conditions = [accountConditions(query, policy, parameters)];
  if (query.cursor !== undefined) {
    const [value, id] = decodeCursor(query.cursor, z.tuple([key.value, z.int()]));
    conditions.push(
      `(${key.expression}, a.account_id) ${comparison}
       (${cursorValue(parameters.add(value), key)}, ${parameters.add(id)}::bigint)`,
    );
  }
  // The page is cut before the joins: they are looked up for its rows only.
  const sql = `
    SELECT ${accountRowColumns}, a.sort_value AS "sortValue"
    FROM (
      SELECT a.*, ${sortText(key)} AS sort_value FROM crm.accounts a
      WHERE ${conditions.join('\n  AND ')}
      ORDER BY ${key.expression} ${direction}, a.account_id ${direction}
      LIMIT ${parameters.add(query.limit + 1)}
    ) a ${accountRowJoins}
    ORDER BY ${key.expression} ${direction}, a.account_id ${direction}`;
  return { sql, values: parameters.values };
}

function orderOf(sort: AccountSort) {
  const isDescending = sort.startsWith('-');
  const key = sortKeys[isDescending ? sort.slice(1) : sort];
  if (!key) throw new Error(`No sort key for ${sort}`);
  return {
    key,
    direction: isDescending ? 'DESC' : 'ASC',
    comparison: isDescending ? '<' : '>',
  } as const;
}

// Instants travel as UTC text: a Date would lose the microseconds that tell two rows apart.
function sortText({ expression, type }: SortKey): string {
  return type === 'timestamptz'
    ? `(${expression} AT TIME ZONE 'UTC')::text`
    : `${expression}::text`;
}

function cursorValue(placeholder: string, { type }: SortKey): string {
  return type === 'timestamptz'
    ? `(${placeholder}::timestamp AT TIME ZONE 'UTC')`
    : `${placeholder}::${type}`;
}
