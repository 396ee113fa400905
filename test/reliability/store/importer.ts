// A process to be killed: imports one file into a folder and says when it begins and when it has ended.
import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { importFile } from "../../../src/sources/import.ts";

const [dir = "", file = ""] = process.argv.slice(2);
writeSync(1, "ready\n");
flushCompileCache();
try {
  const { accepted } = await importFile(file, { dir, now: Date.UTC(2026, 10, 22) });
  writeSync(1, `done ${accepted}\n`);
} catch (error) {
  writeSync(1, `refused ${error instanceof Error ? error.message : String(error)}\n`);
}
