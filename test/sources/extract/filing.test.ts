import { describe, expect, it, test } from "vitest";
import { filingFact } from "../../../src/sources/extract/filing.ts";

function read(text: string, filer: string | null = null) {
  const fact = filingFact(text, filer);
  return fact && [fact.people, fact.percent, fact.bound];
}

describe("the reduction itself", () => {
  test.each([
    [
      "On May 6, 2025, the Company committed to a reduction in force affecting approximately 75 employees.",
      75,
      null,
      "about",
    ],
    [
      "The plan is expected to impact approximately 1,100 hourly and salaried positions.",
      1100,
      null,
      "about",
    ],
    ["Approximately 800 roles will be eliminated by the end of 2027.", 800, null, "about"],
    ["We will reduce the size of our team by ~10% (or ~1,600 employees).", 1600, 10, "about"],
    [
      "The Company eliminated 46 positions, or approximately 24% of its workforce.",
      46,
      24,
      "exact",
    ],
    [
      "A 36% workforce reduction, impacting approximately 500 employees, was approved.",
      500,
      36,
      "about",
    ],
    ["The Company expects a reduction of up to 400 positions globally.", 400, null, "up-to"],
    ["The reduction may impact up to approximately 240 employees.", 240, null, "up-to"],
    ["The Company will reduce its workforce by over 900 employees.", 900, null, "at-least"],
    ["We expect to eliminate between approximately 100 and 150 roles.", 100, null, "at-least"],
    ["The plan will affect from 100 to 150 employees.", 100, null, "at-least"],
    ["The plan includes the termination of two hundred and twenty employees.", 220, null, "exact"],
    ["The plan will affect approximately 40 employees and contractors.", 40, null, "about"],
    [
      "The Company will terminate 30 contractors and eliminate 120 full-time employees.",
      120,
      null,
      "exact",
    ],
    ["The plan reduces our workforce by approximately 20%.", null, 20, "about"],
    [
      "The plan represents a reduction of approximately one-third of the Company's workforce.",
      null,
      33.3,
      "about",
    ],
    [
      "The plan will eliminate 600 positions and create approximately 200 new roles.",
      600,
      null,
      "exact",
    ],
    [
      "The reduction in workforce of approximately 34 full-time employees is complete.",
      34,
      null,
      "about",
    ],
    [
      "The Company will incur $3.5 million of severance for the 85 employees affected by the reduction.",
      85,
      null,
      "exact",
    ],
  ] as const)("%s", (text, people, percent, bound) => {
    expect(read(text)).toEqual([people, percent, bound]);
  });

  it("is taken from among other figures", () => {
    const text = `As of December 31, 2024, we had 1,850 employees. On January 8, 2025, Kestrel, Inc. announced a
      restructuring plan. The plan includes a global reduction in force of approximately 145 employees from the second
      quarter's ending headcount of 776 employees. Following the reduction the Company will have 631 employees. The Company
      expects charges of $5 million to $7 million and a cost reduction of 10% of operating expenses.`;
    expect(filingFact(text, "KESTREL, INC.")).toMatchObject({
      company: "KESTREL, INC.",
      people: 145,
      percent: null,
      bound: "about",
      confirmed: false,
    });
    expect(filingFact(text)?.sentence).toMatch(/^The plan includes a global reduction in force/);
  });

  it("takes the share of another sentence along", () => {
    expect(
      read(
        "The Company will reduce its workforce by 90 employees. This reduction represents about 12% of its workforce.",
      ),
    ).toEqual([90, 12, "exact"]);
  });

  it("an earlier plan's figure gives way to this one's", () => {
    expect(
      read(
        "The previously announced plan eliminated 300 positions. The new plan will eliminate 120 positions.",
      ),
    ).toEqual([120, null, "exact"]);
  });
});

describe("a reduction whose size is not stated", () => {
  test.each([
    "The Company committed to a reduction in force. The number of employees affected has not yet been determined.",
    "The plan includes workforce reductions and the closure of 3 plants by June 30, 2025.",
    "The plan reduces our workforce from 57 full-time employees to 9.",
    "The plan includes headcount reductions, ending the year with a core workforce of about 75,000 employees.",
    "The plan will reduce headcount; the Company currently employs 260 employees.",
    "The plan includes employee terminations with severance of $12 million.",
  ])("%s", (text) => {
    expect(read(text)).toEqual([null, null, "exact"]);
  });
});

describe("nothing", () => {
  test.each([
    "The Company terminated the lease of its office in Reno and expects charges of $2 million.",
    "The Company will close its plant; no employees are affected.",
    "We end the year with a core workforce of about 75,000 employees.",
    "",
  ])("%s", (text) => {
    expect(read(text)).toBeNull();
  });

  it("what others cut is not the filer's", () => {
    expect(
      read("The federal government announced plans to reduce its workforce by 10,000 employees."),
    ).toBeNull();
    expect(
      read(
        "HHS announced that it intends to reduce our workforce by approximately 10,000 employees.",
      ),
    ).toBeNull();
    const rival =
      "Osprey Corporation announced that it will reduce its workforce by 400 employees.";
    expect(read(rival, "Kestrel, Inc.")).toBeNull();
    expect(read(rival, "OSPREY CORP")).toEqual([400, null, "exact"]);
  });
});
