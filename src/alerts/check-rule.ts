import { countryCode } from "../command/country.ts";
import { cite, Fault } from "../fault.ts";
import { PAY_LEVELS } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import { nearest } from "../market/nearest.ts";
import { quarterDays } from "../market/pay.ts";
import { resolveRole } from "../market/roles.ts";
import { AI_POSTINGS, placesOf } from "../market/series-points.ts";
import { list } from "../reply/words.ts";
import type { EventRule, Field, Filter, LevelRule, Options, RuleSpec } from "./rule.ts";
import { ruleText } from "./rule-text.ts";
import { watchedSources } from "./source-age.ts";
import { foldedTrait, spokenTrait } from "./traits.ts";
import { isWindowed } from "./metrics.ts";

const INSTEAD = "/alert new on layoff where people >= 500 notify here";

/**
 * Whether the facts we have can ever answer a rule; what they cannot is refused before it is kept, since a rule that can
 * never speak looks like good news. Throws a Fault (`unsupported`, `not_found`, `ambiguous`) with what would be right.
 */
export function checkRule(rule: RuleSpec, market: Market): void {
  checkFilter(rule, market);
  if (rule.options.digestOnly && rule.options.escalate !== null)
    throw new Fault(
      "bad_argument",
      "A rule that speaks in digests only sends nothing that could be answered, so it cannot escalate.",
      "Leave out one of the two.",
      [`/alert new ${ruleText({ ...rule, options: { ...rule.options, digestOnly: false } })}`],
    );
  if (rule.kind === "event") checkEvent(rule);
  else checkLevel(rule, market);
}

function checkEvent({ event, options }: EventRule): void {
  if (event === "posting" || event === "warn_notice" || event === "source_down")
    throw new Fault("unsupported", NOT_YET[event], "Rules on events tell of layoff and revision.", [
      event === "source_down" ? "/alert new when people(7d) no data for 3d notify here" : INSTEAD,
    ]);
  if (options.cooldownMinutes !== null || options.repeatMinutes !== null)
    throw new Fault(
      "bad_argument",
      "cooldown and repeat belong to when-rules: an event is told once.",
      "To get fewer messages, group them.",
      [
        `/alert new ${ruleText({ kind: "event", event, filter: null, options: { ...options, cooldownMinutes: null, repeatMinutes: null, group: { minutes: 60, most: 5 } } })}`,
      ],
    );
}

const NOT_YET = {
  posting:
    "No source here tells of single job postings as they appear, so a rule on them could never speak.",
  warn_notice: "No WARN register is imported here, so a rule on notices could never speak.",
  source_down: "A source that goes quiet is watched with no data(…).",
} as const;

function checkLevel(rule: LevelRule, market: Market): void {
  const { metric, test, options } = rule;
  const without = (changes: Partial<Options>) => [
    `/alert new ${ruleText({ ...rule, options: { ...options, ...changes } })}`,
  ];
  if (options.group !== null)
    throw new Fault(
      "bad_argument",
      "group belongs to on-rules: a figure that passes its line is one message already.",
      "To get fewer messages, let it cool down.",
      without({
        group: null,
        cooldownMinutes: options.cooldownMinutes ?? options.group.minutes,
      }),
    );
  if (options.maxAgeDays !== null)
    throw new Fault(
      "bad_argument",
      "max_age belongs to on-rules: a figure counts what was announced in its window.",
      "The window says how far back it looks.",
      without({ maxAgeDays: null }),
    );
  if (metric.name === "overlap")
    throw new Fault(
      "unsupported",
      "overlap needs each company's postings day by day, and no source here keeps them, so this rule could never speak.",
      "Companies that cut can be counted.",
      ["/alert new when companies(30d) > 100 notify here"],
    );
  if (test.kind === "no-data") {
    if (watchedSources(rule, market).length > 0) return;
    const known = market.sources.map(({ id }) => id);
    throw unknownName(
      "source",
      test.source,
      known,
      (id) => `when no data(${id}) for ${test.days}d notify here`,
    );
  }
  if (isWindowed(rule)) return;
  if (rule.filter !== null)
    throw new Fault(
      "bad_argument",
      `${metric.name} is narrowed in its brackets, not with where.`,
      "",
      [
        `/alert new when ${metric.name}(${metric.name === "salary" ? "p50, role=ai-engineer, " : ""}level=senior) change prev > 10% notify here`,
      ],
    );
  checkPay(rule, market);
}

