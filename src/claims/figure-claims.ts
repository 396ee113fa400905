import { amountsIn } from "./amounts.ts";
import type { Amount } from "./amounts.ts";
import type { About, Claim } from "./claim.ts";
import { isLabel } from "./list-headings.ts";
import { listedIn } from "./lists.ts";
import { meaningOf } from "./meaning.ts";
import { groupFor, timeFor } from "./nearest.ts";
import { claimOf } from "./one-claim.ts";
import type { ReadSentence } from "./one-claim.ts";
import { isWithin, without } from "./text.ts";
import { yearBefore } from "./times.ts";
import type { Time } from "./times.ts";
import { LAYOFF, isAfterLayoffs } from "./vocabulary.ts";

/** Figures of one sentence that are looked at. */
const FIGURES_MOST = 24;

/** The claims a sentence makes with figures, and how many figures beyond the first it has. */
export function figureClaims(read: ReadSentence): {
  readonly claims: readonly Claim[];
  readonly unread: number;
} {
  const { sentence, times, subjects, thread } = read;
  const masked = without(sentence, times);
  const found = amountsIn(masked);
  const amounts = found.slice(0, FIGURES_MOST);
  const claims: Claim[] = [];
  const labels = times.filter((time) => isLabel(time, sentence, subjects));
  const told = times.filter((time) => !labels.includes(time));
  const lists = listedIn({ sentence, amounts, times: told, subjects, heading: thread.heading });
  amounts.forEach((amount, index) => {
    const listed = lists.get(amount);
    const from = amounts[index - 1]?.end ?? 0;
    const to = found[index + 1]?.start ?? sentence.length;
    const meant = meaningOf(amount, {
      sentence: masked,
      from,
      to,
      isOfLayoffs: thread.isOfLayoffs,
    });
    if (meant === undefined && listed?.about === undefined) return;
    const last = claims.at(-1);
    // "165,000 were laid off in 2022 and 263,000 in 2023": a bare second figure is of the same.
    const about =
      meant === undefined
        ? UNSAID
        : meant.kind === "unmeasured" && UNTOLD.has(meant.why) && last?.amount?.kind === amount.kind
          ? last.about
          : meant;
    const quote = quoteOf(sentence, amount, to);
    const label = told.length === 0 ? labels[0] : undefined;
    if (listed) {
      const perhaps = listed.perhaps ?? (listed.time === undefined ? label : undefined);
      claims.push(
        claimOf(read, quote, listed.about ?? about, {
          amount,
          time: listed.time,
          group: listed.group,
          listed: { ...listed, ...(perhaps && { perhaps }) },
        }),
      );
      return;
    }
    const group = groupFor(amount, subjects.groups, amounts, sentence);
    const own = timeFor(amount, timesOutside(amount, told, amounts, sentence), amounts, sentence);
    // "Down 59 % from a year ago" is a change until now, "167,000 a year ago" a figure of then.
    const isOfThen = about.kind !== "change" && AGO.test(sentence.slice(amount.end, to));
    const against = about.kind === "change" ? againstIn(amount, times, sentence) : undefined;
    const time = against ?? (own && isOfThen ? yearBefore(own) : own);
    const perhaps = time === undefined && label ? { perhaps: label } : {};
    const isOfCountries =
      group === undefined && about.kind === "count" && isOfSeveral(subjects.countries, amounts);
    const colon = sentence.lastIndexOf(":", amount.start);
    const isAfter =
      colon >= 0 &&
      isAfterLayoffs(sentence.slice(0, colon + 1)) &&
      !LAYOFF.test(sentence.slice(colon));
    const isOfOneOf = group !== undefined && amounts.length > 1 && RESPECTIVELY.test(sentence);
    const said = isOfCountries
      ? WHICH_COUNTRY
      : about.kind === "unmeasured"
        ? about
        : isAfter
          ? UNSAID
          : isOfOneOf
            ? WHICH_OF_THEM
            : about;
    claims.push({ ...claimOf(read, quote, said, { amount, time, group }), ...perhaps });
  });
  return { claims, unread: found.length - amounts.length };
}

const WHICH_COUNTRY: About = {
  kind: "unmeasured",
  why: "It names several countries and figures; asked one by one they can be checked.",
};

/** "US (180,101), India (16,398)": which figure is of which country is not read. */
function isOfSeveral(countries: readonly string[], amounts: readonly Amount[]): boolean {
  const figures = amounts.filter(({ kind, inWords }) => kind === "number" && !inWords);
  return countries.length > 1 && figures.length > 1;
}

/** "21,000 (11,000 in November and 10,000 in March)": the times in a bracket are of the figures in it. */
function timesOutside(
  amount: Amount,
  times: readonly Time[],
  amounts: readonly Amount[],
  sentence: string,
): readonly Time[] {
  const brackets = [...sentence.matchAll(/\([^()]*\)/g)].map(({ 0: words, index }) => ({
    start: index,
    end: index + words.length,
  }));
  return times.filter((time) => {
    const around = brackets.find((bracket) => isWithin(time, bracket));
    const isIn = (each: Amount) => around !== undefined && isWithin(each, around);
    return around === undefined || isIn(amount) || !amounts.some(isIn);
  });
}

/** "7,403 in March, down 53 % from February": what the change is measured from follows it, and what to stands before. */
function againstIn(amount: Amount, times: readonly Time[], sentence: string): Time | undefined {
  const base = times.find(
    ({ start, sides }) =>
      start >= amount.end &&
      sides === undefined &&
      /^[^,;]{0,30}\b(?:from|than|versus|vs\.?|against|compared (?:with|to))(?: (?:in|during|the))* $/i.test(
        sentence.slice(amount.end, start),
      ),
  );
  const after = times.findLast(({ end, sides }) => end <= amount.start && sides === undefined);
  return base && after && base.days.from < after.days.from
    ? { ...after, sides: { before: base.days, after: after.days } }
    : undefined;
}

const RESPECTIVELY = /\brespectively\b/i;

/** "At Google and Foobar respectively": of a name nobody knows the order is lost. */
const WHICH_OF_THEM: About = {
  kind: "unmeasured",
  why: "Which figure and name belong together is not said beyond doubt.",
};

const UNSAID: About = { kind: "unmeasured", why: "It does not say of what." };

/** Why a bare figure means nothing by itself. */
const UNTOLD = new Set([UNSAID.why, "No source here measures that share."]);

/** Said right after a figure: it is of the same days a year before the time spoken of. */
const AGO =
  /^\s*(?:\p{L}+ ){0,2}(?:(?:a|one|the) year (?:earlier|ago|before)|(?:in )?the same (?:period|quarter|time|month) (?:of )?last year)\b/iu;

/** The figure with the words it is of: "over 260,000 employees". */
function quoteOf(sentence: string, amount: Amount, to: number): string {
  const after = sentence.slice(amount.end, to);
  const stop = after.search(
    /[,;:()|]|\s(?:at|in|from|across|by|for|on|with|since|during|and|as|when|while|that|which|or|saw|have|has|had|than|but|lose|lost|were|was|laid|cut)\b|\.(?:\s|$)/i,
  );
  const words = /^(?:\s*\S+){0,5}/.exec(stop < 0 ? after : after.slice(0, stop))?.[0] ?? "";
  return sentence.slice(amount.start, amount.end + words.trimEnd().length).trim();
}
