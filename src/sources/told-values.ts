import type { Day, LayoffValues } from "../market/facts.ts";
import type { ExtractedFact } from "./extract/fact.ts";

/** The values of a layoff as a text tells it: who, when and how many; everything else is not told. */
export function toldValues(
  company: string,
  on: Day,
  { people, percent }: Pick<ExtractedFact, "people" | "percent">,
  url: string | null,
): LayoffValues {
  return {
    company,
    announcedOn: on,
    filedOn: null,
    effectiveOn: null,
    headcount: people,
    percentOfStaff: percent,
    industry: null,
    country: null,
    location: null,
    stage: null,
    reason: null,
    raisedUsdM: null,
    url,
  };
}
