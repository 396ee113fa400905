import type { Facts, Source } from "../market/facts.ts";
import type { ImportRecord, Stored, StoredSighting } from "../stores/facts-log.ts";
import { LAYOFF_TRACKER } from "./layoffs-csv.ts";
import { PAY_DUMPS } from "./pay-csv.ts";

/**
 * What the bot believes: the bundled facts and what was imported. The bundled layoffs are a sample, so they count only
 * while nothing of a tracker is imported; the same people would otherwise count twice.
 */
export function combineFacts(seed: Facts, stored: Stored): Facts {
  const imported = stored.layoffs.some(({ source }) => source === LAYOFF_TRACKER.id);
  const sources = [
    ...(imported ? [trackerSource(stored)] : []),
    ...seed.sources.filter((source) => !(imported && source.sample)),
    ...(stored.payRows.length > 0 ? [paySource(stored)] : []),
  ];
  return {
    ...seed,
    sources,
    layoffs: imported ? stored.layoffs : [...seed.layoffs, ...stored.layoffs],
    payRows: stored.payRows,
    entries: stored.entries,
  };
}

function trackerSource({ layoffs, imports }: Stored): Source {
  const listed = layoffs.filter((sighting) => sighting.withdrawnOn === null);
  const unknown = listed.filter(
    (sighting) => sighting.versions.at(-1)!.values.headcount === null,
  ).length;
  const assumed = listed.filter((sighting) => sighting.learnedIsAssumed).length;
  return {
    ...LAYOFF_TRACKER,
    asOfOn: lastImport(imports, LAYOFF_TRACKER.id),
    rows: listed.length,
    sample: false,
    gaps: [
      `${plural(unknown, listed)} do not say how many people.`,
      ...(assumed > 0
        ? [
            `${plural(assumed, listed)} do not say when they were learned; the announced day stands in.`,
          ]
        : []),
      ...withdrawnGap(layoffs, listed),
    ].join(" "),
  };
}

function withdrawnGap(all: readonly StoredSighting[], listed: readonly StoredSighting[]): string[] {
  const gone = all.length - listed.length;
  return gone > 0
    ? [`${gone.toLocaleString("en-US")} rows the tracker took down count only before that day.`]
    : [];
}

function plural(some: number, all: readonly unknown[]): string {
  return `${some.toLocaleString("en-US")} of ${all.length.toLocaleString("en-US")} rows`;
}

function paySource({ payRows, payLedger, imports }: Stored): Source {
  const undated = payRows.filter((row) => row.appearedOn === null).length;
  const first = payLedger.dumps.map((dump) => dump.asOfOn).sort()[0];
  return {
    ...PAY_DUMPS,
    asOfOn: lastImport(imports, PAY_DUMPS.id),
    rows: payRows.length,
    sample: false,
    gaps: `Self-reported pay, no employers' names. ${plural(undated, payRows)} stood in the first dump (${first}) and may be older.`,
  };
}

function lastImport(imports: readonly ImportRecord[], source: string): string {
  return imports.reduce(
    (last, record) => (record.source === source && record.asOfOn > last ? record.asOfOn : last),
    "",
  );
}
