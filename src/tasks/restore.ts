import { join } from "node:path";
import { taskArgs } from "../cli.ts";
import { systemClock } from "../clock.ts";
import { parseConfig } from "../config.ts";
import { Fault } from "../fault.ts";
import { plural } from "../reply/words.ts";
import { backupNames } from "../stores/backup.ts";
import { backupsDir } from "../stores/book-folder.ts";
import { openJsonBook } from "../stores/json-book.ts";
import { tableNames } from "../stores/record-schemas.ts";
import { restoreBook } from "../stores/restore.ts";

const USAGE = "npm run -s restore -- --from latest|present|NAME|DIR [--data DIR] [--set-aside]";
const OPTIONS = {
  data: { type: "string" },
  from: { type: "string" },
  "set-aside": { type: "boolean" },
} as const;

/** Puts a copy in place of the state, with the bot stopped; without --from it lists the copies and changes nothing. */
export async function restore(args: readonly string[]): Promise<number> {
  const { values } = taskArgs(args, OPTIONS, USAGE);
  const dir = values.data ?? parseConfig(process.env).dataDir;
  if (values.from === undefined) return listCopies(dir);
  const done = await restoreBook(dir, {
    from: values.from,
    now: systemClock(),
    setAside: values["set-aside"] === true,
    onNotice: (sentence) => console.error(sentence),
  });
  const facts = done.facts ? " and the imported facts" : "";
  console.log(`Put back from ${done.from}: ${plural(done.records, "record")}${facts}.`);
  if (done.held > 0)
    console.log(
      `${plural(done.held, "post")} on their way at that time are held (reason: restored), since they may have been shown; nothing is sent twice.`,
    );
  if (done.setAside.length > 0)
    console.log(
      `${plural(done.setAside.length, "record")} set aside in ${join(done.replaced, "set-aside.json")}.`,
    );
  console.log(`What was there before is in ${done.replaced}. Start the bot: npm start`);
  return 0;
}

async function listCopies(dir: string): Promise<number> {
  console.log(`Copies that can be put back into ${dir}:`);
  console.log(`  present  ${await describeCopy(dir)}`);
  for (const name of await backupNames(dir))
    console.log(`  ${name}  ${await describeCopy(join(backupsDir(dir), name))}`);
  console.log(`Stop the bot, then: ${USAGE}`);
  return 0;
}

async function describeCopy(dir: string): Promise<string> {
  try {
    const book = await openJsonBook(dir, { readOnly: true });
    const counts = tableNames.map((table) => book.list(table).length);
    return `whole, ${plural(
      counts.reduce((sum, count) => sum + count, 0),
      "record",
    )}`;
  } catch (error) {
    if (error instanceof Fault) return `not whole: ${error.message}`;
    throw error;
  }
}
