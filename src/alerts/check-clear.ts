import type { Reader } from "./reader.ts";
import type { Comparison, Test } from "./rule.ts";
import type { Token } from "./tokens.ts";

/** An end that fits its beginning: on the other side of the threshold, or at it, so that no value both begins and ends. */
export function checkClear(
  reader: Reader,
  place: Token,
  test: Test,
  clear: Comparison | null,
): void {
  if (clear === null) return;
  const example = "when people(7d) > 10000 clear < 5000";
  if (test.kind !== "compare" && test.kind !== "change" && test.kind !== "anomaly")
    throw reader.fault(
      place,
      "This kind of rule ends by itself and takes no clear.",
      `clear goes with a threshold: ${example}`,
    );
  const { operator, value } = test.comparison;
  if (operator === "=" || clear.operator === "=")
    throw reader.fault(
      place,
      "clear takes < or >, after a threshold with > or <.",
      `For example: ${example}`,
    );
  const upward = operator.startsWith(">");
  if (clear.operator.startsWith(upward ? ">" : "<"))
    throw reader.fault(
      place,
      `What begins ${upward ? "above" : "below"} ${value} must end ${upward ? "below" : "above"} something.`,
      `Turn the sign: clear ${upward ? "<" : ">"} ${clear.value}. For example: ${example}`,
    );
  const apart = upward ? clear.value <= value : clear.value >= value;
  const touching = clear.value === value && operator.endsWith("=") && clear.operator.endsWith("=");
  if (!apart || touching)
    throw reader.fault(
      place,
      `clear ${clear.operator} ${clear.value} would end it while ${operator} ${value} still holds.`,
      `For example: ${example}`,
    );
}
