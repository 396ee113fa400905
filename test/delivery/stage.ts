import type { Sender } from "../../src/delivery/sender.ts";
import { silentLog } from "../../src/log.ts";
import { openInvalidMeter } from "../../src/platforms/discord/invalid-meter.ts";
import { discordSender } from "../../src/platforms/discord/send.ts";
import { slackSender } from "../../src/platforms/slack/send.ts";
import type { Target } from "../../src/stores/records.ts";
import { openFakeDiscord } from "../fakes/discord/fake-discord.ts";
import { ALL_SCOPES } from "../fakes/slack/access.ts";
import { openFakeSlack } from "../fakes/slack/fake-slack.ts";
import type { MovedTime } from "./moved-time.ts";
import type { Fault, Passing, Unreliable } from "./unreliable.ts";
import { openUnreliable } from "./unreliable.ts";

/**
 * The ways a platform can be:
 * - `slack-history`: we may read the history, and `client_msg_id` means nothing
 * - `slack-both`: we may read it, and a message with a known `client_msg_id` is not posted again
 * - `slack-dedupe`: we may not read it, but the id works
 * - `slack-blind`: neither
 * - `discord`: nonces, and a history
 */
export const MODES = [
  "slack-history",
  "slack-both",
  "slack-dedupe",
  "slack-blind",
  "discord",
] as const;
export type Mode = (typeof MODES)[number];

/** A message as people in the channel see it. */
export interface Visible {
  readonly channel: string;
  readonly id: string;
  readonly text: string;
  readonly thread: string | undefined;
  readonly isEdited: boolean;
  readonly pictures: number;
}

/** A platform far away over a network that may be bad, with the genuine client before it. */
export interface Stage {
  readonly mode: Mode;
  readonly tenant: string;
  readonly network: Unreliable;
  /** Every message of ours that anybody sees, in order. */
  visible(): readonly Visible[];
  channel(name: string): Target;
  dm(name: string): Target;
  /** A new process' sender: nothing is remembered. */
  sender(): Sender;
  /** Paths asked so far, with the moment by our clock. */
  readonly asked: readonly { readonly path: string; readonly at: number }[];
  /** The Slack itself, where it is one. */
  readonly slack: Awaited<ReturnType<typeof openFakeSlack>> | undefined;
  readonly discord: Awaited<ReturnType<typeof openFakeDiscord>> | undefined;
  close(): Promise<void>;
}

const bot = {
  draw: async () => new TextEncoder().encode("png"),
  keep: (command: string) => `k${command.length}`,
};

export async function openStage(
  mode: Mode,
  time: MovedTime,
  fault: (passing: Passing) => Fault | undefined = () => undefined,
): Promise<Stage> {
  return mode === "discord" ? discordStage(time, fault) : slackStage(mode, time, fault);
}

async function slackStage(
  mode: Exclude<Mode, "discord">,
  time: MovedTime,
  fault: (passing: Passing) => Fault | undefined,
): Promise<Stage> {
  const seesHistory = mode === "slack-history" || mode === "slack-both";
  const fake = await openFakeSlack({
    now: time.clock(),
    scopes: ALL_SCOPES.filter((scope) => seesHistory || !scope.endsWith(":history")),
  });
  if (mode === "slack-dedupe" || mode === "slack-both") fake.setIdempotent();
  time.follow((ms) => fake.advance(ms));
  const asked: { path: string; at: number }[] = [];
  const network = await openUnreliable(new URL(fake.settings.apiUrl).origin, time, (passing) => {
    asked.push({ path: passing.path, at: time.clock() });
    return fault(passing);
  });
  const tenant = `slack:${fake.world.team.id}`;
  const target = (kind: Target["kind"], id: string): Target => ({
    platform: "slack",
    tenant,
    kind,
    id,
  });
  return {
    mode,
    tenant,
    network: noting(network, asked, time),
    asked,
    slack: fake,
    discord: undefined,
    visible: () =>
      [...fake.world.channels.values()]
        .flatMap((channel) => fake.messages(channel).map((seen) => ({ channel, seen })))
        .filter(({ seen }) => "author" in seen.stored && seen.stored.author === fake.world.bot)
        .map(({ channel, seen }) => ({
          channel: channel.id,
          id: seen.ts,
          text: seen.allText,
          thread: seen.thread,
          isEdited: seen.isEdited,
          pictures: seen.pictures.length,
        })),
    channel: (name) => target("channel", fake.world.addChannel(name).id),
    dm: (name) => target("dm", fake.world.addUser(name).id),
    sender: () =>
      slackSender({
        bot,
        log: silentLog,
        settings: { botToken: fake.settings.botToken, apiUrl: `${network.origin}/api/` },
      }),
    close: () => closed(network, fake),
  };
}

async function discordStage(
  time: MovedTime,
  fault: (passing: Passing) => Fault | undefined,
): Promise<Stage> {
  const fake = await openFakeDiscord({ now: time.clock() });
  time.follow((ms) => fake.advance(ms));
  const asked: { path: string; at: number }[] = [];
  const network = await openUnreliable(new URL(fake.settings.apiUrl).origin, time, (passing) => {
    asked.push({ path: passing.path, at: time.clock() });
    return fault(passing);
  });
  const tenant = `discord:${fake.guild}`;
  const target = (kind: Target["kind"], id: string): Target => ({
    platform: "discord",
    tenant,
    kind,
    id,
  });
  return {
    mode: "discord",
    tenant,
    network: noting(network, asked, time),
    asked,
    slack: undefined,
    discord: fake,
    visible: () =>
      [...fake.world.channels.values()]
        .flatMap((channel) => fake.messages(channel).map((seen) => ({ channel, seen })))
        .filter(({ seen }) => seen.author === fake.world.application.username)
        .map(({ channel, seen }) => ({
          channel: channel.id,
          id: seen.id,
          text: seen.text,
          thread: seen.answers,
          isEdited: seen.isEdited,
          pictures: seen.pictures.length,
        })),
    channel: (name) => target("channel", fake.world.addChannel(name, fake.guild).id),
    dm: (name) => target("dm", fake.world.addUser(name).id),
    sender: () =>
      discordSender({
        bot,
        log: silentLog,
        settings: { token: fake.settings.token, apiUrl: `${network.origin}/api` },
        meter: openInvalidMeter(time.clock, silentLog),
      }),
    close: () => closed(network, fake),
  };
}

/** The network whose new faults are noted as the first ones are. */
function noting(
  network: Unreliable,
  asked: { path: string; at: number }[],
  time: MovedTime,
): Unreliable {
  return {
    ...network,
    become: (next) =>
      network.become((passing) => {
        asked.push({ path: passing.path, at: time.clock() });
        return next(passing);
      }),
  };
}

async function closed(network: Unreliable, fake: { close(): Promise<void> }): Promise<void> {
  await network.close();
  await fake.close();
}
