import { z } from 'zod';
import type { Queryable } from '../../server/db/database.js';
import { AppError } from '../../server/errors.js';

/** Option for a level: its number or its name. */
export const levelOption = z.union([z.string().min(1), z.number()]).transform(String);

type LevelRow = { readonly level: number; readonly name: string };

/**
 * The number of the level meant by a number or a name (singular or plural, any case).
 * Throws an AppError where there is no such level.
 */
export async function findLevel(queryable: Queryable, level: string): Promise<number> {
  const found = await lookUpLevel(queryable, level);
  if (found !== undefined) return found;
  const rows = await queryable.query<LevelRow>(
    'SELECT level, name FROM geo.region_levels ORDER BY level',
  );
  const known = rows.rows.map((row) => `${row.level} (${row.name})`).join(', ');
  throw new AppError('not_found', `There is no region level ${level}; known levels: ${known}.`);
}

async function lookUpLevel(queryable: Queryable, level: string): Promise<number | undefined> {
  const found = await queryable.query<LevelRow>(
    `SELECT level, name FROM geo.region_levels
     WHERE level::text = $1 OR lower(name) = lower($1) OR lower(plural_name) = lower($1)
     ORDER BY level LIMIT 1`,
    [level],
  );
  return found.rows[0]?.level;
}

export type LevelRequest = {
  /** A number from 1 to 8, or a name. */
  readonly level: string;
  readonly levelName?: string | undefined;
  readonly levelPlural?: string | undefined;
};

/**
 * Makes sure that the level exists and has the given names; a new name becomes the next deeper level.
 * Returns its number and whether anything changed.
 */
export async function ensureLevel(
  queryable: Queryable,
  request: LevelRequest,
): Promise<{ readonly level: number; readonly isChanged: boolean }> {
  const level = await levelNumber(queryable, request);
  const isNumber = /^\d+$/.test(request.level);
  const name = request.levelName ?? (isNumber ? `Level ${level}` : request.level);
  const plural = request.levelPlural ?? pluralOf(name);
  const written = await queryable.query(
    `INSERT INTO geo.region_levels AS l (level, name, plural_name) VALUES ($1, $2, $3)
     ON CONFLICT (level) DO UPDATE SET
       name = CASE WHEN $4 THEN excluded.name ELSE l.name END,
       plural_name = CASE WHEN $4 THEN excluded.plural_name ELSE l.plural_name END
     WHERE $4 AND ROW(l.name, l.plural_name) IS DISTINCT FROM ROW(excluded.name, excluded.plural_name)`,
    [level, name, plural, request.levelName !== undefined],
  );
  return { level, isChanged: (written.rowCount ?? 0) > 0 };
}

async function levelNumber(queryable: Queryable, { level }: LevelRequest): Promise<number> {
  const found = await lookUpLevel(queryable, level);
  if (found === 0) throw new AppError('validation', 'Level 0 is the project itself; use 1 to 8.');
  if (found !== undefined) return found;
  if (/^[1-8]$/.test(level)) return Number(level);
  if (/^\d+$/.test(level))
    throw new AppError('validation', 'A region level is a number from 1 to 8.');
  const deepest = await queryable.query<{ next: number }>(
    'SELECT max(level) + 1 AS next FROM geo.region_levels',
  );
  const next = deepest.rows[0]?.next ?? 1;
  if (next > 8)
    throw new AppError('validation', `There is no room for a level ${level}: eight exist.`);
  return next;
}

function pluralOf(name: string): string {
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
