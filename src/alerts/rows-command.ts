import type { Filter, LevelRule } from "./rule.ts";
import type { Measured } from "./measured.ts";

/** The question whose answer lists the layoffs behind a figure; when a filter has no such question, all of the same days. */
export function rowsCommand(
  rule: LevelRule,
  { from, to, onDay }: Pick<Measured, "from" | "to" | "onDay">,
): { readonly label: string; readonly run: string } | undefined {
  if (rule.metric.windowDays === null) return undefined;
  const dates = `from:${from} to:${to} asof:${onDay} rows:yes`;
  const words = rule.filter === null ? "" : questionWords(rule.filter);
  return words === undefined
    ? { label: "All layoffs of these days", run: `/layoffs ${dates}` }
    : { label: "Rows", run: ["/layoffs", words, dates].filter((part) => part !== "").join(" ") };
}

const ARGUMENTS = {
  sector: "sector",
  country: "country",
  stage: "stage",
  reason: "reason",
} as const;

/** A filter as the words of `/layoffs`: one name each of company, sector, country …, and a least size. */
function questionWords(filter: Filter): string | undefined {
  const parts = filter.kind === "and" ? filter.parts : [filter];
  const words: string[] = [];
  const seen = new Set<string>();
  for (const part of parts) {
    const [key, word] = questionWord(part) ?? [];
    if (key === undefined || word === undefined || seen.has(key)) return undefined;
    seen.add(key);
    words.push(word);
  }
  return words.join(" ");
}

function questionWord(part: Filter): readonly [key: string, word: string] | undefined {
  if (part.kind === "compare")
    return part.field === "people" && part.comparison.operator === ">="
      ? ["min", `min:${part.comparison.value}`]
      : undefined;
  if (part.kind !== "is") return undefined;
  const { field, values } = part;
  const quoted = values.map((value) =>
    /^[\p{L}\p{N}.-]+$/u.test(value) ? value : `"${value.replaceAll('"', "")}"`,
  );
  if (field === "company")
    return quoted.length === 1 ? ["company", `company:${quoted[0]!}`] : undefined;
  const argument = Object.hasOwn(ARGUMENTS, field) ? field : undefined;
  return argument === undefined ? undefined : [argument, `${argument}:${quoted.join(",")}`];
}
