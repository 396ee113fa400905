import type { Mode } from "../delivery/stage.ts";
import type { Form, Program, Seeded } from "./program.ts";
import { program } from "./program.ts";

/** What a schedule program is told: how much of it, and the seed. */
interface Sized {
  readonly size: Form;
}
const SIZES: Readonly<Record<Form, readonly Sized[]>> = {
  quick: [{ size: "quick" }],
  full: [{ size: "full" }],
};

/** Where a post that may have arrived can be told from one that did not. */
const KNOWING = ["slack-history", "slack-both", "slack-dedupe", "discord"] as const;
const BOTH = ["slack-history", "discord"] as const;
const HOUR = 3_600_000;
const OUTAGES = [HOUR / 12, 3 * HOUR, 26 * HOUR].flatMap((outageMs) =>
  BOTH.flatMap((mode) => (["down", "broken"] as const).map((kind) => ({ mode, kind, outageMs }))),
);

/** Every promise that has a program. A promise without one is not promised. */
export const programs: readonly Program[] = [
  program({
    id: "P1",
    promise: "What was answered “saved” survives a kill",
    load: async () => (await import("./store/p01.ts")).runP1,
    quick: [{ kills: 20 }],
    full: [{ kills: 1_000 }],
  }),
  program({
    id: "P2",
    promise: "… and a power cut",
    seed: 2,
    load: async () => (await import("./store/p02.ts")).runP2,
    quick: [{ cuts: 1 }],
    full: [{ cuts: 100 }],
  }),
  program({
    id: "P3",
    promise: "… at every single system call",
    load: async () => (await import("./store/p03.ts")).runP3,
    quick: [{ commands: 6, every: 10 }],
    full: [{ commands: 30, lanes: 2 }],
  }),
  program({
    id: "P3",
    promise: "… at every call to the disk, within one process",
    load: async () => (await import("./store/p03-in-process.ts")).runP3InProcess,
    quick: [{ commands: 6 }],
    full: [{ commands: 30 }],
  }),
  program({
    id: "P11",
    promise: "No digest is lost to the calendar",
    load: async () => {
      const { runP11 } = await import("./schedule/p11.ts");
      return ({ size }: Sized) => runP11(size);
    },
    ...SIZES,
  }),
  program({
    id: "P12",
    promise: "No digest is lost to a late, jumping or sleeping clock",
    seed: 12,
    load: async () => {
      const { runP12 } = await import("./schedule/p12.ts");
      return ({ size, seed }: Sized & Seeded) => runP12(size, seed);
    },
    ...SIZES,
  }),
  program({
    id: "P13",
    promise: "Downtime gives one catch-up, marked as late",
    seed: 13,
    load: async () => {
      const { runP13 } = await import("./schedule/p13.ts");
      return ({ size, seed }: Sized & Seeded) => runP13(size, seed);
    },
    ...SIZES,
  }),
  program({
    id: "P14",
    promise: "Changing a zone or an hour neither doubles nor skips a period",
    seed: 14,
    load: async () => {
      const { runP14 } = await import("./schedule/p14.ts");
      return ({ size, seed }: Sized & Seeded) => runP14(size, seed);
    },
    ...SIZES,
  }),
  program({
    id: "P19",
    promise: "A damaged store never becomes an empty store",
    seed: 19,
    load: async () => (await import("./store/p19.ts")).runP19,
    quick: [{ damages: 40 }],
    full: [{ damages: 500 }],
  }),
  program({
    id: "P20",
    promise: "A full disk loses nothing that was answered “saved”, and saving resumes by itself",
    load: async () => (await import("./store/p20.ts")).runP20,
    quick: [{ cycles: 5 }],
    full: [{ cycles: 50 }],
  }),
  program({
    id: "P21",
    promise: "Two processes cannot share a folder",
    seed: 21,
    load: async () => (await import("./store/p21.ts")).runP21,
    quick: [{ rounds: 3 }],
    full: [{ rounds: 90, containers: 10 }],
  }),
  program({
    id: "P23",
    promise: "A half-empty source cannot erase knowledge",
    seed: 23,
    load: async () => (await import("./sources/p23.ts")).runP23,
    quick: [{ rounds: 1 }],
    full: [{ rounds: 10 }],
  }),
  program({
    id: "P8",
    promise: "An alert is shown within 5 s of the import of its fact",
    seed: 8,
    load: async () => (await import("./alerts/p08.ts")).runP8,
    quick: [{ facts: 1_000, rules: 20, ingests: 40 }],
    full: [{ facts: 10_000, rules: 200, ingests: 1_000 }],
  }),
  program({
    id: "P24",
    promise: "An alert does not flap",
    seed: 24,
    load: async () => (await import("./alerts/p24.ts")).runP24,
    quick: [{ crossings: 300, series: 100, days: 20 }],
    full: [{ crossings: 1_000, series: 10_000, days: 20 }],
  }),
  program({
    id: "P25",
    promise: "The cool-down holds over restarts and a clock that falls back",
    seed: 25,
    load: async () => (await import("./alerts/p25.ts")).runP25,
    quick: [{ kills: 30 }],
    full: [{ kills: 300 }],
  }),
  program({
    id: "P4",
    promise: "A due post is shown exactly once when the process dies anywhere",
    faults:
      "killed at random points before and after each write and each call; 5 % lost answers, 3 % 502, 11 % applied late; Slack in three set-ups, Discord",
    load: async () => (await import("./delivery/p04.ts")).p04,
    quick: KNOWING.map((mode) => ({ mode, posts: 40, longestLife: 100 })),
    full: [
      ...KNOWING.map((mode) => ({ mode, posts: 400, longestLife: 300 })),
      ...BOTH.map((mode) => ({ mode, posts: 400, longestLife: 30 })),
    ],
  }),
  program({
    id: "P5",
    promise: "Where nobody can look, there is one more copy at most, and it says so",
    load: async () => (await import("./delivery/p05.ts")).p05,
    quick: [{ posts: 40, longestLife: 100 }],
    full: [{ posts: 400, longestLife: 300 }],
  }),
  program({
    id: "P9",
    promise: "An alert due while the platform is away is shown once it is back, once, in order",
    faults: "away and out of order for 5 minutes, 3 hours and 26 hours, Slack and Discord",
    load: async () => (await import("./delivery/p09.ts")).p09,
    quick: OUTAGES.slice(0, 2).map((outage) => ({ ...outage, alerts: 40 })),
    full: OUTAGES.map((outage) => ({ ...outage, alerts: 200 })),
  }),
  program({
    id: "P10",
    promise: "“Too often” is obeyed and holds up no other channel",
    faults: "429 with Retry-After on one of 20 channels, Slack and Discord",
    load: async () => (await import("./delivery/p10.ts")).p10,
    quick: BOTH.map((mode) => ({ mode, channels: 20, rounds: 4 })),
    full: BOTH.map((mode) => ({ mode, channels: 20, rounds: 20 })),
  }),
  program({
    id: "P16",
    promise: "No text makes a message of ours ping anyone",
    faults: "408 hostile texts in every field, sent and edited, Slack and Discord",
    load: async () => {
      const { CORPUS, p16 } = await import("./delivery/p16.ts");
      return ({ mode, every }: { readonly mode: Mode; readonly every: number }) =>
        p16(
          mode,
          CORPUS.filter((_, at) => at % every === 0),
        );
    },
    quick: BOTH.map((mode) => ({ mode, every: 7 })),
    full: BOTH.map((mode) => ({ mode, every: 1 })),
  }),
  program({
    id: "P30",
    promise: "A process asked to stop loses and doubles nothing, and stops soon",
    faults: "asked to stop at random moments, Slack and Discord",
    load: async () => (await import("./delivery/p30.ts")).p30,
    quick: BOTH.map((mode) => ({ mode, posts: 60, stops: 50 })),
    full: BOTH.map((mode) => ({ mode, posts: 600, stops: 500 })),
  }),
  program({
    id: "P31",
    promise: "Whatever a person does is responded to within 3 s, and answered",
    faults:
      "200 of each kind at once, one kind 3 s after the other: commands, saving commands, buttons, forms, mentions (Slack) or suggestions (Discord); answers take up to 10 s, pictures 8 s, the disk stalls, Slack is slow to say who somebody is",
    seed: 31,
    load: async () => (await import("./platforms/p31.ts")).runP31,
    quick: (["slack", "discord"] as const).map((platform) => ({
      platform,
      each: 30,
      round: 0,
      slowestMs: 4_000,
    })),
    full: (["slack", "discord", "slack", "discord", "discord"] as const).map((platform, round) => ({
      platform,
      each: 200,
      round,
      slowestMs: 10_000,
    })),
  }),
  program({
    id: "P32",
    promise: "Every delivery that failed for good is visible to its owner",
    load: async () => {
      const { CODES, p32 } = await import("./delivery/p32.ts");
      return ({ every }: { readonly every: number }) =>
        p32(CODES.filter((_, at) => at % every === 0));
    },
    quick: [{ every: 4 }],
    full: [{ every: 1 }],
  }),
  program({
    id: "P22",
    promise: "An import is there whole or not at all",
    seed: 22,
    load: async () => (await import("./store/p22.ts")).runP22,
    quick: [{ times: 10, rows: 1_000 }],
    full: [{ times: 200, rows: 20_000 }],
  }),
];
