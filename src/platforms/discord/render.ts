import { altText } from "../../charts/alt-text.ts";
import type { Chart } from "../../charts/chart.ts";
import { csvOf } from "../../reply/csv.ts";
import { clip, oneLine } from "../../reply/fit.ts";
import type { Reply, ReplyFile, Table } from "../../reply/reply.ts";
import { andMore, blockText } from "./blocks.ts";
import { clipMarked, cost, fitLines } from "./budget.ts";
import type { Container, Part } from "./component.ts";
import {
  componentCount,
  container,
  file,
  FLAGS,
  picture,
  separator,
  textDisplay,
} from "./component.ts";
import { controls } from "./controls.ts";
import { BUDGET, LIMITS } from "./limits.ts";
import { escapeMarkdown } from "./markdown.ts";

/** A reply as Discord takes it. The sender adds the ephemeral flag and the drawn pictures. */
export interface DiscordMessage {
  readonly flags: number;
  readonly components: readonly Container[];
  /** Charts the components show as `attachment://fileName`. */
  readonly pictures: readonly {
    readonly chart: Chart;
    readonly fileName: string;
    readonly altText: string;
  }[];
  readonly files: readonly ReplyFile[];
  /** Nothing we say pings anyone. */
  readonly allowed_mentions: { readonly parse: readonly [] };
}

const BLUE = 0x3b82c4;
/** A question we could not answer is told apart, not shouted at. */
const AMBER = 0xd9a441;

const TITLE = 250;
const NOTES = 900;
const NOTE = 400;
/** Kept free for the lines that say what did not fit. */
const LEFTOVERS = 260;
/** What every later block may count on while an earlier one is long. */
const FAIR_SHARE = 240;
/** Files beside the pictures; each takes a component. */
const FILES = 4;

/**
 * A reply as one Discord message of Components V2, inside every limit and shortened in sight. Pure:
 * the same reply gives the same message. `keep` shortens a command too long for a button.
 */
export function renderDiscord(
  reply: Reply,
  options: { readonly keep: (command: string) => string },
): DiscordMessage {
  const title = `### ${clipMarked(oneLine(reply.title) || "…", TITLE, escapeMarkdown)}`;
  const notes = smallPrint(reply.notes.map((note) => clip(oneLine(note), NOTE)));
  const body = bodyOf(reply, BUDGET.textCharacters - cost(title) - cost(notes) - LEFTOVERS);
  const files = attachable([...reply.files, ...body.files], FILES);

  const content = joined([{ text: title }, ...body.parts]);
  const fileParts = files.kept.map(({ name }) => file(name));
  const used = componentCount({ components: [...content, ...fileParts] }) + 2;
  const { rows, left } = controls(reply, BUDGET.components - used, options.keep);
  const leftovers = smallPrint(
    [...files.left, ...leftOutControls(left)].map((line) => clip(line, LEFTOVERS / 3)),
  );

  const foot = [notes, leftovers].filter((text) => text !== "").join("\n");
  const components: Part[] = [
    ...content,
    ...fileParts,
    ...(foot === "" ? [] : [separator(), textDisplay(foot)]),
    ...rows,
  ];
  return {
    flags: FLAGS.componentsV2,
    components: [container(reply.reason === undefined ? BLUE : AMBER, components)],
    pictures: body.pictures,
    files: files.kept,
    allowed_mentions: { parse: [] },
  };
}

type Piece = { readonly text: string } | { readonly picture: DiscordMessage["pictures"][number] };

