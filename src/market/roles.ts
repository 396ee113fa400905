import { nearest } from "./nearest.ts";

/** The families reported pay is published by; `all` is every title. */
export const ROLE_FAMILIES = [
  "ai-engineer",
  "ai-other",
  "data-scientist",
  "engineer",
  "other",
  "all",
] as const;
export type RoleFamily = (typeof ROLE_FAMILIES)[number];

/** The families a title can be of; where one must speak for several, the first. */
export const TITLE_FAMILIES = [
  "ai-engineer",
  "ai-other",
  "engineer",
  "data-scientist",
  "other",
] as const satisfies readonly RoleFamily[];
export type TitleFamily = (typeof TITLE_FAMILIES)[number];

/** What a person's role words mean: a family, and the title inside it when they named one. */
export interface Role {
  readonly family: RoleFamily;
  /** As shown: "AI engineer", "data engineer". */
  readonly name: string;
  /** Any of these phrases in a title; absent when the whole family is meant. */
  readonly titleWords?: readonly string[];
}

export type ResolvedRole =
  | { readonly kind: "one"; readonly role: Role }
  | { readonly kind: "none"; readonly suggestions: readonly string[] };

const AI_WORD = /\b(?:ai|ml|machine learning|deep learning|nlp|computer vision|mlops)\b/;
const ENGINEER_WORD = /\b(?:engineer|developer|architect|programmer)\b/;
const AI_SCIENCE = /\b(?:research scientist|applied scientist|prompt engineer)\b/;
const OTHER_ENGINEER =
  /\b(?:data engineer|analytics engineer|data architect|bi developer|etl developer|(?:software|cloud|devops) (?:engineer|developer|architect))\b/;

/**
 * The family of a job title, as the published quarters group them: AI engineers name an AI field and an engineering
 * trade; data scientists have "data scien…" in the title; what no rule claims is "other".
 */
export function roleFamily(title: string): TitleFamily {
  const words = title.toLowerCase();
  if (AI_SCIENCE.test(words)) return "ai-other";
  if (AI_WORD.test(words)) return ENGINEER_WORD.test(words) ? "ai-engineer" : "ai-other";
  if (words.includes("data scien")) return "data-scientist";
  return OTHER_ENGINEER.test(words) ? "engineer" : "other";
}

/** True for the families whose titles name an AI field. */
export function isAiFamily(family: RoleFamily): boolean {
  return family === "ai-engineer" || family === "ai-other";
}

interface KnownRole extends Role {
  /** Every way people type it, the usual one first. */
  readonly words: readonly string[];
}

/** Roles people ask for, most asked first. */
const ROLES: readonly KnownRole[] = [
  { family: "ai-engineer", name: "AI engineer", words: ["ai engineer", "ai engineers", "ai"] },
  { family: "engineer", name: "engineer", words: ["engineer", "engineers", "non-ai engineer"] },
  {
    family: "data-scientist",
    name: "data scientist",
    words: ["data scientist", "data science", "ds"],
  },
  {
    family: "ai-engineer",
    name: "machine learning engineer",
    words: ["machine learning engineer", "ml engineer", "mle"],
    titleWords: ["machine learning engineer", "ml engineer"],
  },
  {
    family: "engineer",
    name: "data engineer",
    words: ["data engineer", "de"],
    titleWords: ["data engineer"],
  },
  {
    family: "engineer",
    name: "software engineer",
    words: ["software engineer", "software developer", "swe", "developer"],
    titleWords: ["software engineer", "software developer"],
  },
  {
    family: "engineer",
    name: "analytics engineer",
    words: ["analytics engineer"],
    titleWords: ["analytics engineer"],
  },
  {
    family: "engineer",
    name: "data architect",
    words: ["data architect"],
    titleWords: ["data architect"],
  },
  {
    family: "engineer",
    name: "BI developer",
    words: ["bi developer"],
    titleWords: ["bi developer"],
  },
  {
    family: "engineer",
    name: "ETL developer",
    words: ["etl developer"],
    titleWords: ["etl developer"],
  },
  {
    family: "ai-other",
    name: "AI scientist or researcher",
    words: ["ai scientist", "ai researcher", "ai other"],
  },
  {
    family: "ai-other",
    name: "research scientist",
    words: ["research scientist"],
    titleWords: ["research scientist"],
  },
  {
    family: "ai-other",
    name: "applied scientist",
    words: ["applied scientist"],
    titleWords: ["applied scientist"],
  },
  {
    family: "ai-other",
    name: "prompt engineer",
    words: ["prompt engineer"],
    titleWords: ["prompt engineer"],
  },
  {
    family: "ai-engineer",
    name: "MLOps engineer",
    words: ["mlops engineer", "mlops"],
    titleWords: ["mlops", "machine learning operations"],
  },
  {
    family: "ai-engineer",
    name: "computer vision engineer",
    words: ["computer vision engineer"],
    titleWords: ["computer vision"],
  },
  { family: "ai-engineer", name: "NLP engineer", words: ["nlp engineer"], titleWords: ["nlp"] },
  {
    family: "other",
    name: "data analyst",
    words: ["data analyst", "analyst"],
    titleWords: ["data analyst"],
  },
  {
    family: "other",
    name: "research engineer",
    words: ["research engineer"],
    titleWords: ["research engineer"],
  },
  {
    family: "other",
    name: "BI engineer",
    words: ["business intelligence engineer", "bi engineer"],
    titleWords: ["business intelligence engineer", "bi engineer"],
  },
  {
    family: "other",
    name: "BI analyst",
    words: ["business intelligence analyst", "bi analyst"],
    titleWords: ["business intelligence analyst", "bi analyst"],
  },
  { family: "other", name: "data manager", words: ["data manager"], titleWords: ["data manager"] },
  { family: "other", name: "other data roles", words: ["other"] },
  { family: "all", name: "all roles", words: ["all", "any", "everyone", "all roles"] },
];

/** A whole family as it is shown: "AI engineer". */
export function familyName(family: RoleFamily): string {
  return ROLES.find((role) => role.family === family && role.titleWords === undefined)!.name;
}

const BY_WORDS: ReadonlyMap<string, Role> = new Map(
  ROLES.flatMap(({ words, ...role }) => words.map((word) => [word, role] as const)),
);
const OFFERED: readonly string[] = ROLES.map(({ words }) => words[0]!);

/** The role some words mean (`ai-engineer`, `"ML engineer"`), or at most five known ones that look alike. */
export function resolveRole(words: string): ResolvedRole {
  const asked = plainRole(words);
  const role = BY_WORDS.get(asked) ?? BY_WORDS.get(asked.replace(/s$/, ""));
  if (role) return { kind: "one", role };
  return { kind: "none", suggestions: asked.length > 60 ? [] : nearest(asked, OFFERED) };
}

/** At most `limit` role words for what is being typed, most asked first. */
export function suggestRoles(typed: string, limit: number): readonly string[] {
  const asked = plainRole(typed);
  const begun = OFFERED.filter((word) => word.startsWith(asked));
  const inside = OFFERED.filter((word) => !word.startsWith(asked) && word.includes(asked));
  const matched = [...begun, ...inside];
  return (matched.length > 0 ? matched : nearest(asked, OFFERED)).slice(0, limit);
}

function plainRole(words: string): string {
  return words
    .slice(0, 200)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[-_\s]+/gu, " ")
    .trim();
}
