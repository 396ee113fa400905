import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { programs } from "./index.ts";
import type { Figure, Form, Program } from "./program.ts";
import { folded } from "./program.ts";
import { detailText, withFigures } from "./table.ts";

const PAGE = new URL("../../docs/reliability.md", import.meta.url);
const LINES = new URL("../../reliability/figures.jsonl", import.meta.url);

/**
 * Tries to break the promises: all, or those named. Appends a line for each figure to reliability/figures.jsonl; the full
 * form also renews the table of docs/reliability.md, the short one is for looking only.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: "boolean", default: false }, seed: { type: "string" } },
  });
  const form: Form = values.quick ? "quick" : "full";
  mkdirSync(new URL(".", LINES), { recursive: true });
  let broken = 0;
  for (const same of Map.groupBy(chosen(positionals), ({ id }) => id).values()) {
    const figures: Figure[] = [];
    for (const each of same)
      figures.push(folded(each, await play(each, form, Number(values.seed ?? each.seed))));
    broken += figures.reduce((sum, { violations }) => sum + violations, 0);
    if (form === "full")
      writeFileSync(PAGE, withFigures(readFileSync(PAGE, "utf8"), figures, today()));
  }
  process.exitCode = broken === 0 ? 0 : 1;
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

async function play(each: Program, form: Form, seed: number): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  let began = performance.now();
  const note = (figure: Figure): void => {
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    began = performance.now();
    figures.push(figure);
    process.stdout.write(`${lineOf(figure)} (${seconds} s)\n`);
    const line = { on: today(), node: process.version, form, seed, seconds, ...figure };
    appendFileSync(LINES, `${JSON.stringify(line)}\n`);
  };
  try {
    for await (const figure of each.figures(form, seed)) note(figure);
  } catch (error) {
    // A program that falls over has kept no promise.
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    note({ id: each.id, promise: each.promise, injected: "", count: 1, violations: 1, detail });
  }
  return figures;
}

function lineOf({ id, injected, count, violations, detail }: Figure): string {
  const verdict = count === 0 ? "not here" : violations === 0 ? "kept" : `BROKEN ${violations}`;
  return `${id.padEnd(4)}${verdict.padEnd(9)} ${count} tried · ${injected} · ${detailText(detail)}`;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

await main();
