import { Fault, cite } from "../fault.ts";
import { again } from "./again.ts";
import type { Context } from "./define.ts";
import { questionText } from "./question-text.ts";
import type { Company } from "../market/company.ts";
import type { Market } from "../market/market.ts";

const LONGEST_NAME = 80;
const COMPARED = ["period", "from", "to", "sector", "country", "stage", "min", "asof", "basis"];

/** The one company a question is about; of several, a Fault tells where they stand side by side. */
export function companyAsked(
  name: string,
  context: Pick<Context, "market" | "asked" | "commands">,
): Company {
  const { market, asked, commands } = context;
  const names = name
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
  if (names.length > 1 && market.companies.resolve(name).kind !== "one") {
    const words = Object.entries(asked.words).filter(([word]) => COMPARED.includes(word));
    throw new Fault(
      "too_many",
      `That is ${names.length} companies, and one is asked about at a time.`,
      "/compare lays them side by side.",
      [
        questionText(
          commands.find((command) => command.name === "compare"),
          { command: "compare", words: { items: names.join(","), ...Object.fromEntries(words) } },
        ),
        ...names.slice(0, 3).map((company) => again(context, { company })),
      ],
    );
  }
  return companyNamed(name, market, (company) => again(context, { company }));
}

/** The company a person means; a Fault asks back when several fit and suggests when none does. */
export function companyNamed(
  name: string,
  market: Market,
  tryAs: (companyName: string) => string,
): Company {
  if (name.length > LONGEST_NAME) {
    throw new Fault(
      "too_long",
      `Names are up to ${LONGEST_NAME} characters; this has ${name.length.toLocaleString("en-US")}.`,
      "",
      [tryAs("google")],
    );
  }
  const resolved = market.companies.resolve(name);
  switch (resolved.kind) {
    case "one":
      return resolved.company;
    case "many":
      throw new Fault(
        "ambiguous",
        `${cite(name)} fits several companies: ${resolved.candidates
          .slice(0, 6)
          .map((company) => company.name)
          .join(", ")}.`,
        "Which one?",
        resolved.candidates.slice(0, 5).map((company) => tryAs(company.name)),
      );
    case "none": {
      const [best] = resolved.suggestions;
      throw new Fault(
        "not_found",
        `No company ${cite(name)}.`,
        best
          ? `Did you mean ${best.name}?`
          : "No known event names it; that is not the same as no layoffs.",
        best
          ? resolved.suggestions.slice(0, 5).map((company) => tryAs(company.name))
          : ["/top companies"],
      );
    }
  }
}
