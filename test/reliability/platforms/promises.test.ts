import { expect, it } from "vitest";
import { runP31 } from "./p31.ts";

it.each(["slack", "discord"] as const)(
  "150 people at once on %s are responded to in time and answered (P31)",
  async (platform) => {
    const figure = await runP31({ platform, each: 30, round: 0, slowestMs: 4_000, seed: 31 });
    expect(figure).toMatchObject({ violations: 0, count: 150 });
  },
  60_000,
);
