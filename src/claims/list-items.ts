import type { Amount } from "./amounts.ts";
import type { Heading } from "./list-headings.ts";
import { NO_NAME } from "./subjects.ts";
import type { Mention, Subjects } from "./subjects.ts";
import { covered, isWithin } from "./text.ts";
import type { Stretch } from "./text.ts";
import type { Time } from "./times.ts";
import { CLEAR, COMPANIES, EVENTS, PEOPLE } from "./vocabulary.ts";

/** A sentence as it was read, for the lists in it. */
export interface ListSurroundings {
  readonly sentence: string;
  readonly amounts: readonly Amount[];
  readonly times: readonly Time[];
  readonly subjects: Subjects;
  readonly heading: Heading | undefined;
}

/** A figure beside its name, "Google (12,000)", with all that is said of both. */
export interface Item extends Stretch {
  readonly amount: Amount;
  /** Undefined for a name nobody here knows. */
  readonly mention: Mention | undefined;
  readonly name: Stretch;
  readonly form: "bracket" | "line" | "verb" | "bare" | "behind" | "at";
  /** Nothing but what is understood stands with it. */
  readonly isWhole: boolean;
  readonly noun: string;
  readonly shares: readonly Amount[];
  readonly own: Time | undefined;
}

/** Items side by side. */
export type Chain = readonly [Item, ...Item[]];

export const PEOPLE_NOUN = "people|employees|workers|staff(?:ers)?";

const JOB_NOUN =
  "jobs?(?: cuts?| losses)?|roles|positions|posts|lay-?offs|cuts|redundancies|dismissals";

const NOUN = String.raw`(?<noun>(?: (?:more|other|tech|corporate))?(?: (?:of (?:its|their) )?(?:${JOB_NOUN}|${PEOPLE_NOUN}))?(?: (?:(?:were |was |have been |being )?(?:laid off|cut|let go|lost|eliminated|axed|slashed|fired|made redundant)))?)`;

/** What covers a time in a text, so that forms can speak of it. */
export const TIME = "\u0001";

const FIGURE = "\u0002";

const SHARE_OF = String.raw`${FIGURE}+(?: of (?:(?:its|the|their|all) )?(?:(?:global|total|entire) )?(?:staff|workforce|employees|headcount))?`;

const WHEN = String.raw`(?:(?:in|during|on|of|since) )?${TIME}+`;

const WHERE = "worldwide|globally|in total|so far";

const IN_BRACKET = new RegExp(
  String.raw`^${NOUN}(?:[,;]? ?(?:${WHEN}|(?:or |about )?${SHARE_OF}|${WHERE})| – (?:${WHEN}|${SHARE_OF}))*$`,
  "iu",
);

const BEHIND_FIGURE = new RegExp(
  String.raw`^${NOUN}(?:(?:,| or|, or) ${SHARE_OF})?(?: ?\((?:[,;]? ?(?:${WHEN}|${SHARE_OF}))+\))*(?:(?: ?[,|–-])? ${WHEN})?(?= ?["')]*$| ?[,;:.|]| (?:and|&|while|respectively|as|after|amid|when|according|because|due|worldwide|globally|alone)\b)`,
  "iu",
);

/** "(January 2023: 12,000)". */
const BEFORE_FIGURE = new RegExp(`^(?:${WHEN}[,:] )?$`, "iu");

const LINK = new RegExp(
  String.raw`(?:'s?)?(?:(?<line> ?: | [–|-] |: ?)|(?<verb> (?:(?:has|have|had|reportedly|also) )*(?:cut|cuts|cutting|laid off|lays off|laying off|let go|let go of|fired|fires|axed|axes|shed|sheds|slashed|slashes|eliminated|eliminates|sacked|dismissed)(?: (?:a total of|another|a further))? )|(?<bare> ))$`,
  "iu",
);

const SEPARATOR =
  /^ ?(?:[,;|/•]|,? and|,? &|,? plus|,? followed by|,? while)?[ ](?:at |from |by )?$/iu;

