import type { Context } from "../../src/command/define.ts";
import type { ScopeArgs } from "../../src/command/scope.ts";
import { scopeOf } from "../../src/command/scope.ts";
import { SECTIONS } from "../../src/digests/index.ts";
import { Fault, cite } from "../../src/fault.ts";

/** Typed in place of sections: those of the density. */
const USUAL = "usual";

/** The typed filter as one canonical line; reading it now finds its faults now. */
export function filterText(
  args: Pick<ScopeArgs, "sector" | "country" | "stage">,
  context: Context,
): string {
  const typed = (["sector", "country", "stage"] as const).flatMap((name) =>
    args[name] === undefined ? [] : [[name, args[name]] as const],
  );
  scopeOf(Object.fromEntries(typed), context);
  return typed
    .map(([name, value]) => `${name}:${/\s/.test(value) ? `"${value}"` : value}`)
    .join(" ");
}

/** The typed sections by name; none for those of the density. Throws a Fault for a name there is not. */
export function sectionNames(typed: string | undefined): readonly string[] {
  if (typed === undefined || typed.trim().toLowerCase() === USUAL) return [];
  const names = typed
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((name) => name !== "");
  const known = SECTIONS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Fault(
      "bad_argument",
      `A digest has no part ${cite(unknown)}.`,
      `It has ${known.join(", ")}; or ${USUAL} for those of its density.`,
      ["/digest preview sections:numbers,chart"],
    );
  return names;
}
