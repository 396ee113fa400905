import { describe, expect, it } from "vitest";
import { countryCode, countryNamed } from "../../src/market/country.ts";

describe("a country's code", () => {
  it.each([
    ["Germany", "DE"],
    ["germany", "DE"],
    ["DE", "DE"],
    ["United Kingdom", "GB"],
    ["UK", "GB"],
    ["USA", "US"],
    ["Russia", "RU"],
    ["Vietnam", "VN"],
    ["Serbia", "RS"],
    ["France", "FR"],
    ["Czech Republic", "CZ"],
  ])("of %s is %s", (word, code) => {
    expect(countryCode(word)).toBe(code);
  });

  it("is none for what is no country", () => {
    for (const word of ["Atlantis", "EU", "ZZ", ""]) expect(countryCode(word)).toBeUndefined();
  });

  it("and its name lead to each other, for every code there is today", () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
    const codes = letters
      .flatMap((first) => letters.map((second) => first + second))
      .filter((code) => countryNamed(code) !== undefined && countryCode(code) === code)
      .filter((code) => new Intl.Locale(`und-${code}`).region === code);
    expect(codes.length).toBeGreaterThan(200);
    for (const code of codes) expect(countryCode(countryNamed(code)!)).toBe(code);
  });
});
