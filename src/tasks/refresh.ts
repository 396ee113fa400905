import { taskArgs } from "../cli.ts";
import { systemClock } from "../clock.ts";
import { parseConfig } from "../config.ts";
import { Fault } from "../fault.ts";
import { openSources } from "../fetching/open-sources.ts";
import type { Sources } from "../fetching/open-sources.ts";
import type { Refreshed } from "../fetching/refresh.ts";
import { openLog } from "../log.ts";

const USAGE = "npm run -s refresh -- [ID…] [--trust] [--data DIR]";
const OPTIONS = { data: { type: "string" }, trust: { type: "boolean" } } as const;

/**
 * Asks the named sources now, else those in SOURCES that are due, and tells what they brought; 0 when every one could be
 * asked and believed.
 */
export async function refreshSources(args: readonly string[]): Promise<number> {
  const { values, positionals } = taskArgs(args, OPTIONS, USAGE);
  if (values.trust === true && positionals.length === 0)
    throw new Fault("missing_argument", "Which source is to be trusted?", USAGE);
  const config = parseConfig(process.env);
  const sources = await openSources({
    dir: values.data ?? config.dataDir,
    clock: systemClock,
    // What it would warn of is in the report.
    log: openLog("error"),
    settings: config.sources,
  });
  const stop = () => void sources.close();
  process.once("SIGINT", stop);
  try {
    const done = await sources.refresh(
      { ...(positionals.length > 0 && { ids: positionals }), trust: values.trust === true },
      (refreshed) => console.log(sourceReport(refreshed)),
    );
    const rest = restReport(done.length, sources, positionals, config.sources.wanted);
    if (rest !== null) console.log(rest);
    return done.every(({ outcome }) => outcome === "taken" || outcome === "unchanged") ? 0 : 1;
  } finally {
    process.off("SIGINT", stop);
    await sources.close();
  }
}

/**
 * What is to be said after the sources of a turn: what is wanted in SOURCES and cannot be asked, with what it lacks, and
 * that nothing was due or is on; null for nothing.
 */
export function restReport(
  asked: number,
  { chosen }: Pick<Sources, "chosen">,
  named: readonly string[],
  wanted: readonly string[] = [],
): string | null {
  const lacking = chosen.flatMap(({ def: { id, byDefault }, lacks }) =>
    named.length === 0 &&
    lacks !== null &&
    (wanted.includes(id) || (byDefault && wanted.includes("default")))
      ? [`${id}: not asked. ${lacks}`]
      : [],
  );
  const isOn = named.length > 0 || chosen.some(({ off }) => off === null);
  const idle = isOn && asked === 0 ? ["Nothing is due. Name a source to ask it now."] : [];
  const lines = [...idle, ...lacking];
  if (lines.length > 0) return lines.join("\n");
  if (asked > 0) return null;
  return "No source is on. SOURCES=default in .env turns the usual ones on; docs/sources.md lists all. Name one to ask it now.";
}

/** What became of a source, in plain text: what it brought, or why not and what to do. */
export function sourceReport(refreshed: Refreshed): string {
  const { id, outcome, errors, advice, notices } = refreshed;
  const count = (number: number) => number.toLocaleString("en-US");
  const brought = `${count(refreshed.rows)} rows: ${count(refreshed.new)} new · ${count(refreshed.changed)} changed · ${count(refreshed.withdrawn)} no longer listed`;
  const rejected = refreshed.rejected > 0 ? ` · ${count(refreshed.rejected)} rejected` : "";
  const words: Readonly<Record<Refreshed["outcome"], string>> = {
    taken: `${brought}${rejected}`,
    unchanged: `nothing new${rejected}`,
    suspicious: `not believed, the facts stay as they were. If it is right: npm run -s refresh -- ${id} --trust`,
    failed: "could not be asked, the facts stay as they were",
  };
  return [
    `${id}: ${words[outcome]}`,
    ...errors.slice(0, 10).map((error) => `  ${error}`),
    ...(errors.length > 10 ? [`  and ${errors.length - 10} more`] : []),
    ...advice.slice(0, 3).map((each) => `  ${each}`),
    ...notices.slice(0, 10).map((notice) => `  Note: ${notice}`),
  ].join("\n");
}
