import { cite, Fault } from "../fault.ts";
import type { Market } from "../market/market.ts";
import { nearest } from "../market/nearest.ts";
import { list } from "../reply/words.ts";
import type { EventName } from "./rule.ts";

/** A company nobody has reported on yet may be watched; a name that looks like a known one is asked back. */
export function checkCompany(
  field: "company" | "parent",
  value: string,
  market: Market,
  event: EventName,
): void {
  const resolved = market.companies.resolve(value);
  if (resolved.kind === "one") return;
  const near = resolved.kind === "many" ? resolved.candidates : resolved.suggestions;
  if (near.length === 0) return;
  const tries = near
    .slice(0, 4)
    .map(
      ({ name }) =>
        `/alert new on ${event} where ${field} = "${name.replaceAll('"', "")}" notify here`,
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

/** A name the facts do not have, with those it may stand for. */
export function unknownName(
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
