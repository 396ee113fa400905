import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { FAULTS } from "./api-fault.ts";
import { asking } from "./asking.ts";
import { Gateway } from "./gateway.ts";
import type { Answer, Request, Trouble } from "./http.ts";
import { openServer } from "./http.ts";
import { Interactions } from "./interactions.ts";
import { openApi } from "./openapi.ts";
import { RateLimits } from "./rate-limits.ts";
import type { Far } from "./routes.ts";
import { routeOf } from "./routes.ts";
import type { Seen } from "./seen.ts";
import { seenMessage } from "./seen.ts";
import type { Channel, User } from "./world.ts";
import { World } from "./world.ts";

export type FakeDiscord = Awaited<ReturnType<typeof openFakeDiscord>>;

/**
 * A working Discord on loopback: its REST API v10 and gateway, as far as a bot like ours goes, with the
 * refusals of the real one. Time stands still unless `advance` moves it.
 * `close` rejects when a request went against Discord's own description of its API (unless `isLenient`).
 */
export async function openFakeDiscord({
  now = Date.UTC(2026, 0, 5, 9),
  isLenient = false,
}: { readonly now?: number; readonly isLenient?: boolean } = {}) {
  const world = new World(now);
  const interactions = new Interactions(world);
  const limits = new RateLimits(world);
  const checkBody = isLenient ? () => undefined : openApi();
  const requests: Request[] = [];
  const violations: string[] = [];
  const troubles: { readonly matches: (request: Request) => boolean; readonly trouble: Trouble }[] =
    [];
  let origin = "";
  const far: Far = {
    world,
    interactions,
    token: `${Buffer.from(world.application.id).toString("base64url")}.Fake01.${"fakeDiscordToken".repeat(2)}`,
    commands: [],
    commandCreates: 0,
    gatewayUrl: () => `${origin.replace("http", "ws")}/gateway`,
    cdnUrl: () => `${origin}/cdn`,
  };

  const answer = (request: Request): Answer => {
    const file = /^\/cdn\/attachments\/\d+\/(\d+)\//.exec(request.path)?.[1];
    if (file !== undefined) return attachment(world, file);
    const { route, params } = routeOf(request.method, request.path.replace(/^\/api\/v10/, ""));
    if (route.isOpen !== true && request.authorization !== `Bot ${far.token}`)
      throw FAULTS.unauthorized();
    const violation =
      request.json === undefined
        ? undefined
        : checkBody(route.method, route.template, request.json);
    if (violation !== undefined) violations.push(violation);
    const headers = limits.count(
      `${route.method} ${route.template} ${params[0]}`,
      route.isOpen === true,
    );
    return { headers, ...route.answer(far, request, params) };
  };

  const server = openServer(
    async (request) => {
      requests.push(request);
      try {
        return answer(request);
      } finally {
        // After the answer is on its way, so that who waits for it sees a settled world.
        setImmediate(() => world.changed());
      }
    },
    (request) => {
      const index = troubles.findIndex(({ matches }) => matches(request));
      return index < 0 ? undefined : troubles.splice(index, 1)[0]?.trouble;
    },
  );
  const gateway = new Gateway(server, world, far.token, far.gatewayUrl);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${portOf(server.address())}`;

  const guild = world.addGuild("Acme");
  const channel = world.addChannel("general", guild);
  const user = world.addUser("ada");

  return {
    ...asking({ far, gateway, defaults: { channel, user } }),
    world,
    gateway,
    limits,
    /** Where a client finds it, and as whom. */
    settings: {
      token: far.token,
      applicationId: world.application.id,
      apiUrl: `${origin}/api`,
      cdnUrl: far.cdnUrl(),
    },
    guild,
    channel,
    user,
    /** Every request, in order. */
    requests: requests as readonly Request[],
    commands: () => far.commands,
    /** What everyone in a channel sees, oldest first. */
    messages: (place: Channel = channel): readonly Seen[] =>
      seenWhere(world, (message) => message.channel === place && message.seenBy === undefined),
    /** What only this person sees. */
    ephemeral: (person: User = user): readonly Seen[] =>
      seenWhere(world, (message) => message.seenBy === person),
    advance: (ms: number): void => world.advance(ms),
    /** Gives the next matching request this answer, or takes it and loses ours (`lose`). */
    trouble(method: string, path: RegExp, trouble: NonNullable<Trouble>): void {
      troubles.push({
        matches: (request) => request.method === method && path.test(request.path),
        trouble,
      });
    },
    /** Requests that went against Discord's own description so far. */
    violations: violations as readonly string[],
    async close(): Promise<void> {
      await gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      if (violations.length > 0)
        throw new Error(`Not what Discord's API description takes:\n${violations.join("\n")}`);
    },
  };
}

function seenWhere(world: World, holds: (message: Seen["stored"]) => boolean): readonly Seen[] {
  return [...world.messages.values()].filter(holds).map(seenMessage);
}

function attachment(world: World, id: string): Answer {
  for (const { attachments } of world.messages.values()) {
    const found = attachments.find((each) => each.id === id);
    if (found)
      return { status: 200, body: found.data, headers: { "content-type": found.contentType } };
  }
  throw FAULTS.unknownRoute();
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string")
    throw new Error("The fake Discord has no port.");
  return address.port;
}
