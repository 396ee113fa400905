import { describe, expect, it } from "vitest";
import { planDue, scheduleFault } from "../../src/schedule/plan.ts";
import { DAY, desk, digest, HOUR, told } from "./desk.ts";

const at = (text: string) => Date.parse(text);
/** Monday of week 10, 09:00 in Berlin. */
const W10 = at("2026-03-02T08:00Z");
const WEEK = 7 * DAY;

describe("what is due is worked out from what was last done", () => {
  it("a slot is planned once it is due, once, on time", () => {
    const { beat } = desk(digest());
    expect(beat(W10 - 1)).toEqual([]);
    const [planned, ...more] = beat(W10);
    expect(more).toEqual([]);
    expect(planned).toMatchObject({
      slot: {
        digest: "d1",
        tenant: "local",
        period: "2026-W10",
        dueAt: W10,
        status: "posted",
        reason: null,
        at: W10,
      },
      lateBy: 0,
      covers: { from: "2026-02-23", to: "2026-03-01" },
      missed: [],
    });
    expect(beat(W10 + 1)).toEqual([]);
    expect(beat(W10 - HOUR)).toEqual([]);
    expect(beat(W10 + WEEK).map(told)).toEqual(["2026-W11 posted"]);
  });
  it("a new digest never looks back before it was made", () => {
    const { beat } = desk(digest({ createdAt: W10 + HOUR }));
    expect(beat(W10 + 2 * HOUR)).toEqual([]);
    expect(beat(W10 + WEEK).map(told)).toEqual(["2026-W11 posted"]);
  });
  it.each([
    ["every monday 09:00 UTC", 12],
    ["monthly 2nd 09:00 UTC", 12],
    ["daily 09:00 UTC", 3],
    ["weekdays 09:00 UTC", 3],
    ["every monday and thursday 09:00 UTC", 3],
  ])("%s is still shown %d hours late, and no later", (schedule, hours) => {
    const due = at("2026-03-02T09:00Z");
    const made = digest({ schedule, createdAt: due - HOUR });
    const [late] = planDue([{ digest: made, slots: [] }], due + hours * HOUR, 0);
    expect(late).toMatchObject({ slot: { status: "posted" }, lateBy: hours * HOUR });
    const [later] = planDue([{ digest: made, slots: [] }], due + hours * HOUR + 1, 0);
    expect(later).toMatchObject({ slot: { status: "skipped", reason: "too-late" } });
  });
  it("what was skipped is said in the next one, which covers its days", () => {
    const { beat } = desk(digest());
    beat(W10);
    expect(beat(W10 + WEEK + 13 * HOUR).map(told)).toEqual(["2026-W11 skipped too-late"]);
    const [next] = beat(W10 + 2 * WEEK);
    expect(next).toMatchObject({ covers: { from: "2026-03-02", to: "2026-03-15" } });
    expect(next!.missed.map(({ period, reason }) => `${period} ${reason}`)).toEqual([
      "2026-W11 too-late",
    ]);
    const [after] = beat(W10 + 3 * WEEK);
    expect(after).toMatchObject({ missed: [], covers: { from: "2026-03-16", to: "2026-03-22" } });
  });
  it("of five missed weeks the newest is shown for all of them", () => {
    const { beat } = desk(digest());
    beat(W10);
    const planned = beat(W10 + 4 * WEEK + 2 * HOUR);
    expect(planned.map(told)).toEqual([
      "2026-W11 skipped folded",
      "2026-W12 skipped folded",
      "2026-W13 skipped folded",
      "2026-W14 posted",
    ]);
    expect(planned.at(-1)).toMatchObject({
      lateBy: 3 * HOUR,
      covers: { from: "2026-03-02", to: "2026-03-29" },
    });
    expect(planned.at(-1)!.missed).toHaveLength(3);
  });
  it("a monthly digest of the first days speaks of the month before", () => {
    const { beat } = desk(digest({ schedule: "first weekday 09:00 UTC" }));
    expect(beat(at("2026-03-02T09:00Z"))[0]).toMatchObject({
      covers: { from: "2026-02-01", to: "2026-02-28" },
    });
    expect(beat(at("2026-04-01T09:00Z"))[0]).toMatchObject({
      covers: { from: "2026-03-01", to: "2026-03-31" },
    });
  });
  it("a quarterly one of the quarter before, one at a month's end of the days since the last", () => {
    const quarterly = desk(digest({ schedule: "quarterly UTC" }));
    expect(quarterly.beat(at("2026-04-01T09:00Z"))[0]).toMatchObject({
      covers: { from: "2026-01-01", to: "2026-03-31" },
    });
    const last = desk(digest({ schedule: "monthly last UTC", createdAt: at("2026-03-01T00:00Z") }));
    expect(last.beat(at("2026-03-31T09:00Z"))[0]).toMatchObject({
      covers: { from: "2026-02-28", to: "2026-03-30" },
    });
  });
  it("weekdays on a Monday speak of the weekend too", () => {
    const { beat } = desk(
      digest({ schedule: "weekdays 09:00 UTC", createdAt: at("2026-03-06T00:00Z") }),
    );
    expect(beat(at("2026-03-06T09:00Z"))[0]).toMatchObject({
      covers: { from: "2026-03-05", to: "2026-03-05" },
    });
    expect(beat(at("2026-03-09T09:00Z"))[0]).toMatchObject({
      covers: { from: "2026-03-06", to: "2026-03-08" },
    });
  });
});

