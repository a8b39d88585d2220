import type { Queryable } from '../../server/db/database.js';
import type { ImportOutcome } from '../importer.js';
import type { MergeCounts } from '../loaders/merge-rows.js';
import type { ImportReport } from '../report/import-record.js';
import { recordImport, type ImportRequest } from '../run-import.js';
import { CheckDatabase, CheckEnd, type Counted } from './check-database.js';
import { issuesAfter, keepIssues, lastIssue, type KeptIssue } from './check-issues.js';
import { findStagedPlacement, type StagedPlacement } from './staged-placement.js';
import { findStagedShapes, type StagedShapes } from './staged-shapes.js';

/** What a load of a file would do. */
export type ImportCheck = {
  /** Its numbers are those that the load would report. */
  readonly report: ImportReport;
  /** Whether rows were compared with the stored ones, so that new, changed and equal ones can be told apart. */
  readonly isCompared: boolean;
  /** Numbers of further tables that the import writes, in their order: the lines of orders. */
  readonly further: readonly MergeCounts[];
  readonly shapes: readonly StagedShapes[];
  readonly placement: StagedPlacement | undefined;
};

type Found = {
  readonly counted: Counted;
  readonly issues: readonly KeptIssue[];
  readonly shapes: readonly StagedShapes[];
  readonly placement: StagedPlacement | undefined;
};

/**
 * Reads a whole file as its import would, checks every row and compares it with what is stored, and writes
 * nothing of it. Its report is in app.imports, marked as a check, with the rows that would be rejected.
 * Throws as `runImport` does.
 */
export async function checkImport(request: ImportRequest): Promise<ImportCheck> {
  let found: Found | undefined;
  const report = await recordImport(request, { isCheck: true }, async (context, options) => {
    const { importId, issues, progress } = context;
    let before = 0;
    const database = new CheckDatabase<Found>(
      request.database,
      request.importer.checkedMerges ?? 1,
      {
        before: async () => {
          await issues.flush();
          before = await lastIssue(request.database, importId);
          progress.stage('Comparing with what is there');
        },
        examine: async (client, counted) => examine(client, { importId, before, counted }),
      },
    );
    try {
      return await request.importer.run(request.source, options, { ...context, database });
    } catch (error) {
      if (!(error instanceof CheckEnd)) throw error;
      found = error.found as Found;
      await keepIssues(request.database, importId, found.issues);
      return outcomeOf(found.counted);
    } finally {
      await database.close();
    }
  });
  const { counted, shapes = [], placement } = found ?? {};
  return {
    report,
    isCompared: found === undefined || counted !== undefined,
    further: counted?.slice(1) ?? [],
    shapes,
    placement,
  };
}

type Examined = {
  readonly importId: number;
  readonly before: number;
  readonly counted: Counted;
};

async function examine(client: Queryable, { importId, before, counted }: Examined): Promise<Found> {
  return {
    counted,
    issues: await issuesAfter(client, importId, before),
    shapes: await findStagedShapes(client, importId),
    placement: await findStagedPlacement(client, importId),
  };
}

function outcomeOf(counted: Counted): ImportOutcome {
  const { inserted = 0, updated = 0, unchanged = 0 } = counted?.[0] ?? {};
  return { inserted, updated, unchanged };
}
