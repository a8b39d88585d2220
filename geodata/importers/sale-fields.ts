import type { Fields } from '../mapping/field.js';

const saleKey = {
  type: 'text',
  required: true,
  synonyms: [
    'sale_id',
    'order_id',
    'order_number',
    'invoice',
    'id',
    'ordernummer',
    'bestelnummer',
    'pedido',
    'pedido_id',
    'numero_pedido',
    'commande',
    'bestellung',
    'auftrag',
  ],
} as const;

/** Fields of an order. */
export const saleFields: Fields = {
  external_id: saleKey,
  account: {
    type: 'text',
    required: true,
    synonyms: [
      'account_id',
      'customer_id',
      'customer',
      'client_id',
      'klantnummer',
      'klant_id',
      'cliente_id',
      'id_cliente',
      'numero_client',
      'kundennummer',
    ],
  },
  ordered_at: {
    type: 'timestamp',
    required: true,
    synonyms: [
      'order_date',
      'date',
      'order_purchase_timestamp',
      'purchased_at',
      'datum',
      'besteldatum',
      'data',
      'data_pedido',
      'date_commande',
      'bestelldatum',
    ],
  },
  status: { type: 'text', synonyms: ['order_status', 'situacao', 'statut'] },
  channel: { type: 'text', synonyms: ['sales_channel', 'kanaal', 'canal', 'kanal'] },
};

const amountFields: Fields = {
  line_number: {
    type: 'integer',
    synonyms: [
      'line',
      'order_item_id',
      'item',
      'regel',
      'regelnummer',
      'linha',
      'ligne',
      'position',
    ],
  },
  product: {
    type: 'text',
    synonyms: ['product_id', 'sku', 'artikelnummer', 'codigo_produto', 'article', 'artikel'],
  },
  quantity: {
    type: 'number',
    synonyms: ['qty', 'units', 'aantal', 'quantidade', 'quantite', 'menge'],
  },
  unit_price: {
    type: 'number',
    synonyms: ['prijs_per_stuk', 'preco_unitario', 'prix_unitaire', 'stueckpreis'],
  },
  revenue: {
    type: 'number',
    synonyms: [
      'amount',
      'total',
      'sales',
      'price',
      'omzet',
      'bedrag',
      'valor',
      'receita',
      'montant',
      'umsatz',
      'betrag',
    ],
  },
  cost: { type: 'number', synonyms: ['costs', 'kosten', 'custo', 'cout'] },
};

/** Fields of a line in a file of lines. */
export const lineFields: Fields = { external_id: saleKey, ...amountFields };

/** Fields of a file that has one row a line, with the order repeated on each. */
export const saleWithLineFields: Fields = { ...saleFields, ...amountFields };
