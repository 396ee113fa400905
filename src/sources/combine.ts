import type { Facts, Source } from "../market/facts.ts";
import type { ImportRecord, Stored, StoredSighting } from "../stores/facts-log.ts";
import { LAYOFF_TRACKER } from "./layoffs-csv.ts";
import { SOURCES } from "./connectors/index.ts";
import { mergeSightings, pairKey } from "./merge.ts";
import { PAY_DUMPS } from "./pay-csv.ts";

/**
 * What the bot believes: the bundled facts and what was taken in, each happening once with its witnesses. The bundled layoffs
 * are a sample, so they count only while nothing of a tracker is imported; the same people would otherwise count twice.
 *
 * @param companyKey joins the spellings of a company
 */
export function combineFacts(
  seed: Facts,
  stored: Stored,
  companyKey: (company: string) => string,
): Facts {
  const tracked = stored.layoffs.filter(({ source }) => source === LAYOFF_TRACKER.id);
  const imported = tracked.length > 0;
  const sample = seed.sources.find((source) => source.sample)?.id;
  const lists = [LAYOFF_TRACKER.id, sample];
  const { layoffs, ...told } = mergeSightings(
    imported ? stored.layoffs : [...seed.layoffs, ...stored.layoffs],
    {
      companyKey,
      isList: (source) => lists.includes(source),
      rankOf: (source) => (lists.includes(source) ? 0 : source.startsWith("sec") ? 1 : 2),
      verdicts: new Map(
        stored.verdicts.flatMap(({ a, b, says }) =>
          b === null || says === "confirmed" ? [] : [[pairKey(a, b), says] as const],
        ),
      ),
      confirmed: new Set(
        stored.verdicts.flatMap(({ a, says }) => (says === "confirmed" ? [a] : [])),
      ),
    },
  );
  const connected = connectedSources(stored);
  const sources = [
    ...(imported ? [trackerSource({ ...stored, layoffs: tracked })] : []),
    ...seed.sources.filter(
      (source) => !(imported && source.sample) && !connected.some(({ id }) => id === source.id),
    ),
    ...(stored.payRows.length > 0 ? [paySource(stored)] : []),
    ...connected,
  ];
  return {
    ...seed,
    sources,
    layoffs,
    ...told,
    verdicts: stored.verdicts,
    payRows: stored.payRows,
    entries: stored.entries,
  };
}

/** The sources that were read, as far as they reach: what each still lists is counted in one pass over all facts. */
function connectedSources({ imports, layoffs, entries }: Stored): readonly Source[] {
  const rows = new Map<string, number>();
  const count = (source: string) => rows.set(source, (rows.get(source) ?? 0) + 1);
  for (const { source } of layoffs) count(source);
  // Lists are told of elsewhere: whoever else reports layoffs reports single ones.
  const reporting = new Set(rows.keys());
  for (const shelf of Object.values(entries))
    for (const { source, versions } of shelf) if (versions.at(-1)!.values !== null) count(source);
  return SOURCES.flatMap(({ id, publisher, title, licence, url, gaps }) => {
    const asOfOn = lastImport(imports, id);
    // The two lists that are taken row by row are told in words of their own.
    if (asOfOn === "" || id === LAYOFF_TRACKER.id || id === PAY_DUMPS.id) return [];
    const told = { id, publisher, title, licence, url, asOfOn, rows: rows.get(id) ?? 0, gaps };
    return [{ ...told, sample: false, ...(reporting.has(id) && { single: true as const }) }];
  });
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
