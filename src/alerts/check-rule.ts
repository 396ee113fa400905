import { countryCode } from "../command/country.ts";
import { Fault } from "../fault.ts";
import { PAY_LEVELS } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { SourceStanding } from "../market/source-health.ts";
import { quarterDays } from "../market/pay.ts";
import { resolveRole } from "../market/roles.ts";
import { AI_POSTINGS, placesOf } from "../market/series-points.ts";
import { checkOtherEvent } from "./check-event.ts";
import { checkCompany, unknownName } from "./check-name.ts";
import type { EventRule, Field, LevelRule, Options, RuleSpec } from "./rule.ts";
import { leavesOf } from "./rule.ts";
import { ruleText } from "./rule-text.ts";
import { knownSources, watchedSources } from "./source-age.ts";
import { foldedTrait, spokenTrait } from "./traits.ts";
import { isWindowed } from "./metrics.ts";

const INSTEAD = "/alert new on layoff where people >= 500 notify here";

/**
 * Whether the facts we have can ever answer a rule; what they cannot is refused before it is kept, since a rule that can
 * never speak looks like good news. Throws a Fault (`unsupported`, `not_found`, `ambiguous`) with what would be right.
 *
 * @param standings the sources that are asked by themselves, for rules on how they fare
 */
export function checkRule(
  rule: RuleSpec,
  market: Market,
  standings: readonly SourceStanding[] = [],
): void {
  if (rule.kind === "event" && rule.event !== "layoff" && rule.event !== "revision")
    checkOtherEvent(rule, market, standings);
  else checkFilter(rule, market);
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
  if (metric.name === "overlap" && market.entries.postings.length === 0)
    throw new Fault(
      "unsupported",
      "overlap needs companies' job boards, and none is read here yet, so this rule could never speak.",
      "Companies that cut can be counted.",
      ["/alert new when companies(30d) > 100 notify here"],
    );
  if (test.kind === "no-data") {
    if (watchedSources(rule, market).length > 0) return;
    throw unknownName(
      "source",
      test.source,
      knownSources(market),
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

function checkValue(field: Field, value: string, market: Market): void {
  if (field === "role" || field === "level")
    throw new Fault(
      "unsupported",
      `No layoff source says which ${field}s were cut.`,
      `${field} narrows pay: salary(p50, ${field}=${field === "role" ? "ai-engineer" : "senior"}).`,
      ["/alert new when salary(p50, role=ai-engineer, level=senior) change prev > 10% notify here"],
    );
  if (field === "company" || field === "parent")
    return checkCompany(field, value, market, "layoff");
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
