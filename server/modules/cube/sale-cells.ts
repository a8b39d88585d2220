import type { Database } from '../../db/database.js';

const LOOK_EVERY_MS = 1_000;
/** While changes keep coming, as in an import, sums are brought up to date this often at least. */
const PATIENCE_MS = 15_000;
/** Another session was at it, or its work became visible in between: the next look tries again. */
const CONFLICTS: readonly string[] = ['40001', '40P01'];

export type SaleCellsOptions = {
  /** What the first look waits for. */
  readonly after?: Promise<unknown>;
  readonly onProblem?: (error: unknown) => void;
};

export type SaleCells = { readonly stop: () => Promise<void> };

/**
 * Brings the sums of sales (crm.sale_cells) to the present state of the database, from one snapshot. True where
 * something had changed and nobody else was at it.
 */
export async function refreshSaleCells(database: Database): Promise<boolean> {
  try {
    return await database.transaction(async (client) => {
      await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      const { rows } = await client.query<{ refreshed: boolean }>(
        'SELECT crm.refresh_sale_cells() AS refreshed',
      );
      return rows[0]?.refreshed === true;
    });
  } catch (error) {
    if (CONFLICTS.includes((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}

/**
 * Keeps the sums of sales up to date: a second or two after the last change, and every fifteen seconds while
 * changes keep coming. Several servers may do so on one database.
 */
export function keepSaleCells(database: Database, options: SaleCellsOptions = {}): SaleCells {
  const { after, onProblem } = options;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let isStopped = false;
  let newest = 0;
  let waitingSince = 0;

  const look = async () => {
    const change = await newestChange(database);
    if (change === undefined) return;
    if (change !== newest) {
      if (waitingSince === 0) waitingSince = Date.now();
      newest = change;
      if (Date.now() - waitingSince < PATIENCE_MS) return;
    }
    await refreshSaleCells(database);
    waitingSince = 0;
  };
  const lookAgain = () => {
    if (isStopped) return;
    timer = setTimeout(() => {
      working = look()
        .catch((error: unknown) => onProblem?.(error))
        .then(lookAgain);
    }, LOOK_EVERY_MS);
  };
  void Promise.resolve(after).then(lookAgain);
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}

/** The newest change that the sums do not show yet, undefined where they show all. */
async function newestChange(database: Database): Promise<number | undefined> {
  const row = await database.row<{ newest: number | null }>(
    'SELECT max(change_id) AS newest FROM app.sale_changes',
  );
  return row?.newest ?? undefined;
}
