import type { About, Claim } from "./claim.ts";
import { changeFinding, continuesFinding, movedFinding } from "./changes.ts";
import {
  countFinding,
  happenedFinding,
  largestFinding,
  medianFinding,
  shareFinding,
} from "./counts.ts";
import { cannotCheck } from "./finding.ts";
import type { Finding, Ground } from "./finding.ts";
import { payFinding, postedFinding, postingsFinding, premiumFinding } from "./pay.ts";

/** What the facts say of one claim, as known on the ground's day. Arithmetic over the market's own functions; nothing is guessed. */
export function findingOf(claim: Claim, ground: Ground): Finding {
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

/** Whether what is known of a claim changes with the day of knowledge: pay and postings are kept without versions. */
export function hasVersions(about: About): boolean {
  switch (about.kind) {
    case "pay":
    case "posted pay":
    case "premium":
    case "AI share":
    case "unmeasured":
      return false;
    case "change":
    case "moved":
      return about.of !== "pay" && about.of !== "AI share";
    case "count":
    case "median cut":
    case "largest cut":
    case "staff share":
    case "happened":
    case "continues":
      return true;
  }
}
