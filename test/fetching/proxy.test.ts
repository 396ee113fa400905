import { createServer } from "node:https";
import type { IncomingHttpHeaders } from "node:http";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Dial, Resolve } from "../../src/fetching/dial.ts";
import { openGetting } from "../../src/fetching/get.ts";
import type { GettingParts } from "../../src/fetching/get.ts";
import { goesThrough, refuseInside } from "../../src/fetching/proxy.ts";
import { tunnelDial } from "../../src/fetching/tunnel.ts";
import type { GetOptions } from "../../src/sources/source.ts";
import { CERTIFICATE, KEY } from "../fakes/web/certificate.ts";
import { connectProxy } from "../fakes/web/connect-proxy.ts";
import type { ConnectProxy } from "../fakes/web/connect-proxy.ts";
import { sourceStage } from "./stage.ts";

const URL_CSV = "https://register.example/notices.csv";
const CSV: GetOptions = { accept: ["text/csv"] };
const nobody: Resolve = (host) =>
  Promise.reject(Object.assign(new Error(host), { code: "ENOTFOUND" }));
const somewhere: Resolve = async () => [{ address: "93.184.215.14", family: 4 }];

interface Met {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

let met: Met[] = [];
let redirect: string | undefined;
const target = createServer({ cert: CERTIFICATE, key: KEY }, (request, response) => {
  met.push({ method: request.method, url: request.url, headers: request.headers });
  if (redirect !== undefined && request.url === "/notices.csv")
    response.writeHead(302, { location: redirect }).end();
  else response.writeHead(200, { "content-type": "text/csv", etag: '"1"' }).end("a\n1\n");
});
let port = 0;
let proxy: ConnectProxy;
const usual = getCACertificates("default");

beforeAll(async () => {
  setDefaultCACertificates([...usual, CERTIFICATE]);
  await new Promise<void>((resolve) => target.listen(0, "127.0.0.1", resolve));
  const place = target.address();
  port = typeof place === "object" && place !== null ? place.port : 0;
});
afterAll(() => {
  setDefaultCACertificates(usual);
  target.closeAllConnections();
  target.close();
});
beforeEach(async () => {
  met = [];
  redirect = undefined;
  proxy = await connectProxy("pulse:s3cret/@");
  proxy.leads("register.example", port);
  return () => proxy.close();
});

function session(more: Partial<GettingParts> = {}, url = proxy.url) {
  const getting = openGetting({
    clock: () => 0,
    wait: async () => {},
    random: () => 0,
    resolve: nobody,
    dial: () => Promise.reject(new Error("went out directly")),
    proxy: { goesThrough: () => true, dial: tunnelDial(url) },
    userAgent: "market-pulse",
    signal: new AbortController().signal,
    limits: { totalMs: 2_000, idleMs: 200 },
    ...more,
  });
  return getting.session({}, () => undefined);
}

describe("through a proxy", () => {
  it("a source is read over TLS that ends at the source, and only the proxy is told its own password", async () => {
    expect(await session().get(URL_CSV, CSV)).toBe("a\n1\n");
    expect(proxy.seen).toMatchObject([
      {
        to: "register.example:443",
        headers: {
          "proxy-authorization": `Basic ${Buffer.from("pulse:s3cret/@").toString("base64")}`,
        },
      },
    ]);
    expect(met).toMatchObject([{ method: "GET", url: "/notices.csv" }]);
    expect(met[0]?.headers).toMatchObject({ host: "register.example", accept: "text/csv" });
    expect(Object.keys(met[0]?.headers ?? {}).filter((name) => name.includes("proxy"))).toEqual([]);
    await expect.poll(proxy.open).toBe(0);
  });

  it("a body is posted", async () => {
    expect(await session().get(URL_CSV, { ...CSV, body: "{}" })).toBe("a\n1\n");
    expect(met).toMatchObject([{ method: "POST", headers: { "content-length": "2" } }]);
  });

  it("a host with another's certificate is not read", async () => {
    proxy.leads("register.other", port);
    await expect(session().get("https://register.other/", CSV)).rejects.toMatchObject({
      reason: "busy",
      message: "register.other cannot be read (ERR_TLS_CERT_ALTNAME_INVALID).",
    });
    expect(met).toEqual([]);
  });

  it.each([
    [407, "not_allowed", "The proxy wants a name and password, or others (407).", 1],
    [403, "not_allowed", "The proxy does not let us reach register.example (403).", 1],
    [502, "busy", "register.example cannot be read (the proxy answered 502).", 3],
  ])("its %i is told as its own", async (status, reason, message, tries) => {
    proxy.refuses("register.example", status);
    await expect(session().get(URL_CSV, CSV)).rejects.toMatchObject({ reason, message });
    expect(proxy.seen).toHaveLength(tries);
  });

  it("whose password is wrong, the password is not told", async () => {
    const wrong = session({}, proxy.url.replace("s3cret", "wr0ng"));
    const fault = await wrong.get(URL_CSV, CSV).catch((error: unknown) => error);
    expect(fault).toMatchObject({ reason: "not_allowed" });
    expect(JSON.stringify(fault, Object.getOwnPropertyNames(fault))).not.toMatch(
      /wr0ng|pulse:|127\.0\.0\.1/,
    );
  });

  it("that is not there, is told as the proxy", async () => {
    await proxy.close();
    await expect(session().get(URL_CSV, CSV)).rejects.toMatchObject({
      message: "register.example cannot be read (the proxy: ECONNREFUSED).",
    });
  });

  it("whose own name cannot be looked up, is asked for no further source", async () => {
    let tries = 0;
    // Too long for a name, so that nobody outside is asked.
    const nowhere = tunnelDial(`http://pulse:s3cret@${"p".repeat(64)}.example:3128`);
    const dial: Dial = (request) => {
      tries += 1;
      return nowhere(request);
    };
    const { get } = session({ proxy: { goesThrough: () => true, dial } });
    for (const url of [URL_CSV, "https://register.other/"])
      await expect(get(url, CSV)).rejects.toMatchObject({
        message: "The name of the proxy cannot be looked up (ENOTFOUND).",
        right: expect.stringContaining("HTTPS_PROXY"),
      });
    expect(tries).toBe(2);
  });

  it("that says nothing, is given up in time and left", async () => {
    proxy.refuses("register.example", "silent");
    const quick = session({ limits: { totalMs: 200, idleMs: 100 } });
    await expect(quick.get(URL_CSV, CSV)).rejects.toMatchObject({
      message: "register.example was too slow (more than 0.2 s).",
    });
    expect(proxy.seen).toHaveLength(3);
    await expect.poll(proxy.open).toBe(0);
  });

  it("stopping ends what is under way", async () => {
    proxy.refuses("register.example", "silent");
    const stopping = new AbortController();
    const asked = session({ signal: stopping.signal }).get(URL_CSV, CSV);
    await expect.poll(() => proxy.seen.length).toBe(1);
    stopping.abort();
    await expect(asked).rejects.toMatchObject({ message: "The process is stopping." });
    await expect.poll(proxy.open).toBe(0);
  });

  it("a redirect is followed to a public name, and to no name that cannot be looked up here", async () => {
    proxy.leads("mirror.example", port);
    redirect = "https://mirror.example/there";
    const published: Resolve = (host) =>
      host === "mirror.example" ? somewhere(host) : nobody(host);
    expect(await session({ resolve: published }).get(URL_CSV, CSV)).toBe("a\n1\n");
    await expect(session().get(URL_CSV, CSV)).rejects.toMatchObject({
      reason: "not_allowed",
      message: expect.stringContaining("is where an answer sends us"),
    });
    redirect = "/elsewhere";
    expect(await session().get(URL_CSV, CSV)).toBe("a\n1\n");
    expect(proxy.seen.map(({ to }) => to)).toEqual([
      "register.example:443",
      "mirror.example:443",
      "register.example:443",
      "register.example:443",
      "register.example:443",
    ]);
  });

  it("not even the robots.txt is asked of a name an answer sends us to and that cannot be looked up", async () => {
    proxy.leads("wiki.corp.example", port);
    redirect = "https://wiki.corp.example/";
    const getting = openGetting({
      clock: () => 0,
      wait: async () => {},
      random: () => 0,
      resolve: nobody,
      dial: () => Promise.reject(new Error("went out directly")),
      proxy: { goesThrough: () => true, dial: tunnelDial(proxy.url) },
      userAgent: "market-pulse",
      signal: new AbortController().signal,
    });
    const asked = getting.session({ robots: true }, () => undefined).get(URL_CSV, CSV);
    await expect(asked).rejects.toMatchObject({ reason: "not_allowed" });
    expect(new Set(proxy.seen.map(({ to }) => to))).toEqual(new Set(["register.example:443"]));
  });

  it("a network that never answers who a name is costs one wait", async () => {
    let lookups = 0;
    const asked = session({ resolve: () => (lookups++, new Promise(() => {})) });
    expect(await asked.get(URL_CSV, CSV)).toBe("a\n1\n");
    expect(await asked.get(URL_CSV, CSV)).toBe("a\n1\n");
    expect(lookups).toBe(1);
  });

  it("the hosts it is not for are dialled at the address that was looked at", async () => {
    const dialled: unknown[] = [];
    const direct = session({
      resolve: somewhere,
      proxy: { goesThrough: () => false, dial: tunnelDial(proxy.url) },
      dial: ({ addresses }) => {
        dialled.push(...addresses);
        return Promise.reject(new Error("no further"));
      },
    });
    await expect(direct.get(URL_CSV, CSV)).rejects.toMatchObject({ reason: "busy" });
    expect(dialled[0]).toEqual({ address: "93.184.215.14", family: 4 });
    expect(proxy.seen).toEqual([]);
  });

  it("the settings reach it: a source is asked through HTTPS_PROXY and not where NO_PROXY names it", async () => {
    const settings = { wanted: ["test-register"] };
    const through = await sourceStage({ ...settings, proxy: { url: proxy.url, except: [] } });
    const past = await sourceStage({
      ...settings,
      proxy: { url: proxy.url, except: ["register.example"] },
    });
    try {
      expect(await through.turn(0)).toMatchObject([{ outcome: "failed" }]);
      expect(met).toMatchObject([{ url: "/notices.csv" }]);
      expect(through.web.seen).toEqual([]);
      await past.turn(0);
      expect(past.web.seen).toHaveLength(1);
      expect(met).toHaveLength(1);
    } finally {
      await through.close();
      await past.close();
    }
  });
});

describe("what a proxy is never asked for", () => {
  const refused = (address: string, resolve: Resolve = nobody, isChosen = true) =>
    refuseInside(new URL(address), { resolve, isChosen }).then(
      () => "allowed",
      (error: unknown) => (error instanceof Error ? error.message : ""),
    );

  it.each([
    ["https://localhost/", "name of a private network"],
    ["https://a.localhost/", "name of a private network"],
    ["https://intranet/", "name of a private network"],
    ["https://intranet./", "name of a private network"],
    ["https://wiki.corp/", "name of a private network"],
    ["https://metadata.google.internal/", "name of a private network"],
    ["https://printer.local./", "name of a private network"],
    ["https://router.home.arpa/", "name of a private network"],
    ["https://10.0.0.1/", "leads into a private network"],
    ["https://[fd00::1]/", "leads into a private network"],
    ["https://8.8.8.8/", "allowed"],
    ["https://register.example/", "allowed"],
    ["https://internal.example/", "allowed"],
    ["https://corp.example/", "allowed"],
  ])("%s, where no name can be looked up: %s", async (address, expected) => {
    expect(await refused(address)).toContain(expected);
  });
  it("a name that leads inside, wholly or in part, or nowhere", async () => {
    const inside: Resolve = async () => [
      { address: "93.184.215.14", family: 4 },
      { address: "10.1.1.1", family: 4 },
    ];
    expect(await refused("https://register.example/", inside)).toContain("private network");
    expect(await refused("https://register.example/", async () => [])).toContain("private network");
    expect(await refused("https://register.example/", somewhere, false)).toBe("allowed");
  });
  it.each([
    ["", "register.example", true],
    ["*", "register.example", false],
    ["register.example", "register.example", false],
    ["REGISTER.example", "register.example", false],
    [".example", "register.example", false],
    ["*.example", "register.example", false],
    ["example", "register.example", false],
    ["gister.example", "register.example", true],
    ["register.example:443", "register.example", false],
    ["register.example:8443", "register.example", true],
    ["a.example", "register.example", true],
    ["10.0.0.0/8", "10.0.0.1", true],
    ["8.8.8.8", "8.8.8.8", false],
  ])("NO_PROXY %j: %s goes through it: %s", (except, host, expected) => {
    expect(goesThrough({ except: except.split(",").filter(Boolean) }, host)).toBe(expected);
  });
});
