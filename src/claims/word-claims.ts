import type { About, Claim } from "./claim.ts";
import { NUMBER_OF_POSTINGS, movingIn } from "./meaning.ts";
import { DENIAL, claimOf } from "./one-claim.ts";
import type { ReadSentence } from "./one-claim.ts";
import { without } from "./text.ts";
import { latestOf } from "./times.ts";
import type { Time } from "./times.ts";
import {
  AI,
  ASKED,
  CONTINUES,
  KEEPS_CUTTING,
  MEASURED_IN_WORDS,
  MOVED_IN_WORDS,
  POSTINGS,
  DOWN,
  FLAT,
  LAYOFF,
  UP,
  YEAR_ON_YEAR,
  unmeasuredIn,
} from "./vocabulary.ts";

/** "Layoffs in Q1 2024 were lower than in Q1 2023": of two times apart, the one behind "than" is what the other is laid beside. */
function comparedIn(times: readonly Time[], sentence: string): Time | undefined {
  const base = times.find(
    ({ start, sides }) => sides === undefined && COMPARED.test(sentence.slice(0, start)),
  );
  const others = times.filter((time) => time !== base && time.sides === undefined);
  const [after] = others;
  return base && after && others.length === 1
    ? { ...after, sides: { before: base.days, after: after.days } }
    : undefined;
}

const COMPARED =
  /\b(?:than|versus|vs\.?|against|compared (?:with|to))(?: (?:in|during|those of|the|that of))* $/i;

/** Sentences that claim something without a figure: that it happened, goes on, moved; or what nobody here measures. */
export function wordClaims(read: ReadSentence, figured: readonly Claim[]): Claim[] {
  const hasFigure = figured.length > 0;
  const isRanked = figured.some(({ about }) => about.kind === "largest cut");
  const { sentence, times, subjects } = read;
  // All of them: what is said of two companies is not so where it is so of one.
  const group = subjects.groups[0] && {
    ...subjects.groups[0],
    companies: [...new Set(subjects.groups.flatMap(({ companies }) => companies))],
  };
  const claim = (about: About, text = sentence, time = times[0]): Claim =>
    claimOf(read, text, about, { time, group });
  // Of several clauses the one that denies is shown as well, so that nobody takes it for checked.
  if (!hasFigure && read.isDenied && read.isPart)
    return LAYOFF.test(sentence) ? [claim(DENIAL, sentence.replace(JOINING, ""))] : [];
  if (hasFigure) {
    const ranking = isRanked ? null : RANKING.exec(sentence);
    return ranking
      ? [claim({ kind: "unmeasured", why: "It is not checked here how that ranks." }, ranking[0])]
      : [];
  }
  const claims: Claim[] = [];
  const spokenOf = /\b(?:lay-?offs?|cuts|trend|redundancies|job losses)\b/i.test(sentence);
  const of =
    /\b(?:smaller|larger|bigger)\b/i.test(sentence) && spokenOf ? "cut size" : movingIn(sentence);
  const yearly = YEAR_ON_YEAR.test(sentence);
  const direction = UP.test(sentence) ? 1 : DOWN.test(sentence) ? -1 : undefined;
  const topic = unmeasuredIn(sentence);
  const goesOn = (spokenOf && CONTINUES.test(sentence)) || KEEPS_CUTTING.test(sentence);
  const said = without(sentence, times);
  const moves = of !== undefined && (direction !== undefined || FLAT.test(sentence));
  if (AI.test(sentence) && POSTINGS.test(sentence) && of !== "AI share" && direction !== undefined)
    claims.push(
      claim({ kind: "unmeasured", why: `No source here measures ${NUMBER_OF_POSTINGS}.` }),
    );
  else if (ASKED.test(sentence) && LAYOFF.test(sentence))
    claims.push(
      claim({ kind: "unmeasured", why: "It asks and states nothing; /layoffs answers questions." }),
    );
  else if (
    (moves && MOVED_IN_WORDS.test(said)) ||
    (!moves && !goesOn && subjects.groups.length > 0 && MEASURED_IN_WORDS.test(said)) ||
    (moves && subjects.groups.length > 0 && /\bthan\b/i.test(sentence))
  )
    claims.push(
      ...(spokenOf || LAYOFF.test(sentence)
        ? [
            claim({
              kind: "unmeasured",
              why: "It compares or measures in words, without a figure that can be checked.",
            }),
          ]
        : []),
    );
  else if (goesOn && subjects.groups.length === 0)
    claims.push(claim({ kind: "continues" }, sentence, latestOf(times)));
  else if (of !== undefined && FLAT.test(sentence))
    claims.push(claim({ kind: "moved", of, direction: 0, yearly }));
  else if (
    of !== undefined &&
    direction !== undefined &&
    (spokenOf || of !== "people") &&
    !/\b(?:share price|stocks?|revenues?)\b/i.test(sentence)
  )
    claims.push(
      claim(
        {
          kind: "moved",
          of,
          direction: /\bsmaller\b/i.test(sentence) ? -1 : direction,
          yearly,
        },
        sentence,
        comparedIn(times, sentence) ?? times[0],
      ),
    );
  else if (subjects.groups.length > 0 && LAYOFF.test(sentence))
    claims.push(claim({ kind: "happened" }));
  if (topic !== undefined && (claims.length === 0 || /target|surgical|selective/i.test(sentence)))
    claims.push(
      claim(
        { kind: "unmeasured", why: `No source here measures ${topic.what}.` },
        claims.length === 0 ? sentence : topic.words,
      ),
    );
  return claims;
}

/** What joins a clause to the one before it. */
const JOINING = /^[\s,]*(?:but|and|yet|while|whereas|although|(?:even )?though|because)\s/i;

/** A figure's place among others, said beside it. */
const RANKING =
  /\b(?:(?:the )?most of (?:all|any) (?:the )?(?:sectors?|industr(?:y|ies))|(?:more|most|higher) than (?:in )?any (?:other )?\p{L}+|(?:the )?(?:most|highest|worst|lowest|fewest) (?:in|of|for|since) (?:any|a|the|at least|more than|\d)[^,.;]{0,40}|the (?:second[- ]|third[- ])?(?:largest|biggest|worst|highest|lowest|smallest|busiest)\b(?! (?:companies|firms|employers|tech))[^,.;(\d]{0,40}|(?:on record|a record (?:high|low)))/iu;
