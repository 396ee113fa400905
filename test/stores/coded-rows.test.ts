import * as fc from "fast-check";
import { expect, it } from "vitest";
import { blocksOf, openBlockReader, valueIn } from "../../src/stores/coded-rows.ts";
import type { CodedRows } from "../../src/stores/coded-rows.ts";

interface Fields {
  readonly word: string | null;
  readonly number: number | null;
}

function coded(rows: readonly Fields[]): CodedRows<Fields> {
  const column = <Value>(values: readonly Value[]) => ({
    codes: Int32Array.from(values.keys()),
    size: values.length,
    valueOf: (code: number) => values[code]!,
  });
  return {
    size: rows.length,
    columns: {
      word: column(rows.map(({ word }) => word)),
      number: column(rows.map(({ number }) => number)),
    },
  };
}

/** Through the text of a file and back. */
function kept(rows: CodedRows<Fields>): readonly Fields[] {
  const reader = openBlockReader();
  return [...blocksOf(rows)].flatMap((block) => {
    const { size, columns } = reader.rows<Fields>(JSON.parse(JSON.stringify(block)));
    return Array.from({ length: size }, (_, row) => ({
      word: valueIn(columns.word, row),
      number: valueIn(columns.number, row),
    }));
  });
}

it("rows come back as they were, whatever their texts", () => {
  const word = fc.oneof(
    fc.constantFrom("", "\n", "a\nb", "é", "🙂", '"', "\\"),
    fc.string(),
    fc.constant(null),
  );
  const row = fc.record({ word, number: fc.oneof(fc.integer(), fc.constant(null)) });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      expect(kept(coded(rows))).toEqual(rows);
    }),
  );
});

it("more rows than a block, and more values than one or two bytes tell, come back as they were", () => {
  const rows = Array.from({ length: 150_000 }, (_, at) => ({
    word: at % 3 === 0 ? null : `word ${at % 70_000}`,
    number: at % 300,
  }));
  const blocks = [...blocksOf(coded(rows))];
  expect(blocks.length).toBeGreaterThan(1);
  expect(kept(coded(rows))).toEqual(rows);
});

it("rows that tell their texts as lines come back as they were, beside blocks that do not", () => {
  const words = Array.from({ length: 40_000 }, (_, at) => `word ${at}`);
  const rows = words.map((word) => ({ word, number: null }));
  const { size, columns } = coded(rows);
  const linesOf = (from: number, to: number) =>
    from === 0 ? undefined : words.slice(from, to).join("\n");
  expect(kept({ size, columns: { word: { ...columns.word!, linesOf } } })).toEqual(rows);
});

it("a value stands once, and a column of one value takes no byte a row", () => {
  const rows: CodedRows<Fields> = {
    size: 1_000,
    columns: {
      word: { codes: new Uint8Array(1_000), size: 1, valueOf: () => "same" },
      number: {
        codes: Int32Array.from({ length: 1_000 }, (_, row) => row % 2),
        size: 2,
        valueOf: (code) => code,
      },
    },
  };
  const [block] = blocksOf(rows);
  expect(block).toEqual({
    rows: 1_000,
    columns: {
      word: { values: "same" },
      number: {
        values: [0, 1],
        codes: Buffer.from("0001".repeat(500), "hex").toString("base64"),
      },
    },
  });
});