const UNKNOWN_NAME =
  /(?<capital>\p{Lu}[\p{L}\p{N}.&'-]*(?: \p{Lu}[\p{L}\p{N}.&'-]*){0,3})$|(?<=^\W*|[,;:] |\b(?:and|at|by) |& )(?<small>\p{Ll}[\p{L}\p{N}.&'-]*)$/u;

export function itemsIn(around: ListSurroundings): readonly Item[] {
  const { sentence, amounts, times } = around;
  const marked = covered(covered(sentence, times, TIME), amounts, FIGURE);
  return amounts
    .filter(({ kind }) => kind !== "money")
    .flatMap((amount) => behindIn(amount, around, marked) ?? itemOf(amount, around, marked) ?? []);
}

function itemOf(amount: Amount, around: ListSurroundings, marked: string): Item | undefined {
  const { sentence, subjects } = around;
  const before = sentence.slice(Math.max(0, amount.start - 60), amount.start);
  const link = LINK.exec(before);
  const inside = bracketOf(amount, around, marked);
  if (inside) return inside;
  const { line, verb } = link?.groups ?? {};
  if (!link) return undefined;
  const end = amount.start - (before.length - link.index);
  const isPlain = line === undefined && verb === undefined;
  const mention = subjects.mentions.find((each) => each.end === end);
  const name = mention ?? unknownName(sentence, end, "bare", subjects);
  if (name === undefined) return undefined;
  const isFirst = /^[\s•*|–-]*$/.test(sentence.slice(0, name.start));
  const form = line !== undefined || (isPlain && isFirst) ? "line" : isPlain ? "bare" : "verb";
  const match = BEHIND_FIGURE.exec(marked.slice(amount.end).trimEnd());
  return itemWith(amount, around, {
    start: name.start,
    end: amount.end + (match?.[0].length ?? 0),
    mention,
    name,
    form,
    isWhole: match !== null,
    noun: (match?.groups?.["noun"] ?? "").trim(),
  });
}

/** "Google (12,000, January 2023)": a figure in a bracket right behind a name; with more than is understood it is not whole. */
function bracketOf(amount: Amount, around: ListSurroundings, marked: string): Item | undefined {
  const { sentence, subjects, amounts } = around;
  const open = sentence.lastIndexOf("(", amount.start);
  const close = marked.indexOf(")", amount.end);
  if (open < 1 || close < 0 || sentence.slice(open, amount.start).includes(")")) return undefined;
  // Of several figures in one bracket the first is the list's.
  if (amounts.some(({ start, end }) => start > open && end <= amount.start)) return undefined;
  const end = open - /(?:'s?)? ?$/.exec(sentence.slice(0, open))![0].length;
  const mention = subjects.mentions.find((each) => each.end === end);
  const name = mention ?? unknownName(sentence, end, "bracket", subjects);
  if (name === undefined) return undefined;
  const match = IN_BRACKET.exec(marked.slice(amount.end, close));
  const isLed = BEFORE_FIGURE.test(marked.slice(open + 1, amount.start));
  return itemWith(
    amount,
    around,
    {
      start: name.start,
      end: close + 1,
      mention,
      name,
      form: "bracket",
      isWhole: match !== null && isLed,
      noun: (match?.groups?.["noun"] ?? "").trim(),
    },
    open,
  );
}

/** "12,000 (Google)", "12,000 at Google". */
function behindIn(amount: Amount, around: ListSurroundings, marked: string): Item | undefined {
  const link = new RegExp(`^${NOUN}(?: (?<at>at|from|by) | \\()`, "iu").exec(
    marked.slice(amount.end, amount.end + 60),
  );
  if (!link) return undefined;
  const start = amount.end + link[0].length;
  const mention = around.subjects.mentions.find((each) => each.start === start);
  const isAt = link.groups?.["at"] !== undefined;
  if (mention === undefined || (!isAt && around.sentence[mention.end] !== ")")) return undefined;
  const end = isAt ? mention.end : mention.end + 1;
  const when = new RegExp(`^,? ${WHEN}`, "iu").exec(marked.slice(end));
  return itemWith(amount, around, {
    start: amount.start,
    end: end + (when?.[0].length ?? 0),
    mention,
    name: mention,
    form: isAt ? "at" : "behind",
    isWhole: true,
    noun: (link.groups?.["noun"] ?? "").trim(),
  });
}

function itemWith(
  amount: Amount,
  { amounts, times }: ListSurroundings,
  item: Omit<Item, "amount" | "shares" | "own">,
  /** Where what is said of the figure begins. */
  from = amount.end,
): Item {
  const inside = amounts.filter((other) => isWithin(other, { start: amount.end, end: item.end }));
  const own = times.filter((time) => isWithin(time, { start: from, end: item.end }));
  return {
    ...item,
    amount,
    isWhole:
      item.isWhole &&
      own.length < 2 &&
      (inside.length === 0 ||
        (inside.length === 1 && inside[0]!.kind === "percent" && amount.kind === "number")),
    shares: inside,
    own: own[0],
  };
}

/** A word that stands where a list has its names, and is none we know. */
function unknownName(
  sentence: string,
  end: number,
  form: Item["form"],
  { places }: Subjects,
): Stretch | undefined {
  const match = UNKNOWN_NAME.exec(sentence.slice(Math.max(0, end - 60), end));
  const { capital, small } = match?.groups ?? {};
  const isSmall = form === "bracket" || (form === "bare" && !/\p{Lu}/u.test(sentence));
  if (capital === undefined && (small === undefined || !isSmall)) return undefined;
  const words = (capital ?? small ?? "").split(" ");
  while (words.length > 0 && NO_NAME.has(words[0]!.toLowerCase())) words.shift();
  const name = words.join(" ");
  const stretch = { start: end - name.length, end };
  const isNoun = [PEOPLE, COMPANIES, EVENTS].some((noun) => noun.test(name)) || CLEAR.test(name);
  const isPlace = places.some((place) => isWithin(place, stretch));
  return name === "" || isNoun || isPlace || NO_NAME.has(name.toLowerCase()) ? undefined : stretch;
}

export function chainsOf(items: readonly Item[], sentence: string): readonly Chain[] {
  const chains: [Item, ...Item[]][] = [];
  for (const item of items) {
    const last = chains.at(-1)?.at(-1);
    const between = last && sentence.slice(last.end, item.start);
    if (between !== undefined && between !== "" && SEPARATOR.test(between))
      chains.at(-1)!.push(item);
    else chains.push([item]);
  }
  return chains;
}
