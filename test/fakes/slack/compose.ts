import type { Json } from "../discord/json.ts";
import { isRecord, listOf, recordOf } from "../discord/json.ts";
import type { Access } from "./access.ts";
import { ApiFault } from "./api-fault.ts";
import { isSaid, word } from "./args.ts";
import { blockProblems } from "./block-rules.ts";
import { blockWeight, tableCount } from "./block-weight.ts";
import type { Files } from "./files.ts";
import type { StoredFile, StoredMessage, World } from "./world.ts";

const TEXT = 40_000;
const UPDATE_TEXT = 4_000;
const MARKDOWN_TEXT = 12_000;
const ATTACHMENTS = 100;
/** Not documented; seen at about this: https://github.com/slackapi/bolt-js/issues/2509 */
const BLOCKS_TOGETHER = 13_000;

export type Composed = Pick<StoredMessage, "text" | "blocks" | "files" | "metadata">;

/** Turns arguments into what a message shows, or throws Slack's refusal. */
export type Compose = (
  args: Json,
  where?: { readonly isResponse?: boolean; readonly isUpdate?: boolean },
) => Composed;

export function composing(world: World, access: Access, files: Files, notes: string[]): Compose {
  return (args, { isResponse = false, isUpdate = false } = {}) => {
    if (isSaid(args.username) || isSaid(args.icon_url) || isSaid(args.icon_emoji))
      access.need("chat:write.customize");
    const text = saidText(args, isUpdate);
    const blocks = isSaid(args.blocks) ? args.blocks : [];
    if (!Array.isArray(blocks)) throw new ApiFault("invalid_blocks_format");
    const attachments = listOf(args.attachments);
    if (attachments.length > ATTACHMENTS) throw new ApiFault("too_many_attachments");
    if (text === "" && blocks.length === 0 && attachments.length === 0)
      throw new ApiFault("no_text");
    checkBlocks(blocks, files, isResponse);
    if (text === "") notes.push("message.no_fallback_text");
    if (text.length > TEXT) notes.push("message.truncated");
    return {
      text: text.slice(0, TEXT),
      blocks: blocks.map((block) => named(recordOf(block), world)),
      files: shownFiles(blocks, files),
      ...metadataOf(args.metadata),
    };
  };
}

function saidText(args: Json, isUpdate: boolean): string {
  const text = word(args, "text");
  const markdown = word(args, "markdown_text");
  if (markdown !== "" && (text !== "" || isSaid(args.blocks)))
    throw new ApiFault("markdown_text_conflict");
  if (markdown.length > MARKDOWN_TEXT) throw new ApiFault("msg_too_long");
  if (isUpdate && text.length > UPDATE_TEXT) throw new ApiFault("msg_too_long");
  return markdown === "" ? text : markdown;
}

function checkBlocks(blocks: readonly unknown[], files: Files, isResponse: boolean): void {
  const problems = blockProblems(blocks, {
    surface: "message",
    isFileReady: (id) => files.isReady(id),
  });
  if (problems.length > 0) throw new ApiFault("invalid_blocks", { problems });
  if (tableCount(blocks) > 1)
    throw new ApiFault("invalid_attachments", {
      problems: [{ message: "only_one_table_allowed", at: "" }],
    });
  if (!isResponse && blockWeight(blocks) > BLOCKS_TOGETHER)
    throw new ApiFault("msg_blocks_too_long");
}

/** Slack names what its sender left without a name. */
export function named(block: Json, world: World): Json {
  const elements = block.type === "actions" ? listOf(block.elements) : undefined;
  const accessory = isRecord(block.accessory) ? block.accessory : undefined;
  return {
    block_id: world.newId("b"),
    ...block,
    ...(elements && { elements: elements.map((each) => withActionId(recordOf(each), world)) }),
    ...(accessory && { accessory: withActionId(accessory, world) }),
  };
}

function withActionId(element: Json, world: World): Json {
  return element.type === "image" ? element : { action_id: world.newId("a"), ...element };
}

function shownFiles(blocks: readonly unknown[], files: Files): readonly StoredFile[] {
  return blocks
    .map((block) => files.named(recordOf(recordOf(block).slack_file)))
    .filter((file) => file !== undefined);
}

function metadataOf(given: unknown): { readonly metadata?: Json } {
  if (!isSaid(given)) return {};
  if (!isRecord(given) || typeof given.event_type !== "string" || !isRecord(given.event_payload))
    throw new ApiFault("invalid_metadata_format");
  return { metadata: given };
}
