import MiniSearch from "minisearch";
import type { Company, Resolved } from "../../src/market/company.ts";
import type { CompanySearch } from "../../src/market/company-search.ts";
import { bareName, COMMON_WORDS, latin, spaced } from "../../src/market/name-words.ts";
import { editDistance } from "../../src/market/nearest.ts";

const NAME_LIKE = /^[\p{L}\p{M}\p{N} .,:&'’!+#/()-]*$/u;
const termsOf = (text: string) => text.split(/[ |]+/u).filter((term) => term !== "");

/** The obvious search: an index that is kept by others for likenesses, and every name looked at for the rest. */
export function plainSearch(
  companies: readonly Company[],
  weights: ReadonlyMap<string, number>,
): CompanySearch {
  const named = companies
    .map((company) => {
      const names = [company.name, ...company.aliases];
      const text = names.map((name) => `|${spaced(name)}`).join("");
      const bare = [...new Set(names.map(bareName))].filter((name) => name !== "");
      return { company, weight: weights.get(company.key) ?? 0, text, bare };
    })
    .sort((a, b) => b.weight - a.weight || (a.company.key < b.company.key ? -1 : 1));
  const index = new MiniSearch({
    fields: ["words"],
    tokenize: termsOf,
    processTerm: (term) => (COMMON_WORDS.has(term) ? null : term),
  });
  index.addAll(named.map(({ text, bare }, id) => ({ id, words: `${text} ${bare.join(" ")}` })));

  function alike(words: string): readonly Company[] {
    const asked = bareName(latin(words));
    if (asked === "") return [];
    return (
      index
        .search(latin(words), {
          tokenize: (text) => termsOf(text).slice(0, 8),
          prefix: (term) => term.length > 1,
          fuzzy: (term) => (term.length > 5 ? 2 : term.length > 3 ? 1 : false),
          maxFuzzy: 2,
        })
        // Of equals the more reported come first; sums of the same numbers in another order are equal.
        .map(({ id, score }) => ({ id: Number(id), score: Number(score.toPrecision(12)) }))
        .sort((a, b) => b.score - a.score || a.id - b.id)
        .slice(0, 60)
        .map(({ id }) => {
          const { company, bare, weight } = named[id]!;
          const near = bare.map(
            (name) => 1 - editDistance(asked, name) / Math.max(asked.length, name.length),
          );
          const best = Math.max(...near);
          return { company, score: best < 0.65 ? 0 : best * best * Math.log2(2 + weight) };
        })
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, 5)
        .map(({ company }) => company)
    );
  }
  function sameName(words: string): readonly Company[] {
    const asked = bareName(words);
    return named
      .filter(({ bare }) => asked !== "" && bare.includes(asked))
      .map(({ company }) => company);
  }
  function holding(words: string, lettersMin: number) {
    const asked = spaced(words).trimEnd();
    if (asked.trim().length < lettersMin || COMMON_WORDS.has(asked.trim())) return [];
    return named
      .filter(({ text }) => text.includes(asked))
      .map(({ company, text }) => {
        const whole = text.includes(`${asked} `);
        return { company, whole, leads: text.includes(`|${asked}${whole ? " " : ""}`) };
      })
      .sort((a, b) => Number(b.leads) - Number(a.leads));
  }
  const oneOrMany = (found: readonly Company[]): Resolved =>
    found.length === 1
      ? { kind: "one", company: found[0]! }
      : { kind: "many", candidates: found.slice(0, 25) };

  return {
    resolve(words) {
      if (!NAME_LIKE.test(words)) return { kind: "none", suggestions: alike(words) };
      const same = sameName(words);
      if (same.length > 0) return oneOrMany(same);
      const hits = holding(words, 2);
      const whole = hits.filter((hit) => hit.whole);
      if (whole.length === 1 && whole[0]!.leads) return oneOrMany([whole[0]!.company]);
      const found = hits.map(({ company }) => company);
      if (found.length > 1) return oneOrMany(found);
      return { kind: "none", suggestions: [...new Set([...found, ...alike(words)])].slice(0, 5) };
    },
    suggest(typed, limit) {
      if (typed.trim() === "") return named.slice(0, limit).map(({ company }) => company);
      const hits = holding(typed, 1).map(({ company }) => company);
      const found = [...new Set([...sameName(typed), ...hits])];
      return (found.length > 0 ? found : alike(typed)).slice(0, limit);
    },
  };
}
