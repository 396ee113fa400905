import { describe, expect, it } from "vitest";
import { parseSchedule } from "../../src/schedule/parse.ts";
import { dueAt, nextRuns, periodsBetween } from "../../src/schedule/slots.ts";

const at = (text: string) => Date.parse(text);
const iso = (ms: number | undefined) =>
  ms === undefined ? undefined : new Date(ms).toISOString().slice(0, 16);
const due = (schedule: string, period: string) =>
  iso(dueAt(parseSchedule(schedule, "UTC"), period));
const runs = (schedule: string, from: string, count: number) =>
  nextRuns(parseSchedule(schedule, "UTC"), at(from), count).map(
    (run) => `${run.period} ${iso(run.dueAt)}`,
  );

describe("a slot is a civil period in the schedule's zone", () => {
  it.each([
    ["every monday 09:00 Europe/Berlin", "2026-W10", "2026-03-02T08:00"],
    ["every monday 09:00 Europe/Berlin", "2026-W14", "2026-03-30T07:00"],
    ["daily 07:00 Asia/Kolkata", "2026-03-08", "2026-03-08T01:30"],
    ["weekdays 08:30 UTC", "2026-03-08", undefined],
    ["every monday and thursday 09:00 UTC", "2026-03-05", "2026-03-05T09:00"],
    ["monthly 1st 09:00 UTC", "2026-03", "2026-03-01T09:00"],
    ["monthly 31st 09:00 UTC", "2026-02", "2026-02-28T09:00"],
    ["monthly 30th 09:00 UTC", "2028-02", "2028-02-29T09:00"],
    ["monthly 29th 09:00 UTC", "2028-02", "2028-02-29T09:00"],
    ["monthly last 09:00 UTC", "2026-04", "2026-04-30T09:00"],
    ["monthly first weekday 09:00 UTC", "2026-02", "2026-02-02T09:00"],
    ["monthly last weekday 09:00 UTC", "2026-05", "2026-05-29T09:00"],
    ["monthly second tuesday 09:00 UTC", "2026-03", "2026-03-10T09:00"],
    ["quarterly 1st 09:00 UTC", "2026Q2", "2026-04-01T09:00"],
    ["quarterly last 09:00 UTC", "2026Q2", "2026-06-30T09:00"],
    ["every monday 09:00 UTC", "2026-W54", undefined],
    ["every monday 09:00 UTC", "2026-03-02", undefined],
    ["every monday 09:00 UTC", "__proto__", undefined],
    ["monthly 1st 09:00 UTC", "2026-13", undefined],
  ])("%s in %s is due %s", (schedule, period, instant) => {
    expect(due(schedule, period)).toBe(instant);
  });
});

describe("clocks that are set forward or back", () => {
  it.each([
    [
      "a time in the gap is the first valid minute after it",
      "daily 02:30 Europe/Berlin",
      "2026-03-29",
      "2026-03-29T01:00",
    ],
    ["the gap's first minute too", "daily 02:00 Europe/Berlin", "2026-03-29", "2026-03-29T01:00"],
    [
      "the minute before the gap stays",
      "daily 01:59 Europe/Berlin",
      "2026-03-29",
      "2026-03-29T00:59",
    ],
    ["a gap over midnight", "daily 00:15 Africa/Cairo", "2026-04-24", "2026-04-23T22:00"],
    ["a gap of half an hour", "daily 02:15 Australia/Lord_Howe", "2026-10-04", "2026-10-03T15:30"],
    ["a day that was left out", "daily 09:00 Pacific/Apia", "2011-12-30", "2011-12-30T10:00"],
    [
      "a time that comes twice is its first occurrence",
      "daily 02:30 Europe/Berlin",
      "2026-10-25",
      "2026-10-25T00:30",
    ],
    ["in New York", "daily 01:30 America/New_York", "2026-11-01", "2026-11-01T05:30"],
  ])("%s", (_, schedule, period, instant) => {
    expect(due(schedule, period)).toBe(instant);
  });
});

describe("the next runs", () => {
  it("keep the wall clock over a change of season", () => {
    expect(runs("every sunday 09:00 Europe/Berlin", "2026-03-20T00:00Z", 3)).toEqual([
      "2026-W12 2026-03-22T08:00",
      "2026-W13 2026-03-29T07:00",
      "2026-W14 2026-04-05T07:00",
    ]);
  });
  it("name ISO week 53 and the week of New Year by its Thursday", () => {
    expect(runs("every friday 09:00 UTC", "2026-12-20T00:00Z", 3)).toEqual([
      "2026-W52 2026-12-25T09:00",
      "2026-W53 2027-01-01T09:00",
      "2027-W01 2027-01-08T09:00",
    ]);
  });
  it("count a leap day once", () => {
    expect(runs("daily 12:00 UTC", "2028-02-28T00:00Z", 3)).toEqual([
      "2028-02-28 2028-02-28T12:00",
      "2028-02-29 2028-02-29T12:00",
      "2028-03-01 2028-03-01T12:00",
    ]);
  });
  it("leave weekends out of weekdays", () => {
    expect(runs("weekdays 08:30 UTC", "2026-03-06T09:00Z", 2)).toEqual([
      "2026-03-09 2026-03-09T08:30",
      "2026-03-10 2026-03-10T08:30",
    ]);
  });
  it("begin after the instant, and between two instants include the later one", () => {
    const schedule = parseSchedule("daily 09:00 UTC", "UTC");
    const [first, second] = [at("2026-03-08T09:00Z"), at("2026-03-09T09:00Z")];
    expect(periodsBetween(schedule, first, second).map(({ period }) => period)).toEqual([
      "2026-03-09",
    ]);
    expect(periodsBetween(schedule, second, first)).toEqual([]);
  });
});
