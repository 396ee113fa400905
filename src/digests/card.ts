import type { Context } from "../command/define.ts";
import { targetWords } from "../command/target.ts";
import { addDays, startOf } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import type { Action, Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { plural } from "../reply/words.ts";
import { parseSchedule } from "../schedule/parse.ts";
import { nextRuns } from "../schedule/slots.ts";
import type { Digest } from "../stores/records.ts";

const RUNS_SHOWN = 3;

/** A digest as somebody set it up, with its next three runs. */
export function digestCard(title: string, digest: Digest, context: Context): Reply {
  const runs = runsOf(digest, context.now);
  return reply(title, {
    blocks: [
      {
        kind: "figures",
        items: [
          { label: "Comes", value: digest.schedule },
          { label: "To", value: targetWords(digest.target, context.place) },
          {
            label: "Shows",
            value: [
              digest.density,
              ...digest.sections,
              ...(digest.filter === "" ? [] : [digest.filter]),
            ].join(" · "),
          },
          {
            label: "Next",
            value: digest.paused === null ? runs.join(" · ") : `paused (${digest.paused.reason})`,
          },
          ...(isQuiet(digest, context.now)
            ? [{ label: "Quiet until", value: localTime(digest, digest.mutedUntil) }]
            : []),
        ],
      },
    ],
    figures: {
      id: digest.id,
      schedule: digest.schedule,
      density: digest.density,
      filter: digest.filter,
      next: runs,
      paused: digest.paused?.reason ?? null,
      quietUntil: isQuiet(digest, context.now) ? localTime(digest, digest.mutedUntil) : null,
      revision: digest.revision,
    },
    actions: digestActions(digest, context.now),
  });
}

/** Every digest the asker may see here. */
export function digestList(digests: readonly Digest[], context: Context): Reply {
  if (digests.length === 0) {
    return reply("No digest comes here yet.", {
      blocks: [
        {
          kind: "text",
          words: ["Make one: ", { code: "/digest new every monday 09:00 Europe/Berlin" }],
        },
      ],
      figures: { digests: [] },
      actions: [
        { label: "Every Monday", run: "/digest new every monday 09:00" },
        { label: "Preview", run: "/digest preview" },
      ],
    });
  }
  return reply(`${plural(digests.length, "digest")} here`, {
    blocks: [
      {
        kind: "table",
        caption: "Digests",
        columns: [
          { title: "Id", align: "left" },
          { title: "Comes", align: "left" },
          { title: "To", align: "left" },
          { title: "Shows", align: "left" },
          { title: "Next", align: "left" },
        ],
        rows: digests.map((digest) => [
          digest.id,
          digest.schedule,
          targetWords(digest.target, context.place),
          [digest.density, digest.filter].filter(Boolean).join(" · "),
          digest.paused === null
            ? (runsOf(digest, context.now)[0] ?? "–")
            : `paused: ${digest.paused.reason}`,
        ]),
        more: 0,
      },
    ],
    figures: {
      digests: digests.map(({ id, schedule, density, filter, paused }) => ({
        id,
        schedule,
        density,
        filter,
        paused: paused?.reason ?? null,
      })),
    },
    actions: digests
      .slice(0, 5)
      .map(({ id }) => ({ label: `Show ${id}`, run: `/digest show ${id}` })),
  });
}

/** The next runs it shows as local times of the digest's zone, "2026-03-02 09:00"; those in its quiet time are left out. */
export function runsOf(digest: Digest, now: number): readonly string[] {
  const schedule = parseSchedule(digest.schedule, "UTC");
  // A run is quiet when it falls due before the end, so the first one at the very end comes.
  const from = isQuiet(digest, now) ? digest.mutedUntil - 1 : now;
  return nextRuns(schedule, from, RUNS_SHOWN).map(({ dueAt }) => localTime(digest, dueAt));
}

function isQuiet(digest: Digest, now: number): digest is Digest & { mutedUntil: number } {
  return digest.mutedUntil !== null && digest.mutedUntil > now;
}

function localTime({ schedule }: Digest, at: number): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: parseSchedule(schedule, "UTC").zone,
    dateStyle: "short",
    timeStyle: "short",
  }).format(at);
}

/** The last week or month that is over by a day: what a digest of that schedule would speak of. */
export function lastSpan(
  step: "week" | "month",
  by: Day,
): { readonly from: Day; readonly to: Day } {
  const running = startOf(step, addDays(by, 1));
  const to = addDays(running, -1);
  return { from: startOf(step, to), to };
}

function digestActions(digest: Digest, now: number): Action[] {
  const { id, paused } = digest;
  const runs = paused === null && !isQuiet(digest, now);
  return [
    { label: "Preview", run: `/digest preview ${id}` },
    { label: "Edit…", run: `/digest edit ${id}` },
    runs
      ? { label: "Pause", run: `/digest pause ${id}` }
      : { label: "Resume", run: `/digest resume ${id}`, style: "primary" },
    { label: "All digests", run: "/digest list" },
    { label: "Delete", run: `/digest delete ${id}`, style: "danger" },
  ];
}
