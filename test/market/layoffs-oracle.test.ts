import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildMarket } from "../../src/market/build.ts";
import { addDays, addYears } from "../../src/market/calendar.ts";
import type { Day, LayoffSighting } from "../../src/market/facts.ts";
import { breakdown, largest, medianCut, rows, series, totals } from "../../src/market/layoffs.ts";
import type { Dimension, LayoffFilter, Step } from "../../src/market/layoffs.ts";
import { pulse } from "../../src/market/pulse.ts";
import { factsOf, plainBook } from "./layoff-facts.ts";
import {
  found,
  groupsOf,
  newestFirst,
  seriesOf,
  someDay,
  someFilter,
  someLayoffs,
  totalsOf,
} from "./layoff-oracle.ts";

const AS_OF = "2024-06-30";
const RUNS = { seed: 20_240_317, numRuns: 250 };

function holds(
  check: (
    market: ReturnType<typeof buildMarket>,
    layoffs: readonly LayoffSighting[],
    filter: LayoffFilter,
    day: Day,
  ) => void,
): void {
  fc.assert(
    fc.property(someLayoffs, someFilter, someDay, (layoffs, filter, day) => {
      check(buildMarket(factsOf(layoffs, { asOfOn: AS_OF }), plainBook()), layoffs, filter, day);
    }),
    RUNS,
  );
}

/** The columns and the obvious way over the array, on random facts and questions. */
describe("the columns say what looking at every event says", () => {
  it("in totals", () => {
    holds((market, layoffs, filter) => {
      expect(totals(market, filter)).toEqual(totalsOf(found(layoffs, filter)));
    });
  });

  it.each<Step>(["day", "week", "month", "quarter", "year"])("by %s", (step) => {
    holds((market, layoffs, filter) => {
      expect(series(market, filter, step)).toEqual(seriesOf(layoffs, filter, step, AS_OF));
    });
  });

  it.each<Dimension>(["company", "industry", "country", "stage"])("by %s", (by) => {
    holds((market, layoffs, filter) => {
      expect(breakdown(market, filter, by)).toEqual(groupsOf(found(layoffs, filter), by));
    });
  });

  it("in rows", () => {
    holds((market, layoffs, filter) => {
      const expected = newestFirst(found(layoffs, filter)).map(
        ({ on, companyKey, learnedOn, values }) => [
          on,
          companyKey,
          learnedOn,
          values.headcount,
          values.announcedOn,
        ],
      );
      const shown = rows(market, filter);
      expect(shown.total).toBe(expected.length);
      // Rows alike in day, size and company have no stated order.
      const sorted = (list: unknown[][]) => list.map((row) => JSON.stringify(row)).sort();
      expect(
        sorted(
          shown.rows.map((row) => [
            row.on,
            row.companyKey,
            row.learnedOn,
            row.people,
            row.announcedOn,
          ]),
        ),
      ).toEqual(sorted(expected));
      expect(shown.rows.map((row) => [row.on, row.people, row.companyKey])).toEqual(
        expected.map(([on, companyKey, , people]) => [on, people, companyKey]),
      );
      expect(rows(market, filter, 3).rows).toEqual(shown.rows.slice(0, 3));
    });
  });

  it("in the largest and the median cut", () => {
    holds((market, layoffs, filter) => {
      const sizes = found(layoffs, filter)
        .flatMap(({ values }) => values.headcount ?? [])
        .sort((a, b) => b - a);
      expect(largest(market, filter, 4).map(({ people }) => people)).toEqual(sizes.slice(0, 4));
      expect(medianCut(market, filter)).toEqual(
        sizes.length === 0
          ? null
          : {
              n: sizes.length,
              median:
                (sizes[Math.floor((sizes.length - 1) / 2)]! +
                  sizes[Math.ceil((sizes.length - 1) / 2)]!) /
                2,
            },
      );
    });
  });

  it("in the pulse of any day, as known on any day", () => {
    holds((market, layoffs, { asof }, on) => {
      const within = (from: Day, to: Day) =>
        found(layoffs, { from, to, ...(asof !== undefined && { asof }) });
      const shown = pulse(market, on, asof);
      const month = within(addDays(on, -29), on);
      expect(shown).toMatchObject({
        last7: totalsOf(within(addDays(on, -6), on)),
        last30: totalsOf(month),
        yearToDate: totalsOf(within(`${on.slice(0, 4)}-01-01`, on)),
        previousYearToDate: totalsOf(
          within(`${Number(on.slice(0, 4)) - 1}-01-01`, addYears(on, -1)),
        ),
      });
      expect(shown.byIndustry).toEqual(groupsOf(month, "industry"));
      expect(shown.byCountry).toEqual(groupsOf(month, "country"));
      expect(shown.byStage).toEqual(groupsOf(month, "stage"));
      expect(shown.top).toEqual(groupsOf(month, "company").slice(0, 10));
    });
  });
});
