import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { outagesOf } from "../../src/alerts/outages.ts";
import { importFile } from "../../src/sources/import.ts";
import { saveBackup } from "../../src/stores/backup.ts";
import { restoreBook } from "../../src/stores/restore.ts";
import { SAMPLE_CATALOGUE } from "../sources/sample-catalogue.ts";
import { sourceStage } from "./stage.ts";
import type { Stage } from "./stage.ts";

const REGISTER = "https://register.example/notices.csv";

function register(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => `${at},Acme ${at},${10 + at},2026-01-02`);
  return `${["Notice ID,Company,People,Noticed", ...lines].join("\n")}\n`;
}
const answer = (rows: number) => ({ type: "text/csv", body: register(rows), tagged: true });
const DAYS = 24 * 60;

async function stage(): Promise<Stage> {
  const opened = await sourceStage({ wanted: ["test-register"] });
  onTestFinished(() => opened.close());
  return opened;
}

async function backUp({ dir, now }: Stage): Promise<string> {
  return (await saveBackup(dir, { now: now() })).path;
}

/** With the bot stopped, as it has to be. */
async function putBack({ dir, now, restart }: Stage, from = "latest"): Promise<string> {
  const { replaced } = await restoreBook(dir, { from, now: now() });
  await restart();
  return replaced;
}

describe("a folder put back from a copy", () => {
  it("asks at once and in full, since the copy lacks what the server has told since", async () => {
    const made = await stage();
    const { web, turn, stored } = made;
    web.serves(REGISTER, answer(20));
    await turn(0);
    const copy = await backUp(made);
    expect(existsSync(join(copy, "sources.json"))).toBe(true);
    web.serves(REGISTER, answer(21));
    expect(await turn(60)).toMatchObject([{ outcome: "taken", new: 1 }]);
    await putBack(made);
    expect((await stored()).entries.notices).toHaveLength(20);
    expect(await turn(0)).toMatchObject([{ outcome: "taken", new: 1, withdrawn: 0 }]);
    expect((await stored()).entries.notices).toHaveLength(21);
  });

  it("is told that nothing changed where nothing did since the copy", async () => {
    const made = await stage();
    made.web.serves(REGISTER, answer(20));
    await made.turn(0);
    await backUp(made);
    await putBack(made);
    expect(await made.turn(60)).toMatchObject([{ outcome: "unchanged", rows: 0 }]);
    expect(made.web.seen.at(-1)?.headers["if-none-match"]).toBeDefined();
  });

  it("still does not believe a halved list, also on another machine", async () => {
    const made = await stage();
    made.web.serves(REGISTER, answer(20));
    await made.turn(0);
    const copy = await backUp(made);
    const other = await stage();
    await restoreBook(other.dir, { from: copy, now: other.now() });
    await other.restart();
    other.web.serves(REGISTER, answer(9));
    expect(await other.turn(60)).toMatchObject([
      { outcome: "suspicious", errors: ["Not believed: it lists 9 where the last one listed 20."] },
    ]);
    expect(
      (await other.stored()).entries.notices.every(({ versions }) => versions.length === 1),
    ).toBe(true);
  });

  it("of a copy made before it held how sources fared asks anew, and the facts say what a list had", async () => {
    const made = await stage();
    const { web, turn, dir } = made;
    web.serves(REGISTER, answer(20));
    await turn(0);
    const copy = await backUp(made);
    rmSync(join(copy, "sources.json"));
    web.serves(REGISTER, answer(21));
    await turn(60);
    const kept = readFileSync(join(dir, "sources.json"), "utf8");
    const replaced = await putBack(made);
    expect(readFileSync(join(replaced, "sources.json"), "utf8")).toBe(kept);
    expect(made.state("test-register")).toBe("waiting");
    web.serves(REGISTER, answer(9), answer(21));
    expect(await turn(0)).toMatchObject([{ outcome: "suspicious" }]);
    expect(await turn(60)).toMatchObject([{ outcome: "taken", new: 1, withdrawn: 0 }]);
  });

  it("takes nothing as told that is not in the facts, also after others were added to them", async () => {
    const made = await stage();
    const { web, turn, dir, stored, now } = made;
    const facts = join(dir, "facts.ndjson");
    web.serves(REGISTER, answer(20));
    await turn(0);
    copyFileSync(facts, join(dir, "earlier"));
    web.serves(REGISTER, answer(21));
    await turn(60);
    // By hand, and not how the sources fared: as many imports as there were, but not the same.
    copyFileSync(join(dir, "earlier"), facts);
    const file = join(dir, "notices-2026-11-21.csv");
    writeFileSync(file, register(20).replace("Acme 1,11", "Acme 1,12"));
    await importFile(file, { dir, now: now(), asOf: "2026-11-22", catalogue: SAMPLE_CATALOGUE });
    await made.restart();
    expect((await stored()).imports).toHaveLength(2);
    expect(await turn(60)).toMatchObject([{ outcome: "taken", new: 1 }]);
    expect((await stored()).entries.notices).toHaveLength(21);
  });

  it("says of no source that it is down before it was asked, and says so when it is", async () => {
    const made = await stage();
    const { web, turn, told } = made;
    const outages = () =>
      outagesOf(made.sources.standings(), made.now()).map(({ outage }) => outage.state);
    web.serves(REGISTER, answer(20), { status: 404 });
    await turn(0);
    for (const minutes of [60, 15, 30, 60]) await turn(minutes);
    expect(outages()).toEqual(["failing"]);
    expect(told).toEqual(["source.failing"]);
    await backUp(made);
    await made.sources.close();
    await turn(5 * DAYS, { ids: [] });
    await putBack(made);
    expect(made.state("test-register")).toBe("stale");
    expect(outages()).toEqual([]);
    web.serves(REGISTER, { status: 404 }, answer(20));
    await turn(1);
    expect(outages()).toEqual(["stale"]);
    await turn(120);
    expect(outages()).toEqual([]);
    expect(told).toEqual(["source.failing", "source.good"]);
  });

  it("says that a source is down when an hour after the start it was still not asked", async () => {
    const made = await stage();
    const { web, turn } = made;
    web.serves(REGISTER, answer(20));
    await turn(0);
    await turn(DAYS, { ids: [] });
    await made.restart();
    const outages = () => outagesOf(made.sources.standings(), made.now());
    expect(outages()).toEqual([]);
    await turn(59, { ids: [] });
    expect(outages()).toEqual([]);
    await turn(1, { ids: [] });
    expect(outages()).toMatchObject([{ outage: { state: "stale" } }]);
  });

  it("keeps how sources fared where a copy without facts leaves the facts as they are", async () => {
    const made = await stage();
    const copy = join(made.dir, "backups", "2026-11-22T09-00-00Z");
    made.web.serves(REGISTER, answer(20));
    await made.turn(0);
    await backUp(made);
    for (const name of ["facts.ndjson", "sources.json"]) rmSync(join(copy, name));
    writeFileSync(join(copy, "buttons.json"), "{}");
    await putBack(made);
    expect(await made.turn(60)).toMatchObject([{ outcome: "unchanged" }]);
  });
});
