// A process that tries to hold a folder: says "held", or why not, and keeps it until it is killed or told to stop.
import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { Fault } from "../../../src/fault.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";
import { watch, putWatch } from "../../contracts/book-records.ts";

const [dir = "", name = "x"] = process.argv.slice(2);
try {
  const book = await openJsonBook(dir);
  writeSync(1, `held ${name}\n`);
  flushCompileCache();
  let turn = 0;
  const writing = setInterval(() => {
    const own = `${name}-${turn++}`;
    book
      .commit([putWatch(watch(own))])
      .then(() => writeSync(1, `saved ${own}\n`))
      .catch((error: unknown) => writeSync(1, `fenced ${String(error)}\n`));
  }, 5);
  process.on("SIGTERM", () => {
    clearInterval(writing);
    void book.close().then(() => process.exit(0));
  });
} catch (error) {
  writeSync(
    1,
    `refused ${error instanceof Fault ? `${error.reason}: ${error.message}` : String(error)}\n`,
  );
  process.exit(75);
}
