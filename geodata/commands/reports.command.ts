import { AppError } from '../../server/errors.js';
import { getReport, listIssues, listReports, type ReportLine } from '../reports.js';
import { UsageError, type Command, type CommandContext } from './command.js';

const listedReports = 50;
const shownIssues = 200;

/** Reports of imports. */
export const reportsCommand: Command = {
  name: 'reports',
  usage: 'list | show ID',
  describe: 'What imports did, and which rows they rejected or warned of',
  run: async (args, context) => {
    const [action, id] = args;
    if (action === 'list') return list(context);
    if (action === 'show') return show(Number(id), context);
    throw new UsageError('Say list or show ID.');
  },
};

async function list(context: CommandContext): Promise<void> {
  const reports = await listReports(await context.database(), listedReports);
  if (reports.length === 0) context.print('Nothing was imported yet.');
  for (const report of reports) context.print(headline(report));
}

async function show(id: number, context: CommandContext): Promise<void> {
  if (!Number.isInteger(id)) throw new UsageError('Say which report: catchment reports show ID.');
  const database = await context.database();
  const report = await getReport(database, id);
  if (!report) throw new AppError('not_found', `There is no import ${id}.`);
  context.print(headline(report));
  if (report.error !== null) context.print(`  ${report.error}`);
  context.print(`  ${JSON.stringify(report.summary)}`);
  const issues = await listIssues(database, id, shownIssues + 1);
  for (const { severity, line, field, value, reason } of issues.slice(0, shownIssues)) {
    const where = [line === null ? '' : `line ${line}`, field ?? ''].filter((part) => part !== '');
    context.print(`  ${severity}: ${where.join(', ')}: ${value ?? ''} ${reason}`);
  }
  if (issues.length > shownIssues) {
    context.print(`  … the first ${shownIssues}; all of them: /api/imports/${id}/issues.csv`);
  }
}

function headline(report: ReportLine): string {
  const counts =
    `${report.rows_read} read, ${report.rows_inserted} inserted, ${report.rows_updated} updated, ` +
    `${report.rows_unchanged} unchanged, ${report.rows_rejected} rejected, ${report.rows_warned} warned`;
  const started = report.started_at.toISOString().slice(0, 19).replace('T', ' ');
  return `${report.import_id}  ${started}  ${report.status}  ${report.importer} ${report.source_name}: ${counts}`;
}
