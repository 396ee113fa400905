import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault } from "../../src/fault.ts";
import { parseSchedule } from "../../src/schedule/parse.ts";
import { scheduleText } from "../../src/schedule/schedule.ts";
import type { Days } from "../../src/schedule/schedule.ts";

const canonical = (text: string) => scheduleText(parseSchedule(text, "Europe/Berlin"));

function faultOf(text: string): Fault {
  try {
    parseSchedule(text, "UTC");
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error(`${text} was read`);
}

describe("a schedule in words is read, and said back in one canonical line", () => {
  it.each([
    ["every monday 09:00 Europe/Berlin", "every monday 09:00 Europe/Berlin"],
    ["mondays and thursdays 9:00", "every monday and thursday 09:00 Europe/Berlin"],
    ["Mon, Wed & Fri at 8am", "every monday, wednesday and friday 08:00 Europe/Berlin"],
    ["weekdays 08:30", "weekdays 08:30 Europe/Berlin"],
    ["every weekday", "weekdays 09:00 Europe/Berlin"],
    ["mon-fri 9.30pm", "weekdays 21:30 Europe/Berlin"],
    ["saturday to monday noon", "every monday, saturday and sunday 12:00 Europe/Berlin"],
    ["weekends 10:00", "every saturday and sunday 10:00 Europe/Berlin"],
    ["daily 7:00", "daily 07:00 Europe/Berlin"],
    ["every day at 9 o'clock", "daily 09:00 Europe/Berlin"],
    ["DAILY 0715 utc", "daily 07:15 UTC"],
    ["daily 12am", "daily 00:00 Europe/Berlin"],
    ["daily 12 pm", "daily 12:00 Europe/Berlin"],
    ["weekly", "every monday 09:00 Europe/Berlin"],
    ["weekly friday 4 p.m.", "every friday 16:00 Europe/Berlin"],
    ["monthly 1st 09:00", "monthly 1st 09:00 Europe/Berlin"],
    ["monthly 15 9:00", "monthly 15th 09:00 Europe/Berlin"],
    ["monthly 9", "monthly 1st 09:00 Europe/Berlin"],
    ["on the 31st of every month at 17:00", "monthly 31st 17:00 Europe/Berlin"],
    ["monthly last", "monthly last 09:00 Europe/Berlin"],
    ["last day of the month 18:00", "monthly last 18:00 Europe/Berlin"],
    ["first weekday 09:00", "monthly first weekday 09:00 Europe/Berlin"],
    ["1st weekday 09:00", "monthly first weekday 09:00 Europe/Berlin"],
    ["2nd tuesday of the month", "monthly second tuesday 09:00 Europe/Berlin"],
    ["last friday of the month 16:00", "monthly last friday 16:00 Europe/Berlin"],
    ["quarterly", "quarterly 1st 09:00 Europe/Berlin"],
    ["quarterly last weekday 10:00", "quarterly last weekday 10:00 Europe/Berlin"],
    ["monday 9 europe/berlin ", "every monday 09:00 Europe/Berlin"],
    ["monday 9:00 america/new york", "every monday 09:00 America/New_York"],
    ["Asia/Kolkata monday 9:00", "every monday 09:00 Asia/Kolkata"],
    ["monday 09:00 US/Eastern", "every monday 09:00 US/Eastern"],
    ["monday 09:00 tokyo", "every monday 09:00 Asia/Tokyo"],
    ["ｍｏｎｄａｙ ０９:００", "every monday 09:00 Europe/Berlin"],
  ])("%s", (typed, line) => {
    expect(canonical(typed)).toBe(line);
    expect(canonical(line)).toBe(line);
  });

  it("whatever can be scheduled is read back from its own line", () => {
    const weekdays = fc
      .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 })
      .map((list): Days => ({ kind: "weekdays", weekdays: list.sort((a, b) => a - b) }));
    const ofSpan = fc.record({
      kind: fc.constantFrom("monthly" as const, "quarterly" as const),
      day: fc.oneof(
        fc.record({ number: fc.integer({ min: 1, max: 31 }) }),
        fc.record({
          nth: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, "last" as const),
          of: fc.oneof(fc.constant("weekday" as const), fc.integer({ min: 1, max: 7 })),
        }),
        fc.constant({ nth: "last" as const, of: "day" as const }),
      ),
    });
    const time = fc
      .integer({ min: 0, max: 1439 })
      .map(
        (at) =>
          `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`,
      );
    const zone = fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "Asia/Kolkata",
      "Etc/GMT-3",
      "America/Port_of_Spain",
    );
    fc.assert(
      fc.property(fc.oneof(weekdays, ofSpan), time, zone, (days, at, name) => {
        const schedule = { days, time: at, zone: name };
        expect(parseSchedule(scheduleText(schedule), "Asia/Tokyo")).toEqual(schedule);
      }),
    );
  });
});

