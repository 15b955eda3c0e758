import t from 'tap';
import { taxOf } from '../../src/domain/tax.ts';

// payments.md 2.6, the table that was checked against eight real answers.
const ROWS = [
  {
    balanceAmount: 1000,
    taxFreeAmount: 0,
    currency: 'KRW',
    suppliedAmount: 909,
    vat: 91,
  },
  {
    balanceAmount: 9026,
    taxFreeAmount: 0,
    currency: 'KRW',
    suppliedAmount: 8205,
    vat: 821,
  },
  {
    balanceAmount: 15000,
    taxFreeAmount: 0,
    currency: 'KRW',
    suppliedAmount: 13636,
    vat: 1364,
  },
  {
    balanceAmount: 30000,
    taxFreeAmount: 0,
    currency: 'KRW',
    suppliedAmount: 27273,
    vat: 2727,
  },
  {
    balanceAmount: 50000,
    taxFreeAmount: 0,
    currency: 'KRW',
    suppliedAmount: 45455,
    vat: 4545,
  },
  {
    balanceAmount: 11000,
    taxFreeAmount: 10000,
    currency: 'KRW',
    suppliedAmount: 909,
    vat: 91,
  },
  {
    balanceAmount: 10000,
    taxFreeAmount: 3000,
    currency: 'KRW',
    suppliedAmount: 6364,
    vat: 636,
  },
  {
    balanceAmount: 1.25,
    taxFreeAmount: 0,
    currency: 'USD',
    suppliedAmount: 1.14,
    vat: 0.11,
  },
] as const;

t.test('supply value and tax are those of eight real answers', async (t) => {
  for (const { suppliedAmount, vat, ...balance } of ROWS) {
    t.strictSame(
      taxOf({ ...balance, taxExemptionAmount: 0 }),
      { suppliedAmount, vat },
      `${balance.balanceAmount}`,
    );
  }
});

t.test('after a full cancel both are nothing', async (t) => {
  const nothing = {
    currency: 'KRW',
    balanceAmount: 0,
    taxFreeAmount: 0,
    taxExemptionAmount: 0,
  } as const;
  t.strictSame(taxOf(nothing), { suppliedAmount: 0, vat: 0 });
});
