import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importTasksApart } from '../../../geodata/tasks/import-tasks-apart.js';
import type { ImportTasks } from '../../../geodata/tasks/import-task.js';
import { testDatabase, testEngine, type TestDatabase } from '../../support/database.js';
import { featureCollection, TestFiles } from './import-files.js';

let test: TestDatabase;
let tasks: ImportTasks;
const files = new TestFiles();

beforeAll(async () => {
  test = await testDatabase();
  tasks = importTasksApart({ connection: test.url, engine: testEngine });
});

afterAll(async () => {
  files.remove();
  await test.close();
});

/** A ring of many corners: what a check finds of a thousand of them is more than a pipe takes at once. */
function ring(lon: number, lat: number, corners: number): object {
  const positions = Array.from({ length: corners }, (_, corner) => {
    const angle = (2 * Math.PI * corner) / corners;
    return [lon + 0.4 * Math.cos(angle), lat + 0.4 * Math.sin(angle)];
  });
  return { type: 'Polygon', coordinates: [[...positions, positions[0]]] };
}

describe('tasks in a process of their own', () => {
  it('answer a result of any size, with their progress', async () => {
    const shapes = Array.from({ length: 900 }, (_, index) => ({
      properties: { code: `R${index}` },
      geometry: ring((index % 30) - 15, Math.floor(index / 30), 200),
    }));
    const labels: string[] = [];
    const { report, shapes: found } = await tasks.run(
      {
        kind: 'check',
        importer: 'regions',
        source: { path: files.write('many.geojson', featureCollection(shapes)) },
        options: { level: 1, code: 'code' },
      },
      { onProgress: ({ label }) => labels.push(label) },
    );
    expect(report.counts.inserted).toBe(900);
    expect(found[0]).toMatchObject({ kind: 'areas', total: 900, shown: 900 });
    expect(labels).toContain('Comparing with what is there');
  });

  it('fail with the sentence of what went wrong', async () => {
    const file = files.write('nothing.csv', 'a,b\n1,2\n');
    const order = {
      kind: 'load',
      importer: 'accounts',
      source: { path: file },
      options: {},
    } as const;
    await expect(tasks.run({ ...order, rejectedFolder: files.folder }, {})).rejects.toThrow(
      'No column was found for external_id',
    );
  });

  it('end when they are cancelled, and leave the data as they were', async () => {
    const rows = Array.from({ length: 50_000 }, (_, row) => `${row},Name ${row}`);
    const file = files.write('long.csv', `id,name\n${rows.join('\n')}`);
    const abort = new AbortController();
    const order = {
      kind: 'load',
      importer: 'accounts',
      source: { path: file },
      options: {},
    } as const;
    const running = tasks.run(
      { ...order, rejectedFolder: files.folder },
      { signal: abort.signal, onStart: () => abort.abort(new Error('Cancelled.')) },
    );
    await expect(running).rejects.toThrow('The import was cancelled.');
    expect(await test.database.rows('SELECT 1 FROM crm.accounts LIMIT 1')).toEqual([]);
  });
});
