import { Fault, cite } from "../fault.ts";
import type { CompanyBook } from "../market/company.ts";
import { resolveRole, roleFamily } from "../market/roles.ts";
import { stateCode } from "../market/us-states.ts";
import { holds } from "./rule.ts";
import type { Filter } from "./rule.ts";
import { companyKeys, foldedTrait, spokenTrait, TRAIT_FIELDS } from "./traits.ts";
import type { Traits } from "./traits.ts";

/**
 * Whether a filter lets a layoff through: no, maybe (it asks for a size that was not reported), yes. With these numbers
 * "and" is the least and "or" the greatest (Kleene's strong three-valued logic).
 */
export const NO = 0;
export const MAYBE = 1;
export const YES = 2;
export type Truth = typeof NO | typeof MAYBE | typeof YES;

export type TruthOf = (traits: Traits) => Truth;

/** A filter made ready to be asked of many layoffs; names are looked up once. A watch set must have been put in before. */
export function truthOf(filter: Filter | null, book: CompanyBook): TruthOf {
  if (filter === null) return () => YES;
  switch (filter.kind) {
    case "and": {
      const parts = filter.parts.map((part) => truthOf(part, book));
      return (traits) => extreme(parts, traits, YES, NO);
    }
    case "or": {
      const parts = filter.parts.map((part) => truthOf(part, book));
      return (traits) => extreme(parts, traits, NO, YES);
    }
    case "not": {
      const part = truthOf(filter.part, book);
      return (traits) => opposite(part(traits));
    }
    case "is":
      return isOneOf(filter, book);
    case "in-watch":
      throw new Fault("not_found", `No watch set ${cite(`@${filter.watch}`)}.`, "", [
        "/watch list",
      ]);
    case "compare": {
      const { field, comparison } = filter;
      return (traits) => {
        const size = traits[field];
        return size === null ? MAYBE : holds(comparison, size) ? YES : NO;
      };
    }
  }
}

/** The least (or greatest) truth of the parts, stopping at the one that settles it. */
function extreme(parts: readonly TruthOf[], traits: Traits, start: Truth, settled: Truth): Truth {
  let found = start;
  for (const part of parts) {
    const truth = part(traits);
    if (truth === settled) return settled;
    if (settled === NO ? truth < found : truth > found) found = truth;
  }
  return found;
}

function opposite(truth: Truth): Truth {
  if (truth === MAYBE) return MAYBE;
  return truth === YES ? NO : YES;
}

function isOneOf({ field, values }: Extract<Filter, { kind: "is" }>, book: CompanyBook): TruthOf {
  if (field === "company" || field === "parent") {
    const keys = new Set(values.flatMap((value) => companyKeys(book, value, field === "parent")));
    return (traits) => (keys.has(traits.companyKey) ? YES : NO);
  }
  if (field === "role") return hasRole(values);
  if (field === "level") {
    const levels = new Set(values.map((value) => value.trim().toLowerCase()));
    return ({ job }) =>
      job !== undefined && levels.has(job.level === null ? "unknown" : job.level) ? YES : NO;
  }
  const named = TRAIT_FIELDS.find((name) => name === field);
  if (named === undefined) return () => NO;
  const wanted = new Set(values.map((value) => spokenTrait(named, value)));
  if (named !== "state") return (traits) => (wanted.has(foldedTrait(traits[named])) ? YES : NO);
  for (const value of values) wanted.add((stateCode(value) ?? value).toLowerCase());
  return ({ state }) => {
    const place = foldedTrait(state);
    const last = place.slice(place.lastIndexOf(",") + 1).trim();
    return wanted.has(place) || wanted.has(last) ? YES : NO;
  };
}

/** A role by its family and the words of its title; `ai` is any job that builds or studies AI. */
function hasRole(values: readonly string[]): TruthOf {
  const isAi = (value: string) => value.trim().toLowerCase() === "ai";
  const wantsAi = values.some(isAi);
  const roles = values.flatMap((value) => {
    const resolved = isAi(value) ? undefined : resolveRole(value);
    return resolved?.kind === "one" ? [resolved.role] : [];
  });
  return ({ job }) => {
    if (job === undefined) return NO;
    if (wantsAi && job.ai) return YES;
    const family = roleFamily(job.title);
    const title = job.title.toLowerCase();
    const fits = roles.some(
      (role) =>
        (role.family === "all" || role.family === family) &&
        (role.titleWords?.some((words) => title.includes(words)) ?? true),
    );
    return fits ? YES : NO;
  };
}

/** The filter with each watch set replaced by its companies. Throws a Fault (`not_found`) for a set that is not there. */
export function withWatches(
  filter: Filter | null,
  watches: ReadonlyMap<string, readonly string[]>,
): Filter | null {
  if (filter === null) return null;
  switch (filter.kind) {
    case "and":
    case "or":
      return {
        kind: filter.kind,
        parts: filter.parts.map((part) => withWatches(part, watches) ?? part),
      };
    case "not":
      return { kind: "not", part: withWatches(filter.part, watches) ?? filter.part };
    case "in-watch": {
      const companies = watches.get(filter.watch) ?? watches.get(filter.watch.toLowerCase());
      if (companies === undefined)
        throw new Fault(
          "not_found",
          `No watch set ${cite(`@${filter.watch}`)}.`,
          watches.size === 0
            ? "None is made yet."
            : `Sets here: ${[...watches.keys()].map((name) => `@${name}`).join(", ")}.`,
          [`/watch add ${filter.watch} google`],
        );
      return { kind: "is", field: filter.field, values: companies };
    }
    case "is":
    case "compare":
      return filter;
  }
}
