import { describe, expect, it, test } from "vitest";
import { headlineFact } from "../../../src/sources/extract/headline.ts";

/** People, percent and bound, as short as a table needs them; null for nothing. */
function read(headline: string) {
  const fact = headlineFact(headline);
  return fact && [fact.people, fact.percent, fact.bound];
}

describe("head counts", () => {
  test.each([
    ["Kestrel cuts 150 workers after deploying AI, IPO may slip to 2027", 150, "exact"],
    ["Kestrel lays off 1,200 employees", 1200, "exact"],
    ["kestrel lays off 1 200 employees", 1200, "exact"],
    ["Kestrel lays off 1.2k employees", 1200, "exact"],
    ["Kestrel lays off 1.2K employees", 1200, "exact"],
    ["Kestrel raises $50M, then lays off 60 employees", 60, "exact"],
    ["Kestrel cuts 16,000 jobs, shares rise 9%", 16_000, "exact"],
    ["Kestrel cuts 5,000 jobs; stock falls 12%", 5000, "exact"],
    ["Kestrel lays off 300 in US, 200 in India", 300, "at-least"],
    ["Kestrel cuts 300 jobs in US and 200 in Europe", 300, "at-least"],
    ["Kestrel to cut 1,000 jobs, including 300 in Germany", 1000, "exact"],
    ["Kestrel lays off 100 of its 1,000 staff", 100, "exact"],
    ["Looking for savings? Kestrel cuts 400 jobs", 400, "exact"],
    ["Kestrel to cut 1.000 jobs", 1000, "exact"],
    ["Kestrel lays off two hundred staff", 200, "exact"],
    ["Kestrel to cut one thousand two hundred and fifty jobs", 1250, "exact"],
    ["Kestrel lays off over 100 people", 100, "at-least"],
    ["Kestrel lays off 100+ people", 100, "at-least"],
    ["Kestrel to shed at least 600 roles", 600, "at-least"],
    ["Kestrel eliminates about 40 positions in cost cutting move", 40, "about"],
    ["Kestrel will let go of nearly 50 engineers", 50, "about"],
    ["Kestrel to lay off up to 55 staff", 55, "up-to"],
    ["Kestrel to cut as many as 9,000 jobs", 9000, "up-to"],
    ["Kestrel to cut fewer than 100 jobs", 100, "up-to"],
    ["Kestrel cuts no fewer than 80 jobs", 80, "at-least"],
    ["Kestrel to cut no more than 80 jobs", 80, "up-to"],
    ["Kestrel lays off 50-70 employees", 50, "at-least"],
    ["Kestrel to lay off between 100 and 150 people", 100, "at-least"],
    ["Kestrel to cut 100 to 150 jobs", 100, "at-least"],
    ["Kestrel lays off 145 in profitability push", 145, "exact"],
    ["Kestrel lays off 23", 23, "exact"],
    ["Kestrel makes 200 staff redundant", 200, "exact"],
    ["Kestrel lets 200 employees go", 200, "exact"],
    ["300 Kestrel employees laid off", 300, "exact"],
    ["Kestrel’s 430-person layoff is its third", 430, "exact"],
    ["After laying off 180 people, Kestrel lays off 50 more employees", 50, "exact"],
    ["Nearly 80 jobs axed at Kestrel", 80, "about"],
    ["Kestrel announces 400 layoffs", 400, "exact"],
    ["Kestrel layoffs affect 450 employees", 450, "exact"],
    ["Kestrel raises $50m Series B, then lays off 60 employees in third round", 60, "exact"],
    ["Kestrel, 12 years old and worth $1.2b, cuts 75 jobs", 75, "exact"],
    ["Kestrel lays off 17 of its 70 workers", 17, "exact"],
    ["Kestrel shuts 50 stores and cuts 900 jobs", 900, "exact"],
    ["Kestrel cuts 900 jobs, shuts 50 stores", 900, "exact"],
    ["Kestrel cuts 500 warehouse jobs in 20 cities", 500, "exact"],
    ["Kestrel cuts 150 workers to 300", 150, "exact"],
    ["Kestrel cuts 150 workers, leaving 300", 150, "exact"],
    ["Kestrel to lay off 600, hire 250 people for sales", 600, "exact"],
    ["After cutting 200 last year, Kestrel lays off 90 more employees", 90, "exact"],
    ["Kestrel lays off 90 employees months after axing 400 staff", 90, "exact"],
    ["Kestrel lays off 2,000 employees", 2000, "exact"],
    ["Kestrel lays off 2000 employees in 2024", 2000, "exact"],
    ["Kestrel entlässt rund 300 Mitarbeiter", 300, "about"],
    ["Kestrel demite mais de 50 funcionários", 50, "at-least"],
  ] as const)("%s: %i, %s", (headline, people, bound) => {
    expect(read(headline)).toEqual([people, null, bound]);
  });
});

