import { countryCode } from "../command/country.ts";
import { cite, Fault } from "../fault.ts";
import { PAY_LEVELS } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { employerName, statesRead } from "../market/notices.ts";
import { resolveRole } from "../market/roles.ts";
import type { SourceStanding } from "../market/source-health.ts";
import { stateCode, US_STATES } from "../market/us-states.ts";
import { list } from "../reply/words.ts";
import { checkCompany, unknownName } from "./check-name.ts";
import { eventSources } from "./event-sources.ts";
import { leavesOf } from "./rule.ts";
import type { EventRule, Field } from "./rule.ts";
import { thingName } from "./say-facts.ts";

type OtherEvent = "warn_notice" | "posting" | "source_down";

/** What can be asked of each kind of event. */
const FIELDS_OF: Readonly<Record<OtherEvent, readonly Field[]>> = {
  warn_notice: ["company", "parent", "state", "country", "people", "source"],
  posting: ["company", "parent", "role", "level", "country", "state", "source"],
  source_down: ["source"],
};

/** A rule that works, for those that could not. */
const EXAMPLES: Readonly<Record<OtherEvent, string>> = {
  warn_notice: "/alert new on warn_notice where people >= 100 notify here",
  posting: "/alert new on posting where role = ai notify here",
  source_down: "/alert new on source_down notify here",
};

/**
 * Whether what is read here can ever answer a rule on notices, postings or sources. Throws a Fault (`unsupported`,
 * `not_found`, `ambiguous`) as `checkRule` does.
 */
export function checkOtherEvent(
  { event, filter }: EventRule,
  market: Market,
  standings: readonly SourceStanding[],
): void {
  if (event === "layoff" || event === "revision") return;
  checkRead(event, market, standings);
  for (const part of leavesOf(filter)) {
    if (part.kind === "in-watch" || part.kind === "compare" || part.kind === "is")
      checkField(event, part.field);
    if (part.kind !== "is") continue;
    for (const value of part.values) checkValue(event, part.field, value, market, standings);
  }
}

/** Something of the kind must be read at all. */
function checkRead(
  event: OtherEvent,
  { entries }: Market,
  standings: readonly SourceStanding[],
): void {
  if (event === "warn_notice" && entries.notices.length === 0)
    throw new Fault(
      "unsupported",
      "No WARN notices are read here yet, so a rule on them could never speak.",
      "The operator turns them on with SOURCES=warn-bln or imports a list.",
      ["/alert new on layoff where people >= 500 notify here"],
    );
  if (event === "posting" && entries.postings.length === 0)
    throw new Fault(
      "unsupported",
      "No job board is read here yet, so a rule on postings could never speak.",
      "The operator turns boards on with SOURCES=greenhouse,ashby,lever or imports a board's answer.",
      ["/alert new on layoff where people >= 500 notify here"],
    );
  if (event === "source_down" && standings.length === 0)
    throw new Fault(
      "unsupported",
      "No source is asked by itself here, so none can be told to be down.",
      "What comes as files is watched by its age.",
      ["/alert new when people(7d) no data for 3d notify here"],
    );
}

function checkField(event: OtherEvent, field: Field): void {
  const fields = FIELDS_OF[event];
  if (fields.includes(field)) return;
  throw new Fault(
    "unsupported",
    `${thingName(event, 2).replace(/^./, (first) => first.toUpperCase())} say nothing of ${field}.`,
    `They are narrowed by ${list(fields)}.`,
    [EXAMPLES[event]],
  );
}

function checkValue(
  event: OtherEvent,
  field: Field,
  value: string,
  market: Market,
  standings: readonly SourceStanding[],
): void {
  const rewritten = (name: string) =>
    `on ${event} where ${field} = ${/^[\w-]+$/.test(name) ? name : `"${name}"`} notify here`;
  if (field === "company" || field === "parent") {
    if (!isNamed(event, value, market)) checkCompany(field, value, market, event);
    return;
  }
  if (field === "source") {
    const ids =
      event === "source_down"
        ? standings.map(({ id }) => id)
        : eventSources(event, market).map(({ id }) => id);
    if (ids.some((id) => id.toLowerCase() === value.trim().toLowerCase())) return;
    throw unknownName(field, value, ids, rewritten);
  }
  if (field === "level") {
    const levels = [...PAY_LEVELS, "unknown"];
    if (levels.includes(value.trim().toLowerCase())) return;
    throw unknownName(field, value, levels, rewritten);
  }
  if (field === "role") {
    const role = resolveRole(value);
    if (role.kind === "none") throw unknownName(field, value, role.suggestions, rewritten);
  }
  if (field === "country") {
    const code = countryCode(value);
    if (event === "warn_notice" ? code === "US" : code !== undefined || value === "unknown") return;
    throw event === "warn_notice"
      ? new Fault(
          "unsupported",
          `WARN notices are of the United States only, not of ${cite(value)}.`,
          "Narrow them by state.",
          ["/alert new on warn_notice where state = CA notify here"],
        )
      : unknownName(field, value, ["US", "GB", "DE", "IN"], rewritten);
  }
  if (field === "state" && event === "warn_notice") {
    const states = statesRead(market);
    const code = stateCode(value);
    if (code !== undefined && states.includes(code)) return;
    throw code === undefined
      ? unknownName(field, value, states, rewritten)
      : new Fault(
          "not_found",
          `No notices of ${US_STATES.get(code)} are read here.`,
          `States that are: ${list(states)}.`,
          states.slice(0, 4).map((state) => `/alert new ${rewritten(state)}`),
        );
  }
}

/** A name that notices or postings have needs no other to be meant by it. */
function isNamed(event: OtherEvent, value: string, { entries }: Market): boolean {
  const wanted = employerName(value);
  const shelf = event === "posting" ? entries.postings : entries.notices;
  return shelf.some(({ versions }) => {
    const company = versions[0]?.values?.company;
    return company !== undefined && employerName(company) === wanted;
  });
}
