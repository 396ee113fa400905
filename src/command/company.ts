import { Fault, cite } from "../fault.ts";
import type { Company } from "../market/company.ts";
import type { Market } from "../market/market.ts";

const LONGEST_NAME = 80;

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