describe("what cannot be kept is refused with one line to type", () => {
  it.each([
    ["", "A schedule is missing.", "every monday 09:00"],
    ["0 9 1 * 1", "‘0 9 1 * 1’ is a cron line; I take words.", "every monday 09:00"],
    ["* * * * *", "is a cron line", "every monday 09:00"],
    ["*/15 * * * * *", "is a cron line", "every monday 09:00"],
    ["@daily", "is a cron line", "every monday 09:00"],
    ["every other friday", "Every other week is not something I can keep", "every monday 09:00"],
    [
      "every second friday 9am",
      "Every other friday, or the second friday of a month?",
      "monthly second friday 09:00",
    ],
    ["every 2 weeks", "not every so many", "every monday 09:00"],
    ["hourly", "Once a day is the most often", "every monday 09:00"],
    ["yearly 1st", "A schedule comes daily, weekly, monthly or quarterly", "every monday 09:00"],
    ["09:00", "It does not say which days.", "every monday 09:00"],
    ["tuesdey 09:00", "I cannot read ‘tuesdey’", "every tuesday 09:00"],
    ["monthly monday 09:00", "Which monday of the month?", "monthly first monday 09:00"],
    ["1st and 15th 09:00", "A schedule has one day of the month.", "monthly 15th 09:00"],
    ["the 32nd", "A month has days 1 to 31; there is no 32.", "monthly 1st 09:00"],
    ["5th friday", "first to fourth", "monthly last friday 09:00"],
    ["weekly 1st", "A week has no such day.", "every monday 09:00"],
    ["weekly monthly", "do not go together", "every monday 09:00"],
    ["daily 09:00 10:00", "Two times of day: 09:00 and 10:00.", "every monday 09:00"],
    ["daily 25:00", "There is no time ‘25:00’.", "09:00"],
    ["daily 24:00", "There is no time ‘24:00’.", "00:00, which begins the next day"],
    ["daily 13pm", "There is no time ‘13pm’.", "9am, or 09:00"],
    ["daily 9:75", "There is no time ‘9:75’.", "09:30"],
    ["monday ".repeat(40), "up to 120 characters", "every monday 09:00"],
  ])("%s", (typed, wrong, line) => {
    const fault = faultOf(typed);
    expect(fault.reason).toBe("bad_schedule");
    expect(fault.message).toContain(wrong);
    expect(fault.right).toContain(line);
  });

  it("no text breaks it, and every refusal is short and harmless", () => {
    const scrap = fc.constantFrom(
      "every",
      "monday",
      "9",
      "15th",
      "last",
      "of",
      "monthly",
      "am",
      "-",
      "to",
      "Europe/Berlin",
      "<!channel>",
      "\u202e",
      "09:00",
      "2",
      "weeks",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.array(scrap, { maxLength: 8 }).map((list) => list.join(" ")),
    );
    fc.assert(
      fc.property(text, (typed) => {
        try {
          expect(parseSchedule(scheduleText(parseSchedule(typed, "UTC")), "UTC")).toEqual(
            parseSchedule(typed, "UTC"),
          );
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          expect(["bad_schedule", "bad_zone"]).toContain(error.reason);
          expect(`${error.message} ${error.right}`.length).toBeLessThanOrEqual(300);
          expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a zone is an IANA name", () => {
  it.each([
    [
      "monday 09:00 IST",
      "‘IST’ is ambiguous (India, Israel, Ireland).",
      "Use Asia/Kolkata (India), Asia/Jerusalem (Israel) or Europe/Dublin (Ireland).",
    ],
    ["monday 09:00 EST", "‘EST’ is ambiguous", "America/New_York (New York)"],
    ["monday 09:00 cst", "‘cst’ is ambiguous", "Asia/Shanghai (China)"],
    ["monday 09:00 BST", "‘BST’ is ambiguous", "Europe/London (London)"],
    ["monday 09:00 JST", "‘JST’ is no full name of a zone.", "Use Asia/Tokyo (Japan)."],
    [
      "monday 09:00 GMT+3",
      "is an offset",
      "3 h ahead of UTC all year, type Etc/GMT-3: in these names the sign is turned round.",
    ],
    ["monday 09:00 -05:00", "is an offset", "5 h behind UTC all year, type Etc/GMT+5"],
    ["monday 09:00 UTC+5:30", "is an offset", "Zones are named by area and city"],
    [
      "monday 09:00 Europe/Berln",
      "There is no time zone ‘Europe/Berln’.",
      "Did you mean Europe/Berlin",
    ],
    ["monday 09:00 Mars/Base", "There is no time zone ‘Mars/Base’.", "such as Europe/Berlin"],
    ["monday 09:00 <!channel>", "There is no time zone ‘<!channel>’.", "such as Europe/Berlin"],
    ["monday 09:00 Factory", "There is no time zone", "such as Europe/Berlin"],
  ])("%s", (typed, wrong, right) => {
    const fault = faultOf(typed);
    expect(fault.reason).toBe("bad_zone");
    expect(fault.message).toContain(wrong);
    expect(fault.right).toContain(right);
  });

  it("every name this runtime lists is read in any case and with blanks", () => {
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      expect(
        parseSchedule(`daily 09:00 ${zone.toUpperCase().replaceAll("_", " ")}`, "UTC").zone,
      ).toBe(zone);
    }
  });

  it("an offset name typed in full is taken as the tz database means it", () => {
    expect(parseSchedule("daily 09:00 etc/gmt-3", "UTC").zone).toBe("Etc/GMT-3");
  });
});
