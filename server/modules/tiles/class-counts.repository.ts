import {
  countedAttributes,
  type CountedLayer,
  type LayerClassCounts,
} from '../../contract/layer-classes.js';
import type { Database } from '../../db/database.js';

/** The SQL that counts a layer's rows by every combination of its classes, in one scan. */
export function classCountSql(layer: CountedLayer): string {
  const columns = countedAttributes[layer].join(', ');
  return `SELECT ${columns}, count(*) AS rows FROM geo.${layer} GROUP BY ${columns}`;
}

/** Rows of a layer by attribute and class, exact. */
export async function countClasses(
  database: Database,
  layer: CountedLayer,
): Promise<LayerClassCounts> {
  const rows = await database.rows<Record<string, string | number>>(classCountSql(layer));
  const counts: LayerClassCounts = {};
  for (const name of countedAttributes[layer]) {
    const byClass: Record<string, number> = {};
    for (const row of rows) {
      const key = String(row[name]);
      byClass[key] = (byClass[key] ?? 0) + Number(row['rows']);
    }
    counts[name] = byClass;
  }
  return counts;
}
