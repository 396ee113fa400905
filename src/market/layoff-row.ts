import type { TextName } from "./layoff-ledger.ts";
import type { LayoffTable } from "./layoff-table.ts";
import type { LayoffRow } from "./layoffs.ts";
import { dayName } from "./period-index.ts";
import { textAt } from "./texts.ts";

/** One event as it is shown. */
export function rowAt({ rows, ledger }: LayoffTable, row: number): LayoffRow {
  const { versions, sightings, texts } = ledger;
  const version = rows.version.at(row);
  const sighting = versions.sighting.at(version);
  const people = versions.people.at(version);
  const percent = versions.percent.at(version);
  const word = (name: TextName, code: number) => (code === 0 ? null : textAt(texts[name], code));
  const coded = (by: "industry" | "country" | "stage", code: number) =>
    code === 0 ? null : ledger.label(by, code).name;
  return {
    companyKey: ledger.label("company", versions.company.at(version)).group,
    company: textAt(texts.spelling, versions.spelling.at(version)),
    on: dayName(rows.day.at(row)),
    announcedOn: dayName(versions.announced.at(version)),
    learnedOn: dayName(sightings.learned.at(sighting)),
    people: people < 0 ? null : people,
    percent: Number.isNaN(percent) ? null : percent,
    industry: coded("industry", versions.industry.at(version)),
    country: coded("country", versions.country.at(version)),
    location: word("location", versions.location.at(version)),
    stage: coded("stage", versions.stage.at(version)),
    url: word("url", versions.url.at(version)),
    source: textAt(texts.source, sightings.source.at(sighting)),
  };
}
