// A process to be killed: reads the book, says what is there, then four clients subscribe and unsubscribe without end.
// Every command writes two records in one commit, so that half of a command can be seen.
import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { text } from "node:stream/consumers";
import { Fault } from "../../../src/fault.ts";
import type { Book, Change } from "../../../src/stores/book.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { rule, watch } from "../../contracts/book-records.ts";

const say = (line: string) => void writeSync(1, `${line}\n`);
const [dir = "", first = "0"] = process.argv.length > 2 ? process.argv.slice(2) : await told();
const CLIENTS = 4;

let phase = "refused";
try {
  const book = await openJsonBook(dir, { onNotice: (sentence) => say(`notice ${sentence}`) });
  say(`rules ${namesIn(book, "rules")}`);
  say(`watches ${namesIn(book, "watches")}`);
  say("ready");
  phase = "stopped";
  flushCompileCache();
  let next = Number(first);
  await Promise.all(Array.from({ length: CLIENTS }, () => client(book, () => next++)));
} catch (error) {
  say(`${phase} ${error instanceof Fault ? `${error.reason} ${error.message}` : String(error)}`);
  process.exit(1);
}

function namesIn(book: Book, table: "rules" | "watches"): string {
  return book
    .list(table)
    .map(({ key }) => key.slice("slack:T1|".length))
    .join(",");
}

async function client(book: Book, number: () => number): Promise<never> {
  for (;;) {
    const name = `n${number()}`;
    await change("add", name, book, [
      { table: "rules", key: `slack:T1|${name}`, value: rule(name), expect: "absent" },
      { table: "watches", key: `slack:T1|${name}`, value: watch(name), expect: "absent" },
    ]);
    if (Number(name.slice(1)) % 3 > 0) continue;
    await change("drop", name, book, [
      { table: "rules", key: `slack:T1|${name}`, value: null, expect: "present" },
      { table: "watches", key: `slack:T1|${name}`, value: null, expect: "present" },
    ]);
  }
}

/** Waits, with everything loaded, for a line that says where and from which number on. */
async function told(): Promise<string[]> {
  say("loaded");
  const [first = "", ...dir] = (await text(process.stdin)).trim().split(" ");
  return [dir.join(" "), first];
}

async function change(
  act: "add" | "drop",
  name: string,
  book: Book,
  changes: readonly Change[],
): Promise<void> {
  say(`try ${act} ${name}`);
  const outcome = await book.commit(changes);
  say(outcome === "done" ? `saved ${act} ${name}` : `stopped conflict ${act} ${name}`);
}
