import { z } from "zod";
import { PREMIUM_BY, premiumAnswer } from "../src/answers/pay-premium.ts";
import { choice, words } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import { commonArgs } from "../src/command/filter-args.ts";
import { PAY_LEVELS } from "../src/market/facts.ts";

export const premium = defineCommand({
  name: "premium",
  summary: "What AI roles are paid above others at the same level, with an interval",
  args: z.object({
    role: words("Who: engineer (default), data-scientist, all", {
      complete: "role",
      example: "engineer",
    }),
    level: choice("Level; all of them at the same mix unless told", PAY_LEVELS),
    country: words("Country of the employer; US unless told, all for everywhere", {
      complete: "country",
      example: "US",
    }),
    period: words("Rows that appeared in that time; all that are known unless told", {
      example: "2023Q4",
    }),
    by: choice("Side by side: by level, country or quarter", PREMIUM_BY),
    share: commonArgs.share,
  }),
  bare: ["role"],
  examples: [
    "/premium",
    "/premium engineer level:senior period:2023Q4",
    "/premium engineer by:level",
    "/premium level:senior by:quarter",
    "/premium data-scientist",
  ],
  run: premiumAnswer,
});
