import { createServer } from "node:net";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { checkedUrl } from "../../src/fetching/checked-url.ts";
import { httpsDial } from "../../src/fetching/dial.ts";
import { openGetting } from "../../src/fetching/get.ts";
import type { GettingParts, Validator } from "../../src/fetching/get.ts";
import { isPublicAddress } from "../../src/fetching/public-address.ts";
import { retryAfterMs } from "../../src/fetching/retry-after.ts";
import { robotsAllow } from "../../src/fetching/robots.ts";
import type { GetOptions, SourceDef } from "../../src/sources/source.ts";
import { fakeWeb } from "../fakes/web/fake-web.ts";
import type { FakeWeb } from "../fakes/web/fake-web.ts";

const NOW = Date.parse("2026-11-22T09:00:00Z");
const URL_CSV = "https://register.example/notices.csv";
const CSV: GetOptions = { accept: ["text/csv"] };

let web: FakeWeb;
let now = NOW;
const waited: number[] = [];

beforeEach(async () => {
  now = NOW;
  waited.length = 0;
  web = await fakeWeb();
  return () => web.close();
});

function session(
  source: Pick<SourceDef, "paceMs" | "robots"> = {},
  more: Partial<GettingParts> = {},
  known: Readonly<Record<string, Validator>> = {},
) {
  return openGetting({
    clock: () => now,
    wait: async (ms) => {
      waited.push(ms);
      now += ms;
    },
    random: () => 0.5,
    resolve: web.resolve,
    dial: web.dial,
    userAgent: "market-pulse (me@example.org)",
    signal: new AbortController().signal,
    ...more,
  }).session(source, (url) => known[url]);
}

function get(url = URL_CSV, options = CSV, source: Pick<SourceDef, "paceMs" | "robots"> = {}) {
  return session(source).get(url, options);
}

