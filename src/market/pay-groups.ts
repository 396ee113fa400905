import type { PayLevel } from "./facts.ts";
import { valuesAt } from "./order-statistic.ts";
import { familyOf, levelOf } from "./pay-table.ts";
import type { PayTable } from "./pay-table.ts";
import { groupsOf, narrowed, partsOf, runsOf } from "./pay-rows.ts";
import type { PayQuery } from "./pay-rows.ts";
import type { TitleFamily } from "./roles.ts";
import { quantilesAt } from "./stats.ts";
import { lowerBound } from "./texts.ts";

/** What groups of salaries are told apart by. */
export const PAY_KEYS = ["role", "level", "country"] as const;
export type PayKey = (typeof PAY_KEYS)[number];

/** A group by what it was told apart by; null is all of them. */
export interface PayGroupName {
  readonly role: TitleFamily | null;
  readonly level: PayLevel | null;
  /** ISO 3166 alpha-2. */
  readonly country: string | null;
}

/** How many salaries each group has and its median, USD per year, unrounded: columns, since groups are thousands. */
export interface PayMedians {
  readonly n: Int32Array;
  readonly median: Float64Array;
  readonly nameOf: (group: number) => PayGroupName;
}

/**
 * The medians of every group at once that has a salary which fits. Where groups are told apart by all three keys and neither
 * time nor title is asked for, each is a run, whose median is known; otherwise the parts of a group are searched together.
 */
export function payMedians(table: PayTable, query: PayQuery, by: readonly PayKey[]): PayMedians {
  const which = narrowed(table, query);
  if (which === null && query.country === undefined && by.length === PAY_KEYS.length)
    return ofRuns(table, groupsOf(query));
  const found = new Map<string, Found>();
  for (const run of runsOf(table, query)) {
    const name: PayGroupName = {
      role: by.includes("role") ? familyOf(run.group) : null,
      level: by.includes("level") ? levelOf(run.group) : null,
      country: by.includes("country") ? table.countries()[run.country]! : null,
    };
    const key = `${name.role} ${name.level} ${name.country}`;
    let each = found.get(key);
    for (const { usd } of partsOf(table, run, which)) {
      if (each === undefined) found.set(key, (each = { name, n: 0, parts: [] }));
      each.parts.push(usd);
      each.n += usd.length;
    }
  }
  const all = [...found.values()];
  return {
    n: Int32Array.from(all, ({ n }) => n),
    median: Float64Array.from(
      all,
      ({ n, parts }) => quantilesAt(n, (places) => valuesAt(parts, places), [0.5])[0]!,
    ),
    nameOf: (at) => all[at]!.name,
  };
}

interface Found {
  readonly name: PayGroupName;
  readonly parts: Float64Array[];
  n: number;
}

function ofRuns({ runs, groups, countries }: PayTable, wanted: readonly number[]): PayMedians {
  const [ends, runEnds, medians] = [runs.end.all(), groups.runEnd.all(), runs.median.all()];
  const n = new Int32Array(ends.length);
  const median = new Float64Array(ends.length);
  const runOf = new Int32Array(ends.length);
  let size = 0;
  for (const group of wanted) {
    for (let run = group === 0 ? 0 : runEnds[group - 1]!; run < runEnds[group]!; run++) {
      n[size] = ends[run]! - (run === 0 ? 0 : ends[run - 1]!);
      median[size] = medians[run]!;
      runOf[size++] = run;
    }
  }
  return {
    n: n.subarray(0, size),
    median: median.subarray(0, size),
    nameOf(at) {
      const run = runOf[at]!;
      const group = lowerBound(groups.runEnd, run + 1);
      return {
        role: familyOf(group),
        level: levelOf(group),
        country: countries()[runs.country.at(run)]!,
      };
    },
  };
}
