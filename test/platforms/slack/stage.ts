import { afterEach } from "vitest";
import type { Log } from "../../../src/log.ts";
import type { Platform } from "../../../src/platforms/platform.ts";
import { slackPlatform } from "../../../src/platforms/slack/index.ts";
import type { SlackSettings } from "../../../src/platforms/slack/index.ts";
import type { FakeSlack } from "../../fakes/slack/fake-slack.ts";
import { openFakeSlack } from "../../fakes/slack/fake-slack.ts";
import type { SmallBot } from "./small-bot.ts";
import { smallBot } from "./small-bot.ts";

export interface Stage {
  readonly fake: FakeSlack;
  readonly bot: SmallBot;
  readonly platform: Platform;
  /** Everything that was logged, one line each. */
  readonly lines: readonly string[];
}

interface Setting {
  readonly start?: boolean;
  readonly settings?: Partial<SlackSettings>;
  readonly scopes?: readonly string[];
  readonly patienceMs?: number;
  /** Where the platform finds Slack. */
  readonly knownAs?: string;
}

const open: Stage[] = [];

/** The platform with the genuine Bolt, connected to a fake Slack of its own; both are closed after the test. */
export async function openStage({
  start = true,
  settings = {},
  scopes,
  patienceMs = 5_000,
  knownAs,
}: Setting = {}): Promise<Stage> {
  const fake = await openFakeSlack({
    ...(scopes !== undefined && { scopes }),
    ...(knownAs !== undefined && { knownAs }),
  });
  const bot = smallBot();
  const lines: string[] = [];
  const write = (...words: unknown[]): void => void lines.push(JSON.stringify(words));
  const log: Log = { info: write, warn: write, error: write, debug: write };
  const platform = slackPlatform({
    bot,
    settings: { ...fake.settings, ...settings },
    log,
    clock: () => fake.world.now(),
    pace: { patienceMs, pictureMs: 5, farewellMs: 300 },
  });
  const stage = { fake, bot, platform, lines };
  open.push(stage);
  if (start) await platform.start();
  return stage;
}

afterEach(async () => {
  for (const { platform, fake } of open.splice(0)) {
    await platform.stop();
    await fake.close();
  }
});

/** Asks Slack for a moment until something is so. */
export function soon(fake: FakeSlack, holds: () => boolean, what = "it to come to that") {
  return fake.world.see(() => (holds() ? true : undefined), what);
}

/** Lets everything that is under way settle: a request each way over loopback, a few times. */
export async function quiet(): Promise<void> {
  await new Promise((resolve) => void setTimeout(resolve, 60));
}
