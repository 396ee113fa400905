import type { Subjects } from "./subjects.ts";
import type { Time } from "./times.ts";
import { CLEAR, OTHERWISE, isHeadOfLayoffs } from "./vocabulary.ts";

/** What the line above a list says of all its lines. */
export interface Heading {
  readonly isOfLayoffs: boolean;
  readonly time?: Time;
  /** The time is of the lines beyond doubt. */
  readonly isSure: boolean;
}

/** Whether a sentence is one line of a list, and not what stands above it. */
export function isLine(sentence: string, { mentions }: Subjects): boolean {
  const start = /^[\s•*|–-]*(?:\d{1,2}[.)] )?/.exec(sentence)?.[0].length ?? 0;
  const first = mentions.find((mention) => mention.start === start);
  const isNamed =
    first !== undefined && /^(?: ?[:|]| [–-]| \(| ~?\d)/.test(sentence.slice(first.end));
  return (
    isNamed || /^[\s•*|–-]*\p{Lu}[\p{L}\p{N}.&' -]{0,40}(?: ?[:|]| [–-]) [~$]?\d/u.test(sentence)
  );
}

/** What a sentence says as the heading of a list below it. */
export function headingOf(
  sentence: string,
  times: readonly Time[],
  subjects: Subjects,
  above: Heading | undefined,
): Heading {
  // The names of a table's columns stand below its title.
  if (above && sentence.includes("|") && !/\d/.test(sentence))
    return {
      ...above,
      isOfLayoffs: (above.isOfLayoffs || CLEAR.test(sentence)) && !OTHERWISE.test(sentence),
    };
  const [time] = times;
  const isUntil =
    time !== undefined &&
    /\b(?:to|until|till|through|up to|as of|as at|by|before|after)\s+(?:the )?$/i.test(
      sentence.slice(0, time.start),
    );
  const isTitle = !/[.!]["')]?$/.test(sentence.trim()) && subjects.mentions.length === 0;
  return {
    isOfLayoffs: isHeadOfLayoffs(sentence),
    ...(time && times.length === 1 && { time }),
    isSure: isTitle && !isUntil,
  };
}

/** A name alone beside a year in brackets, "Google (1998)": the year may be of the company or of the cut. */
export function isLabel(time: Time, sentence: string, { mentions }: Subjects): boolean {
  return mentions.some(
    ({ end }) => sentence.slice(end, time.start) === " (" && /^ ?\)/.test(sentence.slice(time.end)),
  );
}
