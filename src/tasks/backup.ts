import { taskArgs } from "../cli.ts";
import { systemClock } from "../clock.ts";
import { parseConfig } from "../config.ts";
import { plural } from "../reply/words.ts";
import { saveBackup } from "../stores/backup.ts";

const USAGE = "npm run -s backup -- [--to DIR] [--data DIR]";
const OPTIONS = { data: { type: "string" }, to: { type: "string" } } as const;

/** Copies the data folder as it is at one moment, also beside the running bot; 0 when the copy is whole and on disk. */
export async function backup(args: readonly string[]): Promise<number> {
  const { values } = taskArgs(args, OPTIONS, USAGE);
  const dir = values.data ?? parseConfig(process.env).dataDir;
  const { path, records, notices, removed } = await saveBackup(dir, {
    now: systemClock(),
    ...(values.to !== undefined && { to: values.to }),
  });
  for (const notice of notices) console.error(notice);
  console.log(
    `Saved: ${path} (${plural(records, "record")}, the imported facts and how sources fared)`,
  );
  if (removed.length > 0)
    console.log(`Thinned out: ${plural(removed.length, "older backup")} removed.`);
  return 0;
}
