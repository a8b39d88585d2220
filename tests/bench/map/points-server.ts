import { createServer as createVite, type Connect, type ViteDevServer } from 'vite';
import path from 'node:path';
import { accountSelection } from '../../../server/column-store/account-selection.js';
import { accountCategories, accountValues } from '../../../server/column-store/accounts.source.js';
import { ColumnStore } from '../../../server/column-store/column-store.js';
import type { ColumnStores } from '../../../server/column-store/column-stores.js';
import { RegionPaths } from '../../../server/column-store/region-paths.js';
import type { AccountFilter } from '../../../server/contract/account-filter.js';
import type { PointColumn } from '../../../server/contract/account-points.js';
import type { Database } from '../../../server/db/database.js';
import { PointsService } from '../../../server/modules/points/points.service.js';
import type { RowPolicy } from '../../../server/policy/row-policy.js';
import { wideBox } from '../fill-accounts.js';
import { spreadPoints } from '../spread-points.js';

const lifecycles = ['lead', 'prospect', 'customer', 'former'];
const everything: RowPolicy = { kind: 'all' };

export type PointsServer = {
  readonly url: string;
  /** Compressed bytes sent by column since the start. */
  readonly sent: Map<string, number>;
  readonly close: () => Promise<void>;
};

/** Serves so many accounts by the product's own encoder, and the page that draws them. */
export async function servePoints(rows: number): Promise<PointsServer> {
  const service = await serviceOf(rows);
  const sent = new Map<string, number>();
  const answer: Connect.NextHandleFunction = (request, response, next) => {
    const [, edition, , column] = (request.url ?? '').split(/[/?]/);
    const work =
      edition === 'mask'
        ? service.mask(filterOf(request.url ?? ''), everything)
        : service.column(edition!, column as PointColumn, everything);
    work
      .then(({ body, isCompressed }) => {
        sent.set(column ?? 'mask', body.length);
        if (isCompressed) response.setHeader('Content-Encoding', 'gzip');
        response.end(body);
      })
      .catch(next);
  };
  const vite = await createVite({
    root: path.resolve(import.meta.dirname, '../../..'),
    configFile: false,
    logLevel: 'error',
    server: { port: 0, hmr: false, watch: null },
    optimizeDeps: { include: ['@deck.gl/core', '@deck.gl/layers', '@luma.gl/engine'] },
    plugins: [
      {
        name: 'points',
        configureServer: ({ middlewares }: ViteDevServer) =>
          void middlewares.use('/api/accounts/points', answer),
      },
    ],
  });
  await vite.listen();
  const url = `${vite.resolvedUrls!.local[0]!}tests/bench/map/index.html`;
  return { url, sent, close: () => vite.close() };
}

function filterOf(url: string): Partial<AccountFilter> {
  const lifecycle = new URL(url, 'http://bench').searchParams.get('lifecycle');
  return lifecycle === null ? {} : ({ lifecycle: [lifecycle] } as Partial<AccountFilter>);
}

async function serviceOf(rows: number): Promise<PointsService> {
  const accounts = new ColumnStore({} as Database, {
    layer: 'accounts',
    schema: { categories: accountCategories, values: accountValues, texts: [] },
    fill: async (_database, table) => {
      const { lon, lat } = spreadPoints(rows, wideBox);
      for (let id = 0; id < rows; id++) {
        const categories = accountCategories.map((name) => valueOf(name, id));
        const position = [lon[id]!, lat[id]!] as const;
        table.append({ id, position, cell: 1, categories, values: [id % 9973, 0], texts: [] });
      }
    },
    readByIds: () => Promise.resolve([]),
  });
  await accounts.load();
  const regions = new RegionPaths(new Map(), 0);
  const select: ColumnStores['select'] = (filter, policy) =>
    accountSelection(filter, policy, { regions, stored: {} as never });
  return new PointsService({} as Database, { accounts, select } as ColumnStores);
}

function valueOf(name: string, id: number): string | null {
  if (name === 'lifecycle') return lifecycles[id % 4]!;
  return name === 'segment' ? `segment ${id % 7}` : null;
}
