import { z } from 'zod';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import { mergeRows, type MergeColumn } from '../loaders/merge-rows.js';
import { rejectDuplicates } from '../loaders/staged-issues.js';
import type { Fields } from '../mapping/field.js';
import { mapOption } from '../mapping/mapping.js';
import { fileOptions } from '../import-source.js';
import { stageMapped } from '../mapping/stage-mapped.js';

const productsOptions = z.object({ ...fileOptions, map: mapOption });

const fields: Fields = {
  external_id: {
    type: 'text',
    required: true,
    synonyms: [
      'product_id',
      'id',
      'sku',
      'code',
      'article',
      'artikelnummer',
      'codigo',
      'reference',
    ],
  },
  name: {
    type: 'text',
    synonyms: [
      'product_name',
      'description',
      'naam',
      'omschrijving',
      'nome',
      'descricao',
      'nom',
      'bezeichnung',
    ],
  },
  category: {
    type: 'text',
    synonyms: [
      'product_category',
      'product_category_name',
      'categorie',
      'categoria',
      'kategorie',
      'group',
    ],
  },
  subcategory: {
    type: 'text',
    synonyms: ['sub_category', 'subcategorie', 'subcategoria', 'sous_categorie', 'unterkategorie'],
  },
  unit_price: { type: 'number', synonyms: ['price', 'prijs', 'preco', 'prix', 'preis'] },
  unit_cost: { type: 'number', synonyms: ['cost', 'kostprijs', 'custo', 'cout', 'kosten'] },
};

const plainFields = ['category', 'subcategory', 'unit_price', 'unit_cost'];

/** Products and their categories. */
export const productsImporter = defineImporter({
  name: 'products',
  describe: 'Products and their categories, updated by their external id (CSV)',
  options: productsOptions,
  fields,
  run: importProducts,
});

async function importProducts(
  source: ImportSource,
  options: z.output<typeof productsOptions>,
  context: ImportContext,
) {
  const { table, mapper } = await stageMapped(context, {
    source,
    options,
    purpose: 'products',
    fields,
  });
  if (mapper === undefined) return { inserted: 0, updated: 0, unchanged: 0 };
  context.progress.stage('Writing products');
  return context.database.transaction(async (client) => {
    await rejectDuplicates(client, context, table, ['external_id']);
    const columns: Record<string, MergeColumn> = {
      name: { value: 'COALESCE(s.name, s.external_id)', updateValue: 'COALESCE(s.name, t.name)' },
    };
    for (const field of plainFields.filter((name) => mapper.fields.includes(name))) {
      const isMoney = field.startsWith('unit_');
      columns[field] = isMoney ? { value: `s.${field}::numeric(14, 2)` } : {};
    }
    if (mapper.hasAttributes) columns['attributes'] = {};
    const counts = await mergeRows(client, {
      target: 'crm.products',
      key: ['external_id'],
      columns,
      stamps: { import_id: String(context.importId) },
      updateStamps: { updated_at: 'now()' },
      source: table.name,
    });
    context.signal.throwIfAborted();
    return { ...counts, summary: { columns: mapper.columns } };
  });
}
