import { countryCode, countryNamed } from "../command/country.ts";
import type { Context } from "../command/define.ts";
import { again } from "../command/again.ts";
import { Fault, cite } from "../fault.ts";
import type { PayLevel } from "../market/facts.ts";
import type { PayAnswer, PayFigures } from "../market/pay.ts";
import type { PayQuery } from "../market/pay-rows.ts";
import { paySource } from "../market/pay-table.ts";
import { isAiFamily, resolveRole } from "../market/roles.ts";
import type { Role } from "../market/roles.ts";
import { count, longDay, plural, usd } from "../reply/words.ts";

export interface PayArgs {
  readonly role?: string | undefined;
  readonly level?: PayLevel | undefined;
  readonly country?: string | undefined;
  readonly ai?: boolean | undefined;
}

/** Which salaries a question is about, and the same in words. */
export interface PayScope {
  readonly query: PayQuery;
  readonly role: Role;
  /** "AI engineer, senior, United States". */
  readonly who: string;
}

/** Resolves role and country; the United States unless told, since the published quarters are of it alone. */
export function payScope(args: PayArgs, context: Context): PayScope {
  const role = roleNamed(args.role ?? "all", context);
  const country = payCountry(args.country, context);
  const ai =
    args.ai === undefined || isAiFamily(role.family) === args.ai
      ? ""
      : args.ai
        ? "AI titles only"
        : "no AI titles";
  return {
    role,
    query: {
      role: role.family,
      ...(role.titleWords && { titleWords: role.titleWords }),
      level: args.level,
      ai: args.ai,
      country,
    },
    who: [
      upperFirst(role.name),
      args.level,
      ai,
      country === undefined ? "all countries" : (countryNamed(country) ?? country),
    ]
      .filter(Boolean)
      .join(", "),
  };
}

/** The role a person means; a Fault suggests when none is known. */
export function roleNamed(words: string, context: Context): Role {
  const resolved = resolveRole(words);
  if (resolved.kind === "one") return resolved.role;
  const [best] = resolved.suggestions;
  throw new Fault(
    "not_found",
    `No role ${cite(words)}.`,
    best
      ? `Did you mean ${best}?`
      : "Known: ai-engineer, engineer, data-scientist, data-engineer …",
    (best ? resolved.suggestions : ["ai-engineer"])
      .slice(0, 4)
      .map((role) => again(context, { role })),
  );
}

function payCountry(typed: string | undefined, context: Context): string | undefined {
  if (typed === undefined) return "US";
  if (/^(all|any|world)$/i.test(typed)) return undefined;
  const code = countryCode(typed);
  if (code === undefined)
    throw new Fault(
      "not_found",
      `No country ${cite(typed)}.`,
      "Use a two-letter code or an English name; country:all for everywhere.",
      [again(context, { country: "US" }), again(context, { country: "all" })],
    );
  return code;
}

/** What a dump's or a publication's figures are, in one line. */
export function payBasis(
  answer: Pick<PayFigures, "basis" | "from" | "to">,
  context: Context,
): string {
  const id =
    answer.basis === "rows" ? paySource(context.market.pay) : context.market.payQuarters.source;
  const source = context.market.sources.find((candidate) => candidate.id === id);
  const when =
    answer.from === null || answer.to === null
      ? "all imported rows"
      : `rows that appeared ${longDay(answer.from)} – ${longDay(answer.to)}`;
  const kind =
    answer.basis === "rows" ? "computed from the imported rows" : "published quarterly figures";
  return `Reported pay, full time, USD per year as the source converts it · ${when} · ${kind} · source: ${source ? `${source.publisher} (${source.licence})` : (id ?? "none")}`;
}

export const PAY_DEFINITION =
  "Base salary people reported: no equity, bonus or on-target pay. Quartiles of rows are Hyndman–Fan type 7.";

export function payFigures(answer: PayFigures) {
  const { n, mean, p10, p25, median, p75, p90 } = answer;
  return { n, mean, p10, p25, median, p75, p90 };
}

/** "median $196,000, middle half $152,000 – $240,000, n 317"; what is too little to show is said so. */
export function payWords(answer: PayAnswer): string {
  if (answer.tooFew)
    return answer.n === 0
      ? "nothing known"
      : `only ${plural(answer.n, "salary", "salaries")} known: too few to show`;
  return `median ${usd(answer.median)}, middle half ${usd(answer.p25)} – ${usd(answer.p75)}, n ${count(answer.n)}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
