import type { Chart } from "../charts/chart.ts";
import type { Reason } from "../fault.ts";

/**
 * What we say, undressed: serialisable plain data that every platform dresses and none adds to.
 * No Slack or Discord word belongs here.
 */
export interface Reply {
  /** The headline: one plain sentence that stands on its own in a notification. */
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Buttons, in order of use. */
  readonly actions: readonly Action[];
  /** Menus; each option is a command not yet typed. */
  readonly choices: readonly Choice[];
  /** The numbers of the answer by plain names (people, events, companies, unknownSize, n, mean …). */
  readonly figures: Figures;
  /** Small print that is always shown: basis, as-known date, source, what is unknown. */
  readonly notes: readonly string[];
  readonly audience: "asker" | "everyone";
  /** Present exactly when the question could not be answered. */
  readonly reason?: Reason;
  readonly files: readonly ReplyFile[];
  /** Ids of the sources whose facts it is made of, for the licence lines of a file; left out where that is not told apart. */
  readonly sources?: readonly string[];
  /**
   * Questions back to the asker. A place that has dialogs opens one instead of showing the reply; everywhere
   * else the blocks say what to type.
   */
  readonly form?: Form;
}

/** A few fields that together make a command. In order of importance: a dialog may have room for the first ones only. */
export interface Form {
  readonly title: string;
  /** What the button that sends it says. */
  readonly submit: string;
  /** The command it runs; `{name}` stands for the value of a field, and its word is left out where that is empty. */
  readonly run: string;
  readonly fields: readonly FormField[];
  /** What was wrong with the values given before. */
  readonly fault?: { readonly field: string; readonly words: string };
}

export interface FormField {
  /** Letters, digits and underscores. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: "text" | "lines" | "choice";
  readonly value?: string;
  /** What a choice offers, at most 25 and each value at most 100 characters. */
  readonly options?: readonly { readonly label: string; readonly value: string }[];
  readonly optional?: boolean;
}

export type Figures = Readonly<Record<string, Figure>>;
export type Figure =
  | number
  | string
  | boolean
  | null
  | readonly Figure[]
  | { readonly [name: string]: Figure };

/** Plain words with the few marks every platform has. */
export type Inline =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly link: string; readonly text: string };
export type Words = string | readonly Inline[];

export type Block =
  | { readonly kind: "text"; readonly words: Words }
  | { readonly kind: "bullets"; readonly items: readonly Words[] }
  | {
      readonly kind: "figures";
      readonly items: readonly { readonly label: string; readonly value: string }[];
    }
  /** Lines of small bars: `2023  ███████ 12,115  4 events`. `ratio` is 0..1 of the longest bar. */
  | { readonly kind: "meters"; readonly items: readonly Meter[] }
  | Table
  | { readonly kind: "chart"; readonly chart: Chart }
  /** Text whose line breaks and blanks matter. */
  | { readonly kind: "code"; readonly text: string };

export interface Meter {
  readonly label: string;
  readonly ratio: number;
  readonly text: string;
}

export interface Table {
  readonly kind: "table";
  /** Says what the rows are; read aloud by screen readers. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** Every row has as many cells as there are columns. */
  readonly rows: readonly (readonly Cell[])[];
  /** Rows that exist and are not in `rows`. */
  readonly more: number;
}
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}
/** `value` is the number behind `text`, for platforms that sort; `link` is an http(s) address. */
export type Cell =
  | string
  | { readonly text: string; readonly value?: number; readonly link?: string };

/** A button is a command not yet typed (`run`), or a link. */
export type Action =
  | { readonly label: string; readonly run: string; readonly style?: "primary" | "danger" }
  | { readonly label: string; readonly url: string };

export interface Choice {
  readonly placeholder: string;
  readonly options: readonly {
    readonly label: string;
    readonly run: string;
    readonly detail?: string;
  }[];
}

export interface ReplyFile {
  readonly name: string;
  readonly mediaType: string;
  /** Text files as they are; binary ones in base64. */
  readonly content: string;
  readonly encoding: "utf8" | "base64";
}

/** A reply from its headline and whatever else it has. */
export function reply(title: string, rest: Partial<Omit<Reply, "title">> = {}): Reply {
  return {
    title,
    blocks: [],
    actions: [],
    choices: [],
    figures: {},
    notes: [],
    audience: "asker",
    files: [],
    ...rest,
  };
}

/** The text of a cell, whichever of its two forms it has. */
export function cellText(cell: Cell): string {
  return typeof cell === "string" ? cell : cell.text;
}

/** Marked words as bare text; a link keeps its words and loses its address. */
export function bareText(words: Words): string {
  if (typeof words === "string") return words;
  return words
    .map((part) => {
      if (typeof part === "string") return part;
      if ("bold" in part) return part.bold;
      if ("code" in part) return part.code;
      return part.text;
    })
    .join("");
}
