import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Refusal } from "./access.ts";
import { Access, ALL_SCOPES } from "./access.ts";
import { ApiFault } from "./api-fault.ts";
import { asking } from "./asking.ts";
import { composing } from "./compose.ts";
import { Conversations } from "./conversations.ts";
import { Files } from "./files.ts";
import type { Answer, Request, Trouble } from "./http.ts";
import { faultAnswer, openServer } from "./http.ts";
import { methodDescriptions } from "./method-descriptions.ts";
import type { Far } from "./methods.ts";
import { callMethod } from "./methods.ts";
import { eventPayload, happeningPayload } from "./payloads.ts";
import { ResponseUrls } from "./response-urls.ts";
import type { Seen } from "./seen.ts";
import { seenHome, seenMessage } from "./seen.ts";
import { SocketMode } from "./socket-mode.ts";
import { Views } from "./views.ts";
import type { Channel, StoredMessage, User } from "./world.ts";
import { World } from "./world.ts";

export type FakeSlack = Awaited<ReturnType<typeof openFakeSlack>>;

/**
 * A working Slack on loopback: its Web API, Socket Mode and response addresses, as far as a bot like
 * ours goes, with the refusals of the real one. Time stands still unless `advance` moves it.
 * `close` rejects when a request went against Slack's own description of its methods (unless `isLenient`).
 */
export async function openFakeSlack({
  now = Date.UTC(2026, 0, 5, 9),
  isLenient = false,
  scopes = ALL_SCOPES,
  knownAs,
}: {
  readonly now?: number;
  readonly isLenient?: boolean;
  readonly scopes?: readonly string[];
  /** Where clients find it, as behind something else; its own address unless told. */
  readonly knownAs?: string;
} = {}) {
  const world = new World(now);
  const access = new Access(scopes);
  const files = new Files(world);
  const notes: string[] = [];
  const compose = composing(world, access, files, notes);
  const responses = new ResponseUrls(world, compose, notes);
  const requests: Request[] = [];
  const violations: string[] = [];
  const troubles: { readonly method: string; readonly trouble: Trouble }[] = [];
  const delayed: (() => void)[] = [];
  const describe = isLenient ? () => [] : methodDescriptions();
  let origin = "";

  const work = (request: Request): Answer => {
    if (request.method === "upload") return files.upload(lastPart(request.path), request.bytes);
    if (request.method === "response_url") {
      responses.post(lastPart(request.path), request.args);
      return { status: 200, body: "ok" };
    }
    if (!request.path.startsWith("/api/")) return { status: 404, body: "not found" };
    violations.push(...describe(request.method, request.args));
    return {
      status: 200,
      body: callMethod(far, request.method, request.token, request.args),
      headers: { "x-oauth-scopes": access.scopes.join(",") },
    };
  };

  const server = openServer(async (request) => {
    requests.push(request);
    const at = troubles.findIndex(({ method }) => method === request.method);
    const trouble = at < 0 ? undefined : troubles.splice(at, 1)[0]?.trouble;
    try {
      if (trouble instanceof Promise) await trouble;
      return troubled(trouble, () => work(request), delayed);
    } finally {
      // After the answer is on its way, so that who waits for it sees a settled world.
      setImmediate(() => world.changed());
    }
  });
  const socket = new SocketMode(server, world, notes);
  const far: Far = {
    world,
    access,
    files,
    views: new Views(world, files),
    conversations: new Conversations(world, access),
    socket,
    compose,
    notes,
    isIdempotent: false,
    origin: () => origin,
  };
  // A bot that hears direct messages hears its own as well.
  world.follow((happening) => {
    const { channel, author, seenBy } = happening.message;
    if (channel.kind === "im" && author === world.bot && seenBy === undefined)
      socket.send("events_api", eventPayload(world, happeningPayload(world, happening)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server.address());
  origin = knownAs ?? `http://127.0.0.1:${port}`;

  const user = world.addUser("ada");
  const channel = world.addChannel("general", { members: [world.bot, user] });
  const seenWhere = (holds: (message: StoredMessage) => boolean): readonly Seen[] =>
    world.messages.filter(holds).map(seenMessage);

  return {
    ...asking({ far, responses, defaults: { channel, user } }),
    world,
    socket,
    files,
    port,
    /** Where a client finds it, and as whom. */
    settings: { botToken: access.botToken, appToken: access.appToken, apiUrl: `${origin}/api/` },
    channel,
    user,
    /** Every request, in order. */
    requests: requests as readonly Request[],
    /** What lets the bot open a modal once, within three seconds. */
    trigger: (person: User = user): string => far.views.openTrigger(person),
    /** What everyone in a channel sees, oldest first. */
    messages: (place: Channel = channel): readonly Seen[] =>
      seenWhere((message) => message.channel === place && message.seenBy === undefined),
    /** What only this person sees there. */
    ephemeral: (place: Channel = channel, person: User = user): readonly Seen[] =>
      seenWhere((message) => message.channel === place && message.seenBy === person),
    /** The bot's own tab, as this person has it. */
    home(person: User = user): Seen | undefined {
      const view = world.home(person);
      return view && seenHome(view, world);
    },
    advance(ms: number): void {
      world.advance(ms);
      for (const apply of delayed.splice(0)) apply();
      socket.tick();
      world.changed();
    },
    /** Gives the next call of this method (or `upload`, `response_url`) this trouble. */
    trouble(method: string, trouble: Trouble): void {
      troubles.push({ method, trouble });
    },
    rateLimit: (place: Channel, seconds: number): void => far.conversations.limit(place, seconds),
    /** A token is good no more: the bot's unless told. */
    revoke: (refusal: Refusal = "token_revoked", token: "bot" | "app" = "bot"): void =>
      access.revoke(token, refusal),
    archive(place: Channel): void {
      place.isArchived = true;
    },
    /** Takes the bot out of a channel. */
    kick(place: Channel): void {
      place.members.delete(world.bot.id);
    },
    closeDm(person: User): void {
      person.isClosed = true;
    },
    /** Takes a scope away, also `connections:write` of the app's token. */
    withoutScope: (scope: string): void => access.withdraw(scope),
    /** From now on a message with a `client_msg_id` seen before is not posted again. */
    setIdempotent(): void {
      far.isIdempotent = true;
    },
    /** What a bot should not do but is forgiven, in order. */
    notes: notes as readonly string[],
    /** Requests that went against Slack's own description so far. */
    violations: violations as readonly string[],
    async close(): Promise<void> {
      await socket.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      if (violations.length > 0)
        throw new Error(
          `Not what Slack's description of its methods takes:\n${violations.join("\n")}`,
        );
    },
  };
}

function troubled(
  trouble: Trouble | undefined,
  work: () => Answer,
  delayed: (() => void)[],
): Answer | "cut" {
  if (trouble === undefined || trouble instanceof Promise) return work();
  if (trouble === "cut") return "cut";
  if (trouble === "delay-apply") {
    delayed.push(() => done(work));
    return "cut";
  }
  if (trouble === "lose") {
    done(work);
    return "cut";
  }
  if ("status" in trouble) return trouble;
  if (trouble.isDone === true) done(work);
  return faultAnswer(new ApiFault(trouble.error));
}

/** Works although nobody will hear of it; a refusal is then as good as nothing. */
function done(work: () => Answer): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ApiFault)) throw error;
  }
}

function lastPart(path: string): string {
  return path.split("/").at(-1) ?? "";
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string")
    throw new Error("The fake Slack has no port.");
  return address.port;
}
