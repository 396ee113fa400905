import { Fault, cite } from "../fault.ts";
import { addDays, daysBetween, isDay } from "../market/calendar.ts";
import type { Company } from "../market/company.ts";
import type { Basis, Day } from "../market/facts.ts";
import { breakdown, totals } from "../market/layoffs.ts";
import type { LayoffFilter, Match } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { nearest } from "../market/nearest.ts";
import { parseAsof, parseDay, parsePeriod } from "../market/period.ts";
import { SPOKEN_SECTORS, SPOKEN_STAGES } from "../market/spoken-names.ts";
import { age, assumedWords, daySpan, longDay, plural } from "../reply/words.ts";
import { countryNamed } from "./country.ts";
import { again } from "./again.ts";
import type { Context } from "./define.ts";

/** The arguments of a layoff question as typed; every command passes those it has. */
export interface ScopeArgs {
  readonly period?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sector?: string | undefined;
  readonly country?: string | undefined;
  readonly stage?: string | undefined;
  readonly reason?: string | undefined;
  readonly min?: number | undefined;
  readonly asof?: string | undefined;
  readonly basis?: Basis | undefined;
  readonly rollup?: boolean | undefined;
}

/** What a question is about: the filter to count with, and the same in words. */
export interface Scope {
  readonly filter: LayoffFilter;
  /** The day "now" means: the asof day, else today, else the last day a list speaks for. */
  readonly anchor: Day;
  readonly span: { readonly from?: Day; readonly to?: Day };
  /** The asked period has not ended on the anchor day. */
  readonly partial: boolean;
  /** "2023", "1 Jan – 15 Mar 2024", "" for all time. */
  readonly when: string;
  /** "Finance, United States", "" when nothing is filtered. */
  readonly which: string;
  /** The days after the anchor of which only single reports are known: rows of it may be shown, and are no total. */
  readonly later: LayoffFilter | undefined;
  /** What a reader must know about how old the facts are. */
  readonly notes: readonly string[];
}

/** Past this many days the lists' last day stands for "now", since today would read as zero. */
const STALE_AFTER_DAYS = 8;

/** Resolves typed periods, places and sectors against the market; throws a Fault that says what would be right. */
export function scopeOf(
  args: ScopeArgs,
  context: Pick<Context, "market" | "today" | "asked" | "commands">,
): Scope {
  const { market, today } = context;
  const asof = args.asof === undefined ? undefined : parseAsof(args.asof, today);
  const anchor = anchorDay(market, today, asof);
  const { from, to: asked, label, partial } = spanOf(args, anchor, context);
  const goesOn =
    anchor === market.listedTo && market.asOfOn > anchor && (asof === undefined || asof > anchor);
  // Single reports go on after the lists: a question without an end would add them up as if they were all.
  const to = asked ?? (goesOn ? anchor : undefined);
  const narrowed: LayoffFilter = {
    ...(asof !== undefined && { asof }),
    ...(args.basis !== undefined && { basis: args.basis }),
    ...(args.min !== undefined && { peopleMin: args.min }),
    ...(args.sector !== undefined && {
      industry: matchOf(
        context,
        "sector",
        args.sector,
        groupNames(market, "industry"),
        SPOKEN_SECTORS,
      ),
    }),
    ...(args.country !== undefined && {
      country: matchOf(
        context,
        "country",
        args.country,
        groupNames(market, "country"),
        undefined,
        countryNamed,
      ),
    }),
    ...(args.stage !== undefined && {
      stage: matchOf(
        context,
        "stage",
        args.stage.replace(/series-/gi, "series "),
        groupNames(market, "stage"),
        SPOKEN_STAGES,
      ),
    }),
  };
  const filter: LayoffFilter = {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...narrowed,
  };
  if (args.reason !== undefined) {
    throw new Fault(
      "unsupported",
      "No source here states reasons for layoffs.",
      "The same question works without reason:.",
      [again(context, { reason: undefined })],
    );
  }
  if (args.basis === "filed" || args.basis === "effective")
    requireDates(market, args.basis, context);
  return {
    filter,
    anchor,
    span: { ...(from && { from }), ...(asked && { to: asked }) },
    partial,
    when: label,
    which: whichWords(args, filter),
    later:
      goesOn && (asked === undefined || asked === anchor)
        ? { ...narrowed, from: addDays(anchor, 1) }
        : undefined,
    notes: ageNotes(market, today, anchor, asof, asked),
  };
}

