import { Random } from '../plane/random.js';
import type { Account, AccountMaker } from './accounts.js';
import { HISTORY_DAYS, orderTime, seasonalDay } from './calendar.js';
import { PRODUCTS, type Product } from './products.js';

export type SaleLine = {
  readonly product: Product;
  readonly quantity: number;
  readonly revenueCents: number;
  readonly costCents: number;
};

/** An order with its lines and payments; amounts in cents so that they add up. */
export type Sale = {
  readonly id: number;
  readonly accountId: number;
  readonly orderedAt: string;
  readonly status: 'delivered' | 'shipped' | 'processing';
  readonly channel: string;
  readonly lines: readonly SaleLine[];
  readonly payments: readonly {
    readonly type: string;
    readonly installments: number;
    readonly cents: number;
  }[];
};

export type SalesOptions = {
  readonly seed: number;
  readonly accounts: number;
  readonly lines: number;
};

/** Lines of an average order. */
const LINES_PER_ORDER = 2.4;
/** Growth of orders a year: customers buy more often as the trade grows. */
const YEARLY_GROWTH = 0.05;

/**
 * All orders, account by account; about `lines` lines in all. Made anew from the seed on each run through, so
 * orders, lines and payments can be streamed one after the other with nothing kept.
 */
export class SalesMaker {
  private readonly random: Random;
  private readonly ordersPerWeight: number;

  constructor(
    private readonly accounts: AccountMaker,
    private readonly options: SalesOptions,
  ) {
    this.random = new Random(options.seed).fork('sales');
    let weight = 0;
    for (let id = 1; id <= options.accounts; id++) weight += weightOf(accounts.account(id));
    this.ordersPerWeight = weight === 0 ? 0 : options.lines / LINES_PER_ORDER / weight;
  }

  *sales(): Generator<Sale> {
    let id = 0;
    for (let accountId = 1; accountId <= this.options.accounts; accountId++) {
      const account = this.accounts.account(accountId);
      if (!account.buying) continue;
      const random = this.random.fork('account', accountId);
      const count = poisson(random, weightOf(account) * this.ordersPerWeight);
      for (const day of orderDays(random, account.buying, count)) {
        id += 1;
        yield makeSale(random, id, account, day);
      }
    }
  }
}

function weightOf(account: Account): number {
  if (!account.buying) return 0;
  const { from, to } = account.buying;
  return account.appetite * Math.max(0, cumulativeGrowth(from) - cumulativeGrowth(to - 1));
}

/** Growth summed from today back to a day. */
function cumulativeGrowth(daysAgo: number): number {
  const rate = Math.log(1 + YEARLY_GROWTH) / 365.25;
  return (1 - Math.exp(-rate * (daysAgo + 1))) / rate / HISTORY_DAYS;
}

function orderDays(random: Random, buying: { from: number; to: number }, count: number): number[] {
  const days: number[] = [];
  while (days.length < count) {
    const day = seasonalDay(random, buying.from, Math.min(buying.from, buying.to));
    if (random.next() < Math.pow(1 + YEARLY_GROWTH, -day / 365.25)) days.push(day);
  }
  return days.sort((a, b) => b - a);
}

function poisson(random: Random, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(random.normal(mean, Math.sqrt(mean))));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count += 1;
  return count;
}

function makeSale(random: Random, id: number, account: Account, day: number): Sale {
  const lines = Array.from({ length: lineCount(random) }, () => makeLine(random, account, day));
  const cents = lines.reduce((sum, line) => sum + line.revenueCents, 0);
  return {
    id,
    accountId: account.id,
    orderedAt: orderTime(random, day),
    status: day > 9 ? 'delivered' : day > 3 ? 'shipped' : 'processing',
    channel: random.weighted(account.kind === 'person' ? PERSON_CHANNELS : BUSINESS_CHANNELS),
    lines,
    payments: makePayments(random, account, cents),
  };
}

const PERSON_CHANNELS = [
  ['Web shop', 52],
  ['Shop', 33],
  ['Telephone', 6],
  ['Adviser', 9],
] as const;
const BUSINESS_CHANNELS = [
  ['Account manager', 46],
  ['Web shop', 38],
  ['Telephone', 10],
  ['Shop', 6],
] as const;

function lineCount(random: Random): number {
  return random.weighted([
    [1, 32],
    [2, 29],
    [3, 19],
    [4, 11],
    [5, 6],
    [6, 3],
  ]);
}

function makeLine(random: Random, account: Account, day: number): SaleLine {
  const product = pickProduct(random, account, day);
  const isBusiness = account.kind === 'organisation';
  const most = product.price > 400 ? 2 : product.price > 100 ? 4 : 12;
  const quantity =
    1 + Math.floor(Math.pow(random.next(), isBusiness ? 1.6 : 3) * most * (isBusiness ? 1.6 : 1));
  const discount = isBusiness ? random.range(0.84, 0.98) : random.chance(0.2) ? 0.9 : 1;
  const rise = Math.pow(1.025, -day / 365.25);
  return {
    product,
    quantity,
    revenueCents: Math.round(product.price * 100 * quantity * discount * rise),
    costCents: Math.round(product.cost * 100 * quantity * rise),
  };
}

/** Expensive things are bought less often; winters sell heating, springs gardens, and solar grows by the year. */
function pickProduct(random: Random, account: Account, day: number): Product {
  for (;;) {
    const product = random.pick(PRODUCTS);
    const cheapness = Math.min(1, Math.pow(38 / product.price, 0.62));
    if (random.next() < (cheapness * demandFor(product.category, account, day)) / 2.2)
      return product;
  }
}

function demandFor(category: string, account: Account, day: number): number {
  const month = (10 - Math.floor(day / 30.44) + 1_200 - 1) % 12;
  const isWinter = month >= 9 || month <= 1;
  const isSpring = month >= 2 && month <= 6;
  if (category === 'Heating' || category === 'Insulation') return isWinter ? 1.6 : 0.8;
  if (category === 'Garden')
    return (isSpring ? 2.1 : 0.6) * (account.segment === 'Starters' ? 0.5 : 1);
  if (category === 'Solar' || category === 'Charging') return 1.9 * Math.pow(1.3, -day / 365.25);
  if (category === 'Service') return account.segment === 'Seniors' ? 1.9 : 1.2;
  if (category === 'Lighting') return account.kind === 'organisation' ? 1.8 : 1;
  return 1;
}

function makePayments(random: Random, account: Account, cents: number): Sale['payments'] {
  const type = random.weighted(account.kind === 'person' ? PERSON_PAYMENTS : BUSINESS_PAYMENTS);
  const installments = type === 'credit_card' && cents > 30_000 ? random.pick([1, 3, 6, 12]) : 1;
  if (cents < 4_000 || !random.chance(0.04)) return [{ type, installments, cents }];
  const voucher = Math.min(2_500, Math.round(cents / 2));
  return [
    { type: 'voucher', installments: 1, cents: voucher },
    { type, installments, cents: cents - voucher },
  ];
}

const PERSON_PAYMENTS = [
  ['debit_card', 44],
  ['credit_card', 22],
  ['bank_transfer', 24],
  ['direct_debit', 10],
] as const;
const BUSINESS_PAYMENTS = [
  ['invoice', 68],
  ['direct_debit', 16],
  ['credit_card', 9],
  ['bank_transfer', 7],
] as const;
