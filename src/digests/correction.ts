import { basisNote, sampleNotes } from "../answers/basis.ts";
import { peopleCell, sourceCell } from "../answers/events-table.ts";
import type { Day } from "../market/facts.ts";
import { rows } from "../market/layoffs.ts";
import type { LayoffFilter, LayoffRow } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { reply } from "../reply/reply.ts";
import type { Block, Cell, Reply } from "../reply/reply.ts";
import { count, daySpan, longDay, plural } from "../reply/words.ts";
import type { CompanyCounts, DigestCounts, DigestTold } from "../stores/records.ts";
import { buttons } from "./buttons.ts";

/** People that moved by no more than this share are not worth a message; alerts correct from there on too. */
const CORRECTED_FROM = 0.05;
const MOST_ROWS = 5;
const MOST_IN_TITLE = 2;

/** Whether the days now read otherwise than when they were last told of: other events, or people moved by more than 5 %. */
export function isMoved({ seen }: DigestTold, now: DigestCounts): boolean {
  return (
    seen.events !== now.events || Math.abs(now.people - seen.people) > CORRECTED_FROM * seen.people
  );
}

/** What a digest's days are corrected from and to. */
export interface Correction {
  readonly market: Market;
  readonly filter: LayoffFilter;
  /** The filter in words; "" for the whole market. */
  readonly about: string;
  /** As the digest itself told it, and as its last correction did: the same when there was none yet. */
  readonly first: DigestTold;
  readonly last: DigestTold;
  readonly now: DigestCounts;
  readonly asof: Day;
  /** The digest's id, for its buttons. */
  readonly id: string;
}

/**
 * The one message that says how the figures of a digest's days moved: the digest's own against today's in the headline,
 * which stands in the digest from then on, and below it what is new since they were last told.
 */
export function correctionReply(correction: Correction): Reply {
  const { market, filter, first, last, now, asof, id } = correction;
  const days = { from: first.from, to: first.to };
  const moves = movesBetween(last.said, now);
  return reply(headline(correction), {
    blocks: [
      {
        kind: "figures",
        items: [
          { label: "People", value: againstWords(first.said, now, "people") },
          { label: "Events", value: againstWords(first.said, now, "events") },
          { label: "Companies", value: againstWords(first.said, now, "companies") },
          { label: "Events of unknown size", value: againstWords(first.said, now, "unknownSize") },
        ],
      },
      ...(moves.length === 0
        ? []
        : [movesTable(correction, moves, first === last ? "the digest" : "the last correction")]),
    ],
    figures: {
      ...plain(now),
      ...days,
      asof,
      told: first.said === null ? null : plain(first.said),
      filter: first.filter,
    },
    notes: [
      `The digest told what was known on ${longDay(first.to)}; now is as known ${longDay(asof)}.`,
      basisNote(market, { ...filter, asof }),
      ...sampleNotes(market),
    ],
    actions: buttons({ span: days, asof, filterText: first.filter, now }, id),
    audience: "everyone",
  });
}

/** "Figures of 5 Jan – 11 Jan 2026 moved: at least 279 → 1,279 people, 3 → 4 events (Acme 1,000, reported late)". */
function headline({ about, first, now }: Correction): string {
  const { said } = first;
  const of = `Figures of ${daySpan(first.from, first.to)}${about === "" ? "" : `, ${about},`}`;
  const counts = `at least ${plural(now.people, "person", "people")} in ${plural(now.events, "event")}`;
  const moves = movesBetween(said, now);
  const named = moves.slice(0, MOST_IN_TITLE).map(moveWords).join("; ");
  const more = moves.length - MOST_IN_TITLE;
  const causes = `${named}${more > 0 ? `; ${count(more)} more` : ""}`;
  if (said === null) return `${of} are known now: ${counts} (${causes})`;
  if (moves.length === 0) return `${of} are again as first told: ${counts}`;
  const steps = [
    said.people === now.people
      ? `at least ${plural(now.people, "person", "people")}`
      : `at least ${count(said.people)} → ${plural(now.people, "person", "people")}`,
    ...(said.events === now.events
      ? []
      : [`${count(said.events)} → ${plural(now.events, "event")}`]),
    ...(said.unknownSize === now.unknownSize
      ? []
      : [`${count(said.unknownSize)} → ${count(now.unknownSize)} of unknown size`]),
  ];
  return `${of} moved: ${steps.join(", ")} (${causes})`;
}

