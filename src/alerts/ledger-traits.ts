import { once } from "../market/column.ts";
import type { Ledger } from "../market/layoff-ledger.ts";
import { allTexts } from "../market/texts.ts";
import type { Traits } from "./traits.ts";

/** One object that shows the traits of whichever version it was moved to, so that a million versions need no million objects. */
export interface TraitsCursor extends Traits {
  /** Moves to a version of the ledger and gives the same object back. */
  at(version: number): Traits;
}

export function traitsCursor(ledger: Ledger): TraitsCursor {
  const { versions, sightings, texts } = ledger;
  const places = once(() => allTexts(texts.location));
  const sources = once(() => allTexts(texts.source));
  let version = 0;
  const code = (column: "industry" | "country" | "stage" | "reason") =>
    ledger.names(column)[versions[column].at(version)] || null;
  return {
    at(moved) {
      version = moved;
      return this;
    },
    get companyKey() {
      return ledger.label("company", versions.company.at(version)).group;
    },
    get sector() {
      return code("industry");
    },
    get country() {
      return code("country");
    },
    get stage() {
      return code("stage");
    },
    get reason() {
      return code("reason");
    },
    get state() {
      return places()[versions.location.at(version)] || null;
    },
    get source() {
      return sources()[sightings.source.at(versions.sighting.at(version))] || null;
    },
    get people() {
      const people = versions.people.at(version);
      return people < 0 ? null : people;
    },
    get percent() {
      const percent = versions.percent.at(version);
      return Number.isNaN(percent) ? null : percent;
    },
  };
}

/** Traits that stay as they are when a cursor moves on. */
export function copiedTraits({
  companyKey,
  sector,
  country,
  state,
  stage,
  reason,
  source,
  people,
  percent,
}: Traits): Traits {
  return { companyKey, sector, country, state, stage, reason, source, people, percent };
}
