import * as fc from "fast-check";
import { expect, test } from "vitest";
import { companyKey } from "../../src/market/company-key.ts";
import type { Company } from "../../src/market/company.ts";
import { companyNames, companySearch } from "../../src/market/company-search.ts";
import type { CompanySearch } from "../../src/market/company-search.ts";
import { plainSearch } from "./company-search-oracle.ts";

const syllable = fc.constantFrom(
  ..."go gle ap ple mi cro soft a ma zon ne tes tlé be ta ß ö яндекс 日本 7 x 𝒜 the".split(" "),
);
const word = fc.array(syllable, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
const someName = fc
  .tuple(
    fc.array(word, { minLength: 1, maxLength: 3 }),
    fc.constantFrom("", " Inc", " Labs", ".com", " Health", "'s", " (at Google)"),
  )
  .map(([words, end]) => words.join(" ") + end);
const someCompany = fc
  .tuple(someName, fc.array(someName, { maxLength: 2 }), fc.nat(4))
  .map(([name, aliases, reports]) => ({ name, aliases, reports }));
type Known = ReturnType<typeof fc.sample<{ name: string; aliases: string[]; reports: number }>>;

/** A name with one letter gone, added, changed or swapped with the next. */
function mistyped(name: string, place: number, letter: string, how: number): string {
  const at = place % name.length;
  const [before, after] = [name.slice(0, at), name.slice(at + 1)];
  return [
    before + after,
    before + letter + name.slice(at),
    before + letter + after,
    before + after.slice(0, 1) + name[at]! + after.slice(1),
  ][how]!;
}
const slip = fc.tuple(
  fc.nat(40),
  fc.constantFrom(..."a e g l o p s t z о !".split(" ")),
  fc.nat(3),
);
/** What somebody types: a name known or not, with slips, or only its beginning. */
const typing = fc.tuple(someName, fc.array(slip, { maxLength: 2 }), fc.nat(), fc.nat(20));

function typed(
  [made, slips, which, letters]: typeof typing extends fc.Arbitrary<infer T> ? T : never,
  known: Known,
): string {
  const name = which % 3 === 0 ? made : known[which % known.length]!.name;
  return slips
    .reduce((words, each) => mistyped(words || "a", ...each), name)
    .slice(0, letters < 6 ? letters : undefined);
}

function searches(known: Known) {
  const companies = known.map(({ name, aliases }): Company => ({
    key: companyKey(name),
    name,
    aliases,
    parent: null,
  }));
  const weights = new Map(known.map(({ name, reports }) => [companyKey(name), reports]));
  const byKey = new Map(companies.map((company) => [company.key, company]));
  return {
    search: companySearch(companyNames(companies, weights), (key) => byKey.get(key)!),
    plain: plainSearch(companies, weights),
  };
}

function said(search: CompanySearch, words: readonly string[]) {
  return words.map((each) => [
    each,
    search.resolve(each),
    search.suggest(each, 3),
    search.suggest(each, 25),
  ]);
}

test("what is typed means the same as to a search that looks at every name", () => {
  const someKnown = fc.uniqueArray(someCompany, {
    minLength: 1,
    maxLength: 60,
    selector: ({ name }) => companyKey(name),
  });
  fc.assert(
    fc.property(someKnown, fc.array(typing, { minLength: 8 }), (known, asked) => {
      const { search, plain } = searches(known);
      const words = asked.map((each) => typed(each, known));
      expect(said(search, words)).toEqual(said(plain, words));
    }),
    { seed: 3, numRuns: 200 },
  );
});

test("among thousands of names like it, the same few are looked at", () => {
  const made = fc.sample(someCompany, { seed: 5, numRuns: 3_000 });
  const known = [...new Map(made.map((each) => [companyKey(each.name), each])).values()];
  const { search, plain } = searches(known);
  fc.assert(
    fc.property(fc.array(typing, { minLength: 8 }), (asked) => {
      const words = asked.map((each) => typed(each, known));
      expect(said(search, words)).toEqual(said(plain, words));
    }),
    { seed: 4, numRuns: 40 },
  );
});

test("nobody is found where no company is known", () => {
  const search = companySearch(companyNames([], new Map()), () => {
    throw new Error("there is no company");
  });
  expect(search.resolve("google")).toEqual({ kind: "none", suggestions: [] });
  expect(search.suggest("", 5)).toEqual([]);
  expect(search.suggest("goo", 5)).toEqual([]);
});
