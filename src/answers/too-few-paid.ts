import { again } from "../command/again.ts";
import type { Context } from "../command/define.ts";
import { Fault } from "../fault.ts";
import { payPremium } from "../market/pay-premium.ts";
import type { PremiumAnswer, PremiumQuery } from "../market/pay-premium.ts";
import { plural } from "../reply/words.ts";

/** A refusal to compare so few, with the nearest wider comparisons that have an answer. */
export function tooFewPaid(
  who: string,
  when: string | undefined,
  answer: PremiumAnswer | undefined,
  query: PremiumQuery,
  context: Context,
): Fault {
  const counts =
    answer === undefined || answer.nAi + answer.nOther === 0
      ? "No salaries can be compared"
      : `Only ${plural(answer.nAi, "AI salary", "AI salaries")} and ${plural(answer.nOther, "other")} can be compared, too few (10 a side)`;
  return new Fault(
    "not_found",
    `${counts}: ${who}${when === undefined ? "" : `, ${when}`}. ${(answer?.notes ?? []).join(" ")}`.trim(),
    "All levels, or another time, may have more.",
    wider(query, context),
  );
}

/** The question with one word after another left out or widened, as far as that has an answer. */
function wider(query: PremiumQuery, context: Context): string[] {
  const untimed = { from: undefined, to: undefined };
  const steps: readonly (readonly [PremiumQuery, Readonly<Record<string, string | undefined>>])[] =
    [
      [{ ...query, level: undefined }, { level: undefined }],
      [{ ...query, ...untimed }, { period: undefined }],
      [{ ...query, country: undefined }, { country: "all" }],
      [{ ...query, pair: "engineer" }, { role: undefined }],
      [
        { pair: "engineer", country: "US" },
        { role: undefined, level: undefined, period: undefined, country: undefined },
      ],
    ];
  const known = new Set<string>();
  for (const [wide, change] of steps) {
    if (known.size === 3) break;
    const { median, mean } = payPremium(context.market, wide);
    if ((median ?? mean) !== null) known.add(again(context, { ...change, by: undefined }));
  }
  return [...known];
}
