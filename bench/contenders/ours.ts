import { companyRank, rows, series, totals } from "../../src/market/layoffs.ts";
import type { GroupTotals, Totals } from "../../src/market/layoffs.ts";
import type { Market } from "../../src/market/market.ts";
import { pulse } from "../../src/market/pulse.ts";
import type { CompanyAnswer, Contender } from "../contender.ts";

export function ours(
  market: Market,
  today: string,
): Contender & { readonly pulse: NonNullable<Contender["pulse"]> } {
  const counts = ({ people, events, companies, unknownSize }: Totals) =>
    [people, events, companies, unknownSize] as const;
  const groups = (list: readonly GroupTotals[]) =>
    list.map(({ name, people, events }) => [name, people, events] as const);
  return {
    name: "market-pulse",
    company: (key) => companyAnswer(market, key, today),
    pulse(on) {
      const shown = pulse(market, on);
      return {
        last7: counts(shown.last7),
        last30: counts(shown.last30),
        yearToDate: counts(shown.yearToDate),
        previousYearToDate: counts(shown.previousYearToDate),
        byIndustry: groups(shown.byIndustry),
        byCountry: groups(shown.byCountry),
        byStage: groups(shown.byStage),
        top: groups(shown.top),
        weeks: [],
      };
    },
    close() {},
  };
}

/** Whole-history totals, months, place, year on year and the newest five, as the command asks for them. */
export function companyAnswer(market: Market, key: string, today: string): CompanyAnswer {
  const companies = [key];
  const year = Number(today.slice(0, 4));
  const { people, events, unknownSize } = totals(market, { companies });
  return {
    people,
    events,
    unknownSize,
    place: companyRank(market, key) ?? 0,
    months: series(market, { companies }, "month"),
    yearToDate: totals(market, { companies, from: `${year}-01-01`, to: today }).people,
    previousYearToDate: totals(market, {
      companies,
      from: `${year - 1}-01-01`,
      to: `${year - 1}${today.slice(4)}`,
    }).people,
    newest: rows(market, { companies }, 5).rows,
  };
}
