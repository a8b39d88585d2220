import type { RegionDetail } from '../../server/contract/regions.js';
import type { Role } from '../../server/contract/role.js';
import type { Session } from '../../server/contract/session.js';

/** A person signed in to a small project of two regions. */
export function aSession(role: Role = 'administrator'): Session {
  return {
    user: { id: 'u1', name: 'Ann', email: 'ann@example.org', role },
    project: {
      name: 'Testland',
      currency: 'EUR',
      bounds: [4, 52, 5, 53],
      isDemo: true,
      levels: [
        { level: 0, name: 'Project', pluralName: 'Projects', count: 1 },
        { level: 1, name: 'Province', pluralName: 'Provinces', count: 2 },
      ],
      attributions: ['© OpenStreetMap contributors'],
    },
  };
}

const project = { id: 1, level: 0, name: 'All regions' };

/** A region of the small project: 1 is the project itself, 2 and 3 are its parts. */
export function aRegion(id: number): RegionDetail {
  const own = id === 1 ? project : { id, level: 1, name: id === 2 ? 'North' : 'South' };
  return {
    ...own,
    code: `R${id}`,
    parentId: id === 1 ? null : 1,
    bbox: [4, 52, 5, 53],
    population: 1000 * id,
    households: 400 * id,
    dwellings: 420 * id,
    areaKm2: 12,
    hasChildren: id === 1,
    path: id === 1 ? [project] : [project, own],
    income: null,
    dwellingValue: null,
    urbanity: null,
    statistics: {},
    source: null,
    licence: null,
  };
}

const measure = (name: string, title: string, aggType: string, format?: string) => ({
  name,
  title,
  shortTitle: title,
  type: 'number',
  aggType,
  format,
});

const cubes = [
  {
    name: 'sales',
    dimensions: [],
    segments: [],
    measures: [
      measure('sales.revenue', 'Revenue', 'sum', 'currency'),
      measure('sales.active_customers', 'Active customers', 'countDistinct'),
    ],
  },
  {
    name: 'accounts',
    dimensions: [],
    segments: [],
    measures: [
      measure('accounts.accounts', 'Accounts', 'count'),
      measure('accounts.not_placed', 'Not placed', 'count'),
    ],
  },
];

/** Cube's answer: North 600, South 300, not placed 100; two months of it. */
function cubeRows(url: URL): readonly Record<string, string | null>[] {
  const query = url.searchParams.get('query') ?? '{}';
  const { measures, dimensions, timeDimensions } = JSON.parse(query);
  const name = String(measures[0]);
  if (dimensions) {
    return [
      { [dimensions[0]]: '2', [name]: '600' },
      { [dimensions[0]]: '3', [name]: '300' },
    ];
  }
  if (timeDimensions?.[0]?.granularity) {
    const time = `${timeDimensions[0].dimension}.month`;
    return [
      { [time]: '2026-01-01T00:00:00.000', [name]: '400' },
      { [time]: '2026-02-01T00:00:00.000', [name]: '600' },
    ];
  }
  return [{ [name]: query.includes('"equals","values":["not_placed"]') ? '100' : '1000' }];
}

const annotation = { measures: {}, dimensions: {}, segments: {}, timeDimensions: {} };

/** Answers for every address that the screens ask in the small project. */
export function projectAnswers(role: Role = 'administrator'): Record<string, unknown> {
  return {
    '/api/status': {
      state: 'ready',
      components: { database: 'ready', cube: 'ready', tiles: 'ready' },
      setup: 'done',
      demo: true,
    },
    '/api/session': aSession(role),
    '/api/regions': (url: URL) => {
      if (url.searchParams.get('level') === '0') return [aRegion(1)];
      return url.searchParams.get('parent') === '1' ? [aRegion(2), aRegion(3)] : [];
    },
    '/api/regions/1': aRegion(1),
    '/api/regions/2': aRegion(2),
    '/api/regions/3': aRegion(3),
    '/api/accounts/summary': {
      total: 1000,
      placed: 900,
      notPlaced: 100,
      measure: 'revenue',
      value: 1000,
      placedValue: 900,
    },
    '/api/accounts/rows': { items: [], offset: 0, total: 0 },
    '/api/accounts/groups': { items: [], total: 0, overlapping: false },
    '/api/owners': [{ id: 'u1', name: 'Ann' }],
    '/api/imports': { items: [], total: 0 },
    '/api/tokens': [],
    '/api/users': [
      { id: 'u1', name: 'Ann', email: 'ann@example.org', role, team: null, regionIds: [] },
    ],
    '/tiles/catalog': {
      layers: [{ id: 'roads', version: '1', minzoom: 5, maxzoom: 14, count: 7 }],
    },
    '/cubejs-api/v1/meta': { cubes },
    '/cubejs-api/v1/load': (url: URL) => ({
      queryType: 'regularQuery',
      results: [{ query: {}, data: cubeRows(url), annotation }],
      pivotQuery: {},
    }),
  };
}
