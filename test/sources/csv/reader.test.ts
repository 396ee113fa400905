import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Fault } from "../../../src/fault.ts";
import { openColumns } from "../../../src/sources/csv/columns.ts";
import { csvFile } from "../../../src/sources/csv/file.ts";
import { openCsvReader } from "../../../src/sources/csv/reader.ts";
import type { CsvColumns } from "../../../src/sources/csv/reader.ts";
import { csvColumns, csvText } from "../../../src/sources/csv/text.ts";
import { linesOf, textOf } from "../../../src/sources/csv/text-column.ts";
import { openFile } from "../../../src/sources/text-file.ts";

/** What our reader makes of a text that comes in pieces of some bytes. */
function ours(text: string, pieceBytes: number): readonly string[][] | "refused" {
  try {
    let columns = openColumns([]);
    const reader = openCsvReader({
      begin: (names) => (columns = openColumns(names.map(() => true))),
      take: (cells) => columns.take(cells),
    });
    const bytes = Buffer.from(text);
    // One buffer for all pieces, as a file's reader has.
    const piece = Buffer.alloc(pieceBytes);
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const size = bytes.copy(piece, 0, at, at + pieceBytes);
      reader.push(piece.subarray(0, size));
    }
    const { header, size } = reader.done();
    const done = columns.done();
    const rows = Array.from({ length: size }, (_, row) =>
      done.map((column) => textOf(column!, column!.codes[row]!)),
    );
    return [[...header], ...rows];
  } catch (error) {
    if (error instanceof Fault) return "refused";
    throw error;
  }
}

/** The same by a parser that others wrote: records of the header's width that are not blank, and of wider ones its part. */
function theirs(text: string): readonly string[][] | "refused" {
  const first = text.split(/[\r\n]/, 1)[0]!.replace(/"[^"]*"/g, "");
  const delimiter = first.split(";").length > first.split(",").length ? ";" : ",";
  let records: string[][];
  try {
    records = parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
    });
  } catch {
    return "refused";
  }
  const isBlank = (cell: string) => cell.replaceAll("\u001A", "").trim() === "";
  const [header, ...rows] = records.filter((cells) => !cells.every(isBlank));
  if (header === undefined) return "refused";
  const names = header.map((cell) => cell.trim());
  const folded = names.map((name) =>
    name
      .normalize("NFKC")
      .replace(/[\uFEFF\s_]+/gu, " ")
      .trim()
      .toLowerCase(),
  );
  const told = folded.filter((name) => name !== "");
  if (new Set(told).size < told.length) return "refused";
  return [
    names,
    ...rows
      .filter(
        (cells) =>
          cells.length >= names.length &&
          cells.slice(names.length).every((cell) => cell.trim() === ""),
      )
      .map((cells) => cells.slice(0, names.length)),
  ];
}

