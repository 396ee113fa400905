import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { legible } from "../../src/charts/legible.ts";
import { foreignText } from "../reply/foreign-text.ts";

const { resolve } = createRequire(import.meta.url);

/** The letters a TrueType font has, from its `cmap` table (format 4: segments of the first plane). */
function lettersOf(path: string): ReadonlySet<number> {
  const font = readFileSync(resolve(path));
  const letters = new Set<number>();
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, at) => 12 + 16 * at);
  const cmap = font.readUInt32BE(
    tables.find((at) => font.toString("latin1", at, at + 4) === "cmap")! + 8,
  );
  for (let at = 0; at < font.readUInt16BE(cmap + 2); at++) {
    const map = cmap + font.readUInt32BE(cmap + 8 + 8 * at);
    if (font.readUInt16BE(map) !== 4) continue;
    const doubled = font.readUInt16BE(map + 6);
    for (let segment = 0; segment < doubled; segment += 2) {
      const last = font.readUInt16BE(map + 14 + segment);
      const first = font.readUInt16BE(map + 16 + doubled + segment);
      for (let letter = first; letter <= last && letter < 0xffff; letter++) letters.add(letter);
    }
  }
  return letters;
}

describe("legible words", () => {
  const regular = lettersOf("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf");
  const bold = lettersOf("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf");

  it("leave only letters that both bundled fonts have", () => {
    expect(regular.size).toBeGreaterThan(2000);
    for (let letter = 0; letter <= 0xffff; letter++) {
      for (const written of legible(String.fromCharCode(letter)).text) {
        const code = written.codePointAt(0)!;
        expect(
          regular.has(code) && bold.has(code),
          `U+${code.toString(16)} from U+${letter.toString(16)}`,
        ).toBe(true);
      }
    }
    fc.assert(
      fc.property(foreignText, (text) => {
        for (const written of legible(text).text)
          expect(regular.has(written.codePointAt(0)!)).toBe(true);
      }),
    );
  });

  it.each([
    ["Škoda, Łódź, Ørsted & Яндекс — 12 %", "Škoda, Łódź, Ørsted & Яндекс — 12 %", false],
    ["Cafe\u0301", "Café", false],
    ["Ｇｏｏｇｌｅ ﬁve", "Google five", false],
    ["🎉 Launch 👩‍👩‍👧‍👦 day 🇩🇪", "Launch day", false],
    ["a\u202Eb\u0000c\u200Bd\nE", "abcd E", false],
    ["ソニー (Sony)", "Sony", true],
    ["Sony（ソニー）", "Sony", true],
    ["삼성전자", "[Korean script]", true],
    ["ソニー株式会社 2024", "[Japanese script] 2024", true],
    ["腾讯", "[Han script]", true],
    ["شركة", "[Arabic script]", true],
    ["\u{10480}", "[other script]", true],
  ])("write %j as %j", (text, written, missing) => {
    expect(legible(text)).toEqual({ text: written, missing });
  });
});