describe("shares of the staff", () => {
  test.each([
    ["Kestrel lays off 10% of staff", 10, "exact"],
    ["Kestrel cuts nearly 10 percent of its workforce", 10, "about"],
    ["Kestrel cuts 10pc of staff", 10, "exact"],
    ["Kestrel sacks 10 per cent of its people", 10, "exact"],
    ["Kestrel to lay off nine percent of employees", 9, "exact"],
    ["Kestrel to reduce workforce by 25%", 25, "exact"],
    ["Kestrel layoffs hit more than 30% of the company's staff", 30, "at-least"],
    ["Kestrel lays off a third of its staff", 33.3, "about"],
    ["Kestrel cuts two-thirds of its employees", 66.7, "about"],
    ["Kestrel lays off half its staff", 50, "about"],
    ["Kestrel to cut 5% to 7% of jobs", 5, "at-least"],
    ["Kestrel lays off 30% staff in restructuring", 30, "exact"],
    ["Kestrel cuts 2.5% of jobs", 2.5, "exact"],
    ["Kestrel to cut one in four jobs", 25, "exact"],
    ["Kestrel to cut 1 in 5 jobs", 20, "exact"],
  ] as const)("%s: %d %%, %s", (headline, percent, bound) => {
    expect(read(headline)).toEqual([null, percent, bound]);
  });

  test.each([
    ["Kestrel cuts 150 jobs, or 10% of its workforce", 150, 10],
    ["Kestrel cuts 10% of its workforce, or about 150 people", 150, 10],
    ["Kestrel lays off 20% of staff (150 people)", 150, 20],
    ["kestrel lays off 41 workforce 194 employees due covid 19 impact", 194, 41],
  ])("%s gives both figures", (headline, people, percent) => {
    expect(headlineFact(headline)).toMatchObject({ people, percent });
  });
});

describe("words of an address, which have lost their signs", () => {
  it("a number up to 100 of the staff is a percent", () => {
    expect(read("kestrel lays off 30 of workforce")).toEqual([null, 30, "exact"]);
    expect(read("kestrel lays off 150 of its staff")).toEqual([150, null, "exact"]);
  });
  it("'30 staff' may be heads or percent, so it is neither", () => {
    expect(read("kestrel lays off 30 staff in ai led restructuring push")).toEqual([
      null,
      null,
      "exact",
    ]);
  });
  it("with capitals a sign would have been kept, so '30 staff' are heads", () => {
    expect(read("Kestrel lays off 30 staff in AI-led push")).toEqual([30, null, "exact"]);
  });
  it("a date behind the words is no figure", () => {
    expect(read("kestrel lays off staff 2024 07 15")).toEqual([null, null, "exact"]);
    expect(read("kestrel lays off 8500 employees memo 2023 02 24")).toEqual([8500, null, "exact"]);
  });
});

describe("a cut of unknown size", () => {
  test.each([
    "Kestrel lays off hundreds of employees",
    "Kestrel lays off dozens",
    "Kestrel cuts jobs as company expands AI use",
    "Kestrel to lay off thousands of workers in 2025",
    "Kestrel lays off staff after $50m raise",
    "Kestrel lays off workers at 20 offices",
    "Kestrel cuts 30 contractors and some staff",
    "Kestrel reduces its 600-person workforce",
    "Kestrel begins layoffs at site with 500 employees",
    "Kestrel fires 62-year-old engineer",
    "Kestrel cuts staff to 300 employees",
  ])("%s", (headline) => {
    expect(read(headline)).toEqual([null, null, "exact"]);
  });
});

