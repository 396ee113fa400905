import { plainText } from "../../reply/plain.ts";
import type { Reply } from "../../reply/reply.ts";
import { clipMarked } from "./budget.ts";
import { container, FLAGS, textDisplay } from "./component.ts";
import { escapeMarkdown } from "./markdown.ts";
import type { DiscordMessage } from "./render.ts";

const GREY = 0x8a8f98;
const ROOM = 3_000;

/** A reply as one text and nothing else, for when Discord refused its full dress. */
export function renderDiscordPlain(reply: Reply): DiscordMessage {
  const text = plainText(reply, { width: 80, actions: "none" });
  return {
    flags: FLAGS.componentsV2,
    components: [container(GREY, [textDisplay(clipMarked(text, ROOM, escapeMarkdown) || "…")])],
    pictures: [],
    files: [],
    allowed_mentions: { parse: [] },
  };
}
