import { expect, it } from "vitest";
import { readFileSync } from "node:fs";
import type { Figure } from "./program.ts";
import { withFigures } from "./table.ts";

const page = readFileSync(new URL("../../docs/reliability.md", import.meta.url), "utf8");

function figure(more: Partial<Figure>): Figure {
  return {
    id: "P4",
    promise: "Once",
    injected: "kills",
    count: 9,
    violations: 0,
    detail: "",
    ...more,
  };
}

it("a promise that is measured again takes the place of its own rows and no others", () => {
  const once = withFigures(
    page,
    [figure({ id: "P90", detail: "old" }), figure({ id: "P89" })],
    "2026-01-01",
  );
  const again = withFigures(
    once,
    [figure({ id: "P90" }), figure({ id: "P90", count: 1_200 })],
    "2026-01-02",
  );
  const rows = again.split("\n").filter((line) => /^\| P(89|90) /.test(line));
  expect(rows).toEqual([
    "| P89 | Once | kills | 9 | 0 |  | 2026-01-01 |",
    "| P90 | Once | kills | 9 | 0 |  | 2026-01-02 |",
    "| P90 | Once | kills | 1,200 | 0 |  | 2026-01-02 |",
  ]);
});
it("a promise this machine cannot try shows no figure, only why", () => {
  const skipped = figure({ id: "P90", count: 0, detail: "not tried: there is no a|b" });
  expect(withFigures(page, [skipped], "2026-01-01")).toContain(
    String.raw`| P90 | Once | kills | – | – | not tried: there is no a\|b | 2026-01-01 |`,
  );
});
it("all around the table stays as it was", () => {
  const [before, after] = [page.split("<!-- figures")[0]!, page.split("end of figures -->")[1]!];
  const written = withFigures(page, [figure({})], "2026-01-01");
  expect(written.startsWith(before)).toBe(true);
  expect(written.endsWith(after)).toBe(true);
});
it("a page without a place for the table is refused", () => {
  expect(() => withFigures("# A page", [figure({})], "2026-01-01")).toThrow("no place");
});
