import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { testBot } from "../bot.ts";

const HEADER =
  "Company,Notice Date,Impact Date,Employees Affected,Location,Contact Person,Notice Type";

function virginia(...rows: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), "pulse-notices-")), "va_2026-11-20.csv");
  writeFileSync(file, [HEADER, ...rows].join("\n"));
  return file;
}

describe("/upcoming", () => {
  it("lists what takes effect in the days ahead, with a floor and the unknown", async () => {
    const bot = await testBot({
      files: [
        virginia(
          "Acme,11/02/2026,12/01/2026,100,Richmond VA,Pat Example,Closure",
          "Bolt,11/02/2026,12/15/2026,,Norfolk VA,Pat Example,Layoff",
          "Cord,11/02/2026,03/15/2027,70,Norfolk VA,Pat Example,Layoff",
          "Dune,05/02/2026,07/15/2026,70,Norfolk VA,Pat Example,Layoff",
        ),
      ],
    });
    const { reply } = await bot.ask("/upcoming");
    expect(reply.title).toBe(
      "2 notices take effect from 22 Nov 2026 to 21 Jan 2027: at least 100 people, and 1 notice of unknown size",
    );
    expect((await bot.ask("/upcoming virginia within:26w")).reply.figures).toMatchObject({
      notices: 3,
      people: 170,
    });
    expect((await bot.ask("/upcoming company:cord within:26w")).reply.figures).toMatchObject({
      notices: 1,
    });
    expect(reply.notes).toContain("Read are notices of Virginia alone.");
    const elsewhere = (await bot.ask("/upcoming CA")).reply;
    expect(elsewhere.title).toBe("No notices of California are read here");
    expect(elsewhere.figures["statesRead"]).toEqual(["VA"]);
    expect((await bot.ask("/upcoming VA within:2d")).reply.title).toContain(
      "No known notice in Virginia",
    );
    expect((await bot.ask("/upcoming VA within:12d")).reply.title).toContain(
      "1 notice in Virginia takes effect",
    );
    expect(reply.notes.join(" ")).toContain("never added to layoffs");
  });

  it("says how notices get here while none are, and what a state is", async () => {
    const bot = await testBot();
    expect((await bot.ask("/upcoming")).reply.title).toBe("No WARN notices are read here yet");
    expect((await bot.ask("/upcoming mars")).reply.title).toContain(
      "no state of the United States",
    );
    expect((await bot.ask("/upcoming within:soon")).reply.title).toContain("no span ahead");
  });
});

const REGISTER = new URL("../../../shared/data/warn/", import.meta.url);

it.skipIf(!existsSync(REGISTER))("the register of four states in August 2026", async () => {
  const files = ["il", "ma", "nj", "wa"].map((state) =>
    fileURLToPath(new URL(`register_${state}_2026-08-08.csv.gz`, REGISTER)),
  );
  const bot = await testBot({ files });
  // Counted from the files by a separate reading: rows still listed, effective from 8 August to 3 October, without two that
  // a later update of the same employer, place and day replaced.
  expect((await bot.ask("/upcoming asof:2026-08-08 within:8w")).reply.figures).toMatchObject({
    notices: 43,
    people: 5_474,
    unknownSize: 0,
  });
  expect((await bot.ask("/upcoming MA asof:2026-08-08")).reply.figures).toMatchObject({
    notices: 9,
    people: 1_035,
  });
  // Notices add nothing to layoffs.
  const without = await testBot();
  for (const question of ["/layoffs period:2026", "/layoffs amazon"])
    expect((await bot.ask(question)).reply.figures.people).toBe(
      (await without.ask(question)).reply.figures.people,
    );
});

describe("the notices on a company's card", () => {
  const bln = [
    "hash_id,postal_code,company,location,notice_date,effective_date,jobs,is_superseded,is_closure,is_temporary,first_inserted_date",
    "a,WA,Meta Platforms Inc,Seattle,2022-11-11,2023-01-13,419,False,,,2022-11-14 10:00:00",
    "b,WA,Meta Platforms Inc,Bellevue,2022-11-11,2023-01-13,307,False,,,2022-11-14 10:00:00",
    "c,CA,Meta Platforms Inc,Fremont,,2023-03-01,50,False,,,2023-01-20 10:00:00",
    "d,CA,Meta Platforms Inc,Fremont,2026-05-22,2026-07-22,1395,False,,,2026-05-26 10:00:00",
  ].join("\n");

  it.each([
    ["", 4, 2_171],
    ["asof:2023-01-31", 3, 776],
    ["asof:2022-12-31", 2, 726],
    ["period:2022", 2, 726],
    ["period:2022 asof:2022-11-13", undefined, undefined],
    ["period:2023", 1, 50],
    ["from:2023-01-20 to:2026-05-21", 1, 50],
  ])("are those of its days, as known then: %s", async (when, count, people) => {
    const file = join(mkdtempSync(join(tmpdir(), "pulse-notices-")), "bln.csv");
    writeFileSync(file, bln);
    const bot = await testBot({ files: [file] });
    const { figures } = (await bot.ask(`/layoffs meta ${when}`)).reply;
    expect(figures["warn"]).toEqual(
      count === undefined ? undefined : expect.objectContaining({ notices: count, people }),
    );
  });
});
