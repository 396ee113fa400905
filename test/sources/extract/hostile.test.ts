import { describe, expect, test } from "vitest";
import { filingFact } from "../../../src/sources/extract/filing.ts";
import { headlineFact } from "../../../src/sources/extract/headline.ts";
import { itemText } from "../../../src/sources/extract/item-text.ts";

/** Milliseconds of processor time, the least of three runs: a busy machine or a first run is no finding. */
function spent(run: () => unknown): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    }),
  );
}

const of = (piece: string, chars: number) => piece.repeat(Math.ceil(chars / piece.length));
// Many to a line, not formatted: one a line would be over forty lines that nobody reads.
const PIECES = [
  "1,000", "1 000 ", "1.", "9", "9 ", "1-", "cuts 9 ", "cuts 100 jobs ", "laid off ", "hundred ", "two and ", "a.", "a'",
  "over over ", "of of ", "Inc. A", ". ", "A. ", "\n", " ", "(", "announced that it ", "the government plans ", "a third of ",
  "or 5 % ", "&#", "&amp", "Item 2.05 ", "\nItem 2.05", "\n item 2.05 ", "é", "e\u0301", "😀", "\u0000", "--", "…", "...",
  "between 1 and 2 ", "constructor ", "government agency ", "competitor ", "previously ", "x".repeat(70) + " ",
]; // prettier-ignore

describe("100 kB of anything is read within 50 ms", () => {
  test.each(PIECES.map((piece) => [piece]))("%j", (piece) => {
    const text = of(piece, 100_000);
    for (const each of [text, `Kestrel lays off ${text}`, `Kestrel ${text} lays off 50 people`]) {
      expect(spent(() => headlineFact(each))).toBeLessThan(50);
      expect(spent(() => filingFact(each))).toBeLessThan(50);
      expect(spent(() => itemText(each))).toBeLessThan(50);
    }
  });
});

describe("5 MB of HTML are read within 200 ms", () => {
  test.each([
    ["nested", of("<div>", 2_500_000) + "Item 2.05 x" + of("</div>", 2_500_000)],
    ["unclosed", of("<", 5_000_000)],
    ["unclosed tags", of("<a ", 5_000_000)],
    ["scripts", of("<SCRIPT></SCRIPT>", 5_000_000)],
    ["scripts never closed", of("<script></", 5_000_000)],
    ["comments", of("<!---->", 5_000_000)],
    ["comments never closed", of("<!--", 5_000_000)],
    ["entities", of("&#160;", 5_000_000)],
    ["half entities", of("&#16", 5_000_000)],
    ["headings", of("<p>Item 2.05 ", 5_000_000)],
    ["text", of("word ", 5_000_000)],
    ["blanks", of(" ", 5_000_000)],
    ["lines", of("<br>", 5_000_000)],
  ])("%s", (_, html) => {
    expect(spent(() => itemText(html))).toBeLessThan(200);
  });
});
