import type { types } from "@slack/bolt";
import type { Markup, PlainText } from "./escape.ts";

/**
 * The blocks we send. They are Slack's own, narrowed so that only checked text gets in; the chart
 * block is not among Slack's published types yet.
 */
export type SlackBlock =
  | HeaderBlock
  | SectionBlock
  | ContextBlock
  | ActionsBlock
  | ImageBlock
  | types.RichTextBlock
  | DataTableBlock
  | DataVisualizationBlock;

export interface PlainObject {
  readonly type: "plain_text";
  readonly text: PlainText;
  /** `:tada:` in somebody's name is not a party. */
  readonly emoji: false;
}
export interface MarkupObject {
  readonly type: "mrkdwn";
  readonly text: Markup;
  /** Addresses and channel names in it are not made into links. */
  readonly verbatim: true;
}

export interface HeaderBlock {
  readonly type: "header";
  readonly text: PlainObject;
}
export interface SectionBlock {
  readonly type: "section";
  readonly text?: MarkupObject;
  readonly fields?: readonly MarkupObject[];
}
export interface ContextBlock {
  readonly type: "context";
  readonly elements: readonly PlainObject[];
}
export interface ActionsBlock {
  readonly type: "actions";
  readonly block_id: string;
  readonly elements: readonly (Button | Select)[];
}
export interface Button {
  readonly type: "button";
  readonly action_id: string;
  readonly text: PlainObject;
  readonly value?: string;
  readonly url?: string;
  readonly style?: "primary" | "danger";
}
export interface Select {
  readonly type: "static_select";
  readonly action_id: string;
  readonly placeholder: PlainObject;
  readonly options: readonly Option[];
}
export interface Option {
  readonly text: PlainObject;
  readonly value: string;
  readonly description?: PlainObject;
}
/** Without `slack_file` it holds the place of a picture still to be drawn and uploaded. */
export interface ImageBlock {
  readonly type: "image";
  readonly block_id: string;
  readonly alt_text: PlainText;
  readonly slack_file?: { readonly id: string };
}
export interface DataTableBlock {
  readonly type: "data_table";
  readonly caption: PlainText;
  readonly rows: readonly (readonly DataCell[])[];
  readonly page_size: number;
}
export type DataCell =
  | { readonly type: "raw_text"; readonly text: PlainText }
  | { readonly type: "raw_number"; readonly value: number; readonly text: PlainText }
  | types.RichTextBlock;

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export interface DataVisualizationBlock {
  readonly type: "data_visualization";
  readonly title: PlainText;
  readonly chart: {
    readonly type: "bar" | "line";
    readonly series: readonly {
      readonly name: PlainText;
      readonly data: readonly { readonly label: PlainText; readonly value: number }[];
    }[];
    readonly axis_config: {
      readonly categories: readonly PlainText[];
      readonly y_label: PlainText;
    };
  };
}

export function plainObject(text: PlainText): PlainObject {
  return { type: "plain_text", text, emoji: false };
}

export function markupObject(text: Markup): MarkupObject {
  return { type: "mrkdwn", text, verbatim: true };
}

export function context(text: PlainText): ContextBlock {
  return { type: "context", elements: [plainObject(text)] };
}

/** How many characters blocks take of a message: every text in them, and what their buttons carry. */
export function weight(value: unknown): number {
  if (typeof value === "string") return value.length;
  if (typeof value === "number") return String(value).length;
  if (Array.isArray(value))
    return value.reduce((sum: number, each: unknown) => sum + weight(each), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, each]) => (STRUCTURE.has(name) ? sum : sum + weight(each)),
    0,
  );
}

const STRUCTURE = new Set([
  "type",
  "style",
  "block_id",
  "action_id",
  "emoji",
  "verbatim",
  "page_size",
]);
