import { z } from "zod";
import { choice, words, yesNo } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import { hushed } from "./alert/hush.ts";
import { card, listed, logged } from "./alert/list.ts";
import { built, deleted, edited, made } from "./alert/make.ts";
import { one, worded } from "./alert/rules.ts";
import { explained, previewed, replayed, tested } from "./alert/try.ts";

const DEEDS = [
  "list",
  "new",
  "build",
  "show",
  "edit",
  "test",
  "preview",
  "backtest",
  "explain",
  "snooze",
  "mute",
  "resume",
  "delete",
  "log",
] as const;

const shape = z.object({
  what: choice("What to do; the rules here when left out", DEEDS),
  rest: words(
    "For new, preview and backtest the rule in words; otherwise the rule's id",
    { example: "when people(7d) > 10000 clear < 5000 notify me" },
    1_000,
  ),
  from: words("For backtest: the first day", { example: "2023-01-01" }),
  to: words("For backtest: the last day", { example: "2024-03-17" }),
  confirm: yesNo("Keep a rule that would speak up very often"),
});

export const alert = defineCommand({
  name: "alert",
  summary:
    "Rules that speak up by themselves: when a figure passes a threshold, or on each new layoff",
  args: shape,
  bare: ["what", "rest"],
  keepsUnknownKeys: true,
  examples: [
    "/alert list",
    "/alert new when people(7d) > 10000 clear < 5000 notify me",
    "/alert new on layoff where sector = finance and people >= 500 group 10m notify here",
    "/alert backtest when people(7d) > 10000 clear < 5000 from:2023-01-01 to:2024-03-17",
  ],
  run: async (args, context) => {
    switch (args.what) {
      case undefined:
      case "list":
        return listed(context);
      case "new":
        return worded(args.rest ?? "", context, (text, spec) =>
          made(text, spec, args.confirm === true, context),
        );
      case "build":
        return built(args.rest ?? "", context);
      case "edit":
        return edited(args.rest ?? "", context);
      case "preview":
        return worded(args.rest ?? "", context, (text, spec) => previewed(text, spec, context));
      case "backtest":
        return worded(args.rest ?? "", context, (text, spec) =>
          replayed(text, spec, args, context),
        );
      case "show":
        return card(one(args.rest, context), context);
      case "explain":
        return explained(one(args.rest, context), context);
      case "test":
        return tested(one(args.rest, context), context);
      case "snooze":
      case "mute":
      case "resume":
        return hushed(args.what, args.rest ?? "", context);
      case "delete":
        return deleted(one(args.rest, context), context);
      case "log":
        return logged(one(args.rest, context), context);
    }
  },
});
