import { countryCode, countryNamed } from "../command/country.ts";
import type { Context } from "../command/define.ts";
import { again } from "../command/again.ts";
import { Fault, cite } from "../fault.ts";
import { addDays } from "../market/calendar.ts";
import type { Day, PayLevel } from "../market/facts.ts";
import type { PayAnswer, PayFigures } from "../market/pay.ts";
import type { PayQuery } from "../market/pay-rows.ts";
import { isAiFamily, resolveRole } from "../market/roles.ts";
import type { Role } from "../market/roles.ts";
import { payOrigin } from "./for-file.ts";
import { count, list, longDay, plural, upperFirst, usd } from "../reply/words.ts";

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

type Based = Pick<PayFigures, "basis" | "from" | "to">;

/** What a dump's or a publication's figures are, in one line. */
export function payBasis(answer: Based, context: Context): string {
  return `Reported pay, full time, USD per year as the source converts it · ${basisWords([answer], answer.basis, context)}`;
}

/** The same of several times: one line, or one for each kind of source that says which times are of it. */
export function payBases(
  points: readonly { readonly quarter: string; readonly answer: Based }[],
  context: Context,
): readonly string[] {
  const bases = [...new Set(points.map(({ answer }) => answer.basis))];
  return bases.map((basis) => {
    const ofIt = points.filter(({ answer }) => answer.basis === basis);
    const which = bases.length === 1 ? "" : `${list(ofIt.map(({ quarter }) => quarter))}: `;
    const words = basisWords(
      ofIt.map(({ answer }) => answer),
      basis,
      context,
    );
    return `${which}${which === "" ? "Reported" : "reported"} pay, full time, USD per year as the source converts it · ${words}`;
  });
}

/** When the rows appeared, what the figures are made of, and whose they are. */
function basisWords(answers: readonly Based[], basis: Based["basis"], { market }: Context): string {
  const id = payOrigin({ basis }, market);
  const source = market.sources.find((candidate) => candidate.id === id);
  const kind = basis === "rows" ? "computed from the imported rows" : "published quarterly figures";
  return `${appeared(answers)} · ${kind} · source: ${source ? `${source.publisher} (${source.licence})` : (id ?? "none")}`;
}

/** "rows that appeared 1 Jul – 31 Dec 2023": the days of all of them, adjoining ones as one span. */
function appeared(
  answers: readonly { readonly from: Day | null; readonly to: Day | null }[],
): string {
  const days = answers
    .flatMap(({ from, to }) => (from === null || to === null ? [] : [{ from, to }]))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  if (days.length < answers.length) return "all imported rows";
  const spans = days.reduce<typeof days>((joined, next) => {
    const last = joined.at(-1);
    return last !== undefined && next.from <= addDays(last.to, 1)
      ? [...joined.slice(0, -1), { from: last.from, to: last.to > next.to ? last.to : next.to }]
      : [...joined, next];
  }, []);
  return `rows that appeared ${list(spans.map(({ from, to }) => `${longDay(from)} – ${longDay(to)}`))}`;
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
