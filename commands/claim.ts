import { z } from "zod";
import { basisNote, sampleNotes } from "../src/answers/basis.ts";
import { findingOf } from "../src/claims/check.ts";
import type { Claim } from "../src/claims/claim.ts";
import type { Finding } from "../src/claims/finding.ts";
import { readClaims } from "../src/claims/read.ts";
import type { ReadText } from "../src/claims/read.ts";
import { meantWords, readAs, unitWords } from "../src/claims/say.ts";
import { READ_CHARACTERS } from "../src/claims/text.ts";
import type { Verdict } from "../src/claims/verdict.ts";
import { isOfLayoffs } from "../src/claims/whom.ts";
import { words } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { commonArgs } from "../src/command/filter-args.ts";
import { anchorDay } from "../src/command/scope.ts";
import { Fault } from "../src/fault.ts";
import type { Day } from "../src/market/facts.ts";
import { parseAsof } from "../src/market/period.ts";
import type { Action, Figure, Inline, Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { count, list, longDay, plural } from "../src/reply/words.ts";
import { originNotes } from "./claim/origins.ts";

/** In the order the headline tells them. */
const VERDICTS = [
  "supported",
  "just short",
  "just over",
  "not supported",
  "cannot check",
] as const satisfies readonly Verdict[];

export const claim = defineCommand({
  name: "claim",
  summary: "Check the figures of a sentence or an article against the facts",
  args: z.object({
    text: words(
      "One or several sentences with figures, as they were written",
      { example: "over 1,200 tech companies laid off over 260,000 people in 2023" },
      2 * READ_CHARACTERS,
    ),
    asof: words("The day the text was written: figures as they were known then, and today", {
      example: "2024-03-17",
    }),
    share: commonArgs.share,
  }),
  bare: ["text"],
  keepsUnknownKeys: true,
  examples: [
    "/claim over 1,200 tech companies saw over 260,000 employees lose their jobs in 2023",
    "/claim Sony cut 8 % of its staff",
    "/claim senior AI engineers earn more than $190,000 in the US in Q4 2023",
    "/claim tech employers announced 168,032 job cuts in 2023",
  ],
  run: (args, context) => {
    if (args.text === undefined || !/[\p{L}\p{N}]/u.test(args.text))
      throw new Fault(
        "missing_argument",
        "Which sentence?",
        "Type or paste it after the command.",
        ["/claim over 260,000 tech workers were laid off in 2023"],
      );
    const asof = args.asof === undefined ? undefined : parseAsof(args.asof, context.today);
    return checked(args.text, asof, context);
  },
});

interface Checked {
  readonly claim: Claim;
  /** As known on the day the text was written; as known today when no day is given. */
  readonly known: Finding;
  /** As known today, where that is told apart. */
  readonly now?: Finding;
}

function checked(text: string, asof: Day | undefined, context: Context): Reply {
  const { market, today } = context;
  const read = readClaims(text, market, asof ?? anchorDay(market, today));
  const results = read.claims.map((each): Checked => {
    const known = findingOf(each, { market, ...(asof !== undefined && { asof }) });
    return asof === undefined || !isOfLayoffs(each.about)
      ? { claim: each, known }
      : { claim: each, known, now: findingOf(each, { market, until: asof }) };
  });
  // Of a day after the last of the facts nothing more is known than on that last one.
  const knownOn = asof !== undefined && asof > market.asOfOn ? market.asOfOn : asof;
  return reply(title(results), {
    blocks: [
      { kind: "bullets", items: results.map((result) => line(result, knownOn)) },
      ...leftOver(read),
    ],
    figures: { claims: results.map((result) => figures(result)), asof: asof ?? null },
    actions: actions(results),
    notes: [
      "Over and at least take the figure or more; nearly 95–100 %; about ±10 %; a bare figure ±1 %; hundreds or thousands their decade. Missed by up to 5 % is just short or just over.",
      ...(results.some(({ claim: { about } }) => isOfLayoffs(about))
        ? [
            basisNote(market, knownOn === undefined ? {} : { asof: knownOn }),
            ...sampleNotes(market),
          ]
        : []),
      ...originNotes(
        results.flatMap(({ known, now }) => [...(known.origins ?? []), ...(now?.origins ?? [])]),
        context,
      ),
    ],
  });
}

function title(results: readonly Checked[]): string {
  const verdicts = results.map(({ known }) => known.verdict);
  const tally = VERDICTS.map((verdict) => ({
    verdict,
    n: verdicts.filter((each) => each === verdict).length,
  }))
    .filter(({ n }) => n > 0)
    .map(({ verdict, n }) => `${count(n)} ${verdict}`);
  return `Checked ${plural(results.length, "claim")}: ${list(tally)}`;
}

/** "✓ supported “over 260,000 employees”: at least 263,180 people as known 17 Mar 2024 · read as: people, 2023, ≥ 260,000". */
function line({ claim: read, known, now }: Checked, knownOn: Day | undefined): Inline[] {
  const isKnown = knownOn !== undefined && isOfLayoffs(read.about) && known.measured !== null;
  const says = isKnown ? `${known.says} as known ${longDay(knownOn)}` : known.says;
  const today =
    now === undefined || !isKnown || now.measured === known.measured
      ? ""
      : ` Today${now.verdict === known.verdict ? "" : ` ${now.verdict}`}: ${now.says}.`;
  const others = known.beside.length === 0 ? "" : `; ${known.beside.join("; ")}`;
  return [
    { bold: marked(known.verdict) },
    ` “${read.text}”: ${stopped(`${says}${others}`)}${today}`,
    ...(read.about.kind === "unmeasured" ? [] : [` Read as: ${readAs(read, known)}.`]),
  ];
}

function marked(verdict: Verdict): string {
  const mark = verdict === "supported" ? "✓" : verdict === "cannot check" ? "?" : "✗";
  return `${mark} ${verdict}`;
}

function stopped(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function leftOver({ left, unread, idle, cut }: ReadText): Reply["blocks"] {
  const said = [
    ...(left > 0 ? [`${plural(left, "more claim")} not checked: ask about them apart.`] : []),
    ...(unread > 0 ? [`${plural(unread, "more sentence")} not read: ask about them apart.`] : []),
    ...(idle > 0
      ? [`${plural(idle, "sentence states", "sentences state")} nothing the sources here measure.`]
      : []),
    ...(cut ? [`Only the first ${count(READ_CHARACTERS)} characters were read.`] : []),
  ];
  return said.length === 0 ? [] : [{ kind: "text", words: said.join(" ") }];
}

function figures({ claim: { text, amount, about, time, subject }, known, now }: Checked): Figure {
  return {
    text,
    value: amount?.value ?? null,
    bound: amount?.bound ?? null,
    verdict: known.verdict,
    measured: known.measured,
    unit: known.unit === "" ? unitWords(about) : known.unit,
    from: time?.days.from ?? null,
    to: time?.days.to ?? null,
    period: time?.label ?? null,
    companies: subject.companies.map(({ name }) => name),
    says: known.says,
    beside: known.beside,
    run: known.run ?? null,
    ...(now && { verdictToday: now.verdict, measuredToday: now.measured }),
  };
}

/** One button a claim, to the rows behind it. */
function actions(results: readonly Checked[]): Action[] {
  const seen = new Set<string>();
  return results.flatMap(({ claim: read, known: { run } }, index) => {
    if (run === undefined || seen.has(run)) return [];
    seen.add(run);
    return [{ label: results.length === 1 ? "Rows" : `${index + 1}: ${meantWords(read)}`, run }];
  });
}
