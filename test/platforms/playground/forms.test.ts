import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentLog } from "../../../src/log.ts";
import { openPlayground } from "../../../src/platforms/playground/server.ts";
import type { Playground } from "../../../src/platforms/playground/server.ts";
import { testBot } from "../../bot.ts";
import type { TestBot } from "../../bot.ts";
import { asking, got } from "./ask.ts";

let page: Playground;
let real: TestBot;
beforeEach(async () => {
  real = await testBot();
  page = await openPlayground({ bot: real.bot, port: 0, log: silentLog });
});
afterEach(() => page.close());

const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  "#39": "'",
  lt: "<",
  gt: ">",
  amp: "&",
};
const plain = (markup: string) =>
  markup.replace(/&(quot|#39|lt|gt|amp);/g, (_, name: string) => ENTITIES[name]!);

/** The form of a page as a browser would send it, with some fields filled in anew. */
function sent(body: string, values: Readonly<Record<string, string>> = {}): string {
  const [, form = ""] = /<form class="dialog"([\s\S]*?)<\/form>/.exec(body) ?? [];
  const query = new URLSearchParams();
  for (const [, tag, attributes = "", inside = ""] of form.matchAll(
    /<(input|select|textarea)\b([^>]*)>(?:([\s\S]*?)<\/\1)?/g,
  )) {
    const attribute = (name: string, of = attributes) =>
      plain(new RegExp(`\\b${name}="([^"]*)"`).exec(of)?.[1] ?? "");
    const picked = /<option ([^>]*\bselected[^>]*)>/.exec(inside)?.[1] ?? "";
    const value =
      tag === "input"
        ? attribute("value")
        : tag === "select"
          ? attribute("value", picked)
          : plain(inside);
    const name = attribute("name");
    query.set(name, values[name.replace(/^field\./, "")] ?? value);
  }
  return new URL(`/?${query.toString()}`, page.url).href;
}

describe("a form in the playground", () => {
  it("has a label for every field, and asks its command when it is sent", async () => {
    const { body } = await got(asking(page, "/alert build"));
    for (const name of ["watch", "test", "threshold", "where", "tell", "more"]) {
      expect(body).toContain(`<label for="field.${name}"`);
      expect(body).toMatch(new RegExp(`<(input|select)\\s+id="field\\.${name}"`));
    }
    const shown = await got(
      sent(body, { threshold: "50k", where: 'company = "Yahoo!"', tell: "me" }),
    );
    expect(shown.status).toBe(200);
    expect(plain(shown.body)).toContain(
      'when people(7d) where company = "Yahoo!" > 50000 notify me',
    );
    expect(real.book.list("rules")).toEqual([]);
    expect(real.broken).toEqual([]);
  });

  it("says at the field what does not fit, and keeps what was typed", async () => {
    const { body } = await got(asking(page, "/alert build"));
    const hostile = '"><script>alert(1)</script>';
    const shown = (await got(sent(body, { threshold: hostile }))).body;
    expect(shown).toMatch(
      /aria-invalid="true" aria-describedby="field.threshold.hint field.threshold.fault"/,
    );
    expect(shown).toContain('id="field.threshold.fault" role="alert"');
    expect(shown).not.toContain("<script>alert");
    expect(plain(shown)).toContain(`value="${hostile}"`);
    expect((await got(sent(shown, { threshold: "9k" }))).body).toContain("Not kept yet");
  });

  it("is not sent by another site", async () => {
    const { body } = await got(asking(page, "/alert build"));
    const shown = await got(sent(body), { headers: { "sec-fetch-site": "cross-site" } });
    expect(shown.body).toContain("Another page led here with a command");
    expect(shown.body).not.toContain("Not kept yet");
  });
});