describe("people's wishes are slots that are skipped", () => {
  it("a muted week is settled and neither repeated nor told", () => {
    const { beat, edit } = desk(digest());
    beat(W10);
    edit(W10 + HOUR, { mutedUntil: W10 + WEEK + HOUR });
    expect(beat(W10 + WEEK).map(told)).toEqual(["2026-W11 skipped muted"]);
    expect(beat(W10 + WEEK + 2 * HOUR)).toEqual([]);
    expect(beat(W10 + 2 * WEEK)[0]).toMatchObject({
      slot: { status: "posted" },
      missed: [],
      covers: { from: "2026-03-09", to: "2026-03-15" },
    });
  });
  it("a pause by the owner is a wish, one by a broken channel is told", () => {
    const { beat, edit } = desk(digest());
    edit(W10 - HOUR, { paused: { reason: "by-owner", since: W10 - HOUR, by: "u1" } });
    expect(beat(W10).map(told)).toEqual(["2026-W10 skipped paused"]);
    edit(W10 + HOUR, { paused: { reason: "channel-gone", since: W10 + HOUR, by: null } });
    expect(beat(W10 + WEEK).map(told)).toEqual(["2026-W11 skipped blocked"]);
    edit(W10 + WEEK + HOUR, { paused: null });
    const [next] = beat(W10 + 2 * WEEK);
    expect(next!.missed.map(({ period }) => period)).toEqual(["2026-W11"]);
  });
});

