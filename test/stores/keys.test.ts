import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openKeys } from "../../src/stores/keys.ts";

const folder = () => mkdtempSync(join(tmpdir(), "pulse-keys-"));
const long = `/layoffs ${"a".repeat(200)}`;

describe("commands under short keys", () => {
  it("survive a restart, and the same command keeps its key", async () => {
    const dir = folder();
    const first = await openKeys(dir, () => {});
    const key = first.keep(long);
    expect(first.keep(long)).toBe(key);
    expect(key).toMatch(/^[\w-]{16}$/);
    await first.close();
    const second = await openKeys(dir, () => {});
    expect(second.recall(key)).toBe(long);
    expect(second.recall("constructor")).toBeUndefined();
    expect(statSync(join(dir, "buttons.json")).mode & 0o777).toBe(0o600);
  });
  it("forget the oldest past their number", async () => {
    const keys = await openKeys(folder(), () => {});
    const first = keys.keep("/first");
    for (let index = 0; index < 5_000; index++) keys.keep(`/other ${index}`);
    expect(keys.recall(first)).toBeUndefined();
    await keys.close();
  });
  it("begin anew in sight when their file is damaged", async () => {
    const dir = folder();
    writeFileSync(join(dir, "buttons.json"), '{"version":1,"commands":{"a":5}}');
    const said: string[] = [];
    const keys = await openKeys(dir, (sentence) => said.push(sentence));
    expect(said).toHaveLength(1);
    keys.keep(long);
    await keys.close();
    expect(readFileSync(join(dir, "buttons.json"), "utf8")).toContain(long);
  });
});
