import { cite } from "../fault.ts";
import type { Claim } from "./claim.ts";
import { changeFinding, continuesFinding, movedFinding } from "./changes.ts";
import { countFinding } from "./counts.ts";
import { happenedFinding, largestFinding, medianFinding, shareFinding } from "./events.ts";
import { cannotCheck, isRunning } from "./finding.ts";
import type { Finding, Ground } from "./finding.ts";
import { payFinding, postedFinding, postingsFinding, premiumFinding } from "./pay.ts";

/** What the facts say of one claim, as known on the ground's day. Arithmetic over the market's own functions; nothing is guessed. */
export function findingOf(claim: Claim, ground: Ground): Finding {
  const { perhaps, ...rest } = claim;
  if (perhaps !== undefined) {
    const [without, within] = [rest, { ...rest, time: perhaps }].map((each) =>
      findingOf(each, ground),
    );
    return within && without?.verdict === within.verdict
      ? within
      : cannotCheck(
          `Whether it is of ${perhaps.label} too is not said beyond doubt.`,
          without?.unit,
        );
  }
  const finding = withUnread(claim, measured(claim, ground));
  if (claim.isAhead && finding.verdict === "not supported" && mayStillCome(claim, ground))
    return {
      ...finding,
      verdict: "cannot check",
      beside: ["it speaks of what is to come, which no known event disproves", ...finding.beside],
    };
  return finding;
}

function withUnread({ unread }: Claim, finding: Finding): Finding {
  if (unread === undefined || finding.measured === null) return finding;
  return { ...finding, beside: [...finding.beside, `${cite(unread)} is not checked`] };
}

/** A count or share of no time, or of one that the facts do not reach the end of. */
function mayStillCome({ about, time }: Claim, ground: Ground): boolean {
  return (
    (about.kind === "count" || about.kind === "staff share") &&
    (time === undefined || isRunning(time, ground))
  );
}

function measured(claim: Claim, ground: Ground): Finding {
  const { about } = claim;
  switch (about.kind) {
    case "count":
      return countFinding(claim, about, ground);
    case "median cut":
      return medianFinding(claim, ground);
    case "largest cut":
      return largestFinding(claim, ground);
    case "staff share":
      return shareFinding(claim, ground);
    case "pay":
      return payFinding(claim, about, ground);
    case "posted pay":
      return postedFinding(claim);
    case "AI share":
      return postingsFinding(claim, ground);
    case "premium":
      return premiumFinding(claim, ground);
    case "change":
      return changeFinding(claim, about, ground);
    case "moved":
      return movedFinding(claim, about, ground);
    case "continues":
      return continuesFinding(claim, ground);
    case "happened":
      return happenedFinding(claim, ground);
    case "unmeasured":
      return cannotCheck(about.why);
  }
}
