import { keptRule, watchNames } from "../alerts/kept-rule.ts";
import { openMatcher } from "../alerts/matcher.ts";
import type { Matcher } from "../alerts/matcher.ts";
import type { EventRule, LevelRule, RuleSpec } from "../alerts/rule.ts";
import { watchSets } from "../authority/watch-set.ts";
import type { Market } from "../market/market.ts";
import type { Book, Stored } from "../stores/book.ts";
import type { Rule } from "../stores/records.ts";

/** A stored rule with its text read; the same object from look to look for as long as rule, watch sets and names stay. */
export interface Kept<Spec extends RuleSpec = RuleSpec> {
  readonly stored: Stored<Rule>;
  readonly rule: Spec;
}

export interface KeptRules {
  readonly levels: readonly Kept<LevelRule>[];
  readonly events: readonly Kept<EventRule>[];
  /** The index over `events`, by their places. */
  readonly matcher: Matcher;
}

/**
 * Reads rules as they are stored now. What did not change since the last reading is not read again, and the index over event
 * rules stands until one of them changes. A rule whose text cannot be read any more is left out.
 */
export function rememberedRules(): (
  rules: readonly Stored<Rule>[],
  book: Book,
  market: Market,
) => KeptRules {
  let known = new Map<string, { readonly of: string; readonly kept: Kept | undefined }>();
  let names: Market["companies"] | undefined;
  let last: KeptRules | undefined;
  return (rules, book, market) => {
    if (names !== market.companies) {
      known = new Map();
      names = market.companies;
      last = undefined;
    }
    const watches = new Map<string, ReturnType<typeof watchesOf>>();
    const read: typeof known = new Map();
    for (const stored of rules) {
      const { tenant } = stored.value;
      const sets = watches.get(tenant) ?? watchesOf(book, tenant, market);
      watches.set(tenant, sets);
      const of = `${stored.version} ${sets.of}`;
      const before = known.get(stored.key);
      read.set(
        stored.key,
        before?.of === of ? before : { of, kept: keptOf(stored, sets.companies()) },
      );
    }
    known = read;
    const all = [...read.values()].flatMap(({ kept }) => kept ?? []);
    const levels = all.filter((kept) => isLevel(kept));
    const events = all.filter((kept) => isEvent(kept));
    const stays = last !== undefined && isSame(last.events, events);
    last = {
      levels,
      events: stays ? last!.events : events,
      matcher: stays
        ? last!.matcher
        : openMatcher(
            events.map(({ rule }) => rule),
            market.companies,
          ),
    };
    return last;
  };
}

/** A tenant's watch sets: a word that changes with them, and the names of their companies when somebody asks. */
function watchesOf(book: Book, tenant: string, market: Market) {
  const sets = watchSets(book, tenant);
  let names: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    of: sets.map(({ key, version }) => `${key}@${version}`).join(" "),
    companies: () =>
      (names ??= watchNames(
        sets.map(({ value }) => value),
        market,
      )),
  };
}

function keptOf(
  stored: Stored<Rule>,
  companies: ReadonlyMap<string, readonly string[]>,
): Kept | undefined {
  const rule = keptRule(stored.value, companies);
  return rule && { stored, rule };
}

function isLevel(kept: Kept): kept is Kept<LevelRule> {
  return kept.rule.kind === "level";
}

function isEvent(kept: Kept): kept is Kept<EventRule> {
  return kept.rule.kind === "event";
}

function isSame(some: readonly object[], others: readonly object[]): boolean {
  return some.length === others.length && some.every((each, at) => each === others[at]);
}
