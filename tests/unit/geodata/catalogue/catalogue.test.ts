import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  catalogueHosts,
  catalogueRecipe,
  countries,
  recipeNames,
} from '../../../../geodata/catalogue/catalogue.js';
import { describeSources } from '../../../../geodata/catalogue/describe-sources.js';
import { checkAddress } from '../../../../geodata/remote/remote-address.js';

const page = path.resolve(import.meta.dirname, '../../../../geodata/SOURCES.md');
const names = recipeNames().map(({ name }) => name);
const policy = { hosts: new Set(catalogueHosts()) };

describe('the catalogue', () => {
  it('has a recipe for each country, and one for each Dutch province', () => {
    const codes = new Set(names.map((name) => name.slice(0, 2)));
    expect([...codes]).toEqual(['nl', 'be', 'de', 'fr', 'br', 'us', 'gb']);
    expect(names.filter((name) => name.startsWith('nl-'))).toHaveLength(12);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(names)(
    '%s has whole addresses that may be asked, and options that are understood',
    (name) => {
      const { recipe, datasets } = catalogueRecipe(name);
      expect(datasets.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['osm', 'regions']));
      for (const { source, importer, options } of recipe.steps) {
        expect(source.path).not.toMatch(/[{}]/);
        expect(() => checkAddress(source.path, policy)).not.toThrow();
        expect(() => importer.parseOptions(options)).not.toThrow();
        expect(source.licence).toBeTruthy();
      }
    },
  );

  it('names what it does not have', () => {
    expect(() => catalogueRecipe('nl-atlantis')).toThrow(/catchment add lists/);
    expect(() => catalogueRecipe('xx-utrecht')).toThrow(/catchment add lists/);
  });

  it('is the page of sources', () => {
    expect(readFileSync(page, 'utf8')).toBe(describeSources(countries));
  });
});
