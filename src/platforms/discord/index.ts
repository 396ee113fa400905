import { Client, GatewayDispatchEvents, GatewayIntentBits, Options } from "discord.js";
import type { APIInteraction, GatewayMessageCreateDispatchData } from "discord.js";
import type { Clock } from "../../clock.ts";
import type { Bot } from "../../command/bot.ts";
import type { Log } from "../../log.ts";
import type { Connected, Platform } from "../platform.ts";
import { ConnectError } from "../platform.ts";
import { oneATurn } from "../turns.ts";
import { checkApplication, checkTokenShape, connectError, reached } from "./connect.ts";
import type { InvalidMeter } from "./invalid-meter.ts";
import { countedBy, openInvalidMeter } from "./invalid-meter.ts";
import { BUDGET } from "./limits.ts";
import type { Receiver } from "./receive.ts";
import { discordReceiver } from "./receive.ts";
import { reconcile } from "./reconcile.ts";
import { discordCommands } from "./register.ts";
import { discordSender } from "./send.ts";
import { discordWire } from "./wire.ts";

export interface DiscordSettings {
  readonly token: string;
  readonly applicationId: string;
  /** Discord's own unless told. */
  readonly apiUrl?: string;
  readonly cdnUrl?: string;
  /** An answer slower than this is announced first; for tests. */
  readonly deferAfterMs?: number;
}

interface Session {
  readonly client: Client;
  readonly receiver: Receiver;
}

/**
 * Discord through the gateway: slash commands, buttons, menus, suggestions, the message menu, mentions
 * and direct messages. Interactions are handled as API JSON, not as discord.js objects, so that the same
 * handler can serve them from HTTP.
 */
export function discordPlatform({
  bot,
  settings,
  log,
  clock,
}: {
  readonly bot: Bot;
  readonly settings: DiscordSettings;
  readonly log: Log;
  readonly clock: Clock;
}): Platform {
  let session: Session | undefined;
  // Discord counts by address, so answers and deliveries share one meter; an answer cannot wait, a delivery can.
  const meter = openInvalidMeter(clock, log);

  return {
    name: "discord",
    sender: () => discordSender({ bot, settings, log, meter }),
    async start(): Promise<Connected> {
      checkTokenShape(settings.token);
      await session?.client.destroy();
      const client = newClient(settings, log, meter);
      session = { client, receiver: receiverOn(client) };
      try {
        client.rest.setToken(settings.token);
        await checkApplication(client.rest, settings.applicationId);
        const commands = await reached(() =>
          reconcile(client.rest, settings.applicationId, discordCommands(bot.commands)),
        );
        await loggedIn(client, settings.token);
        return {
          as: `${client.user?.username ?? "the bot"} in ${servers(client.guilds.cache.size)}`,
          commands,
        };
      } catch (error) {
        await client.destroy();
        session = undefined;
        throw connectError(error);
      }
    },
    async stop(): Promise<void> {
      const closing = session;
      session = undefined;
      if (closing === undefined) return;
      // No new questions; those being answered may end, since their tokens die with us.
      closing.client.ws.removeAllListeners();
      await withDeadline(closing.receiver.settled(), BUDGET.stopMs / 2);
      await withDeadline(closing.client.destroy(), BUDGET.stopMs / 2);
    },
  };

  function receiverOn(client: Client): Receiver {
    const answering = {
      bot,
      log,
      clock,
      wire: discordWire(client.rest),
      deferAfterMs: settings.deferAfterMs ?? BUDGET.deferAfterMs,
      turn: oneATurn(),
    };
    const receiver = discordReceiver(answering, {
      applicationId: settings.applicationId,
      ourId: () => client.user?.id ?? settings.applicationId,
    });
    client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) =>
      receiver.interaction(interaction),
    );
    client.ws.on(GatewayDispatchEvents.MessageCreate, (message: GatewayMessageCreateDispatchData) =>
      receiver.message(message),
    );
    return receiver;
  }
}

/**
 * A client that keeps next to nothing: we need no member, message or channel of the past, and no
 * privileged intent (a message that mentions us, or is sent to us directly, comes with its text).
 */
function newClient({ apiUrl, cdnUrl }: DiscordSettings, log: Log, meter: InvalidMeter): Client {
  const client = new Client({
    // Not `Guilds`: it would fill memory with every server's channels and roles, and no answer needs them.
    intents: [GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...NOTHING_KEPT,
      UserManager: { maxSize: 1, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
    rest: {
      // What is sent again, and whether, is decided where it is known what a repeat would do.
      retries: 0,
      timeout: BUDGET.requestMs,
      makeRequest: countedBy(meter),
      ...(apiUrl !== undefined && { api: apiUrl }),
      ...(cdnUrl !== undefined && { cdn: cdnUrl }),
    },
  });
  // Without a listener an `error` event would end the process.
  client.on("error", (error) => log.error({ event: "discord.error", error: error.name }));
  client.on("shardError", (error) =>
    log.warn({ event: "discord.gateway_error", error: error.name }),
  );
  client.on("shardDisconnect", ({ code }) => log.error({ event: "discord.disconnected", code }));
  return client;
}

const NOTHING_KEPT = {
  GuildMemberManager: 0,
  MessageManager: 0,
  PresenceManager: 0,
  ReactionManager: 0,
  VoiceStateManager: 0,
  ThreadMemberManager: 0,
  GuildEmojiManager: 0,
  GuildStickerManager: 0,
  StageInstanceManager: 0,
  GuildScheduledEventManager: 0,
} as const;

/** discord.js tries for ever; at the start an operator waits for a word. */
async function loggedIn(client: Client, token: string): Promise<void> {
  const login = reached(() => client.login(token));
  // When the deadline wins, the login is ended by `destroy` and its own rejection interests nobody.
  login.catch(() => {});
  const outcome = await Promise.race([login, after(BUDGET.connectMs)]);
  if (outcome === undefined)
    throw new ConnectError(
      "unreachable",
      "Discord's gateway did not answer in time. Check that outgoing WebSocket connections are allowed.",
    );
}

async function withDeadline(work: Promise<unknown>, ms: number): Promise<void> {
  await Promise.race([work, after(ms)]);
}

function after(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref();
  });
}

function servers(count: number): string {
  return count === 1 ? "1 server" : `${count} servers`;
}
