import { taskArgs } from "../cli.ts";
import { systemClock } from "../clock.ts";
import { parseConfig } from "../config.ts";
import { Fault } from "../fault.ts";
import { isDay } from "../market/calendar.ts";
import { importReportText } from "../sources/import-report.ts";
import { importFile, type ImportOptions } from "../sources/import.ts";
import { openReading } from "../sources/reading.ts";

const USAGE = "npm run -s import -- FILE… [--data DIR] [--asof DAY]";
const OPTIONS = { data: { type: "string" }, asof: { type: "string" } } as const;

/** Imports each file whole or not at all, one after the other; 0 when every file was taken. */
export async function importFiles(args: readonly string[]): Promise<number> {
  const { values, positionals } = taskArgs(args, OPTIONS, USAGE);
  if (positionals.length === 0) throw new Fault("missing_argument", "Which file?", USAGE);
  if (values.asof !== undefined && !isDay(values.asof))
    throw new Fault("bad_argument", "--asof takes a day such as 2024-04-25.", USAGE);
  const dir = values.data ?? parseConfig(process.env).dataDir;
  const reading = openReading();
  try {
    const taken: boolean[] = [];
    for (const path of positionals) {
      const options = {
        dir,
        now: systemClock(),
        reading,
        ...(values.asof !== undefined && { asOf: values.asof }),
        ...(process.stderr.isTTY && { onProgress: showProgress }),
      };
      taken.push(await isTaken(path, options));
    }
    return taken.every(Boolean) ? 0 : 1;
  } finally {
    await reading.close();
  }
}

/** Imports a file and says on the terminal what came of it. */
async function isTaken(path: string, options: ImportOptions): Promise<boolean> {
  try {
    const report = await importFile(path, options);
    clearProgress();
    console.log(importReportText(report));
    return true;
  } catch (fault) {
    clearProgress();
    if (!(fault instanceof Fault)) throw fault;
    console.error(
      `${path}: not imported, nothing was changed.\n  ${[fault.message, fault.right].filter(Boolean).join("\n  ")}`,
    );
    return false;
  }
}

function showProgress(done: number, total: number): void {
  process.stderr.write(`\r  ${Math.round((100 * done) / Math.max(total, 1))} % read`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
}
