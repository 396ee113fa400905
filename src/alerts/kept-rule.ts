import { Fault } from "../fault.ts";
import type { Market } from "../market/market.ts";
import type { Rule } from "../stores/records.ts";
import { parseRule } from "./parse-rule.ts";
import type { RuleSpec } from "./rule.ts";
import type { AlertState } from "./state.ts";
import { withWatches } from "./truth.ts";

/** The subject of a rule that watches one value; rules on events have one subject an event. */
export const LEVEL = "level";
/**
 * The mark of a rule on events itself: that it was looked at (what was known before is nothing new), when it last told of
 * events, and as its last value how many of unknown size it kept in mind since.
 */
export const SEEN = "seen";
/** What comes so soon after a message of a rule on events waits for the next one, unless the rule says otherwise. */
export const GROUPED_MINUTES = 5;

/** A rule with its watch sets put in, ready to be measured. Throws a Fault for a set that is gone. */
export function readyRule(
  spec: RuleSpec,
  watches: ReadonlyMap<string, readonly string[]>,
): RuleSpec {
  return { ...spec, filter: withWatches(spec.filter, watches) };
}

/** A stored rule's text as data; undefined when it cannot be read any more (a watch set is gone, a zone was renamed). */
export function keptRule(
  rule: Rule,
  watches: ReadonlyMap<string, readonly string[]>,
): RuleSpec | undefined {
  try {
    return readyRule(parseRule(rule.text), watches);
  } catch (fault) {
    if (fault instanceof Fault) return undefined;
    throw fault;
  }
}

/** Company names of watch sets by the sets' names, as filters want them. */
export function watchNames(
  sets: readonly { readonly name: string; readonly companies: readonly string[] }[],
  market: Market,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    sets.map(({ name, companies }) => [
      name,
      companies.map((key) => market.companies.byKey(key)?.name ?? key),
    ]),
  );
}

/** The part of a stored mark that deciding needs. */
export function stateIn(mark: AlertState | undefined): AlertState | null {
  if (mark === undefined) return null;
  const { phase, since, episode, quietUntil, lastValue, toldValue, told, interrupted } = mark;
  return {
    phase,
    since,
    episode,
    quietUntil,
    lastValue,
    toldValue,
    told: told ?? null,
    interrupted: interrupted ?? null,
  };
}

/** Whether a person asked it to be still. */
export function isHushed(
  { mutedBy, snooze }: Rule,
  now: number,
  state: AlertState | null,
): boolean {
  if (mutedBy !== null) return true;
  if (snooze === null) return false;
  return snooze.until === "resolved" ? state?.phase === "firing" : now < snooze.until;
}
