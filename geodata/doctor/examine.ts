import { fail, type Check, type Finding, type Patient } from './check.js';
import { migrationsCheck } from './checks/database.js';

export type Examined = Finding & { readonly name: string };

/**
 * Runs checks one after the other. What needs a database that cannot be opened, or a schema that is not the
 * one of this program, is skipped; a check that fails itself counts as failed.
 */
export async function examine(
  patient: Patient,
  checks: readonly Check[],
  onFound: (found: Examined) => void = () => undefined,
): Promise<Examined[]> {
  const problem = await findProblem(patient);
  const results: Examined[] = [];
  for (const check of checks) {
    const finding = isSkipped(check, problem) ? skipped(problem) : await run(check, patient);
    const found = { name: check.name, ...finding };
    results.push(found);
    onFound(found);
  }
  return results;
}

type Problem = 'no database' | 'other schema' | undefined;

async function findProblem(patient: Patient): Promise<Problem> {
  try {
    await (await patient.database()).rows('SELECT 1');
  } catch {
    return 'no database';
  }
  const { level } = await run(migrationsCheck, patient);
  return level === 'ok' ? undefined : 'other schema';
}

/** The check of the database itself says why it cannot be opened. */
function isSkipped({ needs, name }: Check, problem: Problem): boolean {
  if (problem === undefined || needs === 'nothing') return false;
  return needs === 'schema' || (problem === 'no database' && name !== 'Database');
}

function skipped(problem: Problem): Finding {
  const says =
    problem === 'no database'
      ? 'Not looked at: the database cannot be opened.'
      : 'Not looked at: the database is of another version.';
  return { level: 'skip', says };
}

async function run(check: Check, patient: Patient): Promise<Finding> {
  try {
    return await check.examine(patient);
  } catch (error) {
    return fail((error as Error).message || 'It could not be looked at.');
  }
}
