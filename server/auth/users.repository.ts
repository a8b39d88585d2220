import { randomUUID } from 'node:crypto';
import type { Role } from '../contract/role.js';
import type { Database, Queryable } from '../db/database.js';

/** What decides about a user's requests. */
export type Member = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Null: in no team. */
  readonly team: string | null;
  readonly regionIds: readonly number[];
};

export type NewUser = {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly passwordHash: string;
};

// The project itself is no restriction; demo users exist only while the project is the demo.
const memberColumns = `
  u.id, u.name, u.email, u.role, u.team,
  ARRAY(SELECT ur.region_id FROM app.user_regions ur
        WHERE ur.user_id = u.id
          AND ur.region_id NOT IN (SELECT r.region_id FROM geo.regions r WHERE r.level = 0)
        ORDER BY ur.region_id)::text[] AS region_ids`;
const notStrandedDemo = `
  (NOT u.is_demo OR EXISTS (SELECT FROM app.settings s WHERE s.name = 'project' AND s.value->'isDemo' = 'true'))`;

type MemberRow = Omit<Member, 'regionIds'> & { readonly region_ids: readonly string[] };

/** The user with role and regions, or undefined where there is none who may sign in. */
export async function findMember(database: Database, userId: string): Promise<Member | undefined> {
  const row = await database.row<MemberRow>(
    `SELECT ${memberColumns} FROM app.users u WHERE u.id = $1 AND ${notStrandedDemo}`,
    [userId],
  );
  return row && toMember(row);
}

/** All users in the order of their names, those of the demo included. */
export async function listMembers(database: Database): Promise<Member[]> {
  const rows = await database.rows<MemberRow>(
    `SELECT ${memberColumns} FROM app.users u ORDER BY u.name, u.id`,
  );
  return rows.map(toMember);
}

function toMember({ region_ids: regionIds, ...row }: MemberRow): Member {
  return { ...row, regionIds: regionIds.map(Number) };
}

/** Whether somebody other than a demo user administers the project. */
export async function hasAdministrator(database: Queryable): Promise<boolean> {
  const { rowCount } = await database.query(
    `SELECT FROM app.users WHERE role = 'administrator' AND NOT is_demo LIMIT 1`,
  );
  return rowCount === 1;
}

/** Creates a user who signs in with e-mail and password and answers the id. */
export async function createUser(client: Queryable, user: NewUser): Promise<string> {
  const userId = randomUUID();
  await client.query(
    `INSERT INTO app.users (id, name, email, email_verified, role) VALUES ($1, $2, $3, true, $4)`,
    [userId, user.name, user.email, user.role],
  );
  await client.query(
    `INSERT INTO app.credentials (id, user_id, provider_id, account_id, password)
     VALUES ($1, $2, 'credential', $3, $4)`,
    [randomUUID(), userId, userId, user.passwordHash],
  );
  return userId;
}

/** Replaces the regions of a user. */
export async function assignRegions(
  client: Queryable,
  userId: string,
  regionIds: readonly number[],
): Promise<void> {
  await client.query('DELETE FROM app.user_regions WHERE user_id = $1', [userId]);
  await client.query(
    `INSERT INTO app.user_regions (user_id, region_id)
     SELECT DISTINCT $1, region_id FROM unnest($2::bigint[]) AS region_id`,
    [userId, regionIds],
  );
}

const demoNames: Record<Role, string> = {
  administrator: 'Ada Administrator',
  planner: 'Piet Planner',
  manager: 'Maria Manager',
  prospector: 'Pascal Prospector',
};

/** Id of the one demo user of a role; accounts of the demo region name it as their owner. */
export function demoUserId(role: Role): string {
  return `demo-${role}`;
}

/** Makes sure that the demo user of a role exists and answers the id. */
export async function upsertDemoUser(database: Database, role: Role): Promise<string> {
  const userId = demoUserId(role);
  await database.rows(
    `INSERT INTO app.users (id, name, email, email_verified, role, is_demo)
     VALUES ($1, $2, $3, true, $4, true)
     ON CONFLICT (id) DO UPDATE SET role = EXCLUDED.role`,
    [userId, demoNames[role], `${role}@demo.example`, role],
  );
  return userId;
}

export type UserChanges = {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  /** Null takes the user out of their team. */
  readonly team?: string | null | undefined;
};

/** Changes name, role and team where given; false where there is no such user. */
export async function updateUser(
  client: Queryable,
  userId: string,
  { name, role, team }: UserChanges,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE app.users SET name = COALESCE($2, name), role = COALESCE($3, role),
       team = CASE WHEN $4 THEN $5 ELSE team END, updated_at = now()
     WHERE id = $1`,
    [userId, name ?? null, role ?? null, team !== undefined, team ?? null],
  );
  return rowCount === 1;
}

/** Those of the ids that are no region. */
export async function findUnknownRegions(
  client: Queryable,
  regionIds: readonly number[],
): Promise<number[]> {
  const { rows } = await client.query<{ region_id: number }>(
    `SELECT wanted.region_id FROM unnest($1::bigint[]) AS wanted (region_id)
     WHERE NOT EXISTS (SELECT FROM geo.regions r WHERE r.region_id = wanted.region_id)`,
    [regionIds],
  );
  return rows.map((row) => row.region_id);
}
