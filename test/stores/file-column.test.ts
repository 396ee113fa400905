import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileColumn } from "../../src/stores/file-column.ts";

/** What stands before the column in its file, bytes. */
const OFFSET = 24;

let dir = "";
let path = "";
let fd = -1;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "column-"));
  path = join(dir, "column.bin");
});
afterEach(() => {
  closeSync(fd);
  rmSync(dir, { recursive: true, force: true });
});

function columnOf(values: Float64Array) {
  writeFileSync(path, Buffer.concat([Buffer.alloc(OFFSET, 7), Buffer.from(values.buffer)]));
  fd = openSync(path, "r");
  return fileColumn({ fd }, "f64", OFFSET, values.length);
}

describe.each([
  ["a small column", 5_000],
  ["a column too large to be read whole at once", 4_500_001],
])("%s", (_, length) => {
  const values = Float64Array.from({ length }, (__, at) => (at * 7_919) % 104_729);
  it("gives what is in the file, however often and wherever it is asked", () => {
    const column = columnOf(values);
    for (let asked = 0; asked < 300; asked++) {
      const from = (asked * 2_654_435_761) % length;
      const to = Math.min(length, from + (asked % 7) * 400);
      expect(column.at(from)).toBe(values[from]);
      expect(column.slice(from, to)).toEqual(values.subarray(from, to));
    }
    expect(column.at(length - 1)).toBe(values[length - 1]);
    expect(Buffer.compare(Buffer.from(column.all().buffer), Buffer.from(values.buffer))).toBe(0);
  });

  it("throws for what its file lost, every time", () => {
    const column = columnOf(values);
    for (let asked = 0; asked < 100; asked++) column.at((asked * 997) % (length / 4));
    truncateSync(path, OFFSET + length * 4);
    // A small one was read whole before the file was cut.
    if (length > 100_000)
      for (const place of [length - 1, length - 1])
        expect(() => column.at(place)).toThrow("the snapshot ended early");
    expect(column.at(3)).toBe(values[3]);
  });
});
