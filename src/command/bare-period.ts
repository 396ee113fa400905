import { cite, Fault } from "../fault.ts";
import type { Day } from "../market/facts.ts";
import { parseSpan } from "../market/period-words.ts";
import { argsOf } from "./args.ts";
import type { ArgDeclaration } from "./args.ts";
import type { Asked, Command, Context } from "./define.ts";
import { questionText } from "./question-text.ts";

type Declared = Pick<Command, "args" | "bare">;
type Known = Pick<Context, "market" | "today">;

const TIMES = ["period", "from", "to"] as const;
/** "jan 2023 .. mar 2023". */
const LONGEST_TIME_WORDS = 5;

/**
 * The question with a time among its free words told apart, where the command takes one: `google 2023` and `2023 google`
 * are `google period:2023`. A company of that very name wins, and so do items of a list. Throws a Fault where two times are told.
 */
export function withBarePeriod(command: Declared, asked: Asked, known: Known): Asked {
  const args = argsOf(command);
  if (!args.some(({ name }) => name === "period")) return asked;
  const told = TIMES.filter((name) => asked.words[name] !== undefined);
  const free = args.find(({ name }) => name === command.bare.at(-1));
  const typed = free && asked.words[free.name];
  const found = typed === undefined ? undefined : apart(typed, free!, known);
  const retold = (change: Readonly<Record<string, string | undefined>>) =>
    questionText(command, asked, change);
  const untimed = { period: undefined, from: undefined, to: undefined };
  if (found !== undefined && told.length > 0)
    throw new Fault(
      "conflict",
      `${cite(found.time)} and ${told[0]}: both say when.`,
      "Give one of them.",
      [
        retold({ [free!.name]: found.rest }),
        retold({ ...untimed, [free!.name]: found.rest, period: found.time }),
      ],
    );
  if (told.includes("period") && told.length > 1)
    throw new Fault("conflict", "period: and from:/to: both say when.", "Give one of them.", [
      retold({ from: undefined, to: undefined }),
      retold({ period: undefined }),
    ]);
  if (found === undefined) return asked;
  const { [free!.name]: _typed, ...words } = asked.words;
  return {
    ...asked,
    words: {
      ...(found.rest !== undefined && { [free!.name]: found.rest }),
      ...words,
      period: found.time,
    },
  };
}

interface Apart {
  readonly time: string;
  /** Undefined where the time is all there is. */
  readonly rest: string | undefined;
}

function apart(typed: string, { meta }: ArgDeclaration, known: Known): Apart | undefined {
  const isName = (name: string) =>
    meta.complete === "company" && known.market.companies.resolve(name).kind === "one";
  if (isName(typed) || meta.choices?.includes(typed.toLowerCase())) return undefined;
  if (isTime(typed, known.today) || (meta.complete === "company" && isAll(typed)))
    return { time: typed, rest: undefined };
  const items = typed.split(/,| vs\.? /i).map((item) => item.trim());
  // An item that is a time as a whole belongs to the list: `2023,2024`.
  const peels = (item: string) =>
    items.length === 1 || (item !== "" && !isTime(item, known.today) && !isName(item));
  const words = typed.split(" ");
  const most = Math.min(LONGEST_TIME_WORDS, words.length - 1);
  for (let length = most; length > 0; length--) {
    const time = words.slice(-length).join(" ");
    if (peels(items.at(-1)!) && isTime(time, known.today))
      return { time, rest: words.slice(0, -length).join(" ") };
  }
  for (let length = most; length > 0; length--) {
    const time = words.slice(0, length).join(" ");
    if (peels(items[0]!) && STARTS_A_TIME.test(time) && isTime(time, known.today))
      return { time, rest: words.slice(length).join(" ") };
  }
  return undefined;
}

/** In front of a name only what can hardly begin one: not `may`, and not `3m`. */
const STARTS_A_TIME = /^(?:\d{4}|[qh]\d|last|this|since|from|ytd)/i;

function isAll(text: string): boolean {
  return /^all(?: time)?$/i.test(text);
}

/** Whether words are written as a time, real or not: of `2023Q5` its own reader says what is wrong. */
function isTime(text: string, today: Day): boolean {
  const ends = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^(?:since|from) /, "")
    .split("..")
    .map((end) => end.trim());
  return (
    ends.length <= 2 &&
    ends.some((end) => end !== "") &&
    ends.every((end) => end === "" || isSpan(end, today))
  );
}

function isSpan(words: string, today: Day): boolean {
  try {
    return parseSpan(words, today) !== undefined;
  } catch (fault) {
    if (fault instanceof Fault) return true;
    throw fault;
  }
}
