import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { Fault } from "../../src/fault.ts";
import { checkName, companyBook } from "../../src/market/company-book.ts";
import { parseCompanies } from "../../src/market/company-entries.ts";
import type { Resolved } from "../../src/market/company.ts";
import { companyKey } from "../../src/market/company-key.ts";

const TABLE = parseCompanies(
  JSON.parse(readFileSync(new URL("../../data/companies.json", import.meta.url), "utf8")),
);

/** Invented reports beside the shipped table: the names that traps are made of. */
const REPORTS = [
  ...Array.from({ length: 17 }, () => "Google"),
  ...Array.from({ length: 9 }, () => "Amazon"),
  ..."Meta; Meta; GrayMeta; Metaverse X; Metaplex; Block; BlockFi; Blockchain.com; Apple; Applause; AppLovin".split(
    "; ",
  ),
  ..."Snap; Snap Finance; Snapdocs; Snappy; Microsoft; Microstrategy; Gogoro; Goggle Works; Other Works".split(
    "; ",
  ),
  ..."Eurest Services (at Google); Sony Interactive; Juniper Square; Protocol; Protonn; Here; 100 Thieves".split(
    "; ",
  ),
  ..."7Shifts; 7shifts; 7Shifts; Zymergen ; Zymergen; Built Technologies copy; Nestlé Foods".split(
    "; ",
  ),
];
const book = companyBook(TABLE, REPORTS);

