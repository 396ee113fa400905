import { cite } from "../fault.ts";
import type { Amount } from "./amounts.ts";
import type { About } from "./claim.ts";
import { PEOPLE_NOUN, TIME, chainsOf, itemsIn } from "./list-items.ts";
import type { Chain, Item, ListSurroundings } from "./list-items.ts";
import type { Group } from "./subjects.ts";
import { isWithin, without } from "./text.ts";
import type { Time } from "./times.ts";
import { CLEAR, OTHERWISE, isHeadOfLayoffs } from "./vocabulary.ts";

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
      const beside = besideList(amount, chains, outside, around);
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
  const around = without(sentence, chain);
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
  const isHeaded = before.trimEnd().endsWith(":") ? isHeadOfLayoffs(before) : CLEAR.test(before);
  const isBefore =
    isHeaded &&
    /^(?:\W*$|[,.;:"'–]| (?:in|during|on|since|at|by|as|amid|after|this|last|for|and|so|alone|among|worldwide|globally|(?:were|was|have been|has been) (?:announced|reported|confirmed|made))\b)/i.test(
      after,
    );
  const [near = ""] =
    /^(?:[^,;:–]|,(?=\d)){0,80}/.exec(
      after.replace(/^(?:, (?=(?:all|both|each|have)\b)|: )/, " "),
    ) ?? [];
  // "Google (1,000 jobs) and Microsoft (1,900 jobs) cut in early 2024".
  const isOfJobs = chain.every(({ noun }) => /\b(?:jobs?|roles|positions|posts)\b/i.test(noun));
  return isBefore || (STARTS_CUT.test(near) && (CLEAR.test(near) || isOfJobs));
}

const STARTS_CUT =
  /^ (?:(?:and \S+|and|others?|companies|firms|giants|among|all|both|each|together|have|has|had|also|were|would|will|reportedly|recently|announced|announce|made|reported|confirmed|saw|combined|collectively|jointly|plan|planned|to|their|in|of|mass|big|deep|large|sweeping|tech|more|then|since)[ ,]+)*(?:lay|laid|cut|job|staff|redundanc|let|fired|sacked|slash|shed|eliminat|ax|lost|los|trim|reduc|shr|headcount|workforce|people|workers)/i;

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
  outside: readonly Time[],
  { sentence, subjects }: ListSurroundings,
): Listed | undefined {
  const items = chains.flat();
  const others = subjects.groups.filter(
    (group) =>
      !items.some(({ name }) => name.start < group.end && group.start < name.end) &&
      !subjects.mentions.some(
        (mention) =>
          isWithin(mention, group) && items.some(({ mention: named }) => named === mention),
      ),
  );
  const behind = chains.findLast((chain) => chain[0].start < amount.start);
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
  const isOfAll = TOGETHER.test(without(sentence, behind)) || companies.length === 1;
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
  const ahead = aheadOf(group, amounts, sentence);
  const named = mentions
    .filter((mention) => isWithin(mention, group))
    .toSorted((a, b) => a.start - b.start);
  const first = amounts.findIndex(({ start }) => start >= group.end);
  if (first < 0 && ahead === undefined) return undefined;
  const run = ahead ?? sideBySide(amounts.slice(first), sentence);
  if (run.length < 2) return undefined;
  const isSaid = /\brespectively\b/i.test(sentence);
  const isFitting =
    isSaid &&
    (ahead === undefined || isOfCut(ahead, group, sentence)) &&
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
        {
          group: { start, end, companies: [company] },
          ...(ahead && { about: OF_PEOPLE }),
          ...(times[0] && { time: times[0] }),
        },
      ];
    }),
  );
}

/** The first of some figures and those that stand beside it with nothing between them but commas and "and". */
function sideBySide(amounts: readonly Amount[], sentence: string): readonly Amount[] {
  const parted = amounts.findIndex(
    ({ start }, at) =>
      at > 0 && !/^(?:,| and|, and| &|, &) $/.test(sentence.slice(amounts[at - 1]!.end, start)),
  );
  return parted < 0 ? amounts : amounts.slice(0, parted);
}

/** "12,000 and 10,000 jobs at Google and Microsoft were cut": the figures stand before the names. */
function aheadOf(
  group: Group,
  amounts: readonly Amount[],
  sentence: string,
): readonly Amount[] | undefined {
  const run = sideBySide(amounts, sentence);
  const last = run.at(-1);
  if (run.length < 2 || last === undefined || last.end > group.start) return undefined;
  return PEOPLE_OF_THEM.test(sentence.slice(last.end, group.start)) ? run : undefined;
}

/** Figures before their names are of people laid off beyond doubt. */
function isOfCut(run: readonly Amount[], group: Group, sentence: string): boolean {
  const [before, after] = [sentence.slice(0, run[0]!.start), sentence.slice(group.end)];
  return (
    /^,? respectively\b/i.test(after) &&
    (CLEAR.test(`${before} jobs`) || WERE_CUT.test(after)) &&
    !OTHERWISE.test(sentence) &&
    run.every(({ kind }) => kind === "number")
  );
}

const PEOPLE_OF_THEM =
  /^ (?:jobs|roles|positions|posts|people|employees|workers|staff) (?:at|from|by) (?:the )?$/i;

const WERE_CUT =
  /^,? respectively,? (?:were|are|have been|had been) (?:laid off|let go|cut|axed|lost|eliminated|slashed|fired|made redundant)\b/i;