/** The day relative words count back from: after the day that lists speak to nothing may be called none, and no total is whole. */
export function anchorDay(market: Pick<Market, "listedTo">, today: Day, asof: Day = today): Day {
  return daysBetween(market.listedTo, asof) > STALE_AFTER_DAYS ? market.listedTo : asof;
}

/** Narrows a company question: exactly these companies, with or without what they own. */
export function ofCompanies(
  scope: Scope,
  market: Market,
  companies: readonly Company[],
  rollup: boolean | undefined,
): LayoffFilter {
  const keys = companies.flatMap((company) => memberKeys(market, scope.filter, company, rollup));
  return { ...scope.filter, companies: [...new Set(keys)] };
}

/** A company alone; with everything it owns when asked, or when nothing is known of it by its own name. */
export function memberKeys(
  market: Market,
  filter: LayoffFilter,
  company: Company,
  rollup: boolean | undefined,
): readonly string[] {
  const family = market.companies.family(company.key).map((member) => member.key);
  if (
    rollup ??
    totals(market, {
      companies: [company.key],
      ...(filter.asof !== undefined && { asof: filter.asof }),
    }).events === 0
  )
    return family;
  return [company.key];
}

function spanOf(
  args: ScopeArgs,
  anchor: Day,
  context: Pick<Context, "market" | "today" | "asked" | "commands">,
): { from?: Day; to?: Day; label: string; partial: boolean } {
  const { today } = context;
  if (args.period !== undefined) {
    const typed = args.period;
    return asKnown(anchor, today, (now) => parsePeriod(typed, now), context);
  }
  const day = (typed: string, edge: "start" | "end") =>
    asKnown(anchor, today, (now) => ({ from: parseDay(typed, now, edge) }), context).from;
  const until = args.to === undefined ? undefined : day(args.to, "end");
  const from =
    args.from === undefined
      ? undefined
      : dayBefore(args.from, until, () => day(args.from!, "start"), today, context);
  if (from === undefined && until === undefined) return { label: "", partial: false };
  const to = until === undefined || until > anchor ? anchor : until;
  const label = from === undefined ? `up to ${longDay(to)}` : daySpan(from, to);
  return {
    ...(from !== undefined && { from }),
    to,
    label,
    partial: until !== undefined && until > anchor,
  };
}

/** Reads a time with "now" at the lists' end; what lies between there and today is refused as not yet known, never counted as zero. */
export function asKnown<T extends { readonly from?: Day }>(
  anchor: Day,
  today: Day,
  read: (now: Day) => T,
  context: Pick<Context, "market" | "asked" | "commands">,
  instead: Readonly<Record<string, string | undefined>> = LAST_DAYS,
): T {
  try {
    return read(anchor);
  } catch (fault) {
    if (!(fault instanceof Fault) || anchor >= today) throw fault;
    const { from } = read(today);
    throw new Fault(
      "not_found",
      notYetKnown(from === undefined ? "then" : longDay(from), anchor, context.market),
      "Import a newer export, or ask up to then.",
      [again(context, instead)],
    );
  }
}

const LAST_DAYS = { period: "30d", from: undefined, to: undefined };

function notYetKnown(start: string, anchor: Day, { listedTo, asOfOn }: Market): string {
  if (anchor < listedTo)
    return `Nothing was known from ${start} on: it is asked as known ${longDay(anchor)}.`;
  return asOfOn > anchor
    ? `No list speaks from ${start} on: the lists end ${longDay(anchor)}, and the single reports of later days are no totals.`
    : `Nothing is known from ${start} on: the facts end ${longDay(anchor)}.`;
}