describe("spellings", () => {
  test.each([
    ["Facebook", "Meta"],
    ["GOOG", "Google"],
    ["  gOOgle  LLC", "Google"],
    ["Amazon.com", "Amazon"],
    ["Byju’s", "Byju's"],
    ["Zymergen ", "Zymergen"],
    ["Take-Two", "Take-Two Interactive"],
  ])("%s is %s", (spelling, name) => {
    expect(book.of(spelling).name).toBe(name);
  });

  test.each([
    ["GrayMeta", "Meta"],
    ["Metaverse X", "Meta"],
    ["Eurest Services (at Google)", "Google"],
    ["Applause", "Apple"],
    ["GoTo", "GoTo Group"],
    ["Twitch", "Amazon"],
    ["Gооgle", "Google"],
  ])("%s is not %s", (spelling, other) => {
    expect(book.of(spelling).key).not.toBe(book.of(other).key);
  });

  test("the most frequent spelling names a company the table does not know", () => {
    expect(book.of("7SHIFTS").name).toBe("7Shifts");
    expect(companyBook([], ["b&b", "B&B"]).of("b&b").name).toBe("B&B");
  });

  test('a duplicated row\'s "copy" is not part of a name', () => {
    expect(book.of("Built Technologies copy")).toEqual({
      key: "built technologies",
      name: "Built Technologies",
      aliases: [],
      parent: null,
    });
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "%s is an ordinary unknown name",
    (word) => {
      expect(book.of(word)).toEqual({
        key: word.toLowerCase(),
        name: word,
        aliases: [],
        parent: null,
      });
      expect(book.byKey(word)).toBeUndefined();
      expect(book.resolve(word).kind).toBe("none");
      expect(book.family(word)).toEqual([]);
    },
  );
});

describe("what a person's words mean", () => {
  test.each([
    ["google", "Google"],
    ["Google Inc", "Google"],
    ["google.com", "Google"],
    ["alphabet/google", "Google"],
    ["G\u200Bo\u200Bogle", "Google"],
    ["\u202Egoogle", "Google"],
    ["Ｇｏｏｇｌｅ", "Google"],
    ["block", "Block"],
    ["apple", "Apple"],
    ["snap", "Snap"],
    ["meta", "Meta"],
    ["byjus", "Byju's"],
    ["nestle foods", "Nestlé Foods"],
    ["door dash", "DoorDash"],
    ["sony", "Sony Interactive"],
    ["eurest services", "Eurest Services (at Google)"],
    ["juniper", "Juniper Networks"],
  ])("%s is %s", (words, name) => {
    const resolved = book.resolve(words);
    expect(resolved.kind === "one" && resolved.company.name).toBe(name);
  });

  test.each([
    ["goo", ["Google", "DeepMind", "Goodreads", "Eurest Services (at Google)"]],
    ["micr", ["Microsoft", "Microstrategy", "Micro Focus", "Micron", "AMD"]],
    ["bloc", ["Block", "Blockchain.com", "BlockFi"]],
    ["hewlett", ["Hewlett Packard Enterprise", "HP"]],
    ["works", ["Goggle Works", "Other Works"]],
  ])(
    "%s may be several and is asked about, beginnings and the best known first",
    (words, names) => {
      expect(namesOf(book.resolve(words))).toEqual(["many", ...names]);
    },
  );

  test.each([
    ["gogle", "Google"],
    ["mircosoft", "Microsoft"],
    ["amazn", "Amazon"],
    ["facebok", "Meta"],
    ["Gооgle", "Google"],
    ["Аmаzon", "Amazon"],
    ["ɢoogle!", "Google"],
  ])("%s is suggested as %s, never taken for it", (words, name) => {
    const resolved = book.resolve(words);
    expect(namesOf(resolved).slice(0, 2)).toEqual(["none", name]);
    expect(namesOf(resolved).length).toBeLessThanOrEqual(6);
  });

  test("of names equally near, the one most is known of is suggested first", () => {
    const few = companyBook([], ["Acmea", "Acmeb", "Acmeb"]);
    expect(namesOf(few.resolve("acmec"))).toEqual(["none", "Acmeb", "Acmea"]);
  });

  test.each([
    "<!channel>",
    "[click](https://evil)",
    "'; DROP TABLE x;--",
    "$where",
    "../../etc/passwd",
    "%00",
    "${7*7}",
    "{{7*7}}",
    "(a+)+$",
    "^(.*)*$",
    "🙂",
    "",
    "  ",
    "health",
    "labs",
  ])("%s is no company", (words) => {
    expect(book.resolve(words).kind).toBe("none");
  });

  test("a hostile text is answered at once", () => {
    for (const words of [
      "a".repeat(100_000),
      "a".repeat(80),
      "a ".repeat(40),
      "ab ".repeat(26),
      "\u0301".repeat(80),
      "(".repeat(80),
      "\u200B".repeat(100_000),
    ]) {
      expect(book.resolve(words).kind).toBe("none");
      expect(book.suggest(words, 25).length).toBeLessThanOrEqual(25);
      expect(fastestMs(() => book.resolve(words))).toBeLessThan(50);
    }
  });

  test("a name over 80 characters is refused with its length", () => {
    expect(() => checkName("A".repeat(80))).not.toThrow();
    expect(() => checkName("🙂".repeat(80))).not.toThrow();
    const refused = (): void => checkName("A".repeat(4_000));
    expect(refused).toThrow(Fault);
    expect(refused).toThrow("Names are up to 80 characters; this has 4,000.");
  });
});

describe("owners", () => {
  test("a family is the company and all it owns, itself first", () => {
    const names = book.family("alphabet").map(({ name }) => name);
    expect(names[0]).toBe("Alphabet");
    expect(names).toEqual(expect.arrayContaining(["Google", "YouTube", "Waymo"]));
    expect(book.family("microsoft").map(({ name }) => name)).toContain("npm");
    expect(book.family("snap").map(({ name }) => name)).toEqual(["Snap"]);
  });

  test.each([
    ["Twitch", "amazon"],
    ["Audible", "amazon"],
    ["YouTube", "alphabet"],
    ["Google", "alphabet"],
    ["LinkedIn", "microsoft"],
    ["Instagram", "meta"],
    ["Slack", "salesforce"],
    ["Afterpay", "block"],
    ["Loom", "atlassian"],
  ])("%s belongs to %s", (name, parent) => {
    expect(book.of(name).parent).toBe(parent);
  });
});

describe("what is being typed", () => {
  test.each([
    ["goo", "Google"],
    ["g", "Google"],
    ["face", "Meta"],
    ["sna", "Snap"],
    ["gogl", "Google"],
  ])("%s offers %s first", (typed, name) => {
    expect(book.suggest(typed, 25)[0]?.name).toBe(name);
  });

  test("nothing typed offers what most is known of, or what the weights say", () => {
    expect(book.suggest("", 2).map(({ name }) => name)).toEqual(["Google", "Amazon"]);
    expect(
      companyBook([], ["A", "A", "B"], new Map([["b", 9]]))
        .suggest("", 1)
        .map(({ name }) => name),
    ).toEqual(["B"]);
  });
});

describe("the table of names", () => {
  const entry = (name: string, rest: object = {}): object => ({ name, ...rest });
  test.each([
    [[entry("A"), entry("a")], "stands for both"],
    [
      [entry("A", { aliases: ["X"] }), entry("B", { aliases: ["x"] })],
      "“x” stands for both A and B.",
    ],
    [[entry("A", { parent: "Nobody" })], "The parent of A, Nobody, has no entry."],
    [
      [entry("A", { parent: "B" }), entry("B", { parent: "A" })],
      "A would own itself. B would own itself.",
    ],
    [[entry("A", { parent: "A" })], "A would own itself."],
    [[entry("A", { colour: "red" })], "colour"],
    [[entry(" ")], "name"],
  ])("faults are listed together: %#", (companies, fault) => {
    expect(() => parseCompanies({ companies })).toThrow(fault);
  });

  test("names its origin and licence", () => {
    const { about } = JSON.parse(
      readFileSync(new URL("../../data/companies.json", import.meta.url), "utf8"),
    );
    expect(about).toMatchObject({
      licence: "MIT",
      origin: expect.stringContaining("Hand-written"),
    });
  });
});

const TRACKER = new URL(
  "../../../shared/data/layoffs/theakhilb_12col_2024-04-25.csv",
  import.meta.url,
);

describe.skipIf(!existsSync(TRACKER))(
  "the reference export (skipped without ../shared/data)",
  () => {
    const rows = existsSync(TRACKER) ? trackerRows() : [];
    const names = companyBook(
      TABLE,
      rows.map(({ company }) => company),
    );
    const companies = (from: string, to: string, addedTo: string): number =>
      new Set(
        rows
          .filter(({ on, addedOn }) => on >= from && on <= to && addedOn <= addedTo)
          .map(({ company }) => names.of(company).key),
      ).size;

    test("1,188 companies cut in 2023 and 209 early in 2024, as known then", () => {
      expect(companies("2023-01-01", "2023-12-31", "2024-03-17")).toBe(1_188);
      expect(companies("2024-01-01", "2024-03-15", "2024-03-15")).toBe(209);
    });

    test("aliases join only two spellings of one name", () => {
      const keys = new Map<string, Set<string>>();
      for (const { company } of rows) {
        const { key } = names.of(company);
        keys.set(key, (keys.get(key) ?? new Set()).add(companyKey(company)));
      }
      const joined = [...keys.values()]
        .filter(({ size }) => size > 1)
        .map((spellings) => [...spellings].sort().join(" = "));
      expect(joined.sort()).toEqual([
        "cure.fit = curefit",
        "deep instict = deep instinct",
        "juniper = juniper networks",
        "meati = meati foods",
        "mobile premier league = mpl",
        "mr yum = mr. yum",
        "take-two = take-two interactive",
      ]);
    });
  },
);

function trackerRows(): readonly {
  readonly company: string;
  readonly on: string;
  readonly addedOn: string;
}[] {
  const row = z.object({ Company: z.string(), Date: z.string(), Date_Added: z.string() });
  return z
    .array(row)
    .parse(parse(readFileSync(TRACKER), { columns: true }))
    .map(({ Company, Date, Date_Added }) => ({
      company: Company,
      on: Date.slice(0, 10),
      addedOn: Date_Added.slice(0, 10),
    }));
}

function namesOf(resolved: Resolved): readonly string[] {
  if (resolved.kind === "one") return ["one", resolved.company.name];
  return [
    resolved.kind,
    ...(resolved.kind === "many" ? resolved.candidates : resolved.suggestions).map(
      ({ name }) => name,
    ),
  ];
}

/** The fastest of five runs, ms: a busy machine slows some of them, hardly all. */
function fastestMs(run: () => void): number {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return Math.min(...times);
}
