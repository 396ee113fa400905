import { taskArgs } from "../cli.ts";
import { systemClock } from "../clock.ts";
import { parseConfig } from "../config.ts";
import type { OutboxLine } from "../delivery/outbox.ts";
import { outboxLines } from "../delivery/outbox.ts";
import { clip, oneLine } from "../reply/fit.ts";
import { plural } from "../reply/words.ts";
import { openJsonBook } from "../stores/json-book.ts";

const USAGE = "npm run -s outbox [-- --json] [--data DIR]";
const OPTIONS = { json: { type: "boolean" }, data: { type: "string" } } as const;

/** Lists what was shown, what waits and what failed, the newest first; reads beside a running bot. */
export async function outbox(args: readonly string[]): Promise<number> {
  const { values } = taskArgs(args, OPTIONS, USAGE);
  const dir = values.data ?? parseConfig(process.env).dataDir;
  const book = await openJsonBook(dir, { readOnly: true });
  const lines = outboxLines(book, systemClock());
  await book.close();
  process.stdout.write(values.json === true ? `${JSON.stringify(lines)}\n` : `${shown(lines)}\n`);
  return 0;
}

/** One line a post, and a line that counts them. */
export function shown(lines: readonly OutboxLine[]): string {
  if (lines.length === 0) return "Nothing was ever sent from here.";
  const counts = Map.groupBy(lines, ({ word }) => word);
  const sum = [...counts].map(([word, { length }]) => `${length.toLocaleString("en-US")} ${word}`);
  return [
    ...lines.map(lineText),
    "",
    `${plural(lines.length, "message")}: ${sum.join(" · ")}`,
  ].join("\n");
}

const TITLE = 60;

function lineText({ at, word, why, link, kind, target, tenant, title }: OutboxLine): string {
  const status = [word, why === null ? "" : `(${why})`].filter(Boolean).join(" ");
  return [
    new Date(at).toISOString().slice(0, 16).replace("T", " "),
    status.padEnd(22),
    kind.padEnd(10),
    `${tenant} ${target}`,
    clip(oneLine(title), TITLE),
    ...(link === null ? [] : [link]),
  ].join("  ");
}
