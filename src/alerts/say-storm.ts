import type { Reply, Words } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { count, plural } from "../reply/words.ts";

/** Alerts a message names by what they say; of the others it gives the number. */
const NAMED = 20;

/** What one rule would have said in a message of its own. */
export interface StormPart {
  readonly rule: string;
  readonly said: Reply;
}

/** Too many messages for one place at once: one that names each with its rule, the newest last. */
export function stormReply(parts: readonly StormPart[]): Reply {
  const rules = [...new Set(parts.map(({ rule }) => rule))];
  const named = parts.slice(0, NAMED);
  const more = parts.length - named.length;
  const notes = new Set(parts.flatMap(({ said }) => said.notes.slice(-1)));
  return reply(`${plural(parts.length, "alert")} at once, from ${plural(rules.length, "rule")}`, {
    audience: "everyone",
    blocks: [
      {
        kind: "bullets",
        items: [
          ...named.map(({ rule, said }): Words => [`${said.title} (`, { code: rule }, ")"]),
          ...(more > 0 ? [`and ${count(more)} more`] : []),
        ],
      },
    ],
    actions: [
      ...rules.slice(0, 3).map((rule) => ({ label: `Log ${rule}`, run: `/alert log ${rule}` })),
      { label: "All alerts", run: "/alert list" },
    ],
    figures: { reason: "first", alerts: parts.length, rules: rules.length },
    notes: [...notes].slice(0, 2),
  });
}
