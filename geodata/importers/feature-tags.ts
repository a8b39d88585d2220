import { z } from 'zod';
import { columnNames, columnText } from '../mapping/column-value.js';
import { fileOptions } from '../import-source.js';
import { isTemplate, parseTemplate } from '../mapping/template.js';
import type { Tags } from '../osm/tags.js';
import type { SourceRow } from '../readers/source-row.js';

/** Options of importers whose features carry tags as OpenStreetMap has them. */
export const featureOptions = z.object({
  ...fileOptions,
  key: z
    .string()
    .min(1)
    .default('{id}')
    .describe('Column, or template such as "way/{osm_id}", that identifies a feature for good'),
  tags: z
    .record(z.string(), z.string())
    .default({})
    .describe('TAG=COLUMN where a column is not called as the tag is, for example start_date=year'),
});

export type FeatureOptions = z.output<typeof featureOptions>;

/** Tags of a row: its columns by their own names, and those that the option names. */
export function tagsOf(row: SourceRow, renamed: Readonly<Record<string, string>>): Tags {
  const tags: Record<string, string> = {};
  for (const column of columnNames(row.values)) {
    const text = columnText(row.values, column);
    if (text !== null) tags[column] = text;
  }
  for (const [tag, column] of Object.entries(renamed)) {
    const text = columnText(row.values, column);
    if (text !== null) tags[tag] = text;
  }
  return tags;
}

/** What identifies a feature, from a column or a template. */
export function keySource(key: string): (row: SourceRow) => string | null {
  const template = parseTemplate(isTemplate(key) ? key : `{${key}}`);
  return (row) => template.fill((name) => columnText(row.values, name));
}
