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

describe("lists that end long before", () => {
  const old = (state: string, header: string, ...rows: readonly string[]) => {
    const file = join(mkdtempSync(join(tmpdir(), "pulse-notices-")), `${state}.csv`);
    writeFileSync(file, [header, ...rows].join("\n"));
    return file;
  };
  const files = [
    old(
      "va",
      HEADER,
      "Acme,08/03/2026,12/01/2026,100,Richmond VA,Pat Example,Closure",
      "Bolt,08/07/2026,01/05/2027,127,Richmond VA,Pat Example,Closure",
    ),
    old(
      "wa",
      "Company,Location,Layoff Start Date,# of Workers,Closure Layoff,Type of Layoff,Received Date",
      "Cord,Seattle,5/14/2022,119,Layoff,Permanent,3/11/2022",
    ),
  ];

  it("say what is missing, each state for itself", async () => {
    const bot = await testBot({ files });
    const all = (await bot.ask("/upcoming")).reply;
    expect(all.figures).toMatchObject({ notices: 2, people: 227 });
    expect(all.notes[0]).toBe(
      "What is read here ends 7 Aug 2026, 4 months before 22 Nov 2026: nothing filed since is known here, and notices are filed some 60 days ahead.",
    );
    expect(all.notes.join(" ")).toContain(
      "(from Washington to 11 Mar 2022, up to Virginia to 7 Aug 2026)",
    );
    const washington = (await bot.ask("/upcoming WA")).reply.notes.join(" ");
    expect(washington).toContain("The newest that is known of Washington is of 11 Mar 2022");
    expect(washington).toContain("(Washington to 11 Mar 2022)");
    expect(washington).not.toContain("Aug 2026");
    expect((await bot.ask("/upcoming VA")).reply.notes[0]).toContain("ends 7 Aug 2026");
  });

  it("are as old as they were on the day that is asked for", async () => {
    const bot = await testBot({ files });
    expect((await bot.ask("/upcoming asof:2026-08-10")).reply.notes[0]).toMatch(/^WARN notices/);
    const earlier = (await bot.ask("/upcoming asof:2026-08-05")).reply.notes.join(" ");
    expect(earlier).toContain("Virginia to 3 Aug 2026");
    expect(earlier).not.toContain("7 Aug 2026");
  });
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