describe("a GET is polite", () => {
  it("says who asks, asks for gzip, and sends no cookie", async () => {
    web.serves(URL_CSV, {
      type: "text/csv; charset=utf-8",
      body: "a\n1\n",
      zipped: 1,
      headers: { "set-cookie": "a=1" },
    });
    const { get: one } = session();
    expect([await one(URL_CSV, CSV), await one(URL_CSV, CSV)]).toEqual(["a\n1\n", "a\n1\n"]);
    expect(web.seen[1]?.headers).toMatchObject({
      "user-agent": "market-pulse (me@example.org)",
      "accept-encoding": "gzip",
      accept: "text/csv",
    });
    expect(web.seen.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });
  it("asks only for what changed, and hears null when nothing did", async () => {
    web.serves(URL_CSV, { type: "text/csv", body: "a\n1\n", tagged: true });
    const first = session();
    await first.get(URL_CSV, CSV);
    const met = Object.fromEntries(first.met);
    expect(met[URL_CSV]?.etag).toMatch(/^"\w{12}"$/);
    expect(await session({}, {}, met).get(URL_CSV, CSV)).toBeNull();
  });
  it("leaves a second between requests to one host, or what the source allows, and none between hosts", async () => {
    web.serves(URL_CSV, { type: "text/csv", body: "a" });
    web.serves("https://other.example/", { type: "text/csv", body: "b" });
    const { get: one } = session();
    await one(URL_CSV, CSV);
    await one("https://other.example/", CSV);
    await one(URL_CSV, CSV);
    expect(waited).toEqual([1_000]);
    waited.length = 0;
    const { get: quick } = session({ paceMs: 110 });
    await quick(URL_CSV, CSV);
    await quick(URL_CSV, CSV);
    expect(waited).toEqual([110]);
  });
  it("posts a body where the source asks that way, and keeps no version of that answer", async () => {
    web.serves(URL_CSV, { type: "application/json", body: "{}", tagged: true });
    const asking = session();
    await asking.get(URL_CSV, { accept: ["application/json"], body: '{"a":1}' });
    expect(web.seen).toMatchObject([{ method: "POST", body: '{"a":1}' }]);
    expect(asking.met.size).toBe(0);
  });
  it("waits as long as a busy server asks, and half a minute where it says nothing, with some chance in it", async () => {
    web.serves(
      URL_CSV,
      { status: 429, headers: { "retry-after": "120" } },
      { status: 503 },
      { type: "text/csv", body: "a" },
    );
    expect(await get(URL_CSV, CSV, { paceMs: 0 })).toBe("a");
    expect(waited).toEqual([135_000, 33_750]);
  });
  it("gives up after three tries", async () => {
    web.serves(URL_CSV, { status: 500 });
    await expect(get()).rejects.toMatchObject({
      reason: "busy",
      message: "register.example cannot answer now (500).",
    });
    expect(web.seen).toHaveLength(3);
  });
  it("leaves a server alone that asks for more than an hour", async () => {
    web.serves(URL_CSV, { status: 429, headers: { "retry-after": "7200" } });
    await expect(get()).rejects.toMatchObject({
      reason: "busy",
      message: "register.example asks to come back in 120 minutes.",
      at: NOW + 7_200_000,
    });
    expect(web.seen).toHaveLength(1);
  });
  it("asks a host no more that asked to be left alone, or gave no answer to three questions", async () => {
    const { get: one } = session({ paceMs: 0 });
    web.serves(URL_CSV, { status: 429, headers: { "retry-after": "7200" } });
    await expect(one(URL_CSV, CSV)).rejects.toMatchObject({ reason: "busy" });
    await expect(one("https://register.example/other", CSV)).rejects.toMatchObject({
      message: "register.example asks to come back in 120 minutes.",
    });
    expect(web.seen).toHaveLength(1);
    for (const number of [1, 2, 3, 4, 5]) {
      const url = `https://down.example/${number}`;
      web.serves(url, { fault: "reset" });
      await expect(one(url, CSV)).rejects.toMatchObject({ reason: "busy" });
    }
    expect(web.seen).toHaveLength(1 + 3 * 3);
  });
  it.each(["ENOTFOUND", "EAI_AGAIN"])(
    "looks a name up once more after a short wait, then no more in this turn: %s",
    async (code) => {
      const { get: one } = session();
      web.forgets("register.example", code);
      const fault = {
        reason: "busy",
        message: `The name register.example cannot be looked up (${code}).`,
        right: expect.stringContaining("Is this machine online?"),
      };
      for (const path of ["a", "b", "c"])
        await expect(one(`https://register.example/${path}`, CSV)).rejects.toMatchObject(fault);
      expect(web.lookedUp).toEqual(["register.example", "register.example"]);
      expect(waited).toEqual([5_625]);
      expect(web.seen).toEqual([]);
    },
  );
  it("reads what it asks for when the name is there at the second look", async () => {
    web.forgets("register.example", "EAI_AGAIN");
    web.serves(URL_CSV, { type: "text/csv", body: "a" });
    const { get: one } = session(
      {},
      {
        wait: async (ms) => {
          waited.push(ms);
          web.forgets("register.example", null);
        },
      },
    );
    expect(await one(URL_CSV, CSV)).toBe("a");
    expect(waited).toEqual([5_625]);
  });
  it("waits for no further name when two in a row were not there, until one is", async () => {
    const { get: one } = session({ paceMs: 0 });
    web.forgets("*", "EAI_AGAIN");
    const fails = (host: string) =>
      expect(one(`https://${host}/`, CSV)).rejects.toMatchObject({ reason: "busy" });
    for (const host of ["a.example", "b.example", "c.example", "d.example"]) await fails(host);
    const twice = (host: string) => [host, host];
    const offline = [...twice("a.example"), ...twice("b.example"), "c.example", "d.example"];
    expect(web.lookedUp).toEqual(offline);
    web.forgets("*", null);
    web.forgets("e.example", "ENOTFOUND");
    web.serves(URL_CSV, { type: "text/csv", body: "a" });
    expect(await one(URL_CSV, CSV)).toBe("a");
    await fails("e.example");
    expect(web.lookedUp).toEqual([...offline, "register.example", ...twice("e.example")]);
  });
  it("a name a redirect leads to that is not there is no silence of the host that sent us", async () => {
    web.serves(URL_CSV, { status: 302, headers: { location: "https://gone.example/n.csv" } });
    web.forgets("gone.example", "ENOTFOUND");
    await expect(get()).rejects.toMatchObject({
      message: "The name gone.example cannot be looked up (ENOTFOUND).",
    });
    expect(web.seen).toHaveLength(2);
  });
  it("does what robots.txt asks where it applies, and asks for it once", async () => {
    web.serves("https://register.example/robots.txt", {
      type: "text/plain",
      body: "User-agent: *\nDisallow: /notices",
    });
    web.serves("https://register.example/feed", { type: "text/csv", body: "a" });
    const { get: one } = session({ robots: true, paceMs: 0 });
    await expect(one(URL_CSV, CSV)).rejects.toMatchObject({ reason: "not_allowed" });
    expect(await one("https://register.example/feed", CSV)).toBe("a");
    expect(web.seen.map(({ url }) => url)).toEqual([
      "https://register.example/robots.txt",
      "https://register.example/feed",
    ]);
  });
  it.each([
    ["is not there", { status: 404 }, "a"],
    ["is a web page", { type: "text/html", body: "<html>" }, "a"],
    ["cannot be read", { status: 503 }, null],
  ])("a robots.txt that %s", async (_what, answer, expected) => {
    web.serves("https://register.example/robots.txt", answer);
    web.serves(URL_CSV, { type: "text/csv", body: "a" });
    const got = await get(URL_CSV, CSV, { robots: true, paceMs: 0 }).catch(() => null);
    expect(got).toBe(expected);
  });
  it.each([
    ["", "/a", true],
    ["User-agent: *\nDisallow:", "/a", true],
    ["User-agent: *\nDisallow: /", "/a", false],
    ["User-agent: other\nDisallow: /", "/a", true],
    ["User-agent: *\nDisallow: /\n\nUser-agent: Market-Pulse\nAllow: /", "/a", true],
    ["User-agent: a\nUser-agent: market-pulse # us\nDisallow: /a", "/a/b", false],
    ["User-agent: *\nDisallow: /a\nAllow: /a/feed", "/a/feed.xml", true],
    ["User-agent: *\nAllow: /a\nDisallow: /a", "/a", true],
    ["User-agent: *\nDisallow: /*.xml$", "/news/feed.xml", false],
    ["User-agent: *\nDisallow: /*.xml$", "/news/feed.xml?x", true],
    ["User-agent: *\nDisallow: *b*c", "/a/b/c", false],
    [`User-agent: *\nDisallow: /${"*a".repeat(5_000)}$`, `/${"a".repeat(4_000)}`, true],
  ])("robots.txt %j and %s: allowed %s", (robots, path, allowed) => {
    expect(robotsAllow(robots, "market-pulse", path)).toBe(allowed);
  });
  it.each([
    ["30", 30_000],
    ["Sun, 22 Nov 2026 09:05:00 GMT", 300_000],
    ["Sun, 22 Nov 2026 08:00:00 GMT", 0],
    ["soon", null],
    ["-5", null],
    [undefined, null],
  ])("Retry-After %j is %s ms", (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});

describe("a GET reaches public addresses over https only", () => {
  const PRIVATE = [
    "http://register.example/",
    "file:///etc/passwd",
    "ftp://register.example/",
    "https://register.example:8443/",
    "https://me@register.example/",
    "https://me:pass@register.example/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://169.254.169.254/latest/meta-data/",
    "not an address",
  ];
  it.each(PRIVATE)("%s is refused before anything is sent", async (url) => {
    await expect(get(url)).rejects.toMatchObject({ reason: "not_allowed" });
    expect(web.seen).toEqual([]);
  });
  it.each(PRIVATE.filter((url) => url.includes(":")))(
    "a redirect to %s is refused",
    async (url) => {
      web.serves(URL_CSV, { status: 302, headers: { location: url } });
      await expect(get()).rejects.toMatchObject({ reason: "not_allowed" });
      expect(web.seen).toHaveLength(1);
    },
  );
  it("a name that leads to one private address among public ones is refused, also as a redirect", async () => {
    web.moves("inside.example", "93.184.215.14", "10.0.0.7");
    web.serves(URL_CSV, { status: 301, headers: { location: "https://inside.example/" } });
    for (const url of ["https://inside.example/", URL_CSV])
      await expect(get(url)).rejects.toMatchObject({
        reason: "not_allowed",
        message: expect.stringContaining("leads into a private network"),
      });
  });
  it("three redirects are followed, a fourth and those of a POST are not", async () => {
    const step = (number: number) => `https://step.example/${number}`;
    for (const number of [1, 2, 3])
      web.serves(step(number), { status: 307, headers: { location: `/${number + 1}` } });
    web.serves(step(4), { type: "text/csv", body: "there" });
    expect(await get(step(1))).toBe("there");
    web.serves(step(4), { status: 308, headers: { location: "/1" } });
    await expect(get(step(1))).rejects.toMatchObject({ reason: "not_allowed" });
    await expect(get(step(1), { ...CSV, body: "{}" })).rejects.toMatchObject({
      reason: "not_allowed",
    });
  });
  it.each([
    ["0.0.0.0", false],
    ["10.1.2.3", false],
    ["100.64.0.1", false],
    ["127.9.9.9", false],
    ["169.254.169.254", false],
    ["172.31.255.255", false],
    ["172.32.0.1", true],
    ["192.168.0.1", false],
    ["198.19.0.1", false],
    ["224.0.0.1", false],
    ["255.255.255.255", false],
    ["8.8.8.8", true],
    ["::", false],
    ["::1", false],
    ["::ffff:8.8.8.8", false],
    ["64:ff9b::a00:1", false],
    ["2001::1", false],
    ["2001:db8::1", false],
    ["2002:a00:1::", false],
    ["fc00::1", false],
    ["fd00:ec2::254", false],
    ["fe80::1", false],
    ["fe80::1%eth0", false],
    ["ff02::1", false],
    ["2606:4700::1111", true],
    ["name.example", false],
  ])("%s is public: %s", (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });
  it("the connection goes to the address that was looked at, and asks for the host by its name", async () => {
    const hello = Promise.withResolvers<string>();
    const server = createServer((socket) =>
      socket.once("data", (bytes) => {
        hello.resolve(bytes.toString("latin1"));
        socket.destroy();
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const dialled = httpsDial({
      url: new URL(`https://nobody-knows-this-host.example:${port}/`),
      addresses: [{ address: "127.0.0.1", family: 4 }],
      method: "GET",
      headers: {},
      body: undefined,
      signal: AbortSignal.timeout(5_000),
    });
    expect(await hello.promise).toContain("nobody-knows-this-host.example");
    await expect(dialled).rejects.toThrow("socket");
  });
  it("a host without brackets, a path and a query come through as they are", () => {
    expect(checkedUrl("https://a.example/b?c=d%20e").href).toBe("https://a.example/b?c=d%20e");
  });
});

describe("a GET is bounded, and what is no answer of the source is a Fault", () => {
  const QUICK = { limits: { totalMs: 600, idleMs: 200 } };
  it.each([
    [
      "a web page with status 200",
      { type: "text/html", body: "<html>Sign in</html>" },
      "bad_file",
      "‘text/html’",
    ],
    ["no type of content", { body: "a" }, "bad_file", "no type of content"],
    ["zipped twice", { type: "text/csv", body: "a", zipped: 2 }, "bad_file", "zipped twice"],
    [
      "an encoding that was not asked for",
      { type: "text/csv", body: "a", headers: { "content-encoding": "br" } },
      "unsupported",
      "‘br’",
    ],
    [
      "a gzip bomb",
      { type: "text/csv", body: Buffer.alloc(21 << 20), zipped: 1 },
      "too_large",
      "20 MB",
    ],
    ["text without end", { type: "text/csv", fault: "endless" }, "too_large", "20 MB"],
    [
      "bytes that are no text",
      { type: "text/csv", body: Buffer.from([0xc3, 0x28]) },
      "bad_file",
      "utf-8",
    ],
    ["status 204", { status: 204 }, "bad_file", "204"],
    ["status 403", { status: 403 }, "not_allowed", "refuses us"],
    ["status 410", { status: 410 }, "not_found", "nothing there"],
    ["a 304 that nobody asked for", { status: 304 }, "bad_file", "304"],
  ] as const)("%s", async (_what, answer, reason, wrong) => {
    web.serves(URL_CSV, answer);
    await expect(get()).rejects.toMatchObject({ reason, message: expect.stringContaining(wrong) });
    expect(web.seen).toHaveLength(1);
  });
  it.each([
    ["cut short", { type: "text/csv", body: "a\n1\n".repeat(100), fault: "cut" }, "cannot be read"],
    [
      "cut short while zipped",
      { type: "text/csv", body: "a1".repeat(100), zipped: 1, fault: "cut" },
      "cannot be read",
    ],
    [
      "silent after a byte",
      { type: "text/csv", body: "abc", fault: "stalled" },
      "no byte for 0.2 s",
    ],
    ["a connection that breaks", { fault: "reset" }, "cannot be read (ECONNRESET)"],
  ] as const)("%s is tried again, then given up", async (_what, answer, wrong) => {
    web.serves(URL_CSV, answer);
    await expect(session({}, QUICK).get(URL_CSV, CSV)).rejects.toMatchObject({
      reason: "busy",
      message: expect.stringContaining(wrong),
    });
    expect(web.seen).toHaveLength(3);
  });
  it("a name that never resolves ends with the time", async () => {
    const never = session({}, { ...QUICK, resolve: () => new Promise(() => {}) });
    await expect(never.get(URL_CSV, CSV)).rejects.toMatchObject({
      reason: "busy",
      message: "The name register.example cannot be looked up (no answer in 0.2 s).",
    });
  });
  it("a .gz file is unzipped once", async () => {
    const { gzipSync } = await import("node:zlib");
    web.serves(URL_CSV, { type: "application/gzip", body: gzipSync("a\n1\n") });
    expect(await get(URL_CSV, { accept: ["application/gzip"] })).toBe("a\n1\n");
  });
  it("the character set is the server's, or that of the XML declaration", async () => {
    const latin = Buffer.from("caf\u00e9", "latin1");
    web.serves(URL_CSV, { type: "text/csv; charset=ISO-8859-1", body: latin });
    expect(await get()).toBe("caf\u00e9");
    const declared = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-1" ?>'),
      latin,
    ]);
    web.serves(URL_CSV, { type: "text/csv", body: declared });
    expect(await get()).toContain("caf\u00e9");
  });
  it("stopping the process ends it at once", async () => {
    const stopping = new AbortController();
    web.serves(URL_CSV, { type: "text/csv", body: "abc", fault: "stalled" });
    const got = session({}, { signal: stopping.signal }).get(URL_CSV, CSV);
    setImmediate(() => stopping.abort());
    await expect(got).rejects.toMatchObject({
      reason: "busy",
      message: "The process is stopping.",
    });
  });
});
