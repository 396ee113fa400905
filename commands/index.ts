import type { Command } from "../src/command/define.ts";
import { alert } from "./alert.ts";
import { claim } from "./claim.ts";
import { compare } from "./compare.ts";
import { digest } from "./digest.ts";
import { exportFile } from "./export.ts";
import { help } from "./help.ts";
import { layoffs } from "./layoffs.ts";
import { overlap } from "./overlap.ts";
import { premium } from "./premium.ts";
import { privacy } from "./privacy.ts";
import { pulse } from "./pulse.ts";
import { reconcile } from "./reconcile.ts";
import { salary } from "./salary.ts";
import { settings } from "./settings.ts";
import { sources } from "./sources.ts";
import { top } from "./top.ts";
import { trend } from "./trend.ts";
import { upcoming } from "./upcoming.ts";
import { watch } from "./watch.ts";

/** What people can ask, in the order help shows it. */
export const commands: readonly Command[] = [
  pulse,
  layoffs,
  trend,
  compare,
  top,
  salary,
  premium,
  overlap,
  claim,
  reconcile,
  upcoming,
  sources,
  alert,
  digest,
  watch,
  settings,
  privacy,
  exportFile,
  help,
];
