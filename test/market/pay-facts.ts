import type { PayQuarters, PayRow } from "../../src/market/facts.ts";
import { payTable } from "../../src/market/pay-table.ts";
import type { PayFacts } from "../../src/market/pay.ts";

export const AGGREGATE = { n: 20, mean: 100, p25: 80, median: 95, p75: 120, p90: 150 };

/** Two invented quarters, small enough to reckon with. */
export const QUARTERS: PayQuarters = {
  source: "made-up",
  country: "US",
  quarters: {
    "2023Q3": {
      "ai-engineer": { all: AGGREGATE, senior: { ...AGGREGATE, n: 2 } },
      engineer: { all: { ...AGGREGATE, n: 5, median: 76 } },
    },
    "2023Q4": {
      "ai-engineer": { all: { ...AGGREGATE, n: 45, mean: 110.4 } },
      engineer: { all: { ...AGGREGATE, n: 4, median: 95 } },
      all: { all: { ...AGGREGATE, n: 99 } },
    },
  },
};

export function row(values: Partial<PayRow>): PayRow {
  return {
    source: "made-up",
    title: "ML Engineer",
    level: "mid",
    employment: "full-time",
    usdPerYear: 100,
    salary: 100,
    currency: "USD",
    workYear: 2023,
    employerCountry: "US",
    residenceCountry: "US",
    remotePct: 0,
    companySize: null,
    appearedOn: null,
    appearedAfter: null,
    ...values,
  };
}

export function dump(
  appearedAfter: string,
  appearedOn: string,
  title = "ML Engineer",
): readonly PayRow[] {
  return [1, 2, 3].map((usdPerYear) => row({ title, usdPerYear, appearedAfter, appearedOn }));
}

export function factsOf(payRows: readonly PayRow[], payQuarters = QUARTERS): PayFacts {
  return { pay: payTable(payRows), payQuarters };
}
