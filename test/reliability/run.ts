import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { programs } from "./index.ts";
import type { Figure, Form, Program } from "./program.ts";
import { folded } from "./program.ts";
import { detailText, withFigures } from "./table.ts";

const PAGE = new URL("../../docs/reliability.md", import.meta.url);
const LINES = new URL("../../reliability/figures.jsonl", import.meta.url);
const MINUTE_MS = 60_000;
const LEFT_OPEN_MS = 20_000;
const OPTIONS = {
  quick: { type: "boolean", default: false },
  seed: { type: "string" },
  /** Minutes; a program that can stop in good order does so then, another is ended after twice as long. */
  budget: { type: "string", default: "6" },
  /** Play here, and not in a process of its own. */
  here: { type: "boolean", default: false },
} as const;

/**
 * Tries to break the promises: all, or those named, each in a process of its own, so that one that falls over or never
 * ends takes no other with it. Appends a line for each figure to reliability/figures.jsonl; the full form also renews the
 * table of docs/reliability.md, promise by promise; the short one is for looking only.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
  const minutes = Number(values.budget);
  if (!(minutes > 0)) throw new Error("--budget is a number of minutes above 0.");
  const form: Form = values.quick ? "quick" : "full";
  const ids = new Set(chosen(positionals).map(({ id }) => id));
  mkdirSync(new URL(".", LINES), { recursive: true });
  let broken = 0;
  for (const id of ids)
    broken += values.here
      ? await playHere(id, { form, minutes, seed: values.seed })
      : await playApart(id, { form, minutes, given: process.argv.slice(2) });
  process.exitCode = broken === 0 ? 0 : 1;
  // What a program left open keeps it only so long; ended at once, a picture under way would take the process down.
  setTimeout(() => process.exit(), LEFT_OPEN_MS).unref();
}

function chosen(ids: readonly string[]): readonly Program[] {
  const wanted = ids.map((id) => id.toUpperCase());
  const unknown = wanted.filter((id) => !programs.some((each) => each.id === id));
  if (unknown.length > 0)
    throw new Error(
      `No program for ${unknown.join(", ")}. There are: ${[...new Set(programs.map(({ id }) => id))].join(" ")}`,
    );
  return wanted.length === 0 ? programs : programs.filter(({ id }) => wanted.includes(id));
}

/** Plays a promise in a process of its own; 1 when it was broken, or the process did not end as it should. */
async function playApart(
  id: string,
  {
    form,
    minutes,
    given,
  }: { readonly form: Form; readonly minutes: number; readonly given: readonly string[] },
): Promise<number> {
  const file = fileURLToPath(import.meta.url);
  const flags = given.filter(
    (word, at) => word.startsWith("-") || /^--(seed|budget)$/.test(given[at - 1] ?? ""),
  );
  const child = spawn(process.execPath, [...process.execArgv, file, id, ...flags, "--here"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const sets = programs
    .filter((each) => each.id === id)
    .reduce((sum, { sets }) => sum + sets[form], 0);
  const over = new AbortController();
  const ended = once(child, "exit").finally(() => over.abort());
  const late = pause(2 * minutes * sets * MINUTE_MS, "late", { signal: over.signal }).catch(
    () => "ended",
  );
  const isLate = (await Promise.race([ended, late])) === "late";
  if (isLate) child.kill("SIGKILL");
  await ended;
  if (child.exitCode === 0 || child.exitCode === 1) return child.exitCode;
  const how = isLate
    ? `it did not end within ${2 * minutes * sets} minutes`
    : `the program ended with ${child.signalCode ?? child.exitCode}`;
  const { promise, seed } = programs.find((each) => each.id === id)!;
  const figure = { id, promise, injected: "", count: 1, violations: 1, detail: how };
  note(figure, { form, seed, seconds: null });
  renewPage(form, [figure]);
  return 1;
}

async function playHere(
  id: string,
  {
    form,
    minutes,
    seed,
  }: { readonly form: Form; readonly minutes: number; readonly seed: string | undefined },
): Promise<number> {
  const figures: Figure[] = [];
  for (const each of programs.filter((one) => one.id === id)) {
    const options = { seed: Number(seed ?? each.seed), minutes };
    figures.push(folded(each, await play(each, form, options)));
  }
  renewPage(form, figures);
  return figures.reduce((sum, { violations }) => sum + violations, 0);
}

async function play(
  each: Program,
  form: Form,
  options: { readonly seed: number; readonly minutes: number },
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  let began = performance.now();
  const tell = (figure: Figure): void => {
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    began = performance.now();
    figures.push(figure);
    note(figure, { form, seed: options.seed, seconds });
  };
  try {
    for await (const figure of each.figures(form, options)) tell(figure);
  } catch (error) {
    // A program that falls over has kept no promise.
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    tell({ id: each.id, promise: each.promise, injected: "", count: 1, violations: 1, detail });
  }
  return figures;
}

function note(
  figure: Figure,
  how: { readonly form: Form; readonly seed: number; readonly seconds: number | null },
): void {
  process.stdout.write(`${lineOf(figure)}${how.seconds === null ? "" : ` (${how.seconds} s)`}\n`);
  const line = { on: today(), node: process.version, ...how, ...figure };
  appendFileSync(LINES, `${JSON.stringify(line)}\n`);
}

function renewPage(form: Form, figures: readonly Figure[]): void {
  if (form === "full")
    writeFileSync(PAGE, withFigures(readFileSync(PAGE, "utf8"), figures, today()));
}

function lineOf({ id, injected, count, violations, detail }: Figure): string {
  const verdict = count === 0 ? "not here" : violations === 0 ? "kept" : `BROKEN ${violations}`;
  return `${id.padEnd(4)}${verdict.padEnd(9)} ${count} tried · ${injected} · ${detailText(detail)}`;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

await main();
