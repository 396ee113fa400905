import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPlayground } from "../../../src/platforms/playground/server.ts";
import { silentLog } from "../../../src/log.ts";
import { reply } from "../../../src/reply/reply.ts";
import { asking, got, samplePlayground } from "./ask.ts";
import { sampleBot } from "./sample-bot.ts";

let page: Awaited<ReturnType<typeof samplePlayground>>;
beforeEach(async () => {
  page = await samplePlayground();
});
afterEach(() => page.close());

const hrefs = (body: string) =>
  [...body.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));

describe("asking", () => {
  it("shows one reply in three dresses", async () => {
    const { status, body } = await got(asking(page, "/layoffs globex"));
    expect(status).toBe(200);
    for (const name of ["Slack", "Discord", "Plain text"]) expect(body).toContain(`>${name}</h3>`);
    expect(body.match(/at least 13,115 people/g)?.length).toBeGreaterThanOrEqual(5);
    expect(page.bot.asked).toEqual([
      {
        text: "/layoffs globex",
        caller: { id: "local", tenant: "local" },
        place: { kind: "page", id: "playground" },
        via: "typed",
      },
    ]);
  });

  it("shows the app's home before anything was asked, and asks nothing", async () => {
    const { body } = await got(page.url);
    expect(body).toContain("The market this week");
    expect(page.bot.asked).toEqual([]);
  });

  it("can draw every block our own messages have", async () => {
    for (const command of [
      "/pulse",
      "/layoffs globex",
      "/layoffs gogle",
      "/trend",
      "/top cuts",
      "/export top",
    ]) {
      expect((await got(asking(page, command))).body).not.toContain('class="missing"');
    }
  });

  it("asks the command of every button and menu option when its link is followed, also of one kept under a short key", async () => {
    const { body } = await got(asking(page, "/layoffs globex"));
    const presses = hrefs(body).filter((href) => href.startsWith("/?press="));
    expect(presses.some((href) => href.includes("key%3A"))).toBe(true);
    for (const href of presses) expect((await got(new URL(href, page.url).href)).status).toBe(200);
    const commands = new Set(page.bot.asked.slice(1).map((one) => one.text));
    for (const command of [
      "/trend people company:Globex",
      "/compare globex,acme",
      "/privacy delete",
      "/layoffs globex period:2023",
      "/layoffs globex period:ytd",
    ]) {
      expect(commands).toContain(command);
    }
    expect(
      [...commands].some((command) => command.startsWith("/layoffs company:globex note:")),
    ).toBe(true);
    expect(page.bot.asked.slice(1).every((one) => one.via === "pressed")).toBe(true);
  });

  it("answers a button whose key was forgotten with what to type instead", async () => {
    const { status, body } = await got(`${page.url}?press=key:gone`);
    expect(status).toBe(200);
    expect(body).toContain("too old for me to remember");
    expect(page.bot.asked).toEqual([]);
  });

  it("shows a refusal as a reply with its reason", async () => {
    const { status, body } = await got(asking(page, "/layoffs gogle"));
    expect(status).toBe(200);
    expect(body).toContain('<span class="reason">not found</span>');
  });

  it("does not run a command another site led here with, but shows it", async () => {
    const { body } = await got(asking(page, "/privacy delete"), {
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(page.bot.asked).toEqual([]);
    expect(body).toContain("Nothing was run yet");
    expect(body).toContain('value="/privacy delete"');
  });

  it("refuses a command of more than 2,000 characters without asking the bot", async () => {
    const { body } = await got(asking(page, "/layoffs ".padEnd(2001, "é")));
    expect(body).toContain("at most 2,000 characters; this has 2,001");
    expect(page.bot.asked).toEqual([]);
  });

  it("offers one example a command, and what this browser asked before, newest first", async () => {
    const first = await got(asking(page, "/layoffs globex"));
    const cookie = String(first.headers["set-cookie"]).split(";", 1)[0] ?? "";
    await got(asking(page, "/top cuts"), { headers: { cookie } });
    const { body } = await got(page.url, { headers: { cookie } });
    const lately = body.slice(body.indexOf("Asked before"));
    expect(lately.indexOf("/top cuts")).toBeGreaterThan(0);
    expect(lately.indexOf("/layoffs globex")).toBeGreaterThan(lately.indexOf("/top cuts"));
    expect((await got(page.url)).body).not.toContain("Asked before");
    expect(body).toContain('href="/?q=%2Ftrend%20people%20by%3Amonth"');
  });
});

describe("colours", () => {
  it("are remembered in a cookie and the address is clean again", async () => {
    const chosen = await got(`${asking(page, "/help")}&look=dark`);
    expect(chosen.status).toBe(303);
    expect(chosen.headers.location).toBe("/?q=%2Fhelp");
    const cookie = String(chosen.headers["set-cookie"]).split(";", 1)[0] ?? "";
    const { body } = await got(page.url, { headers: { cookie } });
    expect(body).toContain('data-look="dark"');
    expect(body).toContain("theme=dark");
    expect(body).not.toContain("<picture>");
  });

  it("follow the system unless told", async () => {
    const { body } = await got(page.url);
    expect(body).toContain('data-look="system"');
    expect(body).toContain('media="(prefers-color-scheme: dark)"');
  });
});

describe("pictures and files", () => {
  it("draws a chart once for each theme, and tries again after a failure", async () => {
    const drawn: string[] = [];
    const bot = sampleBot((chart, theme) => {
      drawn.push(`${chart.title} ${theme}`);
      return drawn.length === 1
        ? Promise.reject(new Error("no canvas"))
        : Promise.resolve(Buffer.from("PNG"));
    });
    const own = await samplePlayground({ bot });
    const { body } = await got(own.url);
    const address = /\/picture\/[0-9a-f]+\.png/.exec(body)?.[0] ?? "";
    expect((await got(new URL(address, own.url).href)).status).toBe(500);
    expect((await got(new URL(address, own.url).href)).body).toBe("PNG");
    expect((await got(new URL(address, own.url).href)).headers["content-type"]).toBe("image/png");
    await got(new URL(`${address}?theme=dark`, own.url).href);
    expect(drawn).toEqual(
      ["light", "light", "dark"].map((theme) => `People laid off a week ${theme}`),
    );
    await own.close();
  });

  it("knows only what was shown", async () => {
    expect((await got(`${page.url}picture/${"0".repeat(20)}.png`)).status).toBe(404);
    expect((await got(`${page.url}picture/../../../../etc/passwd`)).status).toBe(404);
    expect((await got(`${page.url}file/${"0".repeat(20)}`)).status).toBe(404);
  });

  it("hands out the files of an answer as downloads", async () => {
    const { body } = await got(asking(page, "/export top"));
    const address = hrefs(body).find((href) => href.startsWith("/file/")) ?? "";
    const file = await got(new URL(address, page.url).href);
    expect(file.body).toBe("company,people\nGlobex,12000\nAcme,700\n");
    expect(file.headers["content-disposition"]).toMatch(/^attachment;/);
  });
});

describe("completion", () => {
  const completed = async (typed: string): Promise<unknown> =>
    JSON.parse((await got(`${page.url}complete?q=${encodeURIComponent(typed)}`)).body);

  it("goes from command names to values to argument names", async () => {
    expect(await completed("/l")).toEqual(["/layoffs "]);
    expect(await completed("la")).toEqual(["/layoffs "]);
    expect(await completed("/layoffs g")).toEqual([
      "/layoffs Gadgetry",
      "/layoffs Gizmo Works",
      "/layoffs Globex",
    ]);
    expect(await completed("/layoffs globex per")).toEqual(["/layoffs globex period:"]);
    expect(await completed("/trend company:gi")).toEqual(['/trend company:"Gizmo Works"']);
    expect(await completed("/nothing g")).toEqual([]);
    expect(await completed("")).toHaveLength(5);
  });
});

describe("the door", () => {
  it("answers only to its own name, so that no foreign page can rebind to it", async () => {
    const hosts = [
      "evil.example",
      `evil.example:${new URL(page.url).port}`,
      "127.0.0.1",
      "127.0.0.1:1",
    ];
    const statuses = await Promise.all(
      hosts.map(async (host) => (await got(page.url, { headers: { host } })).status),
    );
    expect(statuses).toEqual(hosts.map(() => 403));
    expect((await got(page.url.replace("127.0.0.1", "localhost"))).status).toBe(200);
  });

  it("listens on this machine only", () => {
    expect(page.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it("refuses other methods, bodies and endless addresses, and knows what it does not have", async () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"]) {
      const refused = await got(page.url, { method });
      expect([refused.status, refused.headers.allow]).toEqual([405, "GET, HEAD"]);
    }
    expect((await got(page.url, { headers: { "content-length": "4" }, body: "q=/x" })).status).toBe(
      413,
    );
    expect((await got(`${page.url}?q=${"a".repeat(20_001)}`)).status).toBe(414);
    const paths = ["nothing", "slack.css/", "%2e%2e/package.json", "assets/page.css", "/x", "//x"];
    const statuses = await Promise.all(
      paths.map(async (path) => (await got(page.url + path)).status),
    );
    expect(statuses).toEqual(paths.map(() => 404));
  });

  it("answers HEAD like GET without the body", async () => {
    const head = await got(page.url, { method: "HEAD" });
    expect([head.status, head.body]).toEqual([200, ""]);
    expect(Number(head.headers["content-length"])).toBeGreaterThan(1000);
  });

  it("says it is alive", async () => {
    const { status, body, headers } = await got(`${page.url}healthz`);
    expect([status, body, headers["content-type"]]).toEqual([
      200,
      '{"ok":true}',
      "application/json; charset=utf-8",
    ]);
  });

  it("sends every answer with a closed policy and to no other origin", async () => {
    for (const path of [
      "",
      "healthz",
      "page.css",
      "page.js",
      "icon.svg",
      "inter-400.ttf",
      "nothing",
    ]) {
      const { headers } = await got(page.url + path);
      expect(headers["content-security-policy"]).toMatch(
        /^default-src 'none';(?!.*(unsafe|\*|https?:)).*frame-ancestors 'none'$/,
      );
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    }
  });
});

describe("opening", () => {
  it("goes on to the next port when one is taken, unless told not to", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => other.once("listening", done));
    const address = other.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const options = {
      bot: sampleBot(),
      port,
      log: silentLog,
    };
    await expect(openPlayground({ ...options, firstFreeFrom: false })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    const next = await openPlayground(options);
    expect(Number(new URL(next.url).port)).toBeGreaterThan(port);
    await next.close();
    await next.close();
    other.close();
  });

  it("lets an answer in flight end before it closes", async () => {
    const gate = Promise.withResolvers<void>();
    const reached = Promise.withResolvers<void>();
    const bot = {
      ...sampleBot(),
      answer: () => (reached.resolve(), gate.promise.then(() => reply("Late but whole"))),
    };
    const own = await samplePlayground({ bot });
    const late = got(asking(own, "/slow"));
    await reached.promise;
    const closed = own.close();
    gate.resolve();
    expect((await late).body).toContain("Late but whole");
    await closed;
    await expect(got(own.url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("shows the other dresses when one cannot be drawn", async () => {
    const errors: unknown[] = [];
    const own = await samplePlayground({
      log: { ...silentLog, error: (...words: unknown[]) => void errors.push(words) },
      renderSlack: () => {
        throw new Error("a block too many");
      },
    });
    const { status, body } = await got(asking(own, "/layoffs globex"));
    expect(status).toBe(200);
    expect(body).toContain("This preview could not be drawn");
    expect(body).toContain("12,115");
    expect(body).not.toContain("a block too many");
    expect(errors).toHaveLength(1);
    await own.close();
  });
});
