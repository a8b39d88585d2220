import { projectToday } from '../../column-store/accounts.source.js';
import type { AccountEvent, AccountStory } from '../../contract/account-story.js';
import type { Database } from '../../db/database.js';

const EVENTS = 60;
const PRODUCTS = 10;

type Months = AccountStory['months'];
type Products = AccountStory['products'];

/** Revenue and orders of an account in each of the last 24 months. */
export async function monthlySales(database: Database, accountId: number): Promise<Months> {
  return database.rows<Months[number]>(
    `WITH months AS (
       SELECT generate_series(date_trunc('month', ${projectToday}) - interval '23 months',
         date_trunc('month', ${projectToday}), interval '1 month') AS month),
     sold AS (
       SELECT date_trunc('month', s.ordered_at, 'UTC') AT TIME ZONE 'UTC' AS month,
         sum(l.revenue) AS revenue, count(DISTINCT s.sale_id)::int AS orders
       FROM crm.sales s JOIN crm.sale_lines l USING (sale_id)
       WHERE s.account_id = $1 GROUP BY 1)
     SELECT to_char(m.month, 'YYYY-MM') AS month, COALESCE(sold.revenue, 0) AS revenue,
       COALESCE(sold.orders, 0) AS orders
     FROM months m LEFT JOIN sold ON sold.month = m.month::timestamp ORDER BY m.month`,
    [accountId],
  );
}

/** What an account bought most, by revenue. */
export async function topProducts(database: Database, accountId: number): Promise<Products> {
  const rows = await database.rows<Omit<Products[number], 'lastOrderedAt'> & { last: Date }>(
    `SELECT p.name, p.category, sum(l.quantity) AS quantity, sum(l.revenue) AS revenue,
       max(s.ordered_at) AS last
     FROM crm.sales s JOIN crm.sale_lines l USING (sale_id) JOIN crm.products p USING (product_id)
     WHERE s.account_id = $1
     GROUP BY p.product_id ORDER BY sum(l.revenue) DESC, p.product_id LIMIT ${PRODUCTS}`,
    [accountId],
  );
  return rows.map(({ last, ...row }) => ({ ...row, lastOrderedAt: last.toISOString() }));
}

type EventRow = {
  readonly at: Date;
  readonly kind: AccountEvent['kind'];
  readonly who: string | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
  readonly revenue: number | null;
  readonly channel: string | null;
};

/** What happened to an account, the latest first: changes with who and what, orders, its import and its making. */
export async function listEvents(database: Database, accountId: number): Promise<AccountEvent[]> {
  const rows = await database.rows<EventRow>(
    `SELECT c.changed_at AS at, c.kind, c.user_name AS who, c.before, c.after,
       NULL::numeric AS revenue, NULL::text AS channel
     FROM app.account_changes c WHERE c.account_id = $1
     UNION ALL
     SELECT s.ordered_at, 'order', NULL, NULL, NULL,
       (SELECT sum(l.revenue) FROM crm.sale_lines l WHERE l.sale_id = s.sale_id), s.channel
     FROM crm.sales s WHERE s.account_id = $1
     UNION ALL
     SELECT i.finished_at, 'imported', i.source_name, NULL, NULL, NULL, NULL
     FROM crm.accounts a JOIN app.imports i USING (import_id)
     WHERE a.account_id = $1 AND i.finished_at IS NOT NULL
     UNION ALL
     SELECT a.created_at, 'created', NULL, NULL, NULL, NULL, NULL
     FROM crm.accounts a WHERE a.account_id = $1
     ORDER BY at DESC LIMIT ${EVENTS}`,
    [accountId],
  );
  return rows.map(({ at, before, after, ...row }) => ({
    ...row,
    at: at.toISOString(),
    fields: fieldsOf(before ?? {}, after ?? {}),
  }));
}

function fieldsOf(before: Record<string, unknown>, after: Record<string, unknown>) {
  // What imports leave alone is no news to people, and what stayed as it was neither.
  const told = Object.keys(after).filter(
    (field) => field !== 'locked_fields' && textOf(before[field]) !== textOf(after[field]),
  );
  return told.map((field) => ({
    field,
    before: textOf(before[field]),
    after: textOf(after[field]),
  }));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return Array.isArray(value) ? value.join(', ') : String(value);
}
