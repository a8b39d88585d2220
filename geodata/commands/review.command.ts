import { z } from 'zod';
import { AppError } from '../../server/errors.js';
import { placeAndMatchAccounts } from '../matching/match-accounts.js';
import { decidePlacement, type PlacementDecision } from '../placing/decide-placement.js';
import {
  countPlacementsToReview,
  listPlacementsToReview,
  type PlacementToReview,
} from '../placing/placements-to-review.js';
import { UsageError, type Command, type CommandContext } from './command.js';
import { parseOptions } from './parse-options.js';

const statuses = ['doubtful', 'ambiguous', 'none'] as const;

const listOptions = z.object({
  status: z.enum(statuses).optional().describe('Only doubtful, ambiguous or not found ones'),
  limit: z.coerce.number().int().min(1).max(10_000).default(20).describe('At most so many'),
});

const putOptions = z.object({
  candidate: z.coerce.number().int().min(1).optional().describe('At the candidate of this number'),
  lon: z.coerce.number().min(-180).max(180).optional().describe('At this longitude, with --lat'),
  lat: z.coerce.number().min(-90).max(90).optional().describe('At this latitude, with --lon'),
});

const everybody = { condition: 'true', values: [] };

/** Lists the accounts whose place is not sure, and puts them where a person says. */
export const reviewCommand: Command = {
  name: 'review',
  usage: '[--status STATUS] [--limit N]  |  review put ID [--candidate N | --lon X --lat Y]',
  describe: 'List accounts whose place is doubtful, and correct or confirm them for good',
  run: (args, context) => (args[0] === 'put' ? put(args.slice(1), context) : list(args, context)),
};

async function list(args: readonly string[], context: CommandContext): Promise<void> {
  const { status, limit } = listOptions.parse(parseOptions(args, listOptions).values);
  const database = await context.database();
  const counts = await countPlacementsToReview(database, everybody);
  const items = await listPlacementsToReview(database, {
    ...everybody,
    statuses: status ? [status] : statuses,
    limit,
  });
  for (const item of items) context.print(describe(item));
  context.print(
    `${counts.doubtful} doubtful, ${counts.ambiguous} ambiguous, ${counts.none} not found.`,
  );
}

function describe({ id, name, address, status, label, candidates }: PlacementToReview): string {
  const taken = label === null ? '' : `, taken for: ${label}`;
  const lines = candidates.map(
    ({ rank, label: meaning, precision, confidence }) =>
      `      ${rank}  ${meaning} (${precision}, ${Math.round(confidence * 100)} %)`,
  );
  return [`${id}  ${name}: ${address || 'no address'} — ${status}${taken}`, ...lines].join('\n');
}

async function put(args: readonly string[], context: CommandContext): Promise<void> {
  const { values, positionals } = parseOptions(args, putOptions);
  const id = Number(positionals[0]);
  if (!Number.isSafeInteger(id)) throw new UsageError('Give the number of the account.');
  const decision = decisionOf(putOptions.parse(values));
  const database = await context.database();
  await database.transaction(async (client) => {
    if (!(await decidePlacement(client, id, decision))) {
      throw new AppError('not_found', 'There is no such account, candidate or point to confirm.');
    }
    await placeAndMatchAccounts(client, [id]);
  });
  context.print(`Account ${id} stays where you put it; imports leave it there.`);
}

function decisionOf({ candidate, lon, lat }: z.output<typeof putOptions>): PlacementDecision {
  if ((lon === undefined) !== (lat === undefined)) {
    throw new UsageError('Give --lon and --lat together.');
  }
  if (lon !== undefined && lat !== undefined) return { kind: 'point', lonLat: [lon, lat] };
  return candidate === undefined ? { kind: 'confirm' } : { kind: 'candidate', rank: candidate };
}
