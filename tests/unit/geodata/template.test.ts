import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../geodata/mapping/template.js';

const fill = (text: string, values: Record<string, string>) =>
  parseTemplate(text).fill((column) => values[column] ?? null);

describe('parseTemplate', () => {
  it('puts in columns, their first characters and a part of them', () => {
    expect(fill('GM{code:2-6}', { code: 'WK001400' })).toBe('GM0014');
    expect(fill('{id:2}', { id: '3500105' })).toBe('35');
    expect(fill('way/{osm_id}', { osm_id: '7' })).toBe('way/7');
  });

  it('gives nothing where a column is empty', () => {
    expect(fill('way/{osm_id}', {})).toBeNull();
  });

  it('refuses a brace that names no column', () => {
    expect(() => parseTemplate('a{b')).toThrow(/brace/);
  });
});
