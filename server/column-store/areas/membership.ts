import { z } from 'zod';

/** Which accounts are in a selection: the same tree as app.selections.membership. */
export type Membership =
  | { readonly part: number }
  | { readonly regions: readonly number[] }
  | { readonly accounts: readonly number[] }
  | { readonly any: readonly Membership[] }
  | { readonly all: readonly Membership[] }
  | { readonly not: Membership };

const ids = z.array(z.number());

export const membershipSchema: z.ZodType<Membership> = z.lazy(() =>
  z.union([
    z.object({ part: z.number() }),
    z.object({ regions: ids }),
    z.object({ accounts: ids }),
    z.object({ any: z.array(membershipSchema) }),
    z.object({ all: z.array(membershipSchema) }),
    z.object({ not: membershipSchema }),
  ]),
);

export type RowCheck = (row: number) => boolean;

/** How each kind of leaf is tested. */
export type LeafTests = {
  part(part: number): RowCheck;
  regions(ids: readonly number[]): RowCheck;
  accounts(ids: readonly number[]): RowCheck;
};

/** The tree as one test of a row. */
export function memberTest(membership: Membership, leaves: LeafTests): RowCheck {
  if ('part' in membership) return leaves.part(membership.part);
  if ('regions' in membership) return leaves.regions(membership.regions);
  if ('accounts' in membership) return leaves.accounts(membership.accounts);
  if ('not' in membership) {
    const test = memberTest(membership.not, leaves);
    return (row) => !test(row);
  }
  const isAny = 'any' in membership;
  const operands = isAny ? membership.any : membership.all;
  const tests = operands.map((operand) => memberTest(operand, leaves));
  return isAny
    ? (row) => tests.some((test) => test(row))
    : (row) => tests.every((test) => test(row));
}
