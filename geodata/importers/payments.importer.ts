import { z } from 'zod';
import { defineImporter, type ImportContext, type ImportSource } from '../importer.js';
import { mergeRows } from '../loaders/merge-rows.js';
import { rejectDuplicates } from '../loaders/staged-issues.js';
import type { Fields } from '../mapping/field.js';
import { mapOption } from '../mapping/mapping.js';
import { fileOptions } from '../import-source.js';
import { stageMapped } from '../mapping/stage-mapped.js';

const paymentsOptions = z.object({ ...fileOptions, map: mapOption });

const fields: Fields = {
  sale_external_id: {
    type: 'text',
    required: true,
    synonyms: [
      'sale_id',
      'order_id',
      'order_number',
      'ordernummer',
      'pedido_id',
      'pedido',
      'commande',
    ],
  },
  sequence: {
    type: 'integer',
    synonyms: ['payment_sequential', 'number', 'volgnummer', 'sequencia'],
  },
  payment_type: {
    type: 'text',
    required: true,
    synonyms: ['type', 'method', 'payment_method', 'betaalwijze', 'forma_pagamento', 'zahlungsart'],
  },
  installments: { type: 'integer', synonyms: ['payment_installments', 'termijnen', 'parcelas'] },
  value: {
    type: 'number',
    required: true,
    synonyms: ['payment_value', 'amount', 'bedrag', 'valor', 'montant', 'betrag'],
  },
};

/** Payments of orders; those of orders that were not loaded are kept too. */
export const paymentsImporter = defineImporter({
  name: 'payments',
  describe: 'Payments of orders, kept also where the order was not loaded (CSV)',
  options: paymentsOptions,
  fields,
  run: importPayments,
});

async function importPayments(
  source: ImportSource,
  options: z.output<typeof paymentsOptions>,
  context: ImportContext,
) {
  const { table, mapper } = await stageMapped(context, {
    source,
    options,
    purpose: 'payments',
    fields,
  });
  if (mapper === undefined) return { inserted: 0, updated: 0, unchanged: 0 };
  context.progress.stage('Writing payments');
  return context.database.transaction(async (client) => {
    await client.query(
      `UPDATE ${table.name} s SET sequence = n.number
       FROM (SELECT ctid AS row_id,
               COALESCE(max(sequence) OVER (PARTITION BY sale_external_id), 0)
                 + row_number() OVER (PARTITION BY sale_external_id, sequence IS NULL ORDER BY line)
                 AS number
             FROM ${table.name}) n
       WHERE n.row_id = s.ctid AND s.sequence IS NULL`,
    );
    await rejectDuplicates(client, context, table, ['sale_external_id', 'sequence']);
    const counts = await mergeRows(client, {
      target: 'crm.payments',
      key: ['sale_external_id', 'sequence'],
      columns: { sale_id: {}, payment_type: {}, installments: {}, value: {} },
      stamps: { import_id: String(context.importId) },
      source: `(SELECT p.sale_external_id, p.sequence::integer AS sequence, x.sale_id, p.payment_type,
          p.installments::integer AS installments, p.value::numeric(14, 2) AS value
        FROM ${table.name} p LEFT JOIN crm.sales x ON x.external_id = p.sale_external_id)`,
    });
    context.signal.throwIfAborted();
    const waiting = await client.query<{ count: number }>(
      `SELECT count(*) AS count FROM crm.payments p
       WHERE p.sale_id IS NULL AND p.sale_external_id IN (SELECT sale_external_id FROM ${table.name})`,
    );
    const withoutSale = waiting.rows[0]?.count ?? 0;
    return { ...counts, summary: { columns: mapper.columns, paymentsWithoutSale: withoutSale } };
  });
}
