import { describe, expect, it, onTestFinished } from "vitest";
import { CATALOGUE } from "../../src/sources/catalogue.ts";
import { SOURCES } from "../../src/sources/connectors/index.ts";
import type { SourceDef } from "../../src/sources/source.ts";
import { settingName } from "../../src/fetching/chosen.ts";
import type { WebAnswer } from "../fakes/web/fake-web.ts";
import { SAMPLE_ANSWERS } from "../sources/sample-answers.ts";
import { sourceStage } from "./stage.ts";

const DAY = 24 * 60;
const PAGE = "<!DOCTYPE html><html><body>Please sign in</body></html>";

const FAULTS: readonly (readonly [what: string, make: (good: WebAnswer) => WebAnswer])[] = [
  ["429", () => ({ status: 429, headers: { "retry-after": "7200" }, body: "later" })],
  ["500", () => ({ status: 500, body: "oops" })],
  ["no bytes", (good) => ({ ...good, body: "" })],
  ["cut short", (good) => ({ ...good, fault: "cut" })],
  ["a page to sign in with 200", () => ({ type: "text/html", body: PAGE })],
  ["the same page as if it were the answer", (good) => ({ ...good, body: PAGE })],
  [
    "a way to a private address",
    () => ({ status: 302, headers: { location: "https://169.254.169.254/" } }),
  ],
  ["a way to a file", () => ({ status: 302, headers: { location: "file:///etc/passwd" } })],
  ["one byte and no more", (good) => ({ ...good, fault: "stalled" })],
  ["no end", (good) => ({ ...good, fault: "endless" })],
];

/** What a server says its answer is. */
function typeOf(text: string, { id }: SourceDef): string {
  if (id === "sec-8k") return "application/atom+xml";
  if (text.startsWith("<")) return "application/rss+xml";
  return /^[[{]/.test(text) ? "application/json" : "text/csv";
}

/** The feed that leads to a filing; the filing itself is the sample. */
const FILINGS =
  '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Latest Filings</title><link rel="self" href="/cgi-bin/browse-edgar?action=getcurrent"/><entry><title>8-K</title><link href="https://www.sec.gov/Archives/edgar/data/1/1-26-7-index.htm"/><summary type="html">Item 2.05: Cost</summary><updated>2026-11-02T10:00:00Z</updated><id>urn:1</id></entry></feed>';
const FIRST_PAGE =
  "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&type=8-K&count=100&output=atom&start=0";
const FILING = "https://www.sec.gov/Archives/edgar/data/1/1-26-7.txt";

const ASKED = SOURCES.filter((def) => def.fetch !== undefined && def.everyMinutes !== null);

describe.each(ASKED.map((def) => [def.id, def] as const))("%s over the web", (id, def) => {
  it("is taken once, and no fault of its server changes what is known", async () => {
    const stage = await sourceStage({
      wanted: [id],
      catalogue: CATALOGUE,
      own: {
        ...(def.needs.includes("url") && {
          [settingName(def, "url")]: "https://facts.example/answer",
        }),
        ...(["greenhouse", "ashby", "lever"].includes(id) && {
          [settingName(def, "boards")]: "acme",
        }),
      },
    });
    onTestFinished(() => stage.close());
    const { text } = SAMPLE_ANSWERS[id]!;
    const good: WebAnswer = { type: typeOf(text, def), body: text };
    if (id === "sec-8k") {
      stage.web.serves(FIRST_PAGE, { type: good.type!, body: FILINGS });
      stage.web.serves(FILING, { type: "text/plain", body: text });
    } else stage.web.everywhere(good);
    expect(await stage.turn(0)).toMatchObject([{ id, outcome: "taken" }]);
    const { imports: _, ...known } = await stage.stored();
    expect(JSON.stringify(known).length).toBeGreaterThan(300);
    for (const [what, make] of FAULTS) {
      const wrong = make(good);
      if (id === "sec-8k") stage.web.serves(FIRST_PAGE, wrong);
      else stage.web.everywhere(wrong);
      const [turned] = await stage.turn(40 * DAY);
      expect([what, turned?.outcome]).not.toEqual([what, "taken"]);
      expect(stage.state(id)).not.toBe("ok");
      const { imports: __, ...after } = await stage.stored();
      expect(after).toEqual(known);
    }
  });
});
