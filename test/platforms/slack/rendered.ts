import { isRecord } from "../../fakes/discord/json.ts";
import type { SlackMessage, SlackOptions } from "../../../src/platforms/slack/render.ts";
import { renderSlack } from "../../../src/platforms/slack/render.ts";
import type { Reply } from "../../../src/reply/reply.ts";
import { blockProblems } from "../../fakes/slack/block-rules.ts";

/** A reply in a message, with short keys that count up. */
export function rendered(reply: Reply, options: Partial<SlackOptions> = {}): SlackMessage {
  let keys = 0;
  return renderSlack(reply, { surface: "message", keep: () => `key${(keys += 1)}`, ...options });
}

/** Blocks as plain JSON, with every picture in its place. */
export function wire({ blocks }: SlackMessage): readonly Readonly<Record<string, unknown>>[] {
  return blocks.map((block) =>
    JSON.parse(
      JSON.stringify(
        block.type === "image" ? { ...block, slack_file: { id: "F000000001" } } : block,
      ),
    ),
  );
}

/** What Slack would find wrong with it. */
export function problems(message: SlackMessage, surface: "message" | "home" = "message") {
  return blockProblems(wire(message), { surface, isFileReady: () => true });
}

/** What in a message would ping somebody or lead somewhere: live references in marked text, and mention pieces. */
export function pingsIn({ text, blocks }: SlackMessage): readonly string[] {
  return [...references(text), ...blocks.flatMap(pings)];
}

function pings(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(pings);
  if (!isRecord(value)) return [];
  const isMention = /^(user|usergroup|broadcast|channel|team)$/.test(String(value["type"]));
  return [
    ...(isMention ? [String(value["type"])] : []),
    ...(value["type"] === "mrkdwn" ? references(String(value["text"])) : []),
    ...Object.values(value).flatMap(pings),
  ];
}

/** A raw angle bracket begins a reference; an ampersand that begins no entity is not escaped. */
function references(marked: string): readonly string[] {
  return marked.match(/<[^>]*>?|&(?!(?:amp|lt|gt);)/g) ?? [];
}

/** Everything a person can read of it, as they read it. */
export function words({ blocks }: SlackMessage): string {
  return blocks.flatMap(readable).join("\n");
}

function readable(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(readable);
  if (!isRecord(value)) return [];
  const isMarked = value["type"] === "mrkdwn";
  return Object.entries(value).flatMap(([name, each]) => {
    if (typeof each !== "string") return readable(each);
    if (!["text", "title", "caption", "alt_text", "label", "name", "y_label"].includes(name))
      return [];
    return [
      isMarked
        ? each.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")
        : each,
    ];
  });
}
