import { cite } from "../fault.ts";
import { readDays, readMinutes } from "./amounts.ts";
import type { Reader } from "./reader.ts";
import { NO_OPTIONS } from "./rule.ts";
import type { Options } from "./rule.ts";

type Draft = { -readonly [name in keyof Options]: Options[name] };

/** Every option: its word, and how the rest of it is read. */
const READERS = {
  notify: (reader, draft) => {
    draft.notify = readTargets(reader);
  },
  group: (reader, draft) => {
    const minutes = readMinutes(reader, "group 10m");
    draft.group = {
      minutes,
      most: reader.take("max") ? readCount(reader, "group 10m max 5") : null,
    };
  },
  cooldown: (reader, draft) => {
    draft.cooldownMinutes = readMinutes(reader, "cooldown 3d");
  },
  repeat: (reader, draft) => {
    draft.repeatMinutes = readMinutes(reader, "repeat 1d");
  },
  once: (_, draft) => {
    draft.once = true;
  },
  quiet: (reader, draft) => {
    draft.quiet = readQuiet(reader);
  },
  severity: (reader, draft) => {
    draft.severity = readPlainWord(reader, "severity low");
  },
  escalate: (reader, draft) => {
    const example = "escalate after 2h to @me";
    reader.mustWord("after", example);
    const afterMinutes = readMinutes(reader, example);
    reader.mustWord("to", example);
    draft.escalate = { afterMinutes, to: readTarget(reader) };
  },
  "digest-only": (_, draft) => {
    draft.digestOnly = true;
  },
  expires: (reader, draft) => {
    draft.expiresDays = readDays(reader, "expires 90d");
  },
  max_age: (reader, draft) => {
    draft.maxAgeDays = readDays(reader, "max_age 30d");
  },
  unknown: (reader, draft) => {
    draft.unknown = reader.oneOf(
      ["include", "exclude", "quiet"] as const,
      "A way with unknown sizes",
      "unknown quiet",
    );
  },
  note: (reader, draft) => {
    draft.note = readNote(reader);
  },
} as const satisfies Readonly<Record<string, (reader: Reader, draft: Draft) => void>>;

type OptionWord = keyof typeof READERS;
const WORDS = Object.keys(READERS).filter((word): word is OptionWord =>
  Object.hasOwn(READERS, word),
);
/** Words that stand before the options. */
const ORDERED = ["when", "on", "where", "for", "clear"];
const NOTE_CHARS_MAX = 300;
const TARGETS_MAX = 10;

/** The options to the end of the rule; `before` are words that would have been right in their place too. */
export function readOptions(reader: Reader, before: readonly string[]): Options {
  const draft: Draft = { ...NO_OPTIONS };
  const seen = new Set<string>();
  reader.hint(...before);
  for (let first = true; ; first = false) {
    const token = reader.peek();
    const word = reader.takeOne(WORDS) ?? readColoned(reader);
    if (word === undefined) {
      if (token.kind === "end") return draft;
      if (token.kind === "word" && ORDERED.includes(token.text.toLowerCase()))
        throw reader.fault(
          token,
          `${cite(token.text)} stands too late.`,
          "The order is: when, where, for, clear, then the options.",
        );
      throw reader.unknownWord(
        first ? [...before, ...WORDS] : WORDS,
        `${cite(token.text)} has no place here.`,
      );
    }
    if (seen.has(word))
      throw reader.fault(
        token,
        `${word} is given twice.`,
        "Each option stands once; several targets are parted by commas: notify #market, @me.",
      );
    seen.add(word);
    READERS[word](reader, draft);
  }
}

/** `unknown:include` as people of this bot's other commands write it. */
function readColoned(reader: Reader): undefined {
  const { kind, text } = reader.peek();
  if (kind === "word" && /^[a-z_-]+:/i.test(text))
    throw reader.fault(
      reader.peek(),
      "In a rule there is a blank where other commands have a colon.",
      `Write ${text.replace(":", " ")}.`,
      text.replace(":", " "),
    );
  return undefined;
}