/** A start after its end is said as such, even where both lie beyond the facts. */
function dayBefore(
  typed: string,
  until: Day | undefined,
  read: () => Day,
  today: Day,
  context: Pick<Context, "asked" | "commands">,
): Day {
  const start = until === undefined ? undefined : lenientStart(typed, today);
  if (until === undefined || start === undefined || start <= until) return read();
  throw new Fault(
    "bad_argument",
    `It starts after it ends: from ${start} to ${until}.`,
    "The earlier day goes first.",
    [again(context, { from: until, to: start })],
  );
}

function lenientStart(typed: string, today: Day): Day | undefined {
  return isDay(typed) && typed <= today ? typed : undefined;
}

/** `a,b` and `not:x` against the names the facts use; a name nobody uses is refused with the nearest. */
function matchOf(
  context: Pick<Context, "asked" | "commands">,
  argument: string,
  typed: string,
  known: readonly string[],
  synonyms: Readonly<Record<string, string>> = {},
  translate: (name: string) => string | undefined = () => undefined,
): Match {
  const any: string[] = [];
  const not: string[] = [];
  let negated = false;
  const parts = typed.split(",").map((piece) => piece.trim());
  for (const part of parts) {
    if (part === "") continue;
    if (/^not:/i.test(part)) negated = true;
    const word = part.replace(/^not:\s*/i, "");
    const wanted = [word, synonyms[word.toLowerCase()], translate(word)]
      .filter((name) => name !== undefined)
      .map((name) => name.toLowerCase().replace(/[-_\s]+/g, " "));
    const hit = known.find((name) => wanted.includes(name.toLowerCase().replace(/[-_\s]+/g, " ")));
    if (hit === undefined)
      throw unknownName(argument, word, known, (name) =>
        again(context, {
          [argument]: parts
            .map((each) => (each === part ? each.replace(word, () => name) : each))
            .join(","),
        }),
      );
    (negated ? not : any).push(hit);
  }
  return { any, not };
}

function unknownName(
  argument: string,
  word: string,
  known: readonly string[],
  tryAs: (name: string) => string,
): Fault {
  const close = nearest(word, known);
  const shown = close.length > 0 ? close : known.slice(0, 8);
  return new Fault(
    "not_found",
    `No ${argument} ${cite(word)} in the facts.`,
    `${close.length > 0 ? "Close" : "Known"}: ${shown.join(", ")}.`,
    shown.slice(0, 3).map(tryAs),
  );
}

function groupNames(market: Market, dimension: "industry" | "country" | "stage"): string[] {
  return breakdown(market, {}, dimension).map((group) => group.name);
}

function requireDates(
  market: Market,
  basis: "filed" | "effective",
  context: Pick<Context, "asked" | "commands">,
): void {
  if (market.layoffs(undefined, basis).size > 0) return;
  throw new Fault(
    "unsupported",
    `No imported source gives ${basis} dates.`,
    "Trackers give announced and learned dates.",
    [again(context, { basis: "announced" })],
  );
}

function whichWords(args: ScopeArgs, filter: LayoffFilter): string {
  const part = (match: Match | undefined) =>
    match === undefined ? [] : [...match.any, ...match.not.map((name) => `not ${name}`)];
  return [
    ...part(filter.industry),
    ...part(filter.country),
    ...part(filter.stage),
    ...(args.min === undefined
      ? []
      : [`events of ${plural(args.min, "person", "people")} or more`]),
  ].join(", ");
}

function ageNotes(
  market: Market,
  today: Day,
  anchor: Day,
  asof: Day | undefined,
  to: Day | undefined,
): string[] {
  const notes: string[] = [];
  if (asof !== undefined && asof > market.asOfOn)
    notes.push(`Nothing was learned after ${longDay(market.asOfOn)}.`);
  if (anchor !== (asof ?? today) && (to === undefined || to >= anchor)) {
    const [ends, later] =
      market.asOfOn > anchor
        ? ["lists end", " Of later days only single reports are known, which are no totals."]
        : ["facts end", ""];
    notes.push(
      `The ${ends} ${longDay(anchor)}, ${age(daysBetween(anchor, asof ?? today))} ${asof === undefined ? "ago" : "before"}; "now" counts back from there.${later}`,
    );
  }
  if (asof !== undefined) notes.push(...assumedWords(market));
  return notes;
}
