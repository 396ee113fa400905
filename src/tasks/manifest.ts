import { commands } from "../../commands/index.ts";
import { slackManifest } from "../platforms/slack/manifest.ts";

/** Prints the Slack app manifest made from the commands; paste it at api.slack.com/apps → Create from manifest. */
export async function manifest(): Promise<number> {
  process.stdout.write(`${JSON.stringify(slackManifest(commands), null, 2)}\n`);
  return 0;
}
