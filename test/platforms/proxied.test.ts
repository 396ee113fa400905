import { connect } from "node:net";
import type { Socket } from "node:net";
import { createServer, getCACertificates, setDefaultCACertificates } from "node:tls";
import { REST } from "discord.js";
import { Agent, setGlobalDispatcher } from "undici";
import type { Dispatcher } from "undici";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { proxied } from "../../src/proxied.ts";
import { CERTIFICATE, KEY } from "../fakes/web/certificate.ts";
import { connectProxy } from "../fakes/web/connect-proxy.ts";
import type { ConnectProxy } from "../fakes/web/connect-proxy.ts";
import { openStage } from "./slack/stage.ts";

const usual = getCACertificates("default");

beforeAll(() => setDefaultCACertificates([...usual, CERTIFICATE]));
afterAll(() => setDefaultCACertificates(usual));

/** A proxy with a password, and what the process sends through it until the test ends. */
async function way(except: readonly string[] = []): Promise<{
  readonly proxy: ConnectProxy;
  readonly dispatcher: Dispatcher;
}> {
  const proxy = await connectProxy("pulse:s3cret");
  const dispatcher = proxied({ url: proxy.url, except });
  onTestFinished(async () => {
    setGlobalDispatcher(new Agent());
    await dispatcher.destroy();
    await proxy.close();
  });
  return { proxy, dispatcher };
}

/** TLS in front of a plain port, as https://slack.example is in front of what answers there. */
async function tlsBefore(port: () => number): Promise<number> {
  const open = new Set<Socket>();
  const server = createServer({ cert: CERTIFICATE, key: KEY }, (socket) => {
    const onward = connect(port(), "127.0.0.1");
    for (const end of [socket, onward]) {
      open.add(end);
      end.on("error", () => {});
      end.on("close", () => {
        socket.destroy();
        onward.destroy();
      });
    }
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const place = server.address();
  if (place === null || typeof place === "string") throw new Error("no port");
  return place.port;
}

describe("with a proxy set", () => {
  it("Slack is asked, listened to and answered through it alone, and never told its password", async () => {
    const { proxy, dispatcher } = await way();
    const stage = await openStage({
      start: false,
      knownAs: "https://slack.example",
      settings: { dispatcher },
    });
    proxy.leads("slack.example", await tlsBefore(() => stage.fake.port));
    expect(await stage.platform.start()).toMatchObject({ as: expect.stringContaining("market") });
    const asked = stage.fake.slash({ command: "/layoffs", text: "google" });
    expect((await asked.answer()).allText).toContain("You asked /layoffs google");
    expect(new Set(proxy.seen.map(({ to }) => to))).toEqual(new Set(["slack.example:443"]));
    expect(stage.fake.requests.map(({ method }) => method)).toContain("response_url");
    expect(JSON.stringify(stage.fake.requests)).not.toMatch(/s3cret|proxy-auth/i);
    expect(stage.lines.join()).not.toContain("s3cret");
  });

  it("Slack that the proxy refuses is told as not to be reached, without the proxy's password", async () => {
    const { proxy, dispatcher } = await way();
    proxy.refuses("slack.example", 407);
    const stage = await openStage({
      start: false,
      knownAs: "https://slack.example",
      settings: { dispatcher },
    });
    await expect(stage.platform.start()).rejects.toMatchObject({ reason: "unreachable" });
    expect(stage.lines.join()).not.toContain("s3cret");
  });

  it("what Discord's library asks goes through it, and what NO_PROXY names does not", async () => {
    const { proxy } = await way(["slack.example"]);
    proxy.refuses("discord.example", 403);
    const rest = new REST({ api: "https://discord.example/api", retries: 0 }).setToken("t");
    await expect(rest.get("/gateway")).rejects.toThrow(/403/);
    await expect(fetch("https://slack.example/")).rejects.toThrow("fetch failed");
    expect(proxy.seen.map(({ to }) => to)).toEqual(["discord.example:443"]);
  });
});
