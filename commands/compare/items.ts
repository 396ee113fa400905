import { again } from "../../src/command/again.ts";
import { companyNamed } from "../../src/command/company.ts";
import { countryNamed } from "../../src/command/country.ts";
import type { Context } from "../../src/command/define.ts";
import { questionText } from "../../src/command/question-text.ts";
import { asKnown, memberKeys } from "../../src/command/scope.ts";
import type { Scope } from "../../src/command/scope.ts";
import { Fault, cite } from "../../src/fault.ts";
import { breakdown } from "../../src/market/layoffs.ts";
import type { LayoffFilter } from "../../src/market/layoffs.ts";
import type { Market } from "../../src/market/market.ts";
import { isPeriod, parsePeriod } from "../../src/market/period.ts";
import { SPOKEN_SECTORS } from "../../src/market/spoken-names.ts";
import { list } from "../../src/reply/words.ts";

const MOST = 6;

/** What the names of a comparison are of: all of one kind. */
export type Kind = "companies" | "sectors" | "countries" | "periods";

export interface Item {
  readonly name: string;
  readonly filter: LayoffFilter;
}

/** The names as typed, each once. Throws a Fault where there are too few or too many. */
export function namesOf(context: Pick<Context, "asked" | "commands">): readonly string[] {
  const names = typedNames(context);
  if (names.length >= 2 && names.length <= MOST) return names;
  throw new Fault(
    names.length > MOST ? "too_many" : "missing_argument",
    `Compare takes 2 to ${MOST} names; this has ${names.length}.`,
    "Names are separated by commas.",
    [asking(names.length > MOST ? names.slice(0, MOST) : names, context)],
  );
}

function typedNames({ asked }: Pick<Context, "asked">): readonly string[] {
  return [
    ...new Set(
      (asked.words["items"] ?? "")
        .split(/,| vs\.? /i)
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    ),
  ];
}

/** A comparison of those names, everything else as it was asked; of one name, the question about it alone. */
function asking(names: readonly string[], context: Pick<Context, "asked" | "commands">): string {
  const [only] = names;
  if (names.length > 1) return again(context, { items: names.join(",") });
  if (only === undefined) return again(context, { items: "google,meta" });
  const { items: _items, ...words } = context.asked.words;
  return questionText(
    { bare: ["company"] },
    { command: "layoffs", words: { company: only, ...words } },
  );
}

/** The comparison with another name in place of one; what would stand twice then stands once. */
function mended(name: string, other: string, context: Context): string {
  const keyOf = (typed: string) => {
    const found = context.market.companies.resolve(typed);
    return found.kind === "one" ? found.company.key : typed;
  };
  const names = typedNames(context).map((each) => (each === name ? other : each));
  const keys = names.map(keyOf);
  return asking(
    names.filter((_each, at) => keys.indexOf(keys[at]!) === at),
    context,
  );
}

/** What stands side by side, under its own filter. Throws a Fault for a name nobody knows, and for one given twice. */
export function itemsOf(
  kind: Kind,
  scope: Scope,
  rollup: boolean | undefined,
  context: Context,
): readonly Item[] {
  const items = namesOf(context).map((name) => itemOf(kind, name, scope, context, rollup));
  const names = [...new Set(items.map(({ name }) => name))];
  if (names.length === items.length) return items;
  const isSpoken = kind === "companies" || names.length > 1;
  throw new Fault("bad_argument", `${list(names)}: a name stands twice.`, "Name each once.", [
    isSpoken ? asking(names, context) : "/compare google,meta",
  ]);
}

/** All periods, else all sectors, else all countries, else companies: a mixed list is refused rather than guessed. */
export function kindOf(context: Context): Kind {
  const names = namesOf(context);
  const { market, today } = context;
  // Read as of today: a time that no list reaches is refused as such, and not sought among the companies.
  const isSpan = (name: string) => isPeriod(name, today);
  if (names.every(isSpan)) return "periods";
  if (names.every((name) => sectorNamed(name, market) !== undefined)) return "sectors";
  if (names.every((name) => countryIn(name, market) !== undefined)) return "countries";
  const isCompany = (name: string) => market.companies.resolve(name).kind === "one";
  const odd = names.find((name) => isSpan(name) && !isCompany(name));
  if (odd === undefined) return "companies";
  const others = names.filter((name) => name !== odd);
  throw new Fault(
    "bad_argument",
    `${cite(odd)} is a period and the others are not.`,
    "Compare one kind of thing at a time.",
    others.length > 1 && others.every((name) => !isSpan(name))
      ? [again(context, { items: others.join(","), period: odd, from: undefined, to: undefined })]
      : ["/compare google,meta period:2023", "/compare 2023Q1,2024Q1"],
  );
}

function itemOf(
  kind: Kind,
  name: string,
  scope: Scope,
  context: Context,
  rollup: boolean | undefined,
): Item {
  switch (kind) {
    case "periods": {
      const year = Number(scope.anchor.slice(0, 4));
      const period = asKnown(
        scope.anchor,
        context.today,
        (now) => parsePeriod(name, now),
        context,
        { items: `${year - 1},${year}` },
      );
      return {
        name: period.label,
        filter: {
          ...scope.filter,
          ...(period.from !== undefined && { from: period.from }),
          ...(period.to !== undefined && { to: period.to }),
        },
      };
    }
    case "sectors": {
      const sector = sectorNamed(name, context.market)!;
      return { name: sector, filter: { ...scope.filter, industry: { any: [sector], not: [] } } };
    }
    case "countries": {
      const country = countryIn(name, context.market)!;
      return { name: country, filter: { ...scope.filter, country: { any: [country], not: [] } } };
    }
    case "companies": {
      const company = companyNamed(name, context.market, (other) => mended(name, other, context));
      return {
        name: company.name,
        filter: {
          ...scope.filter,
          companies: memberKeys(context.market, scope.filter, company, rollup),
        },
      };
    }
  }
}

function sectorNamed(name: string, market: Market): string | undefined {
  return groupNamed([name, SPOKEN_SECTORS[name.toLowerCase()]], "industry", market);
}

function countryIn(name: string, market: Market): string | undefined {
  return groupNamed([name, countryNamed(name)], "country", market);
}

function groupNamed(
  names: readonly (string | undefined)[],
  dimension: "industry" | "country",
  market: Market,
): string | undefined {
  const wanted = names.map((name) => name?.toLowerCase());
  return breakdown(market, {}, dimension).find(({ name }) => wanted.includes(name.toLowerCase()))
    ?.name;
}
