import { CARD_WIDTH } from "./layoff-ledger.ts";
import type { Ledger, TextName } from "./layoff-ledger.ts";
import type { LayoffTable } from "./layoff-table.ts";
import type { LayoffRow } from "./layoffs.ts";
import { dayName } from "./period-index.ts";
import { textAt } from "./texts.ts";

/** One event as it is shown. */
export function rowAt({ rows, ledger }: LayoffTable, row: number): LayoffRow {
  return versionRow(ledger, rows.version.at(row), rows.day.at(row));
}

/** One version of an event, shown or not, dated by a day number. */
export function versionRow(ledger: Ledger, version: number, day: number): LayoffRow {
  const card = ledger.cards.slice(version * CARD_WIDTH, (version + 1) * CARD_WIDTH);
  const company = card[0]!;
  const spelling = card[1]!;
  const people = card[3]!;
  const percent = ledger.versions.percent.at(version);
  const sighting = ledger.versions.sighting.at(version);
  const witnesses = ledger.sightings.witnesses.at(sighting);
  const word = (name: TextName, code: number) =>
    code === 0 ? null : textAt(ledger.texts[name], code);
  const coded = (by: "industry" | "country" | "stage", code: number) =>
    code === 0 ? null : ledger.label(by, code).name;
  return {
    companyKey: ledger.label("company", company).group,
    company: textAt(ledger.texts.spelling, spelling),
    on: dayName(day),
    announcedOn: dayName(card[2]!),
    learnedOn: dayName(card[9]!),
    people: people < 0 ? null : people,
    percent: Number.isNaN(percent) ? null : percent,
    industry: coded("industry", card[4]!),
    country: coded("country", card[5]!),
    location: word("location", card[6]!),
    stage: coded("stage", card[7]!),
    url: word("url", card[8]!),
    source: ledger.names("source")[card[10]!]!,
    sighting,
    witnesses: Math.abs(witnesses),
    unconfirmed: witnesses < 0,
  };
}
