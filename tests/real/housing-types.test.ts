import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveType } from '../../geodata/housing/derive-type.js';
import {
  fitConfidences,
  isHeldBack,
  type TaggedBuilding,
} from '../../geodata/housing/fit-confidences.js';
import { ruleConfidence } from '../../geodata/housing/rule-confidence.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { hasRealData } from '../support/real-data.js';
import { addressOnlyTable, registerTable } from './housing/apeldoorn.js';
import { confusionTable, countPairs, derivedColumns, hiddenTagTable } from './housing/confusion.js';
import { addressTable, readRows, tagTable } from './housing/nieuwegein.js';
import { asPublished, isUpdate, publishedSection } from './housing/published.js';
import { loadTaggedExtracts } from './housing/tagged-extracts.js';

if (!hasRealData) {
  console.warn('SKIPPED: housing types, because ../shared/data with the real data is not there.');
}

/** Extracts on two thirds of which the confidences are fitted; the others are only tested on. */
const fitted = new Set(['Liechtenstein', 'Amsterdam']);

describe.skipIf(!hasRealData)('published tables of housing types', () => {
  let opened: TestDatabase;
  let buildings: TaggedBuilding[];

  beforeAll(async () => {
    opened = await testDatabase();
    buildings = await loadTaggedExtracts(opened.database);
  }, 300_000);

  afterAll(() => opened?.close());

  async function expectPublished(section: string, text: string) {
    const published = await publishedSection('docs/housing-types.md', section);
    if (isUpdate) await published.replace(`\n${text}\n`);
    else expect(await asPublished(text)).toBe(published.text.trim());
  }

  const testedOf = (extract: string) =>
    buildings.filter(
      (building) =>
        building.extract === extract && (!fitted.has(extract) || isHeldBack(building.centre)),
    );

  it('the confidences are those that the fitting part gives', async () => {
    const training = buildings.filter(
      ({ extract, centre }) => fitted.has(extract) && !isHeldBack(centre),
    );
    const fresh = fitConfidences(training);
    const text = Object.entries(fresh).map(([rule, confidence]) => `| ${rule} | ${confidence} |`);
    await expectPublished(
      'confidences',
      ['| rule | confidence |', '| --- | ---: |', ...text].join('\n'),
    );
    if (!isUpdate) expect(ruleConfidence).toEqual(fresh);
  });

  it.each(['Liechtenstein', 'Amsterdam', 'Monaco', 'Overamstel'])('%s', async (extract) => {
    await expectPublished(extract, hiddenTagTable(testedOf(extract)));
  });

  it('what becomes of buildings that only say yes', async () => {
    const pairs = buildings
      .filter(({ taggedType }) => taggedType === 'unknown')
      .map(
        (building) =>
          [
            building.extract,
            deriveType(building, building.taggedType)?.housingType ?? 'unknown',
          ] as const,
      );
    await expectPublished(
      'open buildings',
      confusionTable(countPairs(pairs), {
        corner: 'extract \\ derived',
        rows: ['Liechtenstein', 'Amsterdam', 'Monaco', 'Overamstel'],
        columns: derivedColumns,
      }),
    );
  });

  it('Nieuwegein: tags and addresses', async () => {
    const rows = await readRows('housing/nl_nieuwegein_buildings.csv.gz');
    const addresses = await readRows('addresses/nl_nieuwegein_addresses.csv.gz');
    expect(rows).toHaveLength(5342);
    await expectPublished('Nieuwegein tags', tagTable(rows));
    await expectPublished('Nieuwegein addresses', addressTable(rows, addresses));
  });

  it('Apeldoorn: the register, and its addresses alone', async () => {
    const units = await readRows('housing/nl_apeldoorn_bag_units.csv.gz');
    expect(units).toHaveLength(490);
    await expectPublished('Apeldoorn register', registerTable(units));
    await expectPublished('Apeldoorn addresses', addressOnlyTable(units));
  });
});
