import { taskArgs } from "../cli.ts";
import { systemClock } from "../clock.ts";
import { parseConfig } from "../config.ts";
import { Fault } from "../fault.ts";
import { isDay } from "../market/calendar.ts";
import { importReportText } from "../sources/import-report.ts";
import { importFile } from "../sources/import.ts";

const USAGE = "npm run -s import -- FILE… [--data DIR] [--asof DAY]";
const OPTIONS = { data: { type: "string" }, asof: { type: "string" } } as const;

/** Imports each file whole or not at all, one after the other; 0 when every file was taken. */
export async function importFiles(args: readonly string[]): Promise<number> {
  const { values, positionals } = taskArgs(args, OPTIONS, USAGE);
  if (positionals.length === 0) throw new Fault("missing_argument", "Which file?", USAGE);
  if (values.asof !== undefined && !isDay(values.asof))
    throw new Fault("bad_argument", "--asof takes a day such as 2024-04-25.", USAGE);
  const dir = values.data ?? parseConfig(process.env).dataDir;
  let refused = 0;
  for (const path of positionals) {
    try {
      const report = await importFile(path, {
        dir,
        now: systemClock(),
        ...(values.asof !== undefined && { asOf: values.asof }),
        ...(process.stderr.isTTY && { onProgress: showProgress }),
      });
      clearProgress();
      console.log(importReportText(report));
    } catch (fault) {
      clearProgress();
      if (!(fault instanceof Fault)) throw fault;
      refused++;
      console.error(
        `${path}: not imported, nothing was changed.\n  ${[fault.message, fault.right].filter(Boolean).join("\n  ")}`,
      );
    }
  }
  return refused === 0 ? 0 : 1;
}

function showProgress(done: number, total: number): void {
  process.stderr.write(`\r  ${Math.round((100 * done) / Math.max(total, 1))} % read`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");
}
