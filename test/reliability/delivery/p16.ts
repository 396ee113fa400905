import { memoryBook } from "../../../src/stores/memory-book.ts";
import type { Reply } from "../../../src/reply/reply.ts";
import { reply } from "../../../src/reply/reply.ts";
import { HOUR, openCrew, plan, runUntil } from "../../delivery/crew.ts";
import { movedTime } from "../../delivery/moved-time.ts";
import type { Mode, Stage } from "../../delivery/stage.ts";
import { openStage } from "../../delivery/stage.ts";
import { isRecord, listOf, recordOf } from "../../fakes/discord/json.ts";
import type { Figure } from "./promise.ts";

const TOKENS = [
  "@everyone",
  "@here",
  "@channel",
  "<!channel>",
  "<!here>",
  "<!everyone>",
  "<!subteam^S012345>",
  "<@U012345>",
  "<@!123456789012345678>",
  "<@&123456789012345678>",
  "<#C012345|general>",
  "<#123456789012345678>",
  "</layoffs:123456789012345678>",
  "<https://evil.test|click>",
  "[click](https://evil.test)",
  "&lt;!channel&gt;",
  "＠everyone",
];
const AROUND: readonly ((token: string) => string)[] = [
  (token) => token,
  (token) => `a ${token} b`,
  (token) => `*${token}*`,
  (token) => `**${token}**`,
  (token) => `\`${token}\``,
  (token) => `\`\`\`${token}\`\`\``,
  (token) => `${token.slice(0, 2)}\u200B${token.slice(2)}`,
  (token) => `\u202E${token}`,
  (token) => `<${token}>`,
  (token) => `${token}${token}`,
  (token) => `\\${token}`,
  (token) => `|| ${token} ||`,
  (token) => `\n> ${token}\n`,
  (token) => `${"x".repeat(149)}${token}`,
  (token) => `${token}|${token}`,
  (token) => `🧨${token}\uD800`,
  (token) => `&${token};`,
  (token) => `- ${token}`,
  (token) => `"${token}'`,
  (token) => token.toUpperCase(),
  (token) => `&amp;${token}`,
  (token) => `${token}\r\n${token}`,
  (token) => `:${token}:`,
  (token) => `https://a.test/${token}`,
];

/** Everything somebody could write to make us ping people. */
export const CORPUS = TOKENS.flatMap((token) => AROUND.map((around) => around(token)));

/** No text makes a message of ours ping anyone, neither when it is sent nor when it is changed. */
export async function p16(mode: Mode, texts: readonly string[] = CORPUS): Promise<Figure> {
  const time = movedTime();
  time.rule();
  const stage = await openStage(mode, time);
  try {
    const book = memoryBook();
    const { delivery } = openCrew(book, [stage.sender()], time);
    const channels = Array.from({ length: 8 }, (_, at) => stage.channel(`c${at}`));
    for (const [at, text] of texts.entries()) {
      const target = channels[at % channels.length]!;
      await plan(book, {
        postKey: `alert:${at}:x:1:opened`,
        target,
        now: time.clock(),
        reply: everywhere(text),
      });
      await plan(book, {
        postKey: `alert:${at}:x:1:corrected-1`,
        inReplyTo: `alert:${at}:x:1:opened`,
        kind: "correction",
        target,
        now: time.clock() + 1,
        reply: everywhere(text),
      });
    }
    delivery.poke();
    await runUntil(delivery, time, time.clock() + 6 * HOUR);
    await delivery.close();
    const sent = stage.discord === undefined ? slackSaid(stage) : discordSaid(stage);
    const pinging = sent.filter(({ pings }) => pings).length;
    const edits = stage.visible().filter(({ isEdited }) => isEdited).length;
    const missing = texts.length * 2 - stage.visible().length + (texts.length - edits);
    return {
      id: "P16",
      promise: "No text makes a message of ours ping anyone",
      injected: `${texts.length} hostile texts in every field, sent and edited (${mode})`,
      count: sent.length,
      violations: pinging + missing,
      detail: { pinging, missing, edits },
    };
  } finally {
    time.release();
    await stage.close();
  }
}

function everywhere(text: string): Reply {
  return reply(text, {
    blocks: [
      {
        kind: "text",
        words: [text, { bold: text }, { code: text }, { link: "https://a.test", text }],
      },
      { kind: "bullets", items: [text] },
      {
        kind: "table",
        caption: text,
        columns: [{ title: text, align: "left" }],
        rows: [[text]],
        more: 0,
      },
      { kind: "code", text },
    ],
    actions: [{ label: text, run: "/pulse" }],
    notes: [text],
  });
}

interface Said {
  readonly pings: boolean;
}

function discordSaid({ discord }: Stage): Said[] {
  return (discord?.requests ?? [])
    .filter(({ method, path }) => method !== "GET" && /\/messages(\/\d+)?$/.test(path))
    .map(({ body }) => ({ pings: JSON.stringify(body.allowed_mentions) !== '{"parse":[]}' }));
}

function slackSaid({ slack }: Stage): Said[] {
  return (slack?.requests ?? [])
    .filter(({ method }) => method === "chat.postMessage" || method === "chat.update")
    .map(({ args }) => ({
      pings: markupIn(args).some((text) => /<[!@#]/.test(text)) || args.link_names === true,
    }));
}

/** Every text in which Slack reads marks: the message's own, and those of blocks of that kind. */
function markupIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markupIn);
  if (!isRecord(value)) return [];
  const { text, blocks, type } = recordOf(value);
  const own =
    typeof text === "string" && (type === "mrkdwn" || type === undefined) && !("elements" in value)
      ? [text]
      : [];
  return [
    ...own,
    ...listOf(blocks).flatMap(markupIn),
    ...Object.entries(value).flatMap(([name, inner]) =>
      name === "blocks" || (name === "text" && typeof inner === "string") ? [] : markupIn(inner),
    ),
  ];
}
