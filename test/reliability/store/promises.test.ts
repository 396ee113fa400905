import { describe, expect, it } from "vitest";
import { mountObstacle } from "./machine.ts";
import { runP1 } from "./p01.ts";
import { runP3InProcess } from "./p03-in-process.ts";
import { runP19 } from "./p19.ts";
import { runP20 } from "./p20.ts";
import { runP21 } from "./p21.ts";
import { runP22 } from "./p22.ts";

// The quick form of each promise; `npm run reliability` runs the full one, power cuts and system calls with it.
describe("what was answered “saved” is there", () => {
  it("P1: after kill -9 at random moments", async () => {
    expect(await runP1({ kills: 16, withinMs: 60, place: "memory" })).toMatchObject({
      count: 16,
      violations: 0,
    });
  });
  it("P3: whichever call to the disk fails or is the last", async () => {
    const figure = await runP3InProcess({ commands: 4 });
    expect(figure).toMatchObject({ violations: 0 });
    expect(figure.count).toBeGreaterThan(150);
  });
  it("P19: or its loss is said, whatever was done to the files", async () => {
    expect(await runP19({ damages: 60, place: "memory" })).toMatchObject({
      count: 60,
      violations: 0,
    });
  });
  it("P21: also when two to five processes start at once", async () => {
    expect(await runP21({ rounds: 10 })).toMatchObject({ count: 10, violations: 0 });
  });
  it("P22: an import is there whole or not at all", async () => {
    expect(await runP22({ times: 10, rows: 1_000 })).toMatchObject({ count: 10, violations: 0 });
  });
  const noMount = mountObstacle();
  describe.skipIf(noMount !== undefined)(`on a disk of our own (${noMount ?? "here"})`, () => {
    it("P20: while it is full, and saving resumes by itself", async () => {
      expect(await runP20({ cycles: 10 })).toMatchObject({ count: 10, violations: 0 });
    });
  });
});
