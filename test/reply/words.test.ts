import { describe, expect, it } from "vitest";
import {
  age,
  changePct,
  daySpan,
  floor,
  hostOf,
  list,
  longDay,
  percent,
  plural,
  signedPercent,
  totalsSentence,
} from "../../src/reply/words.ts";

describe("numbers in words", () => {
  it.each([
    [signedPercent(-65.67), "−66 %"],
    [signedPercent(12.4), "+12 %"],
    [signedPercent(-3.66), "−3.7 %"],
    [signedPercent(0.04), "±0 %"],
    [signedPercent(1234.5), "+1,235 %"],
    [percent(6), "6 %"],
    [percent(12.6), "13 %"],
    [percent(0.55), "0.6 %"],
    [percent(2.054, true), "2.05 %"],
    [plural(1, "event"), "1 event"],
    [plural(1382, "event"), "1,382 events"],
    [list(["a"]), "a"],
    [list(["a", "b", "c"]), "a, b and c"],
  ])("%s is %s", (words, expected) => {
    expect(words).toBe(expected);
  });
  it("a change from nothing is no percent", () => {
    expect(changePct(10, 0)).toBeNull();
    expect(changePct(50, 100)).toBe(-50);
  });
});

describe("days in words", () => {
  it.each([
    [longDay("2024-04-07"), "7 Apr 2024"],
    [daySpan("2024-01-01", "2024-03-15"), "1 Jan – 15 Mar 2024"],
    [daySpan("2023-12-01", "2024-01-05"), "1 Dec 2023 – 5 Jan 2024"],
    [daySpan("2024-02-29", "2024-02-29"), "29 Feb 2024"],
    [age(0), "today"],
    [age(1), "1 day"],
    [age(45), "6 weeks"],
    [age(400), "13 months"],
    [age(941), "2.6 years"],
  ])("%s is %s", (words, expected) => {
    expect(words).toBe(expected);
  });
});

describe("totals in words", () => {
  const some = { people: 50_312, events: 219, companies: 209, unknownSize: 83 };
  it("say the floor, the three counts and what is unknown", () => {
    expect(totalsSentence(some)).toBe(
      "at least 50,312 people in 219 events at 209 companies (83 events of unknown size)",
    );
  });
  it("never say zero people where no size was reported", () => {
    expect(floor({ people: 0, events: 3, unknownSize: 3 })).toBe("size not reported");
    expect(floor({ people: 0, events: 0, unknownSize: 0 })).toBe("no known events");
  });
});

it("a source is named by its host, or as it is where it is no address", () => {
  expect(hostOf("https://www.reuters.com/a/b")).toBe("reuters.com");
  expect(hostOf("Internal memo")).toBe("Internal memo");
  expect(hostOf("javascript:alert(1)")).toBe("javascript:alert(1)");
});