function checkPay({ metric, test }: LevelRule, market: Market): void {
  const { role, level, country, quarter } = metric.dimensions;
  if (role !== undefined) {
    const resolved = resolveRole(role);
    if (resolved.kind === "none")
      throw unknownName(
        "role",
        role,
        resolved.suggestions,
        (name) => `when salary(p50, role="${name}") change prev > 10% notify here`,
      );
  }
  if (level !== undefined && !PAY_LEVELS.some((name) => name === level.toLowerCase()))
    throw unknownName(
      "level",
      level,
      PAY_LEVELS,
      (name) => `when salary(p50, level=${name}) change prev > 10% notify here`,
    );
  if (country !== undefined && countryCode(country) === undefined)
    throw unknownName(
      "country",
      country,
      ["US"],
      (name) => `when salary(p50, country=${name}) change prev > 10% notify here`,
    );
  if (quarter !== undefined && quarter !== "") {
    quarterDays(quarter);
    if (test.kind !== "compare")
      throw new Fault(
        "bad_argument",
        `A named quarter (${quarter}) does not change, so its change cannot be watched.`,
        "Write quarter alone for the newest one.",
        ["/alert new when salary(p50, quarter) change prev > 10% notify here"],
      );
  }
  if (metric.name === "ai_postings") {
    const code = countryCode(country ?? "US") ?? "US";
    const known = placesOf(market, AI_POSTINGS);
    if (!known.includes(code))
      throw unknownName(
        "country",
        country ?? "US",
        known,
        (name) => `when ai_postings(country=${name}) > 2% notify here`,
      );
  }
}

function checkFilter(rule: RuleSpec, market: Market): void {
  for (const part of leavesOf(rule.filter)) {
    if (part.kind === "is") for (const value of part.values) checkValue(part.field, value, market);
  }
}

/** The single conditions of a filter, in the order they are written. */
export function* leavesOf(filter: Filter | null): Generator<Filter> {
  if (filter === null) return;
  if (filter.kind === "and" || filter.kind === "or")
    for (const part of filter.parts) yield* leavesOf(part);
  else if (filter.kind === "not") yield* leavesOf(filter.part);
  else yield filter;
}

function checkValue(field: Field, value: string, market: Market): void {
  if (field === "role" || field === "level")
    throw new Fault(
      "unsupported",
      `No layoff source says which ${field}s were cut.`,
      `${field} narrows pay: salary(p50, ${field}=${field === "role" ? "ai-engineer" : "senior"}).`,
      ["/alert new when salary(p50, role=ai-engineer, level=senior) change prev > 10% notify here"],
    );
  if (field === "company" || field === "parent") return checkCompany(field, value, market);
  const rewritten = (name: string) =>
    `on layoff where ${field} = ${/^[\w-]+$/.test(name) ? name : `"${name}"`} notify here`;
  if (field === "source") {
    const ids = market.layoffSources.map(({ id }) => id);
    if (!ids.some((id) => foldedTrait(id) === spokenTrait("source", value)))
      throw unknownName(field, value, ids, rewritten);
    return;
  }
  if (field === "sector" || field === "country" || field === "stage" || field === "reason") {
    const { ledger } = market.layoffs();
    const names = ledger
      .names(field === "sector" ? "industry" : field)
      .filter((name) => name !== "");
    if (names.length === 0)
      throw new Fault("unsupported", `No imported source gives a ${field}.`, "", [INSTEAD]);
    const wanted = spokenTrait(field, value);
    if (wanted !== "unknown" && !names.some((name) => foldedTrait(name) === wanted))
      throw unknownName(field, value, names, rewritten);
  }
}

/** A company nobody has reported on yet may be watched; a name that looks like a known one is asked back. */
function checkCompany(field: "company" | "parent", value: string, market: Market): void {
  const resolved = market.companies.resolve(value);
  if (resolved.kind === "one") return;
  const near = resolved.kind === "many" ? resolved.candidates : resolved.suggestions;
  if (near.length === 0) return;
  const tries = near
    .slice(0, 4)
    .map(
      ({ name }) =>
        `/alert new on layoff where ${field} = "${name.replaceAll('"', "")}" notify here`,
    );
  throw resolved.kind === "many"
    ? new Fault(
        "ambiguous",
        `${cite(value)} may be ${list(near.slice(0, 4).map(({ name }) => name))}.`,
        "Which one?",
        tries,
      )
    : new Fault("not_found", `No company ${cite(value)}.`, `Did you mean ${near[0]!.name}?`, tries);
}

function unknownName(
  what: string,
  value: string,
  known: readonly string[],
  rule: (name: string) => string,
): Fault {
  const near = nearest(value, known, 4);
  const offered = near.length > 0 ? near : known.slice(0, 4);
  return new Fault(
    "not_found",
    `No ${what} ${cite(value)} in the facts.`,
    near.length > 0
      ? `Did you mean ${near[0]!}?`
      : known.length === 0
        ? ""
        : `Known: ${known.slice(0, 8).join(", ")}${known.length > 8 ? " …" : ""}.`,
    offered.map((name) => `/alert new ${rule(name)}`),
  );
}
