import { isWithin, without } from "./text.ts";
import type { Stretch } from "./text.ts";
import type { Time } from "./times.ts";
import { AHEAD, DENIED, LAYOFF } from "./vocabulary.ts";

/** A part of a sentence that states or denies by itself; its text is the sentence with the rest blanked. */
export interface Clause {
  readonly text: string;
  readonly start: number;
  readonly isDenied: boolean;
  /** Whom it is of, where only a clause before it says so: it states nothing where that is no name we know. */
  readonly leansOn?: Stretch;
}

/** "Not more than" bounds, "not only" adds, "did not say where" leaves something open: none of them denies. */
const NO_DENIAL =
  /\b(?:not? (?:more|less|fewer|over|only|just)|(?:not|(?:did|does|do|has|have|had|would)n't) (?:yet )?(?:say|said|reported|disclosed?|specif(?:y|ied)|known|clear)(?= (?:how|where|when|why|which|who|what|whether|if)\b|[,.;]|$))\b/gi;
/** One figure put right by another: "12,000, not 10,000". */
const PUT_RIGHT =
  /(?<=[\s(,–])(?:and )?(?:not|rather than|instead of|as opposed to) (?:the |some |about |around |over |nearly |almost |more than )?[$€£]?\d(?:[^,;()–]|[,–](?=\d))*?(?=,(?!\d)|[;)]|–(?!\d)|\.?$| but )/giu;
/** Words that may take back what another clause says, wherever they stand. */
const TAKES_BACK =
  /\b(?:true|false|untrue|fake|hoax|wrong|incorrect|inaccurate|accurate|correct(?:ed|ion)?|mistak\w+|myth|mislead\w*|exaggerat\w+|den(?:y|ied|ies|ying)|revers\w+|cancel\w*|rescind\w*|retract\w*|refut\w+|reject\w*|disput\w+|contradict\w*|confirm\w*|verif\w+|happen\w*|the case|carr(?:y|ied) out|go(?:ne|ing)? (?:ahead|through)|went (?:ahead|through)|follow(?:ed)? through|materiali[sz]\w*|t[ao]ken? place|averted?|avoid\w*|rul(?:e[sd]?|ing) out|refus\w+|rumou?r\w*|alleg\w+|suppos\w+|so-called|claim(?:s|ed|ing)?|neither|nor)\b/i;
const AUXILIARY = "did|does|do|has|have|had|is|are|was|were|will|would|can|could|should";
const NEGATED = String.raw`(?:${AUXILIARY})(?:n't| not)|didnt|doesnt|dont|hasnt|havent|isnt|arent|wasnt|werent|wont|(?:(?:${AUXILIARY}) )?never`;
/** A negated verb, or something said to be none, with whom it is of before and what it is of after it. */
const NEGATED_CLAUSE = new RegExp(
  String.raw`^(?<subject>.*?)\b(?:${NEGATED}|(?:made|makes|make|announced|had|has|have|reported|saw|plans|planned) (?:no|zero))\b(?<of>.*)$`,
  "iu",
);
/** What a denial points back with, or leaves the other clause half done with. */
const POINTS_BACK =
  /\b(?:it|them|so|this|that|those|these|either|any(?:one|body)|single|all|yet|actual\w*|real(?:ly)?|fully|in fact)\b/i;
/** What may be denied beside a layoff without touching it. */
const BESIDE =
  /^\W*(?:\p{L}+ly )?(?:say|disclosed?|specif(?:y|ied)|give|given|provided?|named?|reveal(?:ed)?|comment(?:ed)?|respond(?:ed)?|repl(?:y|ied)|answer(?:ed)?|explain(?:ed)?|hired?|touch(?:ed)?|affect(?:ed)?|freeze|frozen|closed?|publish(?:ed)?|detail(?:ed)?|shared?)\b/iu;
const OTHER_THING =
  /\b(?:pay|salar(?:y|ies)|wages|bonus(?:es)?|dividends?|costs|prices|budgets?|benefits|hiring|(?:more|further|again|another|additional)(?! than)|previously|before(?=\W*$))\b/i;
/** A place or a figure that makes another claim of the one denied. */
const NARROWED = /\b(?:in|at|from|across|within|outside|for) (?:the |its )?\p{Lu}|\d/u;
const SPLITS = new RegExp(
  String.raw`,? (?:but|whereas|while|(?:even )?though|although|because) (?!\d|not\b|none\b|no\b)|, yet |(?<!\p{Lu}[\p{L}\p{N}.&'-]{0,30}),? and (?=(?:(?:it|they|he|she|\p{Lu}[\p{L}\p{N}.&'-]*) )?(?:${NEGATED})\b)|,? and (?=(?:has |had )?(?:said|says|added|insisted|promised|pledged|vowed)\b)`,
  "giu",
);
/** "Although Apple did not cut jobs, Google did": the comma between the two. */
const LEADING =
  /^(?:although|though|even though|while|whereas) (?:[^,]|,(?=\d))*(?=, (?:it|they|the|\p{Lu}))/iu;
const RELATIVE =
  /, (?<clause>(?:which|who|whose) (?:[^,]|,(?=\d))*)(?:,(?= (?:\p{L}+ ){0,3}?\p{L})|\.?$)/giu;
/** Saying, thinking: what follows is denied with it. */
const REPORTS =
  /^\W*(?:say|said|stated?|think|thought|believed?|expect(?:ed)?|mean|meant|shown?|suggest(?:ed)?|know|known|find|found|announced?|report(?:ed)?|disclosed?|revealed?)\b/i;
const OWN_SUBJECT =
  /^\W*(?:(?:but|yet|whereas|while|though|although|even though|because|and) )?(?<subject>it|they|the (?:company|firm|group)|\p{Lu}[\p{L}\p{N}.&'-]*)\b/u;
/** Nothing but names: "Google", "Google and Meta". */
const NAMES =
  /^(?!(?:It|They|He|She|The)\b)\p{Lu}[\p{L}\p{N}.&'-]*(?:(?:,| and| &)? \p{Lu}[\p{L}\p{N}.&'-]*){0,5}$/u;
const NO_NAME_SUBJECT = /^\W*(?:that|this|these|those|which|there|no\b|none|nobody)\b/i;

/**
 * The clauses of a sentence that denies something, told apart where that is beyond doubt, else the whole sentence as denied. A
 * sentence without a denial is one clause.
 */
export function clausesOf(sentence: string, times: readonly Time[]): readonly Clause[] {
  const said = withoutHarmless(sentence);
  if (!isDenying(said)) return [{ text: sentence, start: 0, isDenied: false }];
  const whole = [{ text: sentence, start: 0, isDenied: true }];
  if (TAKES_BACK.test(said)) return whole;
  const right = [...said.matchAll(PUT_RIGHT)].map(placed);
  const rest = without(said, right);
  const isLeftBare =
    right.length > 0 && times.length > 0 && times.every(({ start }) => rest[start] === " ");
  if (right.length > 0 && (!hasFigure(rest, times) || isLeftBare)) return whole;
  const parts = DENIED.test(rest) ? partsOf(rest) : [{ start: 0, end: rest.length, holes: [] }];
  const clauses = parts.map((part): Part & { isDenied: boolean; said: string } => {
    const words = only(rest, part);
    return { ...part, said: words, isDenied: DENIED.test(words) };
  });
  if (clauses.every(({ isDenied }) => isDenied) || !areApart(clauses, times)) return whole;
  const shown = (part: Part): string => without(only(sentence, part), right);
  return [
    ...clauses.map((clause) => {
      const leansOn = clause.isDenied ? undefined : subjectKept(clause, clauses);
      return {
        text: leansOn
          ? joined(shown(clause), only(sentence, { ...leansOn, holes: [] }))
          : shown(clause),
        start: clause.start,
        isDenied: clause.isDenied,
        ...(leansOn && { leansOn }),
      };
    }),
    ...right.map((stretch) => ({
      text: only(sentence, { ...stretch, holes: [] }),
      start: stretch.start,
      isDenied: true,
    })),
  ].toSorted((a, b) => a.start - b.start);
}

function isDenying(said: string): boolean {
  return DENIED.test(said) || new RegExp(PUT_RIGHT.source, "iu").test(said);
}

function withoutHarmless(sentence: string): string {
  return sentence.replace(NO_DENIAL, (words) => " ".repeat(words.length));
}

/** A clause's place, with what stands in it and is not of it. */
interface Part extends Stretch {
  readonly holes: readonly Stretch[];
}

type Told = Part & { readonly isDenied: boolean; readonly said: string };

/** The clauses of a sentence in order: relative ones stand apart from what they stand in. */
function partsOf(said: string): readonly Part[] {
  const relatives = [...said.matchAll(RELATIVE)].map((match) => {
    const start = match.index + 2;
    return { start, end: start + (match.groups?.["clause"] ?? "").length };
  });
  const main = without(said, relatives);
  const leading = LEADING.exec(main)?.[0].length;
  const marks = [
    ...(leading === undefined ? [] : [leading]),
    ...[...main.matchAll(SPLITS)].map(({ index }) => index).filter((at) => at > 0),
  ].toSorted((a, b) => a - b);
  const bounds = [0, ...marks, said.length];
  const parts = bounds.slice(1).map((end, index) => ({
    start: bounds[index]!,
    end,
    holes: relatives,
  }));
  return [...parts, ...relatives.map((relative) => ({ ...relative, holes: [] }))].toSorted(
    (a, b) => a.start - b.start,
  );
}

/** Whether each denial stays in its clause and each other clause states something by itself. */
function areApart(clauses: readonly Told[], times: readonly Time[]): boolean {
  const timesOf = (part: Part) =>
    times.filter(
      (time) => isWithin(time, part) && !part.holes.some((hole) => isWithin(time, hole)),
    );
  const denied = clauses.filter(({ isDenied }) => isDenied);
  const stated = clauses.filter(({ isDenied }) => !isDenied);
  const isStated = (clause: Told): boolean => {
    if (AHEAD.test(clause.said)) return false;
    if (isRelative(clause) && holderOf(clause, clauses) === undefined) return false;
    const own = timesOf(clause);
    if (own.length === 0 && denied.some((other) => timesOf(other).length > 0)) return false;
    const before = denied.filter(({ start }) => start < clause.start && !isRelative(clause));
    // "Did not cut 500 because it cut 600": the denial may be of the reason alone.
    if (before.length > 0 && /^\W*because\b/i.test(clause.said)) return false;
    if (!hasFigure(clause.said, times) && !LAYOFF.test(clause.said)) return true;
    if (!LAYOFF.test(clause.said)) return false;
    return before.every(
      (other) =>
        !REPORTS.test(denialOf(other)?.of ?? "") &&
        (isRelative(other) || hasName(clause) || subjectWords(other) !== undefined),
    );
  };
  const isOwn = (clause: Told): boolean => {
    const denial = denialOf(clause);
    if (denial === undefined) return false;
    const { subject, of } = denial;
    const isSetIn = isRelative(clause) && holderOf(clause, clauses) !== undefined;
    if (!isSetIn && NO_NAME_SUBJECT.test(bare(subject))) return false;
    const isOther = isOtherName(subject, stated);
    if (of.trim().replace(/\W+$/u, "") === "") return isOther;
    if (POINTS_BACK.test(of)) return false;
    if (isSetIn && !LAYOFF.test(of)) return true;
    if (isOther || BESIDE.test(of) || OTHER_THING.test(of)) return true;
    if (NARROWED.test(of)) {
      const own = timesOf(clause);
      const isSameTime = own.some(({ days }) =>
        stated.some((other) =>
          timesOf(other).some((time) => time.days.from <= days.to && days.from <= time.days.to),
        ),
      );
      const untimed = own.reduce(
        (left, { start, end }) => left.replace(clause.said.slice(start, end), ""),
        of,
      );
      return !isSameTime || NARROWED.test(untimed);
    }
    return false;
  };
  return denied.every(isOwn) && stated.every(isStated);
}

function denialOf(clause: Told): { readonly subject: string; readonly of: string } | undefined {
  const denial = NEGATED_CLAUSE.exec(clause.said);
  if (denial === null) return undefined;
  const { subject = "", of = "" } = denial.groups ?? {};
  return { subject, of };
}

/** Somebody named who is not spoken of in the clauses that state something. */
function isOtherName(subject: string, stated: readonly Told[]): boolean {
  const names = NAMES.exec(bare(subject))?.[0].split(/,? and |,? & |, /);
  return (
    names !== undefined && stated.every(({ said }) => names.every((name) => !said.includes(name)))
  );
}

function bare(subject: string): string {
  return subject
    .trim()
    .replace(
      /^\W*(?:(?:but|yet|whereas|while|though|although|even though|because|and)\b\W*)?/iu,
      "",
    )
    .trim();
}

function isRelative({ said }: Told): boolean {
  return /^\s*(?:which|who|whose)\b/i.test(said);
}

/** It names whom it is of, and not by "it". */
function hasName({ said }: Told): boolean {
  const subject = OWN_SUBJECT.exec(said)?.groups?.["subject"];
  return subject !== undefined && /^\p{Lu}/u.test(subject) && !/^(?:It|They)$/.test(subject);
}

/** Whom a denying clause is of, where that is a name that a later clause can lean on. */
function subjectWords(clause: Told): Stretch | undefined {
  const subject = denialOf(clause)?.subject;
  if (subject === undefined) return undefined;
  const name = NAMES.exec(bare(subject))?.[0];
  return name === undefined ? undefined : nameIn(clause, name);
}

function nameIn({ said, start: from }: Told, name: string): Stretch {
  const start = said.indexOf(name, from);
  return { start, end: start + name.length };
}

/** The name a relative clause stands behind, where nothing but a name does. */
function holderOf(clause: Told, clauses: readonly Told[]): Stretch | undefined {
  const holder = clauses.find(
    ({ holes, start, end }) => holes.length > 0 && start <= clause.start && clause.end <= end,
  );
  const name = holder && NAMES.exec(bare(holder.said.slice(holder.start, clause.start - 2)))?.[0];
  return holder && name !== undefined ? nameIn(holder, name) : undefined;
}

/** The name of a clause before, for one that says "it" or nothing; of a relative clause what it stands behind. */
function subjectKept(clause: Told, clauses: readonly Told[]): Stretch | undefined {
  if (isRelative(clause)) return holderOf(clause, clauses);
  if (hasName(clause)) return undefined;
  const before = clauses.findLast(
    (other) => other.isDenied && other.start < clause.start && !isRelative(other),
  );
  return before && subjectWords(before);
}

function joined(text: string, kept: string): string {
  return Array.from({ length: text.length }, (_, at) =>
    text[at] === " " ? (kept[at] ?? " ") : text[at],
  ).join("");
}

/** A stretch of a text alone, at its place. */
function only(text: string, { start, end, holes }: Part): string {
  return without(text, [{ start: 0, end: start }, { start: end, end: text.length }, ...holes]);
}

function hasFigure(said: string, times: readonly Time[]): boolean {
  return /\d|\b(?:hundreds?|thousands?|dozens?|half)\b/i.test(without(said, times));
}

function placed({ 0: words, index }: RegExpExecArray): Stretch {
  return { start: index, end: index + words.length };
}
