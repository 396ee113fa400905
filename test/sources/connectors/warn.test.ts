import { describe, expect, it } from "vitest";
import { warnBln } from "../../../src/sources/connectors/warn-bln.ts";
import { warnRegister } from "../../../src/sources/connectors/warn-register.ts";
import { warnStates } from "../../../src/sources/connectors/warn-states.ts";
import type { SourceDef } from "../../../src/sources/source.ts";
import { dayIn } from "../../../src/sources/warn-cells.ts";
import { isMarked, unmarked } from "../../../src/sources/warn-updates.ts";

const ABOUT = { today: "2026-11-22", url: null };

function read(source: SourceDef, ...lines: readonly string[]) {
  const parsed = source.parse(lines.join("\n"), ABOUT);
  return {
    ...parsed,
    notices: parsed.entries.flatMap((entry) =>
      entry.shelf === "notices" ? [{ id: entry.id, on: entry.on, ...entry.values }] : [],
    ),
    remarks: parsed.notices,
  };
}

const REGISTER =
  "state,employer_name,canonical_name,notice_date,effective_date,employees_affected,layoff_type,is_temporary,location,source_url,dedupe_key,first_seen,last_seen";

describe("the register", () => {
  it("gives each notice that still stands, under its employer's cleaned name", () => {
    const { notices, wholeOf, asOfOn } = read(
      warnRegister,
      REGISTER,
      'WA,"Update: Acme, Inc.","Acme, Inc.",2026-07-01,2026-09-01,120,mass_layoff,0,Seattle,https://esd.example/warn,k1,2026-07-16,',
      "WA,Bolt,Bolt,2026-07-02,2026-09-02,,closure,1,Tacoma,,k2,2026-07-20,",
    );
    expect(notices).toEqual([
      {
        id: "WA|k1",
        on: "2026-07-16",
        state: "WA",
        company: "Acme, Inc.",
        noticedOn: "2026-07-01",
        effectiveOn: "2026-09-01",
        people: 120,
        kind: "layoff",
        temporary: false,
        place: "Seattle",
        url: "https://esd.example/warn",
      },
      expect.objectContaining({ company: "Bolt", people: null, kind: "closure", temporary: true }),
    ]);
    expect([wholeOf, asOfOn]).toEqual(["WA|", "2026-07-20"]);
  });

  it("loaded in one go says nothing of when a notice could be known: its own day stands in", () => {
    const loaded = Array.from(
      { length: 20 },
      (_, at) => `WA,Co ${at},Co ${at},2025-01-${10 + at},,5,unknown,0,Yakima,,l${at},2026-08-06,`,
    );
    const { notices } = read(
      warnRegister,
      REGISTER,
      ...loaded,
      "WA,Young,Young,2026-08-05,,5,unknown,0,Yakima,,y1,2026-08-06,",
      "WA,Ahead,Ahead,,2026-10-01,5,unknown,0,Yakima,,y2,2026-08-06,",
      "WA,Late,Late,2026-01-05,,5,unknown,0,Yakima,,y3,2026-08-07,",
      "MA,Other,Other,2026-01-05,,5,unknown,0,Boston,,y4,2026-08-06,",
    );
    const on = new Map(notices.map((notice) => [notice.company, notice.on]));
    expect(["Co 0", "Young", "Ahead", "Late", "Other"].map((name) => on.get(name))).toEqual([
      "2025-01-10",
      "2026-08-05",
      "2026-08-06",
      "2026-08-07",
      "2026-08-06",
    ]);
  });

  describe("an update replaces the earlier notice of its employer, place and effective day", () => {
    const row = (
      name: string,
      noticed: string,
      people: number | "",
      key: string,
      { seen = noticed, effective = "2026-09-16", place = "Boston" } = {},
    ) => `MA,${name},Acme,${noticed},${effective},${people},unknown,0,${place},,${key},${seen},`;
    const counted = (...rows: readonly string[]) =>
      read(warnRegister, REGISTER, ...rows).entries.map(({ id, on, until, values }) => [
        id,
        on,
        until,
        "people" in values ? values.people : undefined,
      ]);

    it("from the day the update could be known", () => {
      expect(
        counted(
          row("Acme (aka A)", "2026-07-15", 231, "a", { seen: "2026-07-18" }),
          row("*Updated* Acme (aka A)", "2026-07-30", 234, "b", { seen: "2026-08-01" }),
          row("*Updated* Acme (aka A)", "2026-07-31", 236, "c", { seen: "2026-08-01" }),
        ),
      ).toEqual([
        ["MA|a", "2026-07-18", "2026-08-01", 231],
        ["MA|c", "2026-08-01", undefined, 236],
      ]);
    });

    it("and nothing of another place or day, or without the mark", () => {
      const apart = counted(
        row("Acme", "2026-07-15", 10, "a"),
        row("*Updated* Acme", "2026-07-30", 20, "b", { place: "Lowell" }),
        row("*Updated* Acme", "2026-07-30", 30, "c", { effective: "2026-10-01" }),
        row("Acme", "2026-07-31", 40, "d"),
        row("*Updated* Acme", "2026-07-01", 50, "e"),
      );
      expect(apart.map(([id, , until]) => [id, until])).toEqual(
        ["a", "b", "c", "d", "e"].map((key) => [`MA|${key}`, undefined]),
      );
    });

    it("and keeps its number where it says none", () => {
      expect(
        counted(row("Acme", "2026-07-15", 80, "a"), row("UPDATED Acme", "2026-07-20", "", "b")),
      ).toEqual([
        ["MA|a", "2026-07-15", "2026-07-20", 80],
        ["MA|b", "2026-07-20", undefined, 80],
      ]);
    });

    it.each([
      ["*Updated* Acme, Inc.", "Acme, Inc."],
      ["*UDATED* Acme", "Acme"],
      ["UPDATED Acme", "Acme"],
      ["*UPDATED: Acme Hospital", "Acme Hospital"],
      ["Update: Acme", "Acme"],
      ["Acme LLC (Updated)", "Acme LLC"],
      ["Acme - Updated 1/2/18", "Acme"],
      ["Update Legal", "Update Legal"],
      ["Acme (dba Updated Homes)", "Acme (dba Updated Homes)"],
    ])("%s is %s", (filed, name) => {
      expect([unmarked(filed), isMarked(filed)]).toEqual([name, filed !== name]);
    });
  });

  it("that breaks off in a row takes nothing down", () => {
    const { wholeOf, remarks } = read(
      warnRegister,
      REGISTER,
      "MA,Acme,Acme,2026-07-01,2026-09-01,120,mass_layoff,0,Boston,,a,2026-07-16,",
      "MA,Bolt,Bo",
    );
    expect(wholeOf).toBeNull();
    expect(remarks).toEqual([expect.stringContaining("The file seems cut off in row 3")]);
  });

  it("leaves out what was listed anew under another key, and remarks below a table", () => {
    const { notices, faults, remarks } = read(
      warnRegister,
      REGISTER,
      "WA,Acme,Acme,2026-07-01,2026-09-01,120,mass_layoff,0,Seattle,,old,2026-07-16,2026-08-05",
      "NJ,* Most employees will be rehired,* Most employees will be rehired,,,,unknown,,,,k3,2026-07-16,",
    );
    expect([notices, faults]).toEqual([[], []]);
    expect(remarks[0]).toMatch(/^\d+ rows? w(?:as|ere) left out/);
  });

  it("takes no national figure for a place's own", () => {
    const { notices } = read(
      warnRegister,
      REGISTER,
      "WA,Acme,Acme,2026-07-01,2026-09-01,9266,mass_layoff,0,Nationwide,,k1,2026-07-16,",
    );
    expect(notices).toMatchObject([{ people: null, place: "nationwide, 9,266 in all" }]);
  });

  it("refuses a notice without any day, and a list of two states is a whole of neither", () => {
    const { faults, wholeOf } = read(
      warnRegister,
      REGISTER,
      "NJ,Acme,Acme,,,120,unknown,,Newark,,k1,2026-07-16,",
      "NJ,Bolt,Bolt,2026-07-01,,120,unknown,,Newark,,k2,2026-07-16,",
      "CA,Cord,Cord,2026-07-01,,120,unknown,,Fresno,,k3,2026-07-16,",
    );
    expect(faults).toMatchObject([{ row: 2, column: "notice date" }]);
    expect(wholeOf).toBe("");
  });
});

