import { deepStrictEqual } from "node:assert";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildMarket, layoffAbout } from "../src/market/build.ts";
import { companyKey } from "../src/market/company-key.ts";
import { companyNames } from "../src/market/company-search.ts";
import type { Market } from "../src/market/market.ts";
import { saveSnapshot } from "../src/stores/snapshot.ts";
import type { CompanyAnswer, Contender, Event } from "./contender.ts";
import { plainArray } from "./contenders/array.ts";
import { duckdb } from "./contenders/duckdb.ts";
import { ours } from "./contenders/ours.ts";
import { sqlite } from "./contenders/sqlite.ts";
import { generate, LAST_DAY } from "./generate.ts";
import type { Generated } from "./generate.ts";
import { race } from "./timing.ts";
import type { Times } from "./timing.ts";

const SEED = 20_240_317;
const SIZES = [5_000, 100_000, 1_000_000];
const ROUNDS = 5;

/** A goal and what was measured: either "at least so many times faster" or "at most so many times slower". */
interface Figure {
  readonly what: string;
  readonly goal: number;
  readonly kind: "at-least" | "at-most";
  readonly measured: number;
}

interface Laid {
  readonly generated: Generated;
  readonly market: Market;
}

const laid = new Map<number, Laid>();
for (const size of SIZES) laid.set(size, layOut(size));
const largest = laid.get(SIZES.at(-1)!)!;
const figures: Figure[] = [];
const times: Record<string, ReadonlyMap<string, Times>> = {};

const others = await contendersFor(largest);
const mine = ours(largest.market, LAST_DAY);
await agree(mine, others, largest.generated);

const keys = Array.from({ length: 20_000 }, largest.generated.ask);
const days = Array.from({ length: 20_000 }, largest.generated.day);
const turns: Readonly<Record<string, number>> = {
  "market-pulse": 2_000,
  "SQLite with rollups": 1_000,
  DuckDB: 8,
  "array filter": 2,
};

const company = await race(
  [mine, ...others].map((each) => ({
    name: each.name,
    perRound: turns[each.name]!,
    ask: (question) => each.company(keys[question % keys.length]!),
  })),
  ROUNDS,
);
times["/layoffs X at 1M events"] = company;
figures.push(
  {
    what: "/layoffs X: times faster than DuckDB",
    goal: 1_500,
    kind: "at-least",
    measured: ratio(company, "DuckDB"),
  },
  {
    what: "/layoffs X: times faster than an array filter",
    goal: 10_000,
    kind: "at-least",
    measured: ratio(company, "array filter"),
  },
  {
    what: "/layoffs X: times faster than SQLite with every rollup",
    goal: 5,
    kind: "at-least",
    measured: ratio(company, "SQLite with rollups"),
  },
);

const pulses = await race(
  [mine, ...others].flatMap((each) =>
    each.pulse === undefined
      ? []
      : [
          {
            name: each.name,
            perRound: turns[each.name]!,
            ask: (question: number) => each.pulse?.(days[question % days.length]!),
          },
        ],
  ),
  ROUNDS,
);
times["pulse at 1M events"] = pulses;
figures.push({
  what: "pulse: times faster than DuckDB",
  goal: 1_000,
  kind: "at-least",
  measured: ratio(pulses, "DuckDB"),
});
for (const each of others) each.close();

const flat = await race(
  [...laid].map(([size, { market }]) => ({
    name: `${size} events`,
    perRound: 2_000,
    ask: (question) => ours(market, LAST_DAY).pulse(days[question % days.length]!),
  })),
  ROUNDS,
);
times["pulse by size"] = flat;
figures.push({
  what: "pulse: 1M events beside 5k",
  goal: 1.5,
  kind: "at-most",
  measured: flat.get("1000000 events")!.median / flat.get("5000 events")!.median,
});