/** The blocks in order as texts and pictures, within the room for texts; tables cut short come as files too. */
function bodyOf({ blocks, notes }: Reply, room: number) {
  const parts: Piece[] = [];
  const pictures: DiscordMessage["pictures"][number][] = [];
  const files: ReplyFile[] = [];
  const unbounded = blocks.map((block) =>
    block.kind === "chart" ? 0 : cost(blockText(block, Infinity).text),
  );
  let left = room;
  let missing = 0;
  for (const [index, block] of blocks.entries()) {
    if (block.kind === "chart" && pictures.length < BUDGET.pictures) {
      const shown = {
        chart: block.chart,
        fileName: `chart-${pictures.length + 1}.png`,
        altText: clip(altText(block.chart), LIMITS.altText),
      };
      pictures.push(shown);
      parts.push({ picture: shown });
      continue;
    }
    const reserved = unbounded
      .slice(index + 1)
      .reduce((sum, size) => sum + Math.min(size, FAIR_SHARE) + 1, 0);
    const textual =
      block.kind === "chart" ? ({ kind: "text", words: altText(block.chart) } as const) : block;
    const fitted = blockText(textual, Math.max(Math.min(left, FAIR_SHARE), left - reserved) - 1);
    if (fitted.isCut && textual.kind === "table")
      files.push(csvFile(textual, notes, files.length + 1));
    if (fitted.text === "" && fitted.isCut) missing += 1;
    if (fitted.text === "") continue;
    parts.push({ text: fitted.text });
    left -= cost(fitted.text) + 1;
  }
  if (missing > 0)
    parts.push({
      text: `-# ${andMore(missing)} ${missing === 1 ? "part" : "parts"} of this answer`,
    });
  return { parts, pictures, files };
}

function csvFile(table: Table, remarks: readonly string[], number: number): ReplyFile {
  return {
    name: `table-${number}.csv`,
    mediaType: "text/csv",
    content: csvOf(table, remarks),
    encoding: "utf8",
  };
}

/** Neighbouring texts share one display: a message has few components. */
function joined(pieces: readonly Piece[]): Part[] {
  const parts: Part[] = [];
  let texts: string[] = [];
  const closeText = (): void => {
    if (texts.length > 0) parts.push(textDisplay(texts.join("\n")));
    texts = [];
  };
  for (const piece of pieces) {
    if ("text" in piece) {
      texts.push(piece.text);
    } else {
      closeText();
      parts.push(picture(piece.picture.fileName, piece.picture.altText));
    }
  }
  closeText();
  return parts;
}

function smallPrint(lines: readonly string[]): string {
  const shown = lines.filter((line) => line !== "").map((line) => `-# ${escapeMarkdown(line)}`);
  return fitLines(
    shown,
    NOTES,
    (some) => some.join("\n"),
    (left) => `-# ${andMore(left)} ${left === 1 ? "note" : "notes"}`,
  ).text;
}

function leftOutControls(labels: readonly string[]): string[] {
  return labels.length === 0
    ? []
    : [
        `${andMore(labels.length)} ${labels.length === 1 ? "button" : "buttons"}: ${labels.join(", ")}`,
      ];
}

/** Files under names Discord keeps as they are, of a size it takes; the others are named. */
function attachable(
  files: readonly ReplyFile[],
  most: number,
): { readonly kept: readonly ReplyFile[]; readonly left: readonly string[] } {
  const fit = files.filter((each) => byteSize(each) <= BUDGET.fileBytes);
  const kept = fit
    .slice(0, most)
    .map((each, index) => ({ ...each, name: safeName(each.name, index) }));
  const missing = files.length - kept.length;
  return {
    kept,
    left:
      missing === 0
        ? []
        : [
            `${andMore(missing)} ${missing === 1 ? "file" : "files"}, too large or too many to attach`,
          ],
  };
}

function byteSize({ content, encoding }: ReplyFile): number {
  return Buffer.byteLength(content, encoding);
}

/** Discord rewrites names with other characters, and then `attachment://` no longer finds them. */
function safeName(name: string, index: number): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^\w.-]+/g, "_")
    .replace(/^[._]+/, "")
    .slice(-80);
  return `${index > 0 ? `${index + 1}-` : ""}${plain === "" ? "file" : plain}`;
}
