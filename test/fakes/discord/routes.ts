import { FAULTS, refuse } from "./api-fault.ts";
import { commandProblems } from "./command-rules.ts";
import type { Answer, Request } from "./http.ts";
import type { Interactions } from "./interactions.ts";
import type { Json } from "./json.ts";
import { listOf, recordOf, textOf } from "./json.ts";
import { applicationPayload, channelPayload, messagePayload, userPayload } from "./payloads.ts";
import type { StoredMessage, World } from "./world.ts";
import { writable } from "./world.ts";

export interface Far {
  readonly world: World;
  readonly interactions: Interactions;
  readonly token: string;
  /** Registered global commands, as Discord gives them back. */
  commands: readonly Json[];
  commandCreates: number;
  readonly gatewayUrl: () => string;
  readonly cdnUrl: () => string;
}

interface Route {
  readonly method: string;
  /** As Discord's own description names it. */
  readonly template: string;
  /** The interaction's own token is the permission. */
  readonly isOpen?: boolean;
  readonly answer: (far: Far, request: Request, params: readonly string[]) => Answer;
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const done: Answer = { status: 204 };

export const ROUTES: readonly Route[] = [
  {
    method: "GET",
    template: "/gateway/bot",
    answer: ({ gatewayUrl }) =>
      ok({
        url: gatewayUrl(),
        shards: 1,
        session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
      }),
  },
  {
    method: "GET",
    template: "/users/@me",
    answer: ({ world }) => ok(userPayload(world.application)),
  },
  {
    method: "GET",
    template: "/applications/@me",
    answer: ({ world }) => ok(applicationPayload(world)),
  },
  {
    method: "GET",
    template: "/oauth2/applications/@me",
    answer: ({ world }) => ok(applicationPayload(world)),
  },
  {
    method: "GET",
    template: "/applications/{application_id}/commands",
    answer: (far, _, [application]) => {
      ownApplication(far, application);
      return ok(far.commands);
    },
  },
  { method: "PUT", template: "/applications/{application_id}/commands", answer: replaceCommands },
  {
    method: "POST",
    template: "/interactions/{interaction_id}/{interaction_token}/callback",
    isOpen: true,
    answer: ({ interactions }, { body, uploads }, [id = "", token = ""]) => {
      interactions.respond(id, token, body, uploads);
      return done;
    },
  },
  {
    method: "POST",
    template: "/webhooks/{webhook_id}/{webhook_token}",
    isOpen: true,
    answer: (far, { body, uploads }, [, token = ""]) =>
      shown(far, far.interactions.followUp(token, body, uploads)),
  },
  {
    method: "GET",
    template: "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
    isOpen: true,
    answer: (far, _, [, token = ""]) => shown(far, far.interactions.original(token)),
  },
  {
    method: "PATCH",
    template: "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
    isOpen: true,
    answer: (far, { body, uploads }, [, token = ""]) =>
      shown(far, far.interactions.editOriginal(token, body, uploads)),
  },
  {
    method: "GET",
    template: "/channels/{channel_id}",
    answer: ({ world }, _, [id]) => ok(channelPayload(visible(world, id))),
  },
  {
    method: "POST",
    template: "/channels/{channel_id}/messages",
    answer: (far, { body, uploads }, [id]) => {
      const channel = writable(far.world.channels.get(snowflake(id, "channel_id")));
      return shown(far, far.world.post(body, uploads, { channel, isInteraction: false }));
    },
  },
  { method: "GET", template: "/channels/{channel_id}/messages", answer: history },
  {
    method: "GET",
    template: "/channels/{channel_id}/messages/{message_id}",
    answer: (far, _, [channel, id]) => shown(far, messageIn(far.world, channel, id)),
  },
  {
    method: "PATCH",
    template: "/channels/{channel_id}/messages/{message_id}",
    answer: (far, { body, uploads }, [channel, id]) => {
      const message = messageIn(far.world, channel, id);
      if (message.author !== far.world.application) throw FAULTS.notYourMessage();
      return shown(far, far.world.edit(message, body, uploads, false));
    },
  },
  {
    method: "POST",
    template: "/channels/{channel_id}/typing",
    answer: ({ world }, _, [id]) => {
      writable(visible(world, id));
      return done;
    },
  },
  {
    method: "POST",
    template: "/users/@me/channels",
    answer: ({ world }, { body }) => {
      const recipient = world.users.get(textOf(body.recipient_id) ?? "");
      refuse(recipient ? [] : [{ path: "recipient_id", code: "INVALID_RECIPIENT" }]);
      return ok(channelPayload(world.directChannel(recipient!)));
    },
  },
];

/** The route of a request with the values in its path; throws Discord's 404 and 405. */
export function routeOf(
  method: string,
  path: string,
): { readonly route: Route; readonly params: readonly string[] } {
  const matching = ROUTES.flatMap((route) => {
    const pattern = route.template.replace(/\{\w+\}/g, "([^/]+)");
    const found = new RegExp(`^${pattern}$`).exec(path);
    return found ? [{ route, params: found.slice(1).map(decodeURIComponent) }] : [];
  });
  if (matching.length === 0) throw FAULTS.unknownRoute();
  const exact = matching.find(({ route }) => route.method === method);
  if (exact === undefined) throw FAULTS.methodNotAllowed();
  return exact;
}

function shown({ cdnUrl }: Far, message: StoredMessage): Answer {
  return ok(messagePayload(message, { cdnUrl: cdnUrl() }));
}

function ownApplication({ world }: Far, id: string | undefined): void {
  if (id !== world.application.id) throw FAULTS.notYourApplication();
}

/** Takes a whole list of commands and gives it back as Discord stores it: with ids and defaults. */
function replaceCommands(far: Far, { json }: Request, [application]: readonly string[]): Answer {
  ownApplication(far, application);
  const commands = listOf(json).map((each) => recordOf(each));
  refuse(commandProblems(commands));
  const fresh = commands.filter(
    ({ name, type }) => !far.commands.some((old) => old.name === name && old.type === (type ?? 1)),
  );
  if (far.commandCreates + fresh.length > 200) throw FAULTS.tooManyCreates();
  far.commandCreates += fresh.length;
  far.commands = commands.map((command) => ({
    id: far.world.newId(),
    application_id: far.world.application.id,
    version: far.world.newId(),
    default_member_permissions: null,
    dm_permission: true,
    nsfw: false,
    name_localizations: null,
    description_localizations: null,
    description: "",
    type: 1,
    ...command,
    ...(command.options !== undefined && {
      options: listOf(command.options).map((option) => ({
        name_localizations: null,
        ...recordOf(option),
      })),
    }),
  }));
  return ok(far.commands);
}

function history(far: Far, { query }: Request, [channelId]: readonly string[]): Answer {
  const channel = visible(far.world, channelId);
  const limit = Number(query.get("limit") ?? 50);
  if (limit < 1 || limit > 100)
    throw FAULTS.invalid([
      { path: "limit", code: limit < 1 ? "NUMBER_TYPE_MIN" : "NUMBER_TYPE_MAX" },
    ]);
  const after = BigInt(query.get("after") ?? 0);
  const before = query.get("before");
  const found = [...far.world.messages.values()]
    .filter((message) => message.channel === channel && message.seenBy === undefined)
    .filter(({ id }) => BigInt(id) > after && (before === null || BigInt(id) < BigInt(before)))
    .sort((left, right) => (BigInt(left.id) < BigInt(right.id) ? -1 : 1));
  // With `after` Discord gives the page next to it, and every page newest first.
  const page = query.has("after") ? found.slice(0, limit) : found.slice(-limit);
  return ok(page.reverse().map((message) => messagePayload(message, { cdnUrl: far.cdnUrl() })));
}

function visible(world: World, id: string | undefined) {
  const channel = world.channels.get(snowflake(id, "channel_id"));
  if (channel === undefined) throw FAULTS.unknownChannel();
  if (!channel.bot.sees) throw FAULTS.missingAccess();
  return channel;
}

function messageIn(
  world: World,
  channelId: string | undefined,
  id: string | undefined,
): StoredMessage {
  const channel = visible(world, channelId);
  const message = world.messages.get(snowflake(id, "message_id"));
  if (message === undefined || message.channel !== channel || message.seenBy !== undefined)
    throw FAULTS.unknownMessage();
  return message;
}

function snowflake(id: string | undefined, field: string): string {
  if (id !== undefined && /^\d{1,20}$/.test(id)) return id;
  throw FAULTS.invalid([{ path: field, code: "NUMBER_TYPE_COERCE" }]);
}