const dir = mkdtempSync(join(tmpdir(), "bench-"));
try {
  const { facts } = largest.generated;
  const saved = await saveSnapshot(join(dir, "snapshot.bin"), "bench", {
    table: largest.market.layoffs(),
    about: layoffAbout(facts),
    pay: () => largest.market.pay,
    facts: () => ({ ...facts, layoffs: [] }),
    names: () => companyNames([], new Map()),
  });
  if (!saved) throw new Error(`cannot write to ${dir}`);
  const script = join(import.meta.dirname, "cold-start.ts");
  const printed = execFileSync(process.execPath, [script, dir, "bench", LAST_DAY, keys[0]!], {
    encoding: "utf8",
  });
  const measured: Record<string, Times> = JSON.parse(printed);
  const cold = new Map(Object.entries(measured));
  times["cold start at 1M events"] = cold;
  const bare = cold.get("bare node")!.median;
  for (const question of ["/pulse", "/layoffs X"]) {
    figures.push({
      what: `cold start to ${question}, beside a bare node`,
      goal: 1.15,
      kind: "at-most",
      measured: cold.get(question)!.median / bare,
    });
  }
} finally {
  rmSync(dir, { recursive: true, force: true });
}

report();

function layOut(size: number): Laid {
  const generated = generate(size, SEED);
  const market = buildMarket(generated.facts, generated.book);
  // Prepared before the clock runs, as in a bot that has started; what starting costs is measured apart.
  void [market.layoffs().byCompany, market.layoffs().pulse];
  return { generated, market };
}

async function contendersFor({ generated }: Laid): Promise<readonly Contender[]> {
  const events = generated.facts.layoffs.map(({ versions }): Event => {
    const { from, values } = versions[0]!;
    return {
      companyKey: companyKey(values.company),
      company: values.company,
      on: values.announcedOn,
      learnedOn: from,
      people: values.headcount,
      percent: values.percentOfStaff,
      industry: values.industry!,
      country: values.country!,
      stage: values.stage!,
      url: values.url!,
    };
  });
  return [sqlite(events, LAST_DAY), await duckdb(events, LAST_DAY), plainArray(events, LAST_DAY)];
}

/** A race between different answers would mean nothing. */
async function agree(
  first: Contender,
  others: readonly Contender[],
  { ask, day }: Generated,
): Promise<void> {
  for (let time = 0; time < 10; time++) {
    const [key, on] = [ask(), day()];
    const expected = await first.company(key);
    const pulse = await first.pulse?.(on);
    const names = (answer: typeof pulse) =>
      answer && {
        ...answer,
        weeks: [],
        top: answer.top.map(([name, ...counts]) => [companyKey(name), ...counts]),
      };
    for (const other of others) {
      deepStrictEqual(
        shaped(await other.company(key)),
        shaped(expected),
        `${other.name} answers differently about ${key}`,
      );
      if (other.pulse !== undefined)
        deepStrictEqual(
          names(await other.pulse(on)),
          names(pulse),
          `${other.name} answers differently about ${on}`,
        );
    }
  }
}

/** What every contender has to say; ours says more. */
function shaped(answer: CompanyAnswer): CompanyAnswer {
  return {
    ...answer,
    months: answer.months.map(({ label, people, events }) => ({ label, people, events })),
    newest: answer.newest.map(
      ({ companyKey, company, on, learnedOn, people, percent, industry, country, stage, url }) => ({
        companyKey,
        company,
        on,
        learnedOn,
        people,
        percent,
        industry,
        country,
        stage,
        url,
      }),
    ),
  };
}

function ratio(measured: ReadonlyMap<string, Times>, name: string): number {
  return measured.get(name)!.median / measured.get("market-pulse")!.median;
}

/** Half the goal: half as many times faster, or twice as far above one. */
function isMissed({ kind, goal, measured }: Figure): boolean {
  return kind === "at-least" ? measured < goal / 2 : measured - 1 > 2 * (goal - 1);
}

function report(): void {
  for (const [what, contenders] of Object.entries(times)) {
    console.log(`\n${what}`);
    console.table(
      Object.fromEntries(
        [...contenders].map(([name, { median, p99, questions }]) => [
          name,
          { "median µs": round(median), "p99 µs": round(p99), questions },
        ]),
      ),
    );
  }
  console.table(
    Object.fromEntries(
      figures.map((figure) => [
        figure.what,
        {
          goal: `${figure.kind === "at-least" ? "≥" : "≤"} ${figure.goal}`,
          measured: round(figure.measured),
          half: isMissed(figure) ? "missed" : "kept",
        },
      ]),
    ),
  );
  console.log(
    JSON.stringify({
      seed: SEED,
      node: process.version,
      figures,
      times: Object.fromEntries(
        Object.entries(times).map(([what, contenders]) => [what, Object.fromEntries(contenders)]),
      ),
    }),
  );
  process.exitCode = figures.some(isMissed) ? 1 : 0;
}

function round(number: number): number {
  return Number(number.toPrecision(3));
}
