import type { Day, EntryShelves, LayoffValues, ShelfName } from "../market/facts.ts";
import type { RowFault } from "./row-fault.ts";
import type { SourceTable } from "./table.ts";

/** One place facts come from: what it is, how to ask it, and how its answers are read. */
export interface SourceDef {
  readonly id: string;
  readonly publisher: string;
  readonly title: string;
  readonly licence: string;
  /** What has to be said wherever its facts are shown. */
  readonly attribution: string;
  /** A page about it, for people. */
  readonly url: string;
  /** What its facts leave out, in words. */
  readonly gaps: string;
  /** How often it is worth asking; null for what comes as files only. */
  readonly everyMinutes: number | null;
  /** Older than this it is stale: its cadence with room for a late issue. */
  readonly staleAfterHours: number;
  /** Settings without which it is not asked. */
  readonly needs: readonly ("contact" | "url")[];
  /** An answer without rows is usual, as of a feed at night; elsewhere it is suspicious. */
  readonly mayBeEmpty: boolean;
  /** Asked unless the operator says otherwise. */
  readonly byDefault: boolean;
  /** The least milliseconds between two requests to one host; 1,000 unless told. */
  readonly paceMs?: number;
  /** The site's robots.txt is asked and obeyed, as for feeds of news sites; an interface with rules of its own needs none. */
  readonly robots?: boolean;
  /** What the operator may set for it as `SOURCES_<ID>_<NAME>`: its name in `Asking.settings`, and what it is for. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Asks for what is new: each answer is one text to be read by `parse`. Left out for what comes as files only. */
  readonly fetch?: (asking: Asking) => AsyncIterable<Answer>;
  /** Whether a file is one of its answers. Every source looks at the file's beginning, so exactly one should say yes. */
  readonly fits: (sample: FileSample) => boolean;
  /** Reads one answer. Pure: the same text gives the same facts. Throws a Fault (`bad_file`) for what is no answer of it. */
  readonly parse: (text: string, about: ParseAbout) => Parsed;
}

/** What fetching may use; `get` is polite and safe by itself. */
export interface Asking {
  readonly get: Get;
  /** The settings of the operator for this source, such as boards or feeds; absent for its defaults. */
  readonly settings: Readonly<Record<string, string>>;
  readonly today: Day;
  /** Says that one of several things to ask (a board, a feed) failed, so that the others are asked all the same. */
  readonly missed?: (topic: string, error: unknown) => void;
}

/** One GET: the text of a 200, or null when the server says that nothing changed. Rejects with a Fault in words. */
export type Get = (url: string, options: GetOptions) => Promise<string | null>;
export interface GetOptions {
  /** Media types it may answer with, such as "application/json"; anything else is no answer of the source. */
  readonly accept: readonly string[];
  /** Bytes at most; 20 MB unless told. */
  readonly most?: number;
  readonly body?: string;
}

export interface Answer {
  readonly url: string;
  readonly text: string;
  /** What the answer is about, for `parse`: a board's token, a feed's name. */
  readonly topic?: string;
}

/** The beginning of a file, to be recognised by its shape. */
export interface FileSample {
  readonly name: string;
  /** The first characters, without a byte order mark. */
  readonly head: string;
  /** The cells of its first line, where that can be one of a comma separated file. */
  readonly header: readonly string[];
  /** Its whole content where that is JSON; otherwise undefined. */
  readonly json: unknown;
}

export interface ParseAbout {
  readonly today: Day;
  /** Where it was fetched; null for a file. */
  readonly url: string | null;
  /** The file's name, for one that was imported. */
  readonly file?: string;
  readonly topic?: string;
}

export interface Parsed {
  /** Rows of the answer, taken or not. */
  readonly rows: number;
  readonly entries: readonly NewEntry[];
  readonly layoffs: readonly FoundLayoff[];
  readonly faults: readonly RowFault[];
  /** Rows that were read and give no fact, with the reason, where that needs to be told: no sign of a bad answer. */
  readonly passedOver?: readonly RowFault[];
  readonly notices: readonly string[];
  /** The day it speaks for, where it says so; else the day it was asked. */
  readonly asOfOn: Day | null;
  /**
   * What it lists is all there is under this beginning of the entries' keys ("" for everything of the source), so that what
   * it no longer lists is gone; null where an answer is only a part.
   */
  readonly wholeOf: string | null;
  /** For a list that is compared row by row with what is known (`table.ts`); there are no entries and layoffs then. */
  readonly table?: SourceTable;
}

export type NewEntry = {
  [Shelf in ShelfName]: {
    readonly shelf: Shelf;
    /** The source's own id of it, or one made of what never changes; unique within the source. */
    readonly id: string;
    /** The day it could be known, where the source says so. */
    readonly on?: Day;
    /** The day on which something else on the list took its place. */
    readonly until?: Day;
    readonly values: EntryShelves[Shelf];
  };
}[ShelfName];

/** A layoff somebody reports: a filing, a headline. */
export interface FoundLayoff {
  /** The report's own id: an accession number, a feed's guid. */
  readonly id: string;
  readonly values: LayoffValues;
  /** The day it could be known, where the report says so. */
  readonly learnedOn: Day | null;
  /** The sentence the figure was read from; null where the report gives figures as such. */
  readonly sentence: string | null;
}