interface Counts {
  readonly name: string;
  readonly people: number;
  readonly events: number;
  readonly unknownSize: number;
}

/** A company whose part in the counts changed. */
interface Move {
  readonly name: string;
  readonly key: string;
  readonly was: Counts | undefined;
  readonly is: Counts | undefined;
}

/** Every company that reads otherwise, the largest change of known people first. */
function movesBetween(was: DigestCounts | null, is: DigestCounts): readonly Move[] {
  const [before, after] = [byKey(was?.byCompany ?? []), byKey(is.byCompany)];
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((key) => {
      const [old, now] = [before.get(key), after.get(key)];
      return { key, name: now?.name ?? old?.name ?? key, was: old, is: now };
    })
    .filter(({ was: old, is: now }) =>
      (["people", "events", "unknownSize"] as const).some((name) => old?.[name] !== now?.[name]),
    )
    .toSorted((one, other) => sizeOf(other) - sizeOf(one) || (one.name < other.name ? -1 : 1));
}

function byKey(companies: readonly CompanyCounts[]): ReadonlyMap<string, Counts> {
  return new Map(
    companies.map(([key, name, people, events, unknownSize]) => [
      key,
      { name, people, events, unknownSize },
    ]),
  );
}

function sizeOf({ was, is }: Move): number {
  return Math.abs((is?.people ?? 0) - (was?.people ?? 0));
}

/** "Acme 1,000, reported late", "Bolt 500 → 400, changed", "Cove 80, no longer listed". */
function moveWords(move: Move): string {
  const { name, was, is } = move;
  const before = was && peopleWords(was);
  const now = is && peopleWords(is);
  const size = before !== undefined && now !== undefined ? `${before} → ${now}` : (now ?? before);
  return `${name} ${size}, ${whyWords(move)}`;
}

function whyWords({ was, is }: Move): string {
  if (was === undefined) return "reported late";
  if (is === undefined) return "no longer listed";
  if (is.events > was.events) return "more reported";
  return is.events < was.events ? "fewer listed" : "changed";
}

/** Known people; "size not reported" when no event of the company said how many. */
function peopleWords({ people, events, unknownSize }: Counts): string {
  return events === unknownSize ? "(size not reported)" : count(people);
}

function movesTable(correction: Correction, moves: readonly Move[], since: string): Block {
  return {
    kind: "table",
    caption: `What moved since ${since}`,
    columns: [
      { title: "Company", align: "left" },
      { title: "Told", align: "right" },
      { title: "Now", align: "right" },
      { title: "Why", align: "left" },
      { title: "Learned", align: "left" },
      { title: "Source", align: "left" },
    ],
    rows: moves.slice(0, MOST_ROWS).map((move) => {
      const row = newestRow(correction, move);
      return [
        move.name,
        cellOf(move.was),
        cellOf(move.is),
        whyWords(move),
        row?.learnedOn ?? "–",
        sourceCell(row?.url ?? null),
      ];
    }),
    more: Math.max(0, moves.length - MOST_ROWS),
  };
}

function cellOf(counts: Counts | undefined): Cell {
  if (counts === undefined) return "–";
  return peopleCell(counts.events === counts.unknownSize ? null : counts.people);
}

/** The company's report that was learned last: the one that most likely moved the figures. */
function newestRow(
  { market, filter, first: { from, to }, asof }: Correction,
  { key, is }: Move,
): LayoffRow | undefined {
  if (is === undefined) return undefined;
  const found = rows(market, { ...filter, from, to, asof, companies: [key] }).rows;
  return found.toSorted((one, other) => (one.learnedOn < other.learnedOn ? 1 : -1))[0];
}

function againstWords(
  was: DigestCounts | null,
  is: DigestCounts,
  of: "people" | "events" | "companies" | "unknownSize",
): string {
  const floor = of === "people" ? "at least " : "";
  if (was === null) return `not known → ${floor}${count(is[of])}`;
  return was[of] === is[of]
    ? `${floor}${count(is[of])}, as told`
    : `${floor}${count(was[of])} → ${count(is[of])}`;
}

function plain({ people, events, companies, unknownSize }: DigestCounts) {
  return { people, events, companies, unknownSize };
}
