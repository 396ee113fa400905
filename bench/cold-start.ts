import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { timesOf } from "./timing.ts";
import type { Times } from "./timing.ts";

const STARTS = 40;

interface Rolldown {
  rolldown(options: { input: string; platform: "node" }): Promise<{
    write(options: { file: string; format: "cjs"; minify: true }): Promise<unknown>;
    close(): Promise<void>;
  }>;
}

/*
 * A process of its own and a small one, since starting others from a process of a gigabyte takes longer than they do. Prints
 * what each start took as JSON.
 */
const [dir = "", fingerprint = "", today = "", company = ""] = process.argv.slice(2);
console.log(JSON.stringify(Object.fromEntries(await coldStarts())));

/** Whole processes, taken in turn: a bare `node`, and one that opens the snapshot in the folder and answers. */
async function coldStarts(): Promise<ReadonlyMap<string, Times>> {
  const source = join(import.meta.dirname, "first-answer.ts");
  const bundle = join(dir, "first-answer.cjs");
  await bundled(source, bundle);
  const question = [join(dir, "snapshot.bin"), fingerprint, today];
  const cached = { NODE_COMPILE_CACHE: join(dir, "compile-cache") };
  const starts: readonly [
    name: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ][] = [
    ["bare node", ["-e", "0"], {}],
    ["/pulse", [bundle, ...question], {}],
    ["/layoffs X", [bundle, ...question, company], {}],
    ["/layoffs X, sources with compile cache", [source, ...question, company], cached],
    ["/layoffs X, sources", [source, ...question, company], {}],
  ];
  const taken = new Map<string, number[]>(starts.map(([name]) => [name, []]));
  for (let start = -2; start < STARTS; start++) {
    for (const [name, args, env] of starts) {
      const started = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, {
        env: { ...process.env, ...env },
      });
      if (status !== 0) throw new Error(`${name}: ${stderr.toString()}`);
      // The first two warm the page cache and the compile cache.
      if (start >= 0) taken.get(name)!.push((performance.now() - started) * 1_000);
    }
  }
  return new Map([...taken].map(([name, times]) => [name, timesOf(times)]));
}

async function bundled(source: string, file: string): Promise<void> {
  // Installed in this folder only, so that type-checking the project does not need it.
  const name: string = "rolldown";
  const tool: Rolldown = await import(name);
  const bundle = await tool.rolldown({ input: source, platform: "node" });
  // CommonJS, as `node -e` is: the loader of modules alone takes a tenth of a bare start.
  await bundle.write({ file, format: "cjs", minify: true });
  await bundle.close();
}
