import type { Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";

/** How a button carries its command: the command itself, or a short key where the platform's field is too small. */
export function buttonValue(
  command: string,
  longest: number,
  keep: (command: string) => string,
): string {
  const plain = `run:${command}`;
  return plain.length <= longest ? plain : `key:${keep(command)}`;
}

/** The command a pressed button stands for, or a reply that says what to do when its key was forgotten. */
export function pressedCommand(
  value: string,
  recall: (key: string) => string | undefined,
): string | Reply {
  if (value.startsWith("run:")) return value.slice(4);
  const command = value.startsWith("key:") ? recall(value.slice(4)) : undefined;
  return command ?? staleReply();
}

/** What is said when the key of a button or form was forgotten. */
export function staleReply(): Reply {
  return reply("This button is too old for me to remember its command.", {
    reason: "stale",
    blocks: [
      {
        kind: "text",
        words: [
          "Ask again: ",
          { code: "/pulse" },
          " shows the market, ",
          { code: "/help" },
          " all commands.",
        ],
      },
    ],
    actions: [{ label: "Market pulse", run: "/pulse" }],
  });
}
