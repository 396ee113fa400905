import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  clip,
  clipToWidth,
  displayWidth,
  oneLine,
  padTo,
  tableLines,
  textLength,
  withoutControls,
} from "../../src/reply/fit.ts";
import type { Table } from "../../src/reply/reply.ts";
import { foreignText } from "./foreign-text.ts";

const unit = fc.constantFrom("utf16" as const, "codepoints" as const, "utf8" as const);

describe("clip", () => {
  it("keeps a text that fits as it is", () => {
    expect(clip("Google", 6)).toBe("Google");
  });

  it("cuts in sight and leaves no blank before the cut", () => {
    expect(clip("Google cut 12,000 jobs", 8)).toBe("Google…");
  });

  it("never leaves part of an emoji family", () => {
    expect(clip("👩‍👩‍👧‍👦 and more", 10)).toBe("…");
    expect(clip("👩‍👩‍👧‍👦 and more", 12)).toBe("👩‍👩‍👧‍👦…");
  });

  it("counts bytes where a platform counts bytes", () => {
    expect(clip("ソニー株式会社", 12, "utf8")).toBe("ソニー…");
  });

  it("gives nothing where not even the sign of the cut has room", () => {
    expect(clip("Google", 0)).toBe("");
    expect(clip("Google", 2, "utf8")).toBe("");
  });

  it("is never over the limit, never broken, and marked exactly when something is missing", () => {
    fc.assert(
      fc.property(foreignText, fc.nat(60), unit, (text, max, unit) => {
        const cut = clip(text, max, unit);
        expect(textLength(cut, unit)).toBeLessThanOrEqual(max);
        expect(cut.isWellFormed()).toBe(true);
        if (cut === text.toWellFormed()) return;
        expect(cut === "" || cut.endsWith("…")).toBe(true);
        expect(text.toWellFormed().startsWith(cut.slice(0, -1))).toBe(true);
      }),
    );
  });
});

describe("withoutControls", () => {
  it("takes away direction marks, zero-width signs and controls, and keeps line breaks", () => {
    expect(withoutControls("pay\u202Eroll\u200B\u0007\u00AD one\r\ntwo\u2028three\tfour")).toBe(
      "payroll one\ntwo\nthree four",
    );
  });

  it("keeps an emoji family whole and drops a joiner that joins nothing", () => {
    expect(withoutControls("👩‍👩‍👧‍👦 ❤️‍🔥 👩🏽‍💻 a\u200Db")).toBe("👩‍👩‍👧‍👦 ❤️‍🔥 👩🏽‍💻 ab");
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(foreignText, (text) => {
        const once = withoutControls(text);
        expect(withoutControls(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
        expect(oneLine(once)).not.toContain("\n");
      }),
    );
  });
});

describe("displayWidth", () => {
  it.each([
    ["Google", 6],
    ["███ 12", 6],
    ["ソニー", 6],
    ["삼성", 4],
    ["ｱｲ", 2],
    ["👩‍👩‍👧‍👦", 2],
    ["🇩🇪", 2],
    ["❤️", 2],
    ["é", 1],
    ["e\u0301", 1],
    ["شركة", 4],
    ["1️⃣", 2],
    ["", 0],
  ])("%s takes %i columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it("is exact after padding, also when the text had to be cut", () => {
    fc.assert(
      fc.property(foreignText.map(oneLine), fc.integer({ min: 1, max: 30 }), (text, width) => {
        expect(displayWidth(padTo(text, width))).toBe(width);
        expect(displayWidth(padTo(text, width, "right"))).toBe(width);
        expect(displayWidth(clipToWidth(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe("tableLines", () => {
  const table: Table = {
    kind: "table",
    caption: "Largest layoffs",
    columns: [
      { title: "Company", align: "left" },
      { title: "People", align: "right" },
      { title: "Where", align: "left" },
    ],
    rows: [
      ["Google", { text: "12,000", value: 12_000 }, "SF Bay Area"],
      ["ソニー", { text: "900", value: 900 }, "Tokyo"],
      ["Unknown Inc", "–", "Berlin"],
    ],
    more: 12,
  };

  it("aligns words left and numbers right, two columns to an East Asian letter", () => {
    expect(tableLines(table)).toEqual([
      "Company      People  Where",
      "Google       12,000  SF Bay Area",
      "ソニー          900  Tokyo",
      "Unknown Inc       –  Berlin",
      "… and 12 more rows",
    ]);
  });

  it("counts the rows it leaves out together with those nobody sent", () => {
    expect(tableLines(table, { maxRows: 1 }).at(-1)).toBe("… and 14 more rows");
    expect(tableLines({ ...table, more: 0 }, { maxRows: 2 }).at(-1)).toBe("… and 1 more row");
  });

  it("cuts words before it drops a column, and says which columns it dropped", () => {
    expect(tableLines(table, { width: 30 })[1]).toBe("Google       12,000  SF Bay A…");
    expect(tableLines(table, { width: 24 })).toEqual([
      "Company      People",
      "Google       12,000",
      "ソニー          900",
      "Unknown Inc       –",
      "… and 12 more rows",
      "1 column not shown",
    ]);
  });

  it("keeps every line within the width and adds up what is missing, whatever the cells say", () => {
    const anyTable = fc.integer({ min: 1, max: 6 }).chain((columns) =>
      fc.record({
        kind: fc.constant("table" as const),
        caption: fc.constant(""),
        columns: fc.array(
          fc.record({
            title: foreignText,
            align: fc.constantFrom("left" as const, "right" as const),
          }),
          {
            minLength: columns,
            maxLength: columns,
          },
        ),
        rows: fc.array(fc.array(foreignText, { minLength: columns, maxLength: columns }), {
          maxLength: 8,
        }),
        more: fc.nat(500),
      }),
    );
    fc.assert(
      fc.property(
        anyTable,
        fc.integer({ min: 24, max: 80 }),
        fc.nat(9),
        (table, width, maxRows) => {
          const lines = tableLines(table, { width, maxRows });
          for (const line of lines) {
            expect(displayWidth(line)).toBeLessThanOrEqual(width);
            expect(line).not.toContain("\n");
          }
          const shown = Math.min(maxRows, table.rows.length);
          const missing = table.rows.length - shown + table.more;
          const said = lines.slice(1 + shown).find((line) => line.startsWith("… and "));
          expect(said).toBe(
            missing === 0 ? undefined : `… and ${missing} more ${missing === 1 ? "row" : "rows"}`,
          );
        },
      ),
    );
  });
});
