import { NO_ENTRIES } from "../../src/market/facts.ts";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { describe, expect, it, onTestFinished, test } from "vitest";
import type { LayoffValues } from "../../src/market/facts.ts";
import { openFactsLog, type Batch, type FactChange } from "../../src/stores/facts-log.ts";

function emptyFolder(): { dir: string; file: string } {
  const root = mkdtempSync(join(tmpdir(), "pulse-log-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const dir = join(root, "live");
  return { dir, file: join(dir, "facts.ndjson") };
}

function values(company: string, headcount: number | null): LayoffValues {
  return {
    company,
    announcedOn: "2024-02-01",
    filedOn: null,
    effectiveOn: null,
    headcount,
    percentOfStaff: null,
    industry: null,
    country: null,
    location: "Zürich",
    stage: null,
    reason: null,
    raisedUsdM: null,
    url: null,
  };
}

function sighting(company: string, headcount: number | null = 10): FactChange {
  const key = `layoffs-fyi|${company}|2024-02-01|1`;
  return {
    kind: "sighting",
    key,
    learnedOn: "2024-02-01",
    assumed: true,
    values: values(company, headcount),
  };
}

function batch(file: string, asOfOn: string, ...changes: FactChange[]): Batch {
  const record = {
    file,
    layout: "nine",
    source: "layoffs-fyi",
    sha256: "0",
    asOfOn,
    rows: changes.length,
    importedAt: "2026-11-22T09:00:00.000Z",
  };
  return { record, changes };
}

async function companiesIn(dir: string): Promise<string[]> {
  return (await openFactsLog(dir))
    .stored()
    .layoffs.map(({ versions }) => versions[0]!.values.company);
}

test("a folder that is not there holds nothing, and reading does not make it", async () => {
  const { dir } = emptyFolder();
  const log = await openFactsLog(dir);
  expect(log.stored()).toEqual({
    layoffs: [],
    entries: NO_ENTRIES,
    verdicts: [],
    payRows: [],
    payLedger: { rows: [], dumps: [] },
    imports: [],
  });
  expect(existsSync(dir)).toBe(false);
});

test("what was appended is there after opening again, in a file only its owner reads", async () => {
  const { dir, file } = emptyFolder();
  const log = await openFactsLog(dir);
  await log.append(batch("a.csv", "2024-03-01", sighting("acme"), sighting("bolt", null)));
  await log.append(batch("b.csv", "2024-03-08", sighting("crux")));
  await log.close();
  const again = await openFactsLog(dir);
  expect(again.stored()).toEqual(log.stored());
  expect(again.stored().imports.map((record) => record.file)).toEqual(["a.csv", "b.csv"]);
  expect(again.notices).toEqual([]);
  expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
  expect((statSync(dir).mode & 0o777).toString(8)).toBe("700");
});

test("a file is only ever added to", async () => {
  const { dir, file } = emptyFolder();
  const log = await openFactsLog(dir);
  await log.append(batch("a.csv", "2024-03-01", sighting("acme")));
  const before = readFileSync(file);
  await log.append(
    batch("b.csv", "2024-03-08", {
      kind: "version",
      key: "layoffs-fyi|acme|2024-02-01|1",
      from: "2024-03-08",
      values: values("acme", 50),
    }),
  );
  expect(readFileSync(file).subarray(0, before.length)).toEqual(before);
});

test("what was given once does not change with a later import", async () => {
  const { dir } = emptyFolder();
  const log = await openFactsLog(dir);
  await log.append(batch("a.csv", "2024-03-01", sighting("acme")));
  const before = log.stored();
  const copy = structuredClone(before);
  await log.append(
    batch(
      "b.csv",
      "2024-03-08",
      { kind: "withdrawn", key: "layoffs-fyi|acme|2024-02-01|1", on: "2024-03-08" },
      sighting("bolt"),
    ),
  );
  expect(before).toEqual(copy);
  expect(log.stored().layoffs.map((each) => each.withdrawnOn)).toEqual(["2024-03-08", null]);
});

describe("an import cut short", () => {
  it("at any byte counts for nothing, is told, and is cut off by the next one", async () => {
    const { dir, file } = emptyFolder();
    const log = await openFactsLog(dir);
    await log.append(batch("a.csv", "2024-03-01", sighting("acme")));
    const good = readFileSync(file);
    await log.append(batch("b.csv", "2024-03-08", sighting("bolt"), sighting("crux")));
    const full = readFileSync(file);
    for (let bytes = good.length + 1; bytes < full.length; bytes++) {
      writeFileSync(file, full.subarray(0, bytes));
      const opened = await openFactsLog(dir);
      expect([bytes, opened.stored().layoffs.length, opened.notices.length]).toEqual([bytes, 1, 1]);
    }
    const opened = await openFactsLog(dir);
    expect(opened.notices[0]).toContain("is not finished (line 5 on");
    await opened.append(batch("b.csv", "2024-03-08", sighting("bolt"), sighting("crux")));
    expect(readFileSync(file)).toEqual(full);
    expect(await companiesIn(dir)).toEqual(["acme", "bolt", "crux"]);
  });

  it("before the first line was whole leaves nothing, and the next import starts the file anew", async () => {
    const { dir, file } = emptyFolder();
    const log = await openFactsLog(dir);
    await log.append(batch("a.csv", "2024-03-01", sighting("acme")));
    const full = readFileSync(file);
    truncateSync(file, 10);
    const opened = await openFactsLog(dir);
    expect(opened.stored().layoffs).toEqual([]);
    await opened.append(batch("a.csv", "2024-03-01", sighting("acme")));
    expect(readFileSync(file)).toEqual(full);
  });

  it("by a power cut that left zeros counts for nothing", async () => {
    const { dir, file } = emptyFolder();
    const log = await openFactsLog(dir);
    await log.append(batch("a.csv", "2024-03-01", sighting("acme")));
    appendFileSync(file, Buffer.alloc(4096));
    const opened = await openFactsLog(dir);
    expect(opened.stored().layoffs).toHaveLength(1);
    expect(opened.notices).toHaveLength(1);
  });

  it("by a kill while it writes is all there or not at all", async () => {
    const { dir, file } = emptyFolder();
    await (await openFactsLog(dir)).append(batch("a.csv", "2024-03-01", sighting("acme")));
    let unfinished = 0;
    for (const killedAfterBytes of [1, 2_000_000, 4_000_000]) {
      const before = statSync(file).size;
      const child = spawn(process.execPath, [
        join(import.meta.dirname, "append-many.ts"),
        dir,
        "30000",
        String(killedAfterBytes),
      ]);
      const exit = once(child, "exit");
      while (child.exitCode === null && statSync(file).size < before + killedAfterBytes)
        await nextTurn();
      child.kill("SIGKILL");
      await exit;
      const opened = await openFactsLog(dir);
      unfinished += opened.notices.length;
      expect((opened.stored().layoffs.length - 1) % 30_000).toBe(0);
      if (existsSync(`${file}.lock`)) utimesSync(`${file}.lock`, 0, 0);
    }
    const opened = await openFactsLog(dir);
    await opened.append(batch("z.csv", "2024-03-08", sighting("zeta")));
    expect(await companiesIn(dir)).toContain("zeta");
    expect(unfinished).toBeGreaterThan(0);
  }, 60_000);
});

describe("a damaged file", () => {
  async function damaged(damage: (text: string) => string) {
    const { dir, file } = emptyFolder();
    const log = await openFactsLog(dir);
    await log.append(batch("a.csv", "2024-03-01", sighting("acme")));
    const good = statSync(file).size;
    await log.append(batch("b.csv", "2024-03-08", sighting("bolt"), sighting("crux")));
    const bytes = damage(readFileSync(file, "utf8"));
    writeFileSync(file, bytes);
    return { dir, file, good, opening: openFactsLog(dir) };
  }

  test.each<[string, number, (text: string) => string]>([
    ["a changed figure", 8, (text) => text.replace(/("bolt".*"headcount":)10/, "$199")],
    ["a line taken out", 7, (text) => text.split("\n").toSpliced(6, 1).join("\n")],
    ["a line that is no JSON", 6, (text) => text.split("\n").toSpliced(5, 1, "{oops").join("\n")],
    [
      "a kind we never wrote",
      6,
      (text) => text.split("\n").toSpliced(5, 1, '{"kind":"__proto__"}').join("\n"),
    ],
    ["an import put in twice", 12, (text) => text + text.split("\n").slice(4).join("\n")],
    [
      "a begin inside an import",
      6,
      (text) => text.split("\n").toSpliced(5, 0, text.split("\n")[1]!).join("\n"),
    ],
    ["a lost begin", 5, (text) => text.split("\n").toSpliced(4, 1).join("\n")],
  ])(
    "%s is refused, naming line %i, and never taken for an empty one",
    async (_what, line, damage) => {
      const { file, opening } = await damaged(damage);
      await expect(opening).rejects.toMatchObject({
        reason: "bad_file",
        message: expect.stringContaining(`${file} is damaged: line ${line} `),
      });
    },
  );

  it("names a remedy that works", async () => {
    const { dir, file, good, opening } = await damaged((text) =>
      text.replace(/("bolt".*"headcount":)10/, "$199"),
    );
    await expect(opening).rejects.toMatchObject({
      right: expect.stringContaining(`truncate -s ${good} ${file}`),
    });
    truncateSync(file, good);
    expect(await companiesIn(dir)).toEqual(["acme"]);
  });

  test.each([
    ["another version", '{"format":"market-pulse facts","version":2}\n'],
    ["a byte order mark", '\uFEFF{"format":"market-pulse facts","version":1}\n'],
    ["Windows line ends", '{"format":"market-pulse facts","version":1}\r\n'],
    ["something else", "null\n"],
  ])("with %s is refused", async (_what, text) => {
    const { dir, file } = emptyFolder();
    mkdirSync(dir);
    writeFileSync(file, text);
    await expect(openFactsLog(dir)).rejects.toMatchObject({
      reason: "bad_file",
      message: expect.stringContaining("line 1 "),
    });
  });

  it("that is a symbolic link is refused", async () => {
    const { dir, file } = emptyFolder();
    mkdirSync(dir);
    writeFileSync(join(dir, "other"), "");
    symlinkSync(join(dir, "other"), file);
    await expect(openFactsLog(dir)).rejects.toMatchObject({
      reason: "bad_file",
      message: expect.stringContaining("symbolic link"),
    });
  });
});

describe("one writer at a time", () => {
  it("a second one that read before the first wrote is refused and changes nothing", async () => {
    const { dir, file } = emptyFolder();
    const [one, other] = [await openFactsLog(dir), await openFactsLog(dir)];
    await one.append(batch("a.csv", "2024-03-01", sighting("acme")));
    const before = readFileSync(file);
    await expect(
      other.append(batch("b.csv", "2024-03-08", sighting("bolt"))),
    ).rejects.toMatchObject({ reason: "conflict" });
    expect(readFileSync(file)).toEqual(before);
    expect(other.stored().layoffs).toEqual([]);
  });

  it("while another process holds the lock, writing waits and then says so; reading goes on", async () => {
    const { dir, file } = emptyFolder();
    const log = await openFactsLog(dir);
    await log.append(batch("a.csv", "2024-03-01", sighting("acme")));
    const release = await lock(file, { realpath: false });
    await expect(log.append(batch("b.csv", "2024-03-08", sighting("bolt")))).rejects.toMatchObject({
      reason: "busy",
    });
    expect(await companiesIn(dir)).toEqual(["acme"]);
    await release();
    await log.append(batch("b.csv", "2024-03-08", sighting("bolt")));
    expect(await companiesIn(dir)).toEqual(["acme", "bolt"]);
  });

  it("appends of one process follow each other", async () => {
    const { dir } = emptyFolder();
    const log = await openFactsLog(dir);
    await Promise.all(
      ["acme", "bolt", "crux"].map((name) =>
        log.append(batch(`${name}.csv`, "2024-03-01", sighting(name))),
      ),
    );
    expect((await companiesIn(dir)).toSorted()).toEqual(["acme", "bolt", "crux"]);
  });

  it("an import worked out on facts that have changed is refused before it is written", async () => {
    const { dir, file } = emptyFolder();
    const log = await openFactsLog(dir);
    await log.append(batch("a.csv", "2024-03-01", sighting("acme")));
    const before = readFileSync(file);
    await expect(log.append(batch("a.csv", "2024-03-01", sighting("acme")))).rejects.toMatchObject({
      reason: "conflict",
    });
    expect(readFileSync(file)).toEqual(before);
  });
});

test("a folder that cannot be made says so and nothing is kept", async () => {
  const { dir } = emptyFolder();
  const log = await openFactsLog(dir);
  writeFileSync(dir, "a file where the folder should be");
  await expect(log.append(batch("a.csv", "2024-03-01", sighting("acme")))).rejects.toMatchObject({
    reason: "store_readonly",
  });
  expect(log.stored().layoffs).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "a disk that is full half way leaves the file as it was",
  async () => {
    const { dir, file } = emptyFolder();
    await (await openFactsLog(dir)).append(batch("a.csv", "2024-03-01", sighting("acme")));
    const before = readFileSync(file);
    // A limit on the size of files fails the write as a full disk does.
    const limited = 'trap \'\' XFSZ; ulimit -f 2000; exec "$0" "$@"';
    const child = spawn("sh", [
      "-c",
      limited,
      process.execPath,
      join(import.meta.dirname, "append-many.ts"),
      dir,
      "30000",
      "full",
    ]);
    let said = "";
    child.stderr.on("data", (text: Buffer) => (said += text.toString()));
    const [code] = await once(child, "exit");
    expect([code, said.includes("store_readonly")]).toEqual([1, true]);
    expect(readFileSync(file)).toEqual(before);
    const opened = await openFactsLog(dir);
    expect(opened.notices).toEqual([]);
    await opened.append(batch("b.csv", "2024-03-08", sighting("bolt")));
    expect(await companiesIn(dir)).toEqual(["acme", "bolt"]);
  },
);
