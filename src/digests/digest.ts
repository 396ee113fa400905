import { basisNote, sampleNotes } from "../answers/basis.ts";
import type { Day } from "../market/facts.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { reply } from "../reply/reply.ts";
import type { Block, Figures, Reply } from "../reply/reply.ts";
import { daySpan, floor, longDay, totalsSentence, upperFirst } from "../reply/words.ts";
import { buttons } from "./buttons.ts";
import { sectionsOf, SHOWN } from "./index.ts";
import type { Density } from "./index.ts";
import { lateNotes } from "./late.ts";
import type { MissedSlot } from "./late.ts";
import type { Section, SectionContent } from "./section.ts";
import { telling, tellingFigures } from "./telling.ts";
import type { DaySpan, FiredAlert, Telling } from "./telling.ts";

/** One digest to be written. */
export interface DigestRequest {
  readonly market: Market;
  /** The days it speaks of, both ends included. */
  readonly window: DaySpan;
  /** As known on that day; the window's last day when left out. */
  readonly asof?: Day;
  readonly density: Density;
  /** Section names; empty for those of the density. */
  readonly sections: readonly string[];
  /** Which events count, without days. */
  readonly filter: LayoffFilter;
  /** The filter as typed, for buttons ("sector:fintech"); "" for the whole market. */
  readonly filterText?: string;
  /** The filter in words, for the headline ("fintech"). */
  readonly about?: string;
  /** The digest's id, for its own buttons; a preview has none. */
  readonly id?: string;
  /** Milliseconds it comes after it fell due. */
  readonly lateBy?: number;
  /** Slots that were not shown since the last digest, against their people's wish. */
  readonly missed?: readonly MissedSlot[];
  /** What the alerts of the digest's place said during the window, in the order to be listed. */
  readonly fired?: readonly FiredAlert[];
  /** The days to compare with; as many days just before when left out. */
  readonly previous?: DaySpan;
}

/**
 * A standing summary of some days: what happened in them and, apart, what was learned in them about earlier days. Totals are
 * floors with the unknown beside them, as known on the window's last day unless told; an empty window is one line.
 */
export function digestReply(request: DigestRequest): Reply {
  const written = write(request);
  return headReply(written, written.shown);
}

/** A digest as it is sent: one message, and what follows in its thread. */
export interface DigestMessages {
  readonly head: Reply;
  readonly parts: readonly Reply[];
}

/** The same as messages: a deep one is its headline with numbers and chart, and in its thread each further section. */
export function digestMessages(request: DigestRequest): DigestMessages {
  const written = write(request);
  if (request.density !== "deep") return { head: headReply(written, written.shown), parts: [] };
  const apart = written.shown.flatMap((section) =>
    section.heading === undefined || section.blocks.length === 0
      ? []
      : [{ ...section, heading: section.heading }],
  );
  const head = headReply(
    written,
    written.shown.filter(({ heading }) => heading === undefined),
  );
  const contents: Block = {
    kind: "text",
    words: `In the thread: ${apart.map(({ heading }) => lowerFirst(heading)).join(" · ")}`,
  };
  return {
    head: apart.length === 0 ? head : { ...head, blocks: [...head.blocks, contents] },
    parts: apart.map((section) => partReply(written, section)),
  };
}

type Part = SectionContent & Pick<Section, "name" | "heading" | "isApart">;

/** A digest counted and worded, before it is one message or several. */
interface Written {
  readonly request: DigestRequest;
  readonly told: Telling;
  readonly contents: readonly Part[];
  /** Those that have something to say: of an empty window what was learned and said in it. */
  readonly shown: readonly Part[];
}

/** Sections that add nothing up: they have something to say of days that no list speaks for, or without events. */
const ALWAYS_SHOWN: readonly string[] = ["largest", "moved", "fired"];

function write(request: DigestRequest): Written {
  const { market, density, window } = request;
  const told = telling({
    market,
    span: window,
    asof: request.asof ?? window.to,
    previous: request.previous,
    filter: request.filter,
    about: request.about ?? "",
    filterText: request.filterText ?? "",
    density,
    rows: SHOWN[density].rows,
    fired: request.fired ?? [],
  });
  const contents = sectionsOf(density, request.sections).map((section) => ({
    ...section,
    ...section.content(told),
  }));
  const shown = contents.filter(
    ({ name }) => (told.now.events > 0 && !told.unknown) || ALWAYS_SHOWN.includes(name),
  );
  return { request, told, contents, shown };
}

function headReply({ request, told, contents }: Written, shown: readonly Part[]): Reply {
  const { market, density, window } = request;
  const figures: Record<string, Figures[string]> = { ...tellingFigures(told) };
  for (const { name, figures: own } of contents)
    if (Object.keys(own).length > 0) figures[name] = own;
  const brief = density === "brief";
  return reply(headline(told), {
    blocks: shown.flatMap(({ blocks }) => blocks),
    figures,
    notes: [
      ...lateNotes(request.lateBy ?? 0, request.missed ?? [], window),
      ...staleNotes(told),
      basisNote(market, { ...told.filter, asof: told.asof }),
      ...(brief ? [] : shown.flatMap(({ notes }) => notes)),
      ...sampleNotes(market),
    ],
    actions: buttons(told, request.id),
    audience: "everyone",
  });
}

function partReply({ told }: Written, part: Part & { readonly heading: string }): Reply {
  const { market, span, filter, asof } = told;
  return reply(`${part.heading}, ${daySpan(span.from, span.to)}`, {
    blocks: part.blocks,
    figures: part.figures,
    notes: part.isApart
      ? part.notes
      : [basisNote(market, { ...filter, asof }), ...part.notes, ...sampleNotes(market)],
    audience: "everyone",
  });
}

function headline(told: Telling): string {
  const { now, yearToDate, span, about, market, unknown } = told;
  const of = about === "" ? "Tech layoffs" : `Tech layoffs, ${about},`;
  const start = `${of} ${daySpan(span.from, span.to)}`;
  if (unknown) return `${start}: not known yet, ${endWords(market)}`;
  return now.events === 0
    ? `${start}: no known events; ${span.to.slice(0, 4)} so far ${floor(yearToDate)}`
    : `${start}: ${totalsSentence(now)}`;
}

/** Old facts make a week look empty, so their last day is said. */
function staleNotes({ market, span }: Telling): readonly string[] {
  if (market.listedTo >= span.to) return [];
  const later =
    market.asOfOn > market.listedTo
      ? "of later days only single reports are known, which are no totals"
      : "later days are not in them, which does not mean that nothing happened";
  return [`${upperFirst(endWords(market))}: ${later}.`];
}

function endWords({ listedTo, asOfOn }: Market): string {
  return `the ${asOfOn > listedTo ? "lists" : "facts"} end on ${longDay(listedTo)}`;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
