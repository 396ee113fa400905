import type { Json } from "../discord/json.ts";
import { isRecord, listOf, recordOf, textOf } from "../discord/json.ts";
import type { StoredFile, StoredMessage, StoredView, World } from "./world.ts";

/** A message or a home tab as the person in front of it sees it. */
export interface Seen {
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  /** Every word of it, wherever it stands. */
  readonly allText: string;
  readonly isEphemeral: boolean;
  readonly isEdited: boolean;
  readonly thread: string | undefined;
  readonly metadata: Json | undefined;
  readonly buttons: readonly {
    readonly label: string;
    readonly url?: string;
    readonly element: Json;
  }[];
  readonly menus: readonly {
    readonly placeholder: string;
    readonly options: readonly { readonly label: string; readonly value: string }[];
    readonly element: Json;
  }[];
  readonly pictures: readonly { readonly altText: string; readonly bytes: Buffer }[];
  /** Files on show, with their content. */
  readonly files: readonly {
    readonly name: string;
    readonly text: string;
    readonly bytes: Buffer;
  }[];
  readonly stored: StoredMessage | StoredView;
}

export function seenMessage(message: StoredMessage): Seen {
  return {
    ...seenBlocks(message.blocks, message.files),
    ts: message.ts,
    text: message.text,
    allText: [message.text, ...wordsOf(message.blocks)].filter((word) => word !== "").join("\n"),
    isEphemeral: message.seenBy !== undefined,
    isEdited: message.editedAt !== undefined,
    thread: message.thread,
    metadata: message.metadata,
    stored: message,
  };
}

export function seenHome(view: StoredView, world: World): Seen {
  const blocks = listOf(view.content.blocks);
  return {
    ...seenBlocks(blocks, [...world.files.values()]),
    ts: view.hash,
    text: "",
    allText: wordsOf(blocks).join("\n"),
    isEphemeral: true,
    isEdited: false,
    thread: undefined,
    metadata: undefined,
    files: [],
    stored: view,
  };
}

/** Elements people can use, each with the block it stands in. */
export function controlsOf(blocks: readonly unknown[]): readonly Json[] {
  return blocks.flatMap((each) => {
    const block = recordOf(each);
    return [...listOf(block.elements), block.accessory]
      .filter(isRecord)
      .filter(({ action_id }) => action_id !== undefined)
      .map((element) => ({ ...element, block_id: block.block_id }));
  });
}

function seenBlocks(blocks: readonly unknown[], files: readonly StoredFile[]) {
  const controls = controlsOf(blocks);
  return {
    blocks: blocks.map((each) => recordOf(each)),
    buttons: controls
      .filter(({ type }) => type === "button")
      .map((element) => ({
        label: wordOf(element.text),
        ...(typeof element.url === "string" && { url: element.url }),
        element,
      })),
    menus: controls
      .filter(({ options }) => Array.isArray(options))
      .map((element) => ({
        placeholder: wordOf(element.placeholder),
        options: listOf(element.options).map((each) => ({
          label: wordOf(recordOf(each).text),
          value: textOf(recordOf(each).value) ?? "",
        })),
        element,
      })),
    pictures: blocks
      .map((each) => recordOf(each))
      .filter(({ type }) => type === "image")
      .map(({ alt_text, slack_file }) => ({
        altText: textOf(alt_text) ?? "",
        bytes: files.find(({ id }) => id === recordOf(slack_file).id)?.bytes ?? Buffer.alloc(0),
      })),
    files: files.map(({ name, bytes = Buffer.alloc(0) }) => ({
      name,
      text: bytes.toString(),
      bytes,
    })),
  };
}

function wordOf(textObject: unknown): string {
  return textOf(recordOf(textObject).text) ?? "";
}

/** What is read, not what addresses it. */
const WORDS = new Set([
  "text",
  "alt_text",
  "title",
  "caption",
  "label",
  "name",
  "description",
  "placeholder",
  "categories",
  "x_label",
  "y_label",
]);

function wordsOf(value: unknown, isWord = false): readonly string[] {
  if (typeof value === "string") return isWord && value !== "" ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((each) => wordsOf(each, isWord));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => wordsOf(each, WORDS.has(name)));
}
