import { taskArgs } from "../cli.ts";
import { parseConfig } from "../config.ts";
import { examine } from "../stores/doctor.ts";

const USAGE = "npm run -s doctor -- [--data DIR]";
const OPTIONS = { data: { type: "string" } } as const;
const MARKS = { good: "ok  ", note: "note", bad: "BAD " } as const;

/** Says what is in the data folder and whether it is whole; changes nothing. 0 when nothing is bad. */
export async function doctor(args: readonly string[]): Promise<number> {
  const { values } = taskArgs(args, OPTIONS, USAGE);
  const dir = values.data ?? parseConfig(process.env).dataDir;
  const findings = await examine(dir);
  console.log(dir);
  for (const { state, about, says } of findings)
    console.log(`  ${MARKS[state]}  ${about}: ${says}`);
  const bad = findings.filter(({ state }) => state === "bad").length;
  if (bad > 0) console.log(`${bad} to look after. What can be put back: npm run -s restore`);
  return bad === 0 ? 0 : 1;
}