const cell = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "a",
    "b,c",
    "d;e",
    'say "hi"',
    '"',
    '""',
    "two\nlines",
    "x\r\ny",
    "é",
    "日本",
    "🙂",
    "\u001A",
    "\u00A0",
  ),
  fc.string({ maxLength: 6 }),
);
const quoted = cell.map((text) => `"${text.replaceAll('"', '""')}"`);
const bare = cell.filter((text) => !/[",;\r\n]/.test(text));
const record = (mark: string) =>
  fc.array(fc.oneof(quoted, bare), { minLength: 1, maxLength: 5 }).map((cells) => cells.join(mark));
const table = fc
  .constantFrom(",", ";")
  .chain((mark) =>
    fc.tuple(
      fc.constantFrom(["a", "b", "c"].join(mark), ["x y", '"q ""r"""', "z"].join(mark)),
      fc.array(fc.tuple(record(mark), fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 8 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
    ),
  )
  .map(([header, records, end, ends]) => {
    const text = header + end + records.map(([cells, after]) => cells + after).join("");
    return ends ? text : text.replace(/[\r\n]+$/, "");
  });

describe("reads what another parser reads", () => {
  it("for any table, in pieces of any size", () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 40 }), (text, pieceBytes) => {
        expect(ours(text, pieceBytes)).toEqual(theirs(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it("for any table of hundreds of rows", () => {
    const long = fc.array(record(","), { minLength: 500, maxLength: 700 });
    fc.assert(
      fc.property(long, fc.integer({ min: 1_000, max: 40_000 }), (records, pieceBytes) => {
        const text = ["a,b,c", ...records].join("\n");
        expect(ours(text, pieceBytes)).toEqual(theirs(text));
      }),
      { numRuns: 40 },
    );
  });

  it("for any text at all, and refuses the same ones", () => {
    const any = fc
      .array(fc.constantFrom("a", "b", " ", ",", ";", '"', "\n", "\r", "é", "\u001A"), {
        maxLength: 30,
      })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 8 }), (text, pieceBytes) => {
        expect(ours(text, pieceBytes)).toEqual(theirs(text));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe("equal texts", () => {
  const read = (rows: number, textAt: (row: number) => string) => {
    const lines = Array.from({ length: rows }, (_, row) => `${textAt(row)},x\n`);
    return csvColumns(`text,other\n${lines.join("")}`, () => new Set([0]));
  };

  it.each([30_000, 80_000])("stand once, be there %i of them", (distinct) => {
    const textAt = (row: number) => `text ${Math.floor((row * distinct) / 160_000)}`;
    const { columns } = read(160_000, textAt);
    const column = columns[0]!;
    expect(column.texts).toHaveLength(3 * distinct);
    const wrong = Array.from(column.codes.keys()).filter(
      (row) => textOf(column, column.codes[row]!) !== textAt(row),
    );
    expect(wrong).toEqual([]);
  });

  it("are told from others of the same length, beginning and hash", () => {
    const met = new Map<number, string>();
    const pairs: string[] = [];
    for (let number = 0; pairs.length < 6; number++) {
      const text = `firm ${(1_000_000 + number).toString(36)}`;
      const other = met.get(fnv1a(text));
      if (other !== undefined) pairs.push(other, text);
      met.set(fnv1a(text), text);
    }
    // Enough others that texts are thought to be far, and their first bytes are compared.
    const textAt = (row: number) => (row < 5_000 ? `other ${row}` : pairs[row % pairs.length]!);
    const column = read(9_000, textAt).columns[0]!;
    const wrong = Array.from(column.codes.keys()).filter(
      (row) => textOf(column, column.codes[row]!) !== textAt(row),
    );
    expect(wrong).toEqual([]);
    expect(column.texts).toHaveLength(3 * (5_000 + pairs.length));
  });

  it("are not looked for any more in a column where each row has its own, and every row keeps its text", () => {
    const { columns, size } = read(100_000, (row) => `https://news.example/${row}`);
    const column = columns[0]!;
    expect(column.texts).toHaveLength(3 * 100_000);
    const wrong = Array.from({ length: size }, (_, row) => row).filter(
      (row) => textOf(column, column.codes[row]!) !== `https://news.example/${row}`,
    );
    expect(wrong).toEqual([]);
  });

  it("of a column that is not kept are nowhere", () => {
    expect(read(3, () => "a").columns[1]).toBeUndefined();
  });
});

/** The reader's own hash, of ASCII. */
function fnv1a(text: string): number {
  let hash = 0x811c_9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x0100_0193);
  return hash | 0;
}

it("a record is named by its number, blank ones and lines within cells counted as a spreadsheet does", () => {
  const { rows, faults } = csvText('a,b\n\n"1\n1",2\n3\n4,5,,\n6,7,8\n');
  expect(rows.map(({ row, cells }) => [row, ...cells])).toEqual([
    [3, "1\n1", "2"],
    [5, "4", "5"],
  ]);
  expect(faults).toEqual([
    { row: 4, column: "", value: "", reason: "has 1 cell, the header 2" },
    { row: 6, column: "", value: "", reason: "has 3 cells, the header 2" },
  ]);
});

it.each([
  ["a,b,c\n1,2,3\n4,5", 3],
  ["a,b,c\n1,2,3\n4,", 3],
  ['a,b,c\n1,2,3\n4,"5"', 3],
  ["a,b,c\n1,2,3\n4,5\n", null],
  ["a,b,c\n1,2\n3,4,5", null],
  ["a,b,c\n1,2,3\n\u001A", null],
  ["a,b,c", null],
])("%j breaks off in row %s", (text, row) => {
  expect(csvText(text).cutIn).toBe(row);
});

describe("a large file", () => {
  const lines = Array.from(
    { length: 60_000 },
    (_, row) => `"Firm ${row % 7_000}, Inc.",${row % 90},https://news.example/${row}`,
  );
  const path = join(mkdtempSync(join(tmpdir(), "pulse-csv-")), "large.csv");
  writeFileSync(path, `company,people,page\n${lines.join("\n")}\n1,2\n`);
  afterAll(() => rmSync(dirname(path), { recursive: true }));
  const read = async (threadBytes: number, names = ["company", "page"]) => {
    const keeps = (header: readonly string[]) => new Set(names.map((name) => header.indexOf(name)));
    return csvFile(await openFile(path), keeps, threadBytes);
  };
  const texts = ({ columns, size }: CsvColumns) =>
    columns.map((column) =>
      column === undefined
        ? null
        : Array.from({ length: size }, (_, row) => textOf(column, column.codes[row]!)),
    );

  it("is read the same by two threads as by one", async () => {
    const [one, two] = [await read(Number.POSITIVE_INFINITY), await read(0)];
    expect(texts(two)).toEqual(texts(one));
    expect(two).toMatchObject({ size: 60_000, header: one.header, ragged: one.ragged });
    expect(two.ragged).toHaveLength(1);
    expect(linesOf(two.columns[2]!, 10, 12)).toBe(
      "https://news.example/10\nhttps://news.example/11",
    );
  });

  it("is refused for what is in it while a thread has begun", async () => {
    writeFileSync(path, `company,people,page\n${lines.join("\n")}\n"open\n`);
    await expect(read(0)).rejects.toThrow(
      "Row 60002: a quote is left open, or the file is cut off there.",
    );
  });
});
