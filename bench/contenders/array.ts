import { addDays, addYears } from "../../src/market/calendar.ts";
import { everyMonth } from "../contender.ts";
import type { Contender, Event } from "../contender.ts";

/** The obvious way: an array of events, filtered for every question. */
export function plainArray(events: readonly Event[], today: string): Contender {
  const sum = (list: readonly Event[]) =>
    list.reduce((people, event) => people + (event.people ?? 0), 0);
  const within = (list: readonly Event[], from: string, to: string) =>
    list.filter(({ on }) => on >= from && on <= to);
  const counts = (list: readonly Event[]) =>
    [
      sum(list),
      list.length,
      new Set(list.map(({ companyKey }) => companyKey)).size,
      list.filter(({ people }) => people === null).length,
    ] as const;
  const groups = (list: readonly Event[], by: (event: Event) => string) =>
    [...Map.groupBy(list, by)]
      .map(([name, members]) => [name, sum(members), members.length] as const)
      .sort((a, b) => b[1] - a[1] || b[2] - a[2] || (a[0] < b[0] ? -1 : 1));
  return {
    name: "array filter",
    company(key) {
      const found = events
        .filter(({ companyKey }) => companyKey === key)
        .sort((a, b) =>
          a.on === b.on ? (b.people ?? -1) - (a.people ?? -1) : a.on > b.on ? -1 : 1,
        );
      const byCompany = new Map<string, number>();
      for (const { companyKey, people } of events)
        byCompany.set(companyKey, (byCompany.get(companyKey) ?? 0) + (people ?? 0));
      const people = sum(found);
      return {
        people,
        events: found.length,
        unknownSize: found.filter((event) => event.people === null).length,
        place: 1 + [...byCompany.values()].filter((other) => other > people).length,
        months: everyMonth(
          [...Map.groupBy(found.toReversed(), ({ on }) => on.slice(0, 7))].map(
            ([month, members]) => [month, sum(members), members.length] as const,
          ),
        ),
        yearToDate: sum(within(found, `${today.slice(0, 4)}-01-01`, today)),
        previousYearToDate: sum(
          within(found, `${Number(today.slice(0, 4)) - 1}-01-01`, addYears(today, -1)),
        ),
        newest: found.slice(0, 5),
      };
    },
    pulse(on) {
      const year = Number(on.slice(0, 4));
      const month = within(events, addDays(on, -29), on);
      return {
        last7: counts(within(events, addDays(on, -6), on)),
        last30: counts(month),
        yearToDate: counts(within(events, `${year}-01-01`, on)),
        previousYearToDate: counts(within(events, `${year - 1}-01-01`, addYears(on, -1))),
        byIndustry: groups(month, ({ industry }) => industry),
        byCountry: groups(month, ({ country }) => country),
        byStage: groups(month, ({ stage }) => stage),
        top: groups(month, ({ companyKey }) => companyKey).slice(0, 10),
        weeks: Array.from({ length: 53 }, (_, week) =>
          sum(within(events, addDays(on, -7 * week - 6), addDays(on, -7 * week))),
        ),
      };
    },
    close() {},
  };
}
