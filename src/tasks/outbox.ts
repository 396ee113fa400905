import { taskArgs } from "../cli.ts";
import { systemClock } from "../clock.ts";
import { parseConfig } from "../config.ts";
import type { OutboxLine, OutboxWord } from "../delivery/outbox.ts";
import { isRetryable, OUTBOX_WORDS, outboxLines } from "../delivery/outbox.ts";
import { cite, Fault } from "../fault.ts";
import { nearest } from "../market/nearest.ts";
import { clip, oneLine } from "../reply/fit.ts";
import { plural } from "../reply/words.ts";
import { openJsonBook } from "../stores/json-book.ts";
import type { OutboxAct } from "./outbox-act.ts";
import { ACTS, acted, failedPost } from "./outbox-act.ts";

const LIST = "npm run -s outbox -- --status failed";
const USAGE = "npm run -s outbox [-- retry KEY | drop KEY] [--status WORD] [--json] [--data DIR]";
const OPTIONS = {
  json: { type: "boolean" },
  data: { type: "string" },
  status: { type: "string" },
} as const;

/**
 * Lists what was shown, what waits and what failed, the newest first; reads beside a running bot. `retry KEY` and
 * `drop KEY` change one message that failed, with the bot stopped.
 */
export async function outbox(args: readonly string[]): Promise<number> {
  const { values, positionals } = taskArgs(args, OPTIONS, USAGE);
  const dir = values.data ?? parseConfig(process.env).dataDir;
  const [name, key, ...more] = positionals;
  if (name !== undefined) {
    const act = ACTS.find((each) => each === name);
    if (act === undefined || key === undefined || more.length > 0)
      throw new Fault("bad_argument", "Say what to do with which message.", USAGE, [LIST]);
    process.stdout.write(`${await changed(dir, act, key)}\n`);
    return 0;
  }
  const status = statusOf(values.status);
  const book = await openJsonBook(dir, { readOnly: true });
  const lines = outboxLines(book, systemClock()).filter(
    ({ word }) => status === undefined || word === status,
  );
  await book.close();
  process.stdout.write(
    values.json === true ? `${JSON.stringify(lines)}\n` : `${shown(lines, status)}\n`,
  );
  return 0;
}

/** Looks for the message first: a wrong key is answered beside a running bot too, and makes no folder. */
async function changed(dir: string, act: OutboxAct, key: string): Promise<string> {
  failedPost(await openJsonBook(dir, { readOnly: true }), act, key);
  const book = await openJsonBook(dir, { clock: systemClock });
  try {
    return await acted(book, act, key, systemClock());
  } finally {
    await book.close();
  }
}

function statusOf(typed: string | undefined): OutboxWord | undefined {
  if (typed === undefined) return undefined;
  const word = OUTBOX_WORDS.find((each) => each === typed.toLowerCase());
  if (word !== undefined) return word;
  const [close = "failed"] = nearest(typed, OUTBOX_WORDS);
  throw new Fault(
    "bad_argument",
    `There is no status ${cite(typed)}.`,
    `There are: ${OUTBOX_WORDS.join(", ")}.`,
    [`npm run -s outbox -- --status ${close}`],
  );
}

/** One line a post, and a line that counts them. */
export function shown(lines: readonly OutboxLine[], status?: OutboxWord): string {
  if (lines.length === 0)
    return status === undefined ? "Nothing was ever sent from here." : `No message is ${status}.`;
  const counts = Map.groupBy(lines, ({ word }) => word);
  const sum = [...counts].map(([word, { length }]) => `${length.toLocaleString("en-US")} ${word}`);
  return [
    ...lines.map(lineText),
    "",
    `${plural(lines.length, "message")}: ${sum.join(" · ")}`,
    ...(lines.some(isRetryable)
      ? [
          "With the bot stopped, npm run -s outbox -- retry KEY has one tried again, drop KEY gives it up.",
        ]
      : []),
  ].join("\n");
}

const TITLE = 60;

function lineText(line: OutboxLine): string {
  const { at, word, why, link, kind, target, tenant, title, postKey } = line;
  const status = [word, why === null ? "" : `(${why})`].filter(Boolean).join(" ");
  return [
    new Date(at).toISOString().slice(0, 16).replace("T", " "),
    status.padEnd(22),
    kind.padEnd(10),
    `${tenant} ${target}`,
    clip(oneLine(title), TITLE),
    ...(link === null ? [] : [link]),
    ...(isRetryable(line) ? [`KEY ${postKey}`] : []),
  ].join("  ");
}