describe("a change of zone or hour", () => {
  it("an earlier hour of the same week does not come twice", () => {
    const { beat, edit } = desk(digest());
    beat(W10);
    edit(W10 + HOUR, { schedule: "every friday 17:00 Europe/Berlin" });
    expect(beat(W10 + 5 * DAY)).toEqual([]);
    expect(beat(at("2026-03-13T16:00Z"))[0]).toMatchObject({
      slot: { period: "2026-W11", status: "posted" },
      // The zone it ran in may have been another one: a day is told twice rather than never.
      covers: { from: "2026-03-01", to: "2026-03-12" },
    });
  });
  it("a slot less than four days after the last is skipped, and the next covers its days", () => {
    const { beat, edit } = desk(
      digest({ schedule: "every friday 17:00 Europe/Berlin", createdAt: at("2026-02-28T00:00Z") }),
    );
    const friday = at("2026-03-06T16:00Z");
    expect(beat(friday)[0]).toMatchObject({ covers: { from: "2026-02-27", to: "2026-03-05" } });
    edit(friday + HOUR, { schedule: "every monday 09:00 Europe/Berlin" });
    expect(beat(W10 + WEEK).map(told)).toEqual(["2026-W11 skipped too-soon"]);
    expect(beat(W10 + 2 * WEEK)[0]).toMatchObject({
      slot: { period: "2026-W12", status: "posted" },
      covers: { from: "2026-03-06", to: "2026-03-15" },
      missed: [{ period: "2026-W11" }],
    });
  });
  it("a slot that a move east puts before the last shown is written down, not forgotten", () => {
    const { beat, edit } = desk(
      digest({
        schedule: "every sunday 23:00 America/Los_Angeles",
        createdAt: at("2026-03-03T00:00Z"),
      }),
    );
    const sunday = at("2026-03-09T06:00Z");
    expect(beat(sunday).map(told)).toEqual(["2026-W10 posted"]);
    edit(sunday + HOUR, { schedule: "every monday 06:00 Pacific/Auckland" });
    expect(beat(sunday + 2 * HOUR).map(told)).toEqual(["2026-W11 skipped too-late"]);
    expect(beat(at("2026-03-15T17:00Z")).map(told)).toEqual(["2026-W12 posted"]);
  });
  it("a daily digest that moves east is not shown twice within twenty hours", () => {
    const { beat, edit } = desk(
      digest({ schedule: "daily 09:00 America/Los_Angeles", createdAt: at("2026-03-03T00:00Z") }),
    );
    beat(at("2026-03-03T17:00Z"));
    edit(at("2026-03-03T17:30Z"), { schedule: "daily 09:00 Pacific/Auckland" });
    expect(beat(at("2026-03-03T20:00Z")).map(told)).toEqual(["2026-03-04 skipped too-soon"]);
    expect(beat(at("2026-03-04T20:00Z"))[0]).toMatchObject({
      slot: { period: "2026-03-05", status: "posted" },
      covers: { from: "2026-03-03", to: "2026-03-04" },
    });
  });
  it("from daily to weekly the first whole week comes at its time", () => {
    const { beat, edit } = desk(
      digest({ schedule: "daily 09:00 UTC", createdAt: at("2026-03-08T00:00Z") }),
    );
    beat(at("2026-03-08T09:00Z"));
    edit(at("2026-03-08T10:00Z"), { schedule: "every monday 09:00 UTC" });
    expect(beat(at("2026-03-09T09:00Z"))[0]).toMatchObject({
      slot: { period: "2026-W11", status: "posted" },
      covers: { from: "2026-03-02", to: "2026-03-08" },
    });
  });
});

describe("a clock that cannot be believed plans nothing", () => {
  it("at 1970", () => {
    expect(desk(digest({ createdAt: 0 })).beat(30 * DAY)).toEqual([]);
  });
  it("more than a day before what was last written down", () => {
    const made = digest();
    expect(planDue([{ digest: made, slots: [] }], W10, W10 + DAY + 1)).toEqual([]);
    expect(planDue([{ digest: made, slots: [] }], W10, W10 + DAY)).toHaveLength(1);
  });
  it("an hour back after a run repeats nothing, two hours ahead shows it once", () => {
    const { beat } = desk(digest());
    expect(beat(W10 + 2 * HOUR).map(told)).toEqual(["2026-W10 posted"]);
    expect(beat(W10 - HOUR)).toEqual([]);
    expect(beat(W10)).toEqual([]);
    expect(beat(W10 + 3 * HOUR)).toEqual([]);
  });
});

it("one digest that cannot be read stops no other", () => {
  const broken = digest({ id: "d2", schedule: "every monday 09:00 Mars/Base" });
  const planned = planDue(
    [
      { digest: broken, slots: [] },
      { digest: digest(), slots: [] },
    ],
    W10,
    0,
  );
  expect(planned.map(({ digest: { id } }) => id)).toEqual(["d1"]);
  expect(scheduleFault(broken)?.reason).toBe("bad_zone");
  expect(scheduleFault(digest())).toBeUndefined();
});