function readTargets(reader: Reader): readonly string[] {
  const targets = [readTarget(reader)];
  while (reader.takeMark(",") !== undefined) targets.push(readTarget(reader));
  if (targets.length > TARGETS_MAX)
    throw reader.fault(
      reader.peek(),
      `A rule tells at most ${TARGETS_MAX} places.`,
      "Make a second rule for the rest.",
    );
  return targets;
}

function readTarget(reader: Reader): string {
  const token = reader.peek();
  reader.hint("#market", "@me", "here");
  const known =
    token.kind === "target" || (token.kind === "word" && /^(?:me|here)$/i.test(token.text));
  if (!known)
    throw reader.fault(
      token,
      token.kind === "end"
        ? "Whom to tell is missing here."
        : `${cite(token.text)} is no place I can tell.`,
      "Write a channel, yourself or this place: notify #market, @me, here.",
      token.kind === "word" ? `#${token.text}` : undefined,
    );
  reader.next();
  return token.kind === "word" ? token.text.toLowerCase() : token.text;
}

function readCount(reader: Reader, example: string): number {
  reader.hint("5");
  const token = reader.peek();
  if (token.kind !== "word" || !/^[1-9]\d{0,2}$/.test(token.text))
    throw reader.fault(token, "A number from 1 to 999 is missing here.", `For example: ${example}`);
  reader.next();
  return Number(token.text);
}

function readPlainWord(reader: Reader, example: string): string {
  reader.hint("low", "high");
  const token = reader.peek();
  if (token.kind !== "word" || !/^\p{L}[\p{L}\p{N}_-]{0,29}$/u.test(token.text))
    throw reader.fault(token, "One word is missing here.", `For example: ${example}`);
  reader.next();
  return token.text.toLowerCase();
}

function readNote(reader: Reader): string {
  reader.hint('"why this matters"');
  const token = reader.peek();
  if (token.kind !== "quoted" && token.kind !== "word")
    throw reader.fault(token, "The note is missing here.", 'For example: note "ask finance first"');
  if (token.text.length > NOTE_CHARS_MAX)
    throw reader.fault(token, `A note is at most ${NOTE_CHARS_MAX} characters.`, "Say it shorter.");
  reader.next();
  return token.text;
}

function readQuiet(reader: Reader): NonNullable<Options["quiet"]> {
  const example = "quiet 22:00-07:00 Europe/Berlin hold";
  reader.hint("22:00-07:00");
  const span = reader.peek();
  const [, from, to] = /^(\d{1,2}:\d{2})[-–](\d{1,2}:\d{2})$/.exec(span.text) ?? [];
  const [first, last] = [clock(from), clock(to)];
  if (first === undefined || last === undefined || first === last)
    throw reader.fault(
      span,
      "Quiet hours are two different times of the day.",
      `For example: ${example}`,
    );
  reader.next();
  reader.hint("Europe/Berlin", "UTC");
  const zone = reader.peek();
  if (zone.kind !== "word" || !isZone(zone.text))
    throw reader.fault(
      zone,
      zone.kind === "end"
        ? "The time zone is missing here."
        : `${cite(zone.text)} is no time zone I know.`,
      `Zones are named by a city: Europe/Berlin, America/New_York, or UTC. For example: ${example}`,
    );
  reader.next();
  return {
    from: first,
    to: last,
    zone: zone.text,
    mode: reader.takeOne(["hold", "drop", "silent"] as const) ?? "hold",
  };
}

function clock(text: string | undefined): string | undefined {
  const [hours, minutes] = (text ?? "").split(":").map(Number);
  return hours !== undefined && minutes !== undefined && hours <= 23 && minutes <= 59
    ? text!.padStart(5, "0")
    : undefined;
}

function isZone(name: string): boolean {
  try {
    // "+01:00" is taken by some runtimes and knows no summer time.
    return /^\p{L}/u.test(name) && Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
