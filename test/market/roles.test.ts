import { describe, expect, test } from "vitest";
import { isAiFamily, resolveRole, roleFamily, suggestRoles } from "../../src/market/roles.ts";

describe("role families", () => {
  test.each([
    ["Machine Learning Engineer", "ai-engineer"],
    ["ML Engineer", "ai-engineer"],
    ["AI Architect", "ai-engineer"],
    ["AI Developer", "ai-engineer"],
    ["MLOps Engineer", "ai-engineer"],
    ["Computer Vision Engineer", "ai-engineer"],
    ["NLP Engineer", "ai-engineer"],
    ["Machine Learning Infrastructure Engineer", "ai-engineer"],
    ["AI Programmer", "ai-engineer"],
    ["Research Scientist", "ai-other"],
    ["Applied Scientist", "ai-other"],
    ["Prompt Engineer", "ai-other"],
    ["Machine Learning Scientist", "ai-other"],
    ["AI Scientist", "ai-other"],
    ["Data Scientist", "data-scientist"],
    ["Director of Data Science", "data-scientist"],
    ["Data Science Engineer", "data-scientist"],
    ["Data Engineer", "engineer"],
    ["Lead Data Engineer", "engineer"],
    ["Analytics Engineer", "engineer"],
    ["Data Architect", "engineer"],
    ["BI Developer", "engineer"],
    ["ETL Developer", "engineer"],
    ["Software Engineer", "engineer"],
    ["Research Engineer", "other"],
    ["Business Intelligence Engineer", "other"],
    ["Data Integration Engineer", "other"],
    ["Data Developer", "other"],
    ["Data Analyst", "other"],
    ["HTML Engineer", "other"],
    ["Email Marketer", "other"],
  ])("%s belongs to %s", (title, family) => {
    expect(roleFamily(title)).toBe(family);
  });

  test("two families are of AI", () => {
    expect(
      (["ai-engineer", "ai-other", "data-scientist", "engineer", "other"] as const).filter(
        isAiFamily,
      ),
    ).toEqual(["ai-engineer", "ai-other"]);
  });
});

describe("role words", () => {
  test.each([
    ["ai engineer", "ai-engineer", undefined],
    ["AI-Engineers", "ai-engineer", undefined],
    ["ai_engineer", "ai-engineer", undefined],
    ["ml engineer", "ai-engineer", ["machine learning engineer", "ml engineer"]],
    ["engineer", "engineer", undefined],
    ["data engineer", "engineer", ["data engineer"]],
    ["research scientist", "ai-other", ["research scientist"]],
    ["data scientist", "data-scientist", undefined],
    ["everyone", "all", undefined],
  ])("%s means %s", (words, family, titleWords) => {
    const resolved = resolveRole(words);
    expect(resolved.kind === "one" && resolved.role.family).toBe(family);
    expect(resolved.kind === "one" && resolved.role.titleWords).toEqual(titleWords);
  });

  test("a title meant by a role word lies in its family", () => {
    for (const words of suggestRoles("", 100)) {
      const resolved = resolveRole(words);
      if (resolved.kind !== "one") throw new Error(`${words} is offered and not known`);
      for (const title of resolved.role.titleWords ?? []) {
        const alone = ["mlops", "machine learning operations", "computer vision", "nlp"].includes(
          title,
        );
        expect([title, roleFamily(alone ? `${title} engineer` : title)]).toEqual([
          title,
          resolved.role.family,
        ]);
      }
    }
  });

  test.each([
    ["dta scientist", "data scientist"],
    ["enginer", "engineer"],
    ["machine lerning engineer", "machine learning engineer"],
  ])("%s is asked back as %s", (words, suggestion) => {
    expect(resolveRole(words)).toMatchObject({
      kind: "none",
      suggestions: expect.arrayContaining([suggestion]),
    });
  });

  test.each(["__proto__", "constructor", "toString", "", "x".repeat(100_000)])(
    "%.12s is no role",
    (words) => {
      expect(resolveRole(words).kind).toBe("none");
    },
  );

  test("typing finds roles from their first letters, then inside", () => {
    expect(suggestRoles("data", 3)).toEqual(["data scientist", "data engineer", "data architect"]);
    expect(suggestRoles("scient", 3)).toEqual([
      "data scientist",
      "ai scientist",
      "research scientist",
    ]);
    expect(suggestRoles("zzzz", 5)).toEqual([]);
  });
});
