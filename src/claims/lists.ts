import { cite } from "../fault.ts";
import type { Amount } from "./amounts.ts";
import type { About } from "./claim.ts";
import { NO_NAME } from "./subjects.ts";
import type { Group, Mention, Subjects } from "./subjects.ts";
import type { Stretch } from "./text.ts";
import type { Time } from "./times.ts";
import { COMPANIES, EVENTS, PEOPLE } from "./vocabulary.ts";

/** What a list says of one of its figures. */
export interface Listed {
  /** Absent where it is of nobody that is named. */
  readonly group?: Group;
  /** Absent where the words around the figure say it. */
  readonly about?: About;
  readonly time?: Time;
  /** A time it may be of or not: only what is so either way is said. */
  readonly perhaps?: Time;
}

/** What the line above a list says of all its lines. */
export interface Heading {
  readonly isOfLayoffs: boolean;
  readonly time?: Time;
  /** The time is of the lines beyond doubt. */
  readonly isSure: boolean;
}

export interface ListSurroundings {
  readonly sentence: string;
  readonly amounts: readonly Amount[];
  readonly times: readonly Time[];
  readonly subjects: Subjects;
  readonly heading: Heading | undefined;
}

/** A figure beside its name, "Google (12,000)", with all that is said of both. */
interface Item extends Stretch {
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

type Chain = readonly [Item, ...Item[]];

const PEOPLE_NOUN = "people|employees|workers|staff(?:ers)?";
const JOB_NOUN =
  "jobs?(?: cuts?| losses)?|roles|positions|posts|lay-?offs|cuts|redundancies|dismissals";
const NOUN = String.raw`(?<noun>(?: (?:more|other|tech|corporate))?(?: (?:of (?:its|their) )?(?:${JOB_NOUN}|${PEOPLE_NOUN}))?(?: (?:(?:were |was |have been |being )?(?:laid off|cut|let go|lost|eliminated|axed|slashed|fired|made redundant)))?)`;
const TIME = "\u0001";
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

/** People losing work beyond doubt, and nothing else that is cut, dropped or lost. */
const CLEAR =
  /\b(?:lay-?offs?|la(?:id|y|ys|ying) (?:[^\s.;]+ ){0,4}?off|laid-off|(?:jobs?|people|employees|workers|staff|roles|positions) (?:(?:were|was|are|have been|are being|being) )?(?:cut|axed|lost|eliminated|slashed|shed|fired)|(?:job|staff|headcount|workforce) (?:cuts?|losses|reductions?)|job-cutting|redundanc(?:y|ies)|made redundant|let go|fired|sacked|(?:cut|cuts|cutting|slash\w*|shed\w*|eliminat\w+|axed?|axing|los(?:t|e|ing)|trim\w*|reduc\w+|shr[aiu]nk\w*) (?:[^\s.;]+ ){0,3}?(?:jobs?|staff|people|employees|workers|roles|positions|workforce|headcount)|(?<!\b(?:price|rate|tax|pay|salary|cost|budget|spending|dividend|output|production) )cuts)\b/i;
/** Other figures that companies are listed with. */
const OTHERWISE =
  /\b(?:hir(?:e|es|ed|ing)|rehir\w+|recruit\w*|employ\w*|headcount of|workforce of|revenues?|profits?|sales|openings|vacancies|postings|add(?:s|ed|ing)|creat(?:e|ed|es|ing)|valu(?:ed|ation)|founded|customers|users)\b/i;
const STAFF = /\b(?:staff|workforce|headcount|employees|payroll)\b/i;
const TOGETHER =
  /\b(?:together|combined|collectively|altogether|in total|in all|between them|a total of|jointly)\b/i;
const INTRODUCES =
  /(?:[:(–]|\b(?:including|such as|like|among them|led by|notably|especially|with|at|from|by)(?: those)?)\s*(?:the )?$/i;

const OF_PEOPLE: About = { kind: "count", of: "people" };

const unclear = (why: string): About => ({ kind: "unmeasured", why });
const WHOSE = unclear("Whose figure that is, is not said beyond doubt.");
const WHAT = unclear("It does not say of what.");
const UNHEADED = unclear("It does not say of what; “layoffs” in the line or above it would.");
const STAFF_OR_CUT = unclear(
  "Whether that is the whole staff or those who were laid off is not said.",
);
const WHICH_TIME = unclear("Which of the times is its own is not said beyond doubt.");

/** What a sentence's lists say of its figures: whose each is, and of which time. Figures of no list are left out. */
export function listedIn(around: ListSurroundings): ReadonlyMap<Amount, Listed> {
  const paired = pairedIn(around);
  if (paired) return paired;
  const listed = new Map<Amount, Listed>();
  const chains = chainsOf(itemsIn(around), around.sentence).filter((chain) =>
    chain.length > 1 ? isRead(chain, around.sentence) : isReadAlone(chain[0]),
  );
  if (chains.length === 0) return listed;
  const items = chains.flat();
  const outside = around.times.filter((time) => !items.some((item) => isWithin(time, item)));
  for (const chain of chains)
    chain.forEach((item, index) => {
      const said = listedItem(item, index, chain, outside, chains.length === 1, around);
      listed.set(item.amount, said);
      for (const share of item.shares)
        listed.set(share, {
          ...said,
          about: said.about?.kind === "unmeasured" ? said.about : { kind: "staff share" },
        });
    });
  for (const amount of around.amounts)
    if (!listed.has(amount)) {
      const beside = besideList(amount, chains, around);
      if (beside) listed.set(amount, beside);
    }
  return listed;
}

/** "12,000 at Google" by itself, or of something else than layoffs, is read as any sentence is. */
function isRead(chain: Chain, sentence: string): boolean {
  return chain.some(({ form }) => form !== "at") || isSaidOf(chain, sentence);
}

function isReadAlone({ form, isWhole }: Item): boolean {
  return form === "bracket" || form === "behind" || (form === "line" && isWhole);
}

/** Whether a sentence is one line of a list, and not what stands above it. */
export function isLine(sentence: string, { mentions }: Subjects): boolean {
  const start = /^[\s•*–-]*(?:\d{1,2}[.)] )?/.exec(sentence)?.[0].length ?? 0;
  const first = mentions.find((mention) => mention.start === start);
  const isNamed =
    first !== undefined && /^(?: ?[:|]| [–-]| \(| ~?\d)/.test(sentence.slice(first.end));
  return (
    isNamed || /^[\s•*–-]*\p{Lu}[\p{L}\p{N}.&' -]{0,40}(?: ?[:|]| [–-]) [~$]?\d/u.test(sentence)
  );
}

/** What a sentence says as the heading of a list below it. */
export function headingOf(sentence: string, times: readonly Time[], subjects: Subjects): Heading {
  const [time] = times;
  const isUntil =
    time !== undefined &&
    /\b(?:to|until|till|through|up to|as of|as at|by|before|after)\s+(?:the )?$/i.test(
      sentence.slice(0, time.start),
    );
  const isTitle = !/[.!]["')]?$/.test(sentence.trim()) && subjects.mentions.length === 0;
  return {
    isOfLayoffs: CLEAR.test(sentence) && !OTHERWISE.test(sentence),
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

function listedItem(
  item: Item,
  index: number,
  chain: Chain,
  outside: readonly Time[],
  /** No other list is in the sentence. */
  isOnly: boolean,
  around: ListSurroundings,
): Listed {
  const group = item.mention && {
    start: item.mention.start,
    end: item.mention.end,
    companies: [item.mention.company],
  };
  const about = aboutOf(item, chain, around);
  const when = timeOf(item, index, chain, outside, isOnly, around);
  return {
    ...(group && { group }),
    about:
      item.mention === undefined
        ? unclear(
            `${cite(around.sentence.slice(item.name.start, item.name.end))}: no known event is of that name.`,
          )
        : when === "doubt" && about?.kind !== "unmeasured"
          ? WHICH_TIME
          : about,
    ...(when !== "doubt" && when),
  };
}

/** What a listed figure counts: laid-off people, where the list, its sentence or its heading say so. */
function aboutOf(
  item: Item,
  chain: Chain,
  { sentence, heading, amounts }: ListSurroundings,
): About {
  const first = chain[0];
  const last = chain.at(-1)!;
  const around = blanked(sentence, chain);
  const isBare = !/\p{L}/u.test(
    around.replace(/\b(?:and|plus|in|jobs?)\b/gi, "").replace(TIME, ""),
  );
  const isUnderHeading = heading?.isOfLayoffs === true;
  const { amount, form, noun } = item;
  if (OTHERWISE.test(around)) return WHAT;
  if (!item.isWhole || (first.form !== "bracket" && !last.isWhole)) return WHAT;
  if (amount.kind === "number" && (amount.value > PEOPLE_MOST || isNote(item))) return WHAT;
  const isAlone = amounts.filter(({ kind }) => kind === "number").length === chain.length;
  if (form === "line" && noun === "" && !isAlone) return WHAT;
  // Of a list with one figure that may be of the staff, the bare ones may be so too.
  const isHeaded = form === "line" && isUnderHeading && isAlone;
  if (!isHeaded && chain.some(mayBeStaff)) return STAFF_OR_CUT;
  const isClear =
    DONE.test(noun) ||
    first.form === "verb" ||
    (isUnderHeading && (form === "line" || isBare)) ||
    isSaidOf(chain, sentence);
  if (!isClear) return form === "line" ? UNHEADED : WHAT;
  if (item.amount.kind === "number") return OF_PEOPLE;
  return STAFF.test(around) || STAFF.test(sentence.slice(first.start, last.end))
    ? { kind: "staff share" }
    : unclear("No source here measures that share.");
}

const DONE =
  /\b(?:laid off|let go|fired|cut|axed|redundant|lay-?offs|redundancies|dismissals|losses|cuts|eliminated|slashed|lost)\b/i;

/** More people than any company has. */
const PEOPLE_MOST = 2_000_000;

/** "Google (2)": the number of a note. */
function isNote({ amount, form, noun }: Item): boolean {
  return form === "bracket" && noun === "" && amount.value < 20;
}

/** That a list is of people laid off stands right before or right after it: "layoffs at …", "… have cut jobs". */
function isSaidOf(chain: Chain, sentence: string): boolean {
  const [before, after] = [sentence.slice(0, chain[0].start), sentence.slice(chain.at(-1)!.end)];
  const isBefore =
    CLEAR.test(before) &&
    /^(?:\W*$|[,.;:"'–]| (?:in|during|on|since|at|by|as|amid|after|this|last|for|and|so|alone|among|worldwide|globally)\b)/i.test(
      after,
    );
  const [near = ""] =
    /^(?:[^,;:–]|,(?=\d)){0,80}/.exec(
      after.replace(/^(?:, (?=(?:all|both|each|have)\b)|: )/, " "),
    ) ?? [];
  return isBefore || (STARTS_CUT.test(near) && CLEAR.test(near));
}

const STARTS_CUT =
  /^ (?:(?:and|others?|companies|firms|giants|among|all|both|each|together|have|has|had|also|were|would|will|reportedly|recently|announced|announce|made|reported|confirmed|saw|combined|collectively|jointly|plan|planned|to|their|in|of|mass|big|deep|large|sweeping|tech|more|then|since)[ ,]+)*(?:lay|laid|cut|job|staff|redundanc|let|fired|sacked|slash|shed|eliminat|ax|lost|los|trim|reduc|shr|headcount|workforce|people|workers)/i;

function mayBeStaff({ noun, form }: Item): boolean {
  return (form === "bracket" || form === "line") && isOfStaff(noun);
}

function isOfStaff(noun: string): boolean {
  return new RegExp(String.raw`\b(?:${PEOPLE_NOUN})\b`, "i").test(noun) && !DONE.test(noun);
}

type When = Pick<Listed, "time" | "perhaps">;

/** The time of a listed figure: its own, or the one time said of the whole list. */
function timeOf(
  item: Item,
  index: number,
  chain: Chain,
  outside: readonly Time[],
  isOnly: boolean,
  { heading }: ListSurroundings,
): When | "doubt" {
  if (item.own) return { time: item.own };
  const [shared] = outside;
  if (outside.length > 1) return "doubt";
  // "Between November 2022 and January 2023" has the cuts of all in it, and may have been two times.
  if (shared) return isOnly ? { time: shared } : { perhaps: shared };
  const last = chain.at(-1)!;
  if (item.form === "bracket" && chain[0].form === "bracket") {
    if (chain.some(({ own }) => own !== undefined)) return {};
  } else if (last.own && index < chain.length - 1) {
    const others = chain.slice(0, -1);
    const isShared =
      chain.length > 1 &&
      others.every(({ own, noun }) => own === undefined && noun === "") &&
      last.noun !== "" &&
      chain[0].form === "verb";
    return isShared ? { time: last.own } : { perhaps: last.own };
  }
  const before = chain.slice(0, index).findLast(({ own }) => own !== undefined)?.own;
  if (before && item.form !== "line") return { perhaps: before };
  if (heading?.time === undefined || !heading.isOfLayoffs) return {};
  return heading.isSure ? { time: heading.time } : { perhaps: heading.time };
}

/** A figure in a sentence with a list and not of it: of all of them together, of the market, of somebody else, or in doubt. */
function besideList(
  amount: Amount,
  chains: readonly Chain[],
  { sentence, subjects, times }: ListSurroundings,
): Listed | undefined {
  const items = chains.flat();
  const others = subjects.groups.filter(
    (group) =>
      !items.some(({ name }) => name.start < group.end && group.start < name.end) &&
      !subjects.mentions.some(
        (mention) =>
          mention.start >= group.start &&
          mention.end <= group.end &&
          items.some(({ mention: named }) => named === mention),
      ),
  );
  const behind = chains.findLast((chain) => chain[0].start < amount.start);
  const outside = times.filter((time) => !items.some((item) => isWithin(time, item)));
  const [time] = outside;
  const when = outside.length > 1 ? { about: WHICH_TIME } : time ? { time } : {};
  if (behind === undefined) {
    const [next] = chains;
    const isIntroduced = next && INTRODUCES.test(sentence.slice(0, next[0].name.start));
    const isOfOne = others.length === 1 && others[0]!.end <= amount.start;
    if (!isIntroduced && !isOfOne) return { about: WHOSE };
    return others.length > 1
      ? { about: WHOSE }
      : { ...when, ...(others[0] && { group: others[0] }) };
  }
  if (others.some(({ start }) => start > behind[0].start)) return undefined;
  const mentions = behind.flatMap(({ mention }) => mention ?? []);
  const companies = [...new Set(mentions.map(({ company }) => company))];
  const isKnown = mentions.length === behind.length;
  const isOfAll = TOGETHER.test(blanked(sentence, behind)) || companies.length === 1;
  return isKnown && isOfAll
    ? { ...when, group: { start: behind[0].start, end: behind.at(-1)!.end, companies } }
    : { about: WHOSE };
}

/** "Amazon, Google and Meta cut 18,000, 12,000 and 11,000 jobs respectively": as many names as figures, in the same order. */
function pairedIn({
  sentence,
  amounts,
  times,
  subjects: { groups, mentions },
}: ListSurroundings): ReadonlyMap<Amount, Listed> | undefined {
  const group = groups.find(({ companies }) => companies.length > 1);
  if (group === undefined) return undefined;
  const named = mentions
    .filter(({ start, end }) => start >= group.start && end <= group.end)
    .toSorted((a, b) => a.start - b.start);
  const first = amounts.findIndex(({ start }) => start >= group.end);
  if (first < 0) return undefined;
  const after = amounts.slice(first);
  const parted = after.findIndex(
    ({ start }, at) =>
      at > 0 && !/^(?:,| and|, and| &|, &) $/.test(sentence.slice(after[at - 1]!.end, start)),
  );
  const run = parted < 0 ? after : after.slice(0, parted);
  if (run.length < 2) return undefined;
  const isSaid = /\brespectively\b/i.test(sentence);
  const isFitting =
    isSaid &&
    groups.length === 1 &&
    amounts.length === run.length &&
    named.length === run.length &&
    new Set(run.map(({ kind }) => kind)).size === 1 &&
    times.length < 2 &&
    times.every(({ sides }) => sides === undefined);
  const about: About = unclear(
    isSaid
      ? "Which figure, name and time belong together is not said beyond doubt."
      : "Which figure is whose is not said; asked one by one it can be checked.",
  );
  return new Map(
    run.map((amount, index): [Amount, Listed] => {
      const mention = named[index];
      if (!isFitting || mention === undefined) return [amount, { about }];
      const { start, end, company } = mention;
      return [
        amount,
        { group: { start, end, companies: [company] }, ...(times[0] && { time: times[0] }) },
      ];
    }),
  );
}

function itemsIn(around: ListSurroundings): readonly Item[] {
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
  const isFirst = /^[\s•*–-]*$/.test(sentence.slice(0, name.start));
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

function chainsOf(items: readonly Item[], sentence: string): readonly Chain[] {
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

/** The same text with stretches covered by one mark, so that forms can speak of a time or a figure. */
function covered(text: string, stretches: readonly Stretch[], mark: string): string {
  return stretches.reduce(
    (left, { start, end }) => left.slice(0, start) + mark.repeat(end - start) + left.slice(end),
    text,
  );
}

/** The sentence without its list, but for a verb that stands in it. */
function blanked(sentence: string, chain: Chain): string {
  return covered(sentence, chain, " ");
}

function isWithin(inner: Stretch, { start, end }: Stretch): boolean {
  return inner.start >= start && inner.end <= end;
}