const BLN =
  "hash_id,postal_code,company,location,notice_date,effective_date,jobs,is_temporary,is_closure,is_amendment,is_superseded,first_inserted_date";

describe("the consolidated file", () => {
  it("drops versions that were superseded, and dates what came in one load by the notice", () => {
    const { notices } = read(
      warnBln,
      BLN,
      "a,ca,Acme,Fresno,2026-07-01,2026-09-01,120.0,False,True,False,False,2026-07-08T10:00:00",
      "b,ca,Acme,Fresno,2026-07-01,2026-09-01,110,False,True,False,True,2026-07-05",
      "c,tx,Bolt,Austin,2019-01-07,,80,,,False,False,2022-04-07",
    );
    expect(
      notices.map(({ id, on, people, kind, temporary }) => [id, on, people, kind, temporary]),
    ).toEqual([
      ["CA|a", "2026-07-08", 120, "closure", false],
      ["TX|c", "2019-01-07", 80, null, null],
    ]);
  });
});

describe("lists as states write them", () => {
  it("Virginia's: no contact person is taken", () => {
    const { notices } = read(
      warnStates,
      "Company,Notice Date,Impact Date,Employees Affected,Location,Contact Person,Notice Type",
      "Acme,12/11/2025,02/10/2026,173,Ringgold VA,Pat Example,Closure",
    );
    expect(notices).toMatchObject([
      { state: "VA", noticedOn: "2025-12-11", effectiveOn: "2026-02-10", people: 173 },
    ]);
    expect(JSON.stringify(notices)).not.toContain("Pat Example");
  });

  it("Washington's", () => {
    const { notices } = read(
      warnStates,
      "Company,Location,Layoff Start Date,# of Workers,Closure Layoff,Type of Layoff,Received Date",
      "Acme,Auburn,7/1/2022,181,Closure,Permanent,3/3/2022",
    );
    expect(notices).toMatchObject([
      { state: "WA", effectiveOn: "2022-07-01", kind: "closure", temporary: false, people: 181 },
    ]);
  });

  it("Colorado's: two parts of a figure are added, and a size in words is unknown and said", () => {
    const { notices, remarks } = read(
      warnStates,
      "reduced_hours,jobs,begin_date,notice_date,temporary_job_losses,permanent_job_losses,reason,company,workforce_area,workforce_region",
      ",,12/31/21,12/30/21,5,160,Closure,Acme,Pueblo,",
      ",40-60,,3/27/2020,,,COVID-19,Bolt,,Denver",
    );
    expect(notices.map(({ company, people, place }) => [company, people, place])).toEqual([
      ["Acme", 165, "Pueblo"],
      ["Bolt", null, "Denver"],
    ]);
    expect(remarks).toEqual([
      "1 notice says how many in words (‘40-60’): kept, as of unknown size.",
    ]);
  });

  it("rows that say the same stay two notices", () => {
    const row = "Acme,Auburn,7/1/2022,181,Closure,Permanent,3/3/2022";
    const { notices } = read(
      warnStates,
      "Company,Location,Layoff Start Date,# of Workers,Closure Layoff,Type of Layoff,Received Date",
      row,
      row,
    );
    expect(new Set(notices.map(({ id }) => id)).size).toBe(2);
  });
});

it.each([
  ["2026-08-08", "2026-08-08"],
  ["2026-08-08T10:00:00Z", "2026-08-08"],
  ["3/7/22", "2022-03-07"],
  ["03/07/2022 and later", "2022-03-07"],
  ["2026-02-30", null],
  ["13/7/2022", null],
  ["soon", null],
  ["", null],
])("the day in %j is %j", (text, day) => {
  expect(dayIn(text)).toBe(day);
});
