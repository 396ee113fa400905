import { silentLog } from "../../../src/log.ts";
import { slackPlatform } from "../../../src/platforms/slack/index.ts";
import { smallBot } from "./small-bot.ts";

/** A process of its own that connects, stops, and should then end by itself. */
const [apiUrl = "", botToken = "", appToken = ""] = process.argv.slice(2);
const platform = slackPlatform({
  bot: smallBot(),
  settings: { apiUrl, botToken, appToken },
  log: silentLog,
  clock: Date.now,
});
await platform.start();
await platform.stop();
process.stdout.write("stopped");
