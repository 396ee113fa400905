import { dayNumber } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import { NEVER } from "../market/layoff-ledger.ts";
import type { Ledger } from "../market/layoff-ledger.ts";
import { versionRow } from "../market/layoff-row.ts";
import type { Market } from "../market/market.ts";
import { dayName } from "../market/period-index.ts";
import { copiedTraits, traitsCursor } from "./ledger-traits.ts";
import type { LayoffFact } from "./new-fact.ts";

/**
 * Layoffs on the day they were learned and revisions on the day of the change, as `learnedFacts` gives them. Ids are made of
 * source, company and announced day of the first version, and which of its like it is.
 */
export function learnedLayoffs(
  market: Market,
  from: Day,
  to: Day,
  as: "now" | "then",
): readonly LayoffFact[] {
  const { ledger } = market.layoffs();
  const { sightings, versions } = ledger;
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const inside = (day: number) => day >= first && day <= last;
  const idAt = ids(ledger);
  const fact = factMaker(ledger);
  const found: LayoffFact[] = [];
  for (let sighting = 0; sighting < sightings.learned.length; sighting++) {
    const [low, high] = [
      sightings.firstVersion.at(sighting),
      sightings.firstVersion.at(sighting + 1),
    ];
    const learned = sightings.learned.at(sighting);
    const withdrawn = sightings.withdrawn.at(sighting);
    const id = idAt[sighting]!;
    let shown = low;
    for (let version = low + 1; version < high; version++)
      if (versions.from.at(version) <= learned) shown = version;
    if (inside(learned))
      found.push({
        ...fact(as === "now" ? high - 1 : shown, learned),
        id,
        event: "layoff",
        withdrawn: as === "now" && withdrawn !== NEVER,
      });
    for (let version = shown + 1; version < high; version++) {
      const on = versions.from.at(version);
      if (!inside(on) || on >= withdrawn) continue;
      found.push({
        ...fact(version, on),
        id: `${id}@${dayName(on)}`,
        event: "revision",
        was: sizes(ledger, version - 1),
      });
    }
    if (withdrawn !== NEVER && inside(withdrawn))
      found.push({
        ...fact(high - 1, withdrawn),
        id: `${id}@${dayName(withdrawn)}`,
        event: "revision",
        was: sizes(ledger, high - 1),
        withdrawn: true,
      });
  }
  return found;
}

function factMaker(
  ledger: Ledger,
): (version: number, on: number) => Omit<LayoffFact, "id" | "event"> {
  const cursor = traitsCursor(ledger);
  return (version, on) => {
    const row = versionRow(ledger, version, ledger.versions.announced.at(version));
    return {
      traits: copiedTraits(cursor.at(version)),
      name: row.company,
      on: row.announcedOn,
      size: row.people,
      row,
      learnedOn: dayName(on),
      was: null,
      withdrawn: false,
    };
  };
}

function sizes({ versions }: Ledger, version: number): NonNullable<LayoffFact["was"]> {
  const people = versions.people.at(version);
  const percent = versions.percent.at(version);
  return { people: people < 0 ? null : people, percent: Number.isNaN(percent) ? null : percent };
}

/** Every rule asks for the same ids at every look, and working them out is what costs. */
const known = new WeakMap<Ledger, { readonly ids: string[]; readonly like: Map<string, number> }>();

/** The id of every report in turn: the k-th of its like is known only by counting. */
function ids(ledger: Ledger): readonly string[] {
  const { sightings, versions } = ledger;
  const sources = ledger.names("source");
  const { ids: found, like } = known.get(ledger) ?? { ids: [], like: new Map<string, number>() };
  for (let sighting = found.length; sighting < sightings.learned.length; sighting++) {
    const first = sightings.firstVersion.at(sighting);
    const { group } = ledger.label("company", versions.company.at(first));
    const source = sources[sightings.firstSource.at(sighting)] ?? "";
    const name = `${source}|${group}|${dayName(versions.announced.at(first))}`;
    const at = (like.get(name) ?? 0) + 1;
    like.set(name, at);
    found.push(`${name}|${at}`);
  }
  known.set(ledger, { ids: found, like });
  return found;
}