describe("nothing", () => {
  test.each([
    "Kestrel plans to hire 500 workers",
    "Kestrel creates 300 jobs in Ohio",
    "Kestrel raises $50m",
    "Kestrel cuts prices by 20 percent",
    "Kestrel cuts costs by $200 million",
    "Kestrel slashes revenue forecast 10%",
    "Kestrel closes 50 stores",
    "Kestrel denies plans to lay off 500 employees",
    "Kestrel says no layoffs planned for its 900 employees",
    "Kestrel rules out layoffs of 500 staff",
    "Kestrel won't cut 500 jobs",
    "Will Kestrel cut 500 jobs?",
    "Tech layoffs top 100,000 this year",
    "US employers cut 80,000 jobs in March",
    "Osprey report: US employers cut 80,000 jobs in March",
    "Tech companies have laid off 150,000 workers so far this year",
    "Kestrel reports first quarter",
    "More than 22,000 tech workers laid off in 2025",
    "Judge blocks layoffs of 4,000 federal employees",
    "Kestrel to hire 6,000 engineers as rivals cut jobs",
    "Laid off at 50: What 20 workers learned",
    "Kestrel may cut 400 jobs, sources say",
    "Kestrel considering cutting 400 jobs",
    "Union: Kestrel to cut 400 jobs? Company denies",
    "Kestrel fires 1 employee for leak",
    "Kestrel fires 28 employees after sit-in protest",
    "On this day in 2009: Kestrel cuts 400 jobs",
    "One year ago Kestrel cut 400 jobs",
    "AI could eliminate 50% of entry-level white-collar jobs, Kestrel CEO warns",
    "We cut 400 jobs and regret it, says Kestrel CEO",
    "IRS to lay off 6,700 employees",
    "",
  ])("%s", (headline) => {
    expect(headlineFact(headline)).toBeNull();
  });

  it("an earlier cut alone gives no figure", () => {
    expect(
      headlineFact("Kestrel grows again after cutting 200 jobs last year")?.people ?? null,
    ).toBeNull();
    expect(
      headlineFact("Kestrel rehires after last year's 200 job cuts")?.people ?? null,
    ).toBeNull();
  });
  it("a year is no count of layoffs", () => {
    expect(headlineFact("Kestrel 2025 layoffs: what to know")?.people ?? null).toBeNull();
  });
  it("a share of some of the staff is none of the staff", () => {
    for (const headline of [
      "Kestrel cuts 35% of managers overseeing small teams",
      "Kestrel lays off 20% of its recruiting team",
    ])
      expect(headlineFact(headline)?.percent ?? null).toBeNull();
    expect(headlineFact("Kestrel lays off 20% of its team")?.percent).toBe(20);
  });
  it("people hired, created or kept are not those who go", () => {
    for (const headline of [
      "Kestrel adds 200 jobs after layoffs",
      "Kestrel retains 200 employees after job cuts",
      "Kestrel's 400 workers escape layoffs",
      "300 Kestrel employees strike over layoffs",
      "Kestrel pays 30 employees retention after layoffs",
    ])
      expect(headlineFact(headline)?.people ?? null).toBeNull();
  });
});

describe("who cuts", () => {
  test.each([
    ["Kestrel lays off 50 employees", "Kestrel"],
    ["Kestrel Air & Sea to lay off 50 employees", "Kestrel Air & Sea"],
    ["Kestrel’s layoffs hit 50 employees", "Kestrel"],
    ["Exclusive: Edtech startup Kestrel lays off 50 employees", "Kestrel"],
    ["SoftBank-backed Kestrel fires 50 employees", "Kestrel"],
    ["eKestrel says it will cut 800 jobs", "eKestrel"],
    ["Nearly 80 jobs axed at Kestrel Labs in Boston", "Kestrel Labs"],
    ["kestrel lays off 250 employees", "kestrel"],
    ["bay area chip testing company to lay off more than 200 workers", null],
    ["Kestrel's Osprey lays off 50 employees", "Osprey"],
    ["Kestrel parent Osprey to cut 50 jobs", "Osprey"],
    ["Kestrel layoffs: Company cuts 161 jobs in Seattle", "Kestrel"],
    ["Kestrel Layoffs: Cutting 26% Of Staff", "Kestrel"],
    ["UPK cut 34,000 jobs in 2025, more than planned", "UPK"],
    ["C.H. Kestrel lays off 1,400", "C.H. Kestrel"],
    ["Kestrel and Osprey to lay off 1,300 staff", null],
    ["Company lays off 50 employees", null],
    ["Kestrel, Osprey lay off 600 and 200 workers", null],
    ["Kestrel follows Osprey in cutting 10,000 jobs", null],
    ["After Osprey, Kestrel cuts 600 jobs", "Kestrel"],
    ["a photo studio for creators cuts 200 jobs", null],
  ])("%s: %s", (headline, company) => {
    expect(headlineFact(headline)).toMatchObject({ company });
  });

  it("a known name is written as the list writes it, the longest wins", () => {
    const names = new Map([
      ["kestrel", "Kestrel"],
      ["gray kestrel", "GrayKestrel"],
    ]);
    const known = (spelling: string) => names.get(spelling.toLowerCase()) ?? null;
    expect(headlineFact("robot maker kestrel lays off 200 people", known)?.company).toBe("Kestrel");
    expect(headlineFact("gray kestrel lays off 200 people", known)?.company).toBe("GrayKestrel");
    expect(headlineFact("55 people laid off at kestrel", known)?.company).toBe("Kestrel");
  });
});

it("a fact shows its sentence, cut in sight, and is never confirmed", () => {
  const long = `Kestrel lays off 50 employees ${"and so on ".repeat(60)}`;
  const fact = headlineFact(long)!;
  expect(fact.confirmed).toBe(false);
  expect(fact.sentence).toHaveLength(300);
  expect(fact.sentence.endsWith("…")).toBe(true);
  expect(headlineFact("Kestrel lays\noff 50 people")?.sentence).toBe("Kestrel lays off 50 people");
});
