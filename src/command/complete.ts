import { breakdown } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { nearest } from "../market/nearest.ts";
import { suggestRoles } from "../market/roles.ts";
import type { Suggestion } from "./bot.ts";
import type { Command } from "./define.ts";
import { argsOf } from "./define.ts";

const MOST = 25;
const LONGEST = 100;

/** What could follow while one option is typed: at most 25, each at most 100 characters. */
export function suggestionsFor(
  commands: readonly Command[],
  command: string,
  option: string,
  typed: string,
  market: Market,
): readonly Suggestion[] {
  const found = commands.find((candidate) => candidate.name === command);
  const meta = found && argsOf(found).find((arg) => arg.name === option)?.meta;
  if (meta === undefined) return [];
  const { before, word } = lastPart(typed);
  return valuesFor(meta.complete, meta.choices, word, commands, market)
    .map((value) => ({ name: before + value, value: before + value }))
    .filter(({ value }) => value.length <= LONGEST)
    .slice(0, MOST);
}

function valuesFor(
  kind: string | undefined,
  choices: readonly string[] | undefined,
  typed: string,
  commands: readonly Command[],
  market: Market,
): readonly string[] {
  switch (kind) {
    case "company":
      return market.companies.suggest(typed, MOST).map((company) => company.name);
    case "role":
      return suggestRoles(typed, MOST);
    case "sector":
      return matching(
        typed,
        breakdown(market, {}, "industry").map((group) => group.name),
      );
    case "country":
      return matching(
        typed,
        breakdown(market, {}, "country").map((group) => group.name),
      );
    case "stage":
      return matching(
        typed,
        breakdown(market, {}, "stage").map((group) => group.name),
      );
    case "command":
      return matching(
        typed,
        commands.map((command) => command.name),
      );
    default:
      return matching(typed, choices ?? []);
  }
}

/** Those that start with what is typed, then those that contain it, then near misses. */
function matching(typed: string, known: readonly string[]): readonly string[] {
  const word = typed.trim().toLowerCase();
  if (word === "") return known;
  const starts = known.filter((name) => name.toLowerCase().startsWith(word));
  const contains = known.filter(
    (name) => !starts.includes(name) && name.toLowerCase().includes(word),
  );
  return [...new Set([...starts, ...contains, ...nearest(word, known)])];
}

/** In a list `a,b,c` only the last part is being typed. */
function lastPart(typed: string): { before: string; word: string } {
  const comma = typed.lastIndexOf(",");
  return { before: typed.slice(0, comma + 1), word: typed.slice(comma + 1) };
}
