import { readFileSync } from "node:fs";
import { z } from "zod";
import { openApp } from "../app.ts";
import type { App } from "../app.ts";
import type { Standing } from "../connection.ts";
import { dayOf, systemClock } from "../clock.ts";
import { parseConfig } from "../config.ts";
import type { Config } from "../config.ts";
import { openLog } from "../log.ts";
import type { Post } from "../stores/records.ts";
import { daysBetween } from "../market/calendar.ts";
import { plainText } from "../reply/plain.ts";
import { age, longDay, plural } from "../reply/words.ts";

/** Runs until SIGTERM, SIGINT or the end of the prompt; stops cleanly, on the second signal at once. */
export async function start(): Promise<number> {
  const config = parseConfig(process.env);
  const log = openLog(config.logLevel);
  const app = await openApp(config, systemClock, log, showPost);
  const stopped = untilSignal();
  process.on("unhandledRejection", (error) =>
    log.error(
      { event: "unhandled", error: error instanceof Error ? error.stack : String(error) },
      "a forgotten failure",
    ),
  );
  console.log(firstScreen(app, config));
  if (process.stdin.isTTY) {
    const { terminalPrompt } = await import("../platforms/terminal/prompt.ts");
    await Promise.race([
      stopped,
      terminalPrompt({
        bot: app.bot,
        input: process.stdin,
        output: process.stdout,
        caller: { id: "local", tenant: "local" },
      }),
    ]);
  } else {
    await stopped;
  }
  await app.close();
  // Libraries may hold timers after their close; everything of ours is closed by now.
  process.exit(0);
}

/** What is on, how old the facts are, and the exact next step for what is off. */
export function firstScreen(app: App, config: Config): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  const { version } = z.object({ version: z.string() }).parse(manifest);
  const market = app.market();
  const days = daysBetween(market.listedTo, dayOf(systemClock()));
  const facts = `${plural(market.layoffs().size, "layoff event")} as of ${longDay(market.listedTo)} (${age(days)}${days > 0 ? " old" : ""})${market.sample ? ", the bundled sample" : ""}`;
  return [
    `market-pulse ${version}: who cuts, who pays more, how sure we are`,
    "",
    `  Playground  ${app.playground}  (type a command, see it as Slack, Discord and text)`,
    `  Facts       ${facts}`,
    ...(market.sample
      ? ["              Your own: npm run -s import -- FILE (a layoff tracker export, a pay dump)"]
      : []),
    `  Sources     ${config.sources.wanted.length === 0 ? "none is asked by itself. SOURCES=default in .env asks the usual ones (docs/sources.md)" : `asked when due: ${config.sources.wanted.join(", ")} (/sources shows how they fare)`}`,
    `  Slack       ${standingWords(app.slack, SLACK_STEPS)}`,
    `  Discord     ${standingWords(app.discord, DISCORD_STEPS)}`,
    ...config.hints.map((hint) => `  Note        ${hint}`),
    "",
    process.stdin.isTTY
      ? "Type a question, such as: /layoffs google   (quit ends)"
      : 'Ask from a shell: npm run -s ask -- "/layoffs google"',
  ].join("\n");
}

const SLACK_STEPS = [
  "off. To connect (docs/deploy-slack.md):",
  "1. npm run -s manifest > manifest.json, then api.slack.com/apps → Create New App → From a manifest",
  "2. put SLACK_BOT_TOKEN=xoxb-… and SLACK_APP_TOKEN=xapp-… into .env, then npm start",
];
const DISCORD_STEPS = [
  "off. To connect (docs/deploy-discord.md):",
  "1. discord.com/developers/applications → New Application → Bot → Reset Token",
  "2. put DISCORD_TOKEN=… and DISCORD_APPLICATION_ID=… into .env, then npm start",
];

function standingWords(standing: Standing, steps: readonly string[]): string {
  switch (standing.state) {
    case "on":
      return `connected as ${standing.connected.as} (commands ${standing.connected.commands})`;
    case "failed":
      return `not connected: ${standing.sentence}`;
    case "connecting":
      return "connecting…";
    case "off":
      return steps.join("\n              ");
  }
}

/** A digest or alert for the terminal's own tenant is shown where its person sits. */
function showPost({ reply }: Post): void {
  console.log(`\n${plainText(reply, { actions: "brackets" })}\n`);
}

/** The first signal asks to stop; a second one does not wait. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
    }
  });
}
