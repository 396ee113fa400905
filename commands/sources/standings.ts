import { cite, Fault } from "../../src/fault.ts";
import { nearest } from "../../src/market/nearest.ts";
import { sourceState } from "../../src/market/source-health.ts";
import type { SourceHealth, SourceStanding, SourceState } from "../../src/market/source-health.ts";
import type { Block, Reply, Words } from "../../src/reply/reply.ts";
import { reply } from "../../src/reply/reply.ts";
import { age, count, list, plural } from "../../src/reply/words.ts";

const MINUTE_MS = 60_000;

/** The sources that are asked by themselves: a row each for those that are on or were once asked, a sentence for the others. */
export function standingBlocks(standings: readonly SourceStanding[], now: number): Block[] {
  if (standings.length === 0) return [];
  const met = standings.filter(({ off, health }) => off === null || health !== null);
  const others = standings.filter((standing) => !met.includes(standing)).map(({ id }) => id);
  const troubled = met.filter(({ health }) => health !== null && trouble(health) !== null);
  return [
    ...(met.length === 0 ? [] : [table(met, now)]),
    ...(troubled.length === 0
      ? []
      : [
          {
            kind: "bullets" as const,
            items: troubled.map(({ id, health }): Words => [
              { bold: `${id}: ` },
              (health && trouble(health)) ?? "",
            ]),
          },
        ]),
    ...(others.length === 0
      ? []
      : [{ kind: "text" as const, words: `Not asked here: ${list(others)}.` }]),
  ];
}

function table(met: readonly SourceStanding[], now: number): Block {
  return {
    kind: "table",
    caption: "Asked by themselves",
    columns: [
      { title: "Source", align: "left" },
      { title: "State", align: "left" },
      { title: "Last good answer", align: "left" },
      { title: "Rows", align: "right" },
      { title: "Newest", align: "left" },
    ],
    rows: met.map((standing) => [
      standing.id,
      sourceState(standing, now),
      ago(standing.health?.succeededAt ?? null, now),
      { text: count(standing.health?.rows ?? 0), value: standing.health?.rows ?? 0 },
      standing.health?.newestOn ?? "",
    ]),
    more: 0,
  };
}

/** What is known of one source. Throws a Fault (`not_found`) with the nearest id. */
export function oneStanding(standings: readonly SourceStanding[], id: string, now: number): Reply {
  const standing = standings.find((each) => each.id === id.toLowerCase());
  if (standing === undefined) throw unknown(id, standings);
  const { health, off } = standing;
  const state = sourceState(standing, now);
  return reply(`${standing.publisher}, ${standing.title}: ${SAYS[state]}`, {
    blocks: [
      {
        kind: "bullets",
        items: [
          ...(off === null ? [] : [[{ bold: "Off: " }, off]]),
          ...(health === null ? [] : healthLines(health, now)),
          ...(standing.everyMinutes === null
            ? []
            : [[{ bold: "Asked: " }, `every ${span(standing.everyMinutes)}`]]),
          [{ bold: "Leaves out: " }, standing.gaps],
          [{ bold: "Licence: " }, standing.licence],
          [{ bold: "Attribution: " }, standing.attribution],
          [{ bold: "About it: " }, { link: standing.url, text: standing.url }],
        ],
      },
    ],
    figures: { source: standing.id, state, ...health },
    notes: [`Ask it now: npm run -s refresh -- ${standing.id}`],
    actions: [{ label: "All sources", run: "/sources" }],
  });
}

const SAYS: Readonly<Record<SourceState, string>> = {
  ok: "answers",
  waiting: "not asked yet",
  failing: "cannot be asked; what it said before still counts",
  suspicious: "its answers are not believed; what it said before still counts",
  stale: "no good answer for too long; what it said before still counts",
  off: "not asked by itself",
};

function healthLines(health: SourceHealth, now: number): Words[] {
  const wrong = trouble(health);
  return [
    [{ bold: "Last asked: " }, ago(health.triedAt, now)],
    [{ bold: "Last good answer: " }, ago(health.succeededAt, now)],
    [
      { bold: "Rows: " },
      `${count(health.rows)}${health.newestOn === null ? "" : `, the newest of ${health.newestOn}`}`,
    ],
    ...(wrong === null ? [] : [[{ bold: "Trouble: " }, wrong]]),
    ...(health.failures > 1 ? [[{ bold: "In a row: " }, plural(health.failures, "failure")]] : []),
    ...(health.notBefore === null
      ? []
      : [[{ bold: "Left alone until: " }, instant(health.notBefore)]]),
  ];
}

/** What is wrong with a source, in words; null when nothing is. */
function trouble({ suspicious, error }: SourceHealth): string | null {
  if (suspicious !== null)
    return `not believed since ${instant(suspicious.since)}: ${suspicious.why}`;
  return error;
}

function unknown(id: string, standings: readonly SourceStanding[]): Fault {
  const ids = standings.map((standing) => standing.id);
  const close = nearest(id, [...ids, "status", "licences", "changes"]);
  return new Fault(
    "not_found",
    `There is no source ${cite(id)}.`,
    ids.length === 0 ? "/sources shows status, licences or changes." : `There are ${list(ids)}.`,
    [...close.slice(0, 2).map((each) => `/sources ${each}`), "/sources"],
  );
}

function ago(at: string | null, now: number): string {
  if (at === null) return "never";
  const minutes = Math.floor((now - Date.parse(at)) / MINUTE_MS);
  return minutes < 1 ? "just now" : `${span(minutes)} ago`;
}

/** "5 minutes", "3 hours", "2 days". */
function span(minutes: number): string {
  if (minutes < 60) return plural(minutes, "minute");
  if (minutes < 2 * 24 * 60) return plural(Math.round(minutes / 60), "hour");
  return age(Math.round(minutes / (24 * 60)));
}

/** An instant to the minute, as the log and the health file write it. */
function instant(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
