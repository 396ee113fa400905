import { Fault, cite } from "../fault.ts";
import { daysBetween, isDay } from "../market/calendar.ts";
import type { Company } from "../market/company.ts";
import type { Basis, Day } from "../market/facts.ts";
import { breakdown, totals } from "../market/layoffs.ts";
import type { LayoffFilter, Match } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { nearest } from "../market/nearest.ts";
import { parseAsof, parseDay, parsePeriod } from "../market/period.ts";
import { SPOKEN_SECTORS, SPOKEN_STAGES } from "../market/spoken-names.ts";
import { age, daySpan, longDay, plural } from "../reply/words.ts";
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
  /** The day "now" means: the asof day, else today, else the last day the facts speak for. */
  readonly anchor: Day;
  readonly span: { readonly from?: Day; readonly to?: Day };
  /** The asked period has not ended on the anchor day. */
  readonly partial: boolean;
  /** "2023", "1 Jan – 15 Mar 2024", "" for all time. */
  readonly when: string;
  /** "Finance, United States", "" when nothing is filtered. */
  readonly which: string;
  /** What a reader must know about how old the facts are. */
  readonly notes: readonly string[];
}

/** Past this many days the facts' last day stands for "now", since today would read as zero. */
const STALE_AFTER_DAYS = 8;

/** Resolves typed periods, places and sectors against the market; throws a Fault that says what would be right. */
export function scopeOf(
  args: ScopeArgs,
  context: Pick<Context, "market" | "today" | "asked" | "commands">,
): Scope {
  const { market, today } = context;
  const asof = args.asof === undefined ? undefined : parseAsof(args.asof, today);
  const anchor = anchorDay(market, today, asof);
  const { from, to, label, partial } = spanOf(args, anchor, context);
  const filter: LayoffFilter = {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(asof !== undefined && { asof }),
    ...(args.basis !== undefined && { basis: args.basis }),
    ...(args.min !== undefined && { peopleMin: args.min }),
    ...(args.sector !== undefined && {
      industry: matchOf("sector", args.sector, groupNames(market, "industry"), SPOKEN_SECTORS),
    }),
    ...(args.country !== undefined && {
      country: matchOf(
        "country",
        args.country,
        groupNames(market, "country"),
        undefined,
        countryNamed,
      ),
    }),
    ...(args.stage !== undefined && {
      stage: matchOf(
        "stage",
        args.stage.replace(/series-/gi, "series "),
        groupNames(market, "stage"),
        SPOKEN_STAGES,
      ),
    }),
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
    span: { ...(from && { from }), ...(to && { to }) },
    partial,
    when: label,
    which: whichWords(args, filter),
    notes: ageNotes(market, today, anchor, asof, to),
  };
}

/** The day relative words count back from. */
export function anchorDay(market: Pick<Market, "asOfOn">, today: Day, asof?: Day): Day {
  if (asof !== undefined) return asof;
  return daysBetween(market.asOfOn, today) > STALE_AFTER_DAYS ? market.asOfOn : today;
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
    return asKnown(
      anchor,
      today,
      (now) => parsePeriod(typed, now),
      (period) => period.from,
      context,
    );
  }
  const day = (typed: string, edge: "start" | "end") =>
    asKnown(
      anchor,
      today,
      (now) => parseDay(typed, now, edge),
      (parsed) => (edge === "start" ? parsed : undefined),
      context,
    );
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

/** Reads a time with "now" at the facts' end; what lies between there and today is refused as not yet known, never counted as zero. */
function asKnown<T>(
  anchor: Day,
  today: Day,
  read: (now: Day) => T,
  startOf: (read: T) => Day | undefined,
  context: Pick<Context, "asked" | "commands">,
): T {
  try {
    return read(anchor);
  } catch (fault) {
    if (!(fault instanceof Fault) || anchor >= today) throw fault;
    const start = startOf(read(today));
    throw new Fault(
      "not_found",
      `Nothing is known from ${start === undefined ? "then" : longDay(start)} on: the facts end ${longDay(anchor)}.`,
      "Import a newer export, or ask up to then.",
      [again(context, { period: "30d", from: undefined, to: undefined })],
    );
  }
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
  argument: string,
  typed: string,
  known: readonly string[],
  synonyms: Readonly<Record<string, string>> = {},
  translate: (name: string) => string | undefined = () => undefined,
): Match {
  const any: string[] = [];
  const not: string[] = [];
  let negated = false;
  for (const part of typed.split(",").map((piece) => piece.trim())) {
    if (part === "") continue;
    if (/^not:/i.test(part)) negated = true;
    const word = part.replace(/^not:\s*/i, "");
    const wanted = [word, synonyms[word.toLowerCase()], translate(word)]
      .filter((name) => name !== undefined)
      .map((name) => name.toLowerCase().replace(/[-_\s]+/g, " "));
    const hit = known.find((name) => wanted.includes(name.toLowerCase().replace(/[-_\s]+/g, " ")));
    if (hit === undefined) throw unknownName(argument, word, known);
    (negated ? not : any).push(hit);
  }
  return { any, not };
}

function unknownName(argument: string, word: string, known: readonly string[]): Fault {
  const close = nearest(word, known);
  const shown = close.length > 0 ? close : known.slice(0, 8);
  return new Fault(
    "not_found",
    `No ${argument} ${cite(word)} in the facts.`,
    `${close.length > 0 ? "Close" : "Known"}: ${shown.join(", ")}.`,
    shown.slice(0, 3).map((name) => `/layoffs ${argument}:${/\s/.test(name) ? `"${name}"` : name}`),
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
  if (asof !== undefined) {
    if (asof > market.asOfOn && isDay(asof))
      notes.push(`Nothing was learned after ${longDay(market.asOfOn)}.`);
    if (market.learnedAssumed > 0) {
      notes.push(
        `${plural(market.learnedAssumed, "event does", "events do")} not say when it was added: the announced date stands in for it.`,
      );
    }
  } else if (anchor !== today && (to === undefined || to >= anchor)) {
    notes.push(
      `The facts end ${longDay(market.asOfOn)}, ${age(daysBetween(market.asOfOn, today))} ago; "now" counts back from there.`,
    );
  }
  return notes;
}
