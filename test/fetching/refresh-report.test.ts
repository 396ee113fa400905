import { expect, it, onTestFinished } from "vitest";
import { chosenSources } from "../../src/fetching/chosen.ts";
import { CATALOGUE } from "../../src/sources/catalogue.ts";
import { SOURCES } from "../../src/sources/connectors/index.ts";
import type { Refreshed } from "../../src/fetching/refresh.ts";
import { restReport, sourceReport } from "../../src/tasks/refresh.ts";
import { sourceStage } from "./stage.ts";

const REGISTER = "https://register.example/notices.csv";
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `${from + at},Acme,5${at},2026-01-02`).join("\n");

it("a turn is told in plain text: what came, what was refused, what to do", async () => {
  const stage = await sourceStage({ wanted: ["test-register", "test-series"] });
  onTestFinished(() => stage.close());
  const { web, sources, turn } = stage;
  const told = (done: readonly Refreshed[]) => done.map(sourceReport).join("\n");
  const answer = (body: string) => ({
    type: "text/csv",
    body: `Notice ID,Company,People,Noticed\n${body}\n`,
  });
  web.serves(REGISTER, answer(`${rows(0, 1_200)}\nragged,row`), answer(rows(0, 500)));
  web.serves("https://series.example/v2", { type: "text/html", body: "<html>Sign in</html>" });
  const first = await turn(0);
  expect(told(first)).toBe(
    [
      "test-register: 1,201 rows: 1,200 new · 0 changed · 0 no longer listed · 1 rejected",
      "test-series: could not be asked, the facts stay as they were",
      "  It answered with ‘text/html’ where application/json was asked for.",
      "  Perhaps a page to sign in or to consent; look at the address in a browser.",
    ].join("\n"),
  );
  expect(restReport(first.length, sources, [])).toBeNull();
  expect(await turn(1)).toEqual([]);
  expect(restReport(0, sources, [])).toBe("Nothing is due. Name a source to ask it now.");
  const again = await turn(0, { ids: ["test-register"] });
  expect(told(again)).toBe(
    [
      "test-register: not believed, the facts stay as they were. If it is right: npm run -s refresh -- test-register --trust",
      "  Not believed: it lists 500 where the last one listed 1200.",
    ].join("\n"),
  );
  await stage.restart({ wanted: [] });
  expect(restReport(0, stage.sources, [])).toContain("No source is on.");
});

it("what is wanted and cannot be asked is told with what it lacks", () => {
  const wanted = ["news", "default"];
  const chosen = chosenSources(SOURCES, { wanted, contact: null, own: {} });
  const report = restReport(0, { chosen }, [], wanted);
  expect(report?.split("\n")).toEqual([
    "Nothing is due. Name a source to ask it now.",
    "news: not asked. Its address, SOURCES_NEWS_URL, is not set.",
    "sec-8k: not asked. It wants to know whom it serves, and SOURCES_CONTACT is not set.",
  ]);
  const only = chosenSources(SOURCES, { wanted: ["news"], contact: null, own: {} });
  expect(restReport(0, { chosen: only }, [], ["news"])).toBe(
    "news: not asked. Its address, SOURCES_NEWS_URL, is not set.",
  );
});

it.each(["ENOTFOUND", "EAI_AGAIN"])(
  "without a network each usual source is told as it ends, kept as failing, and all within two minutes: %s",
  async (code) => {
    const stage = await sourceStage({ wanted: ["default"], catalogue: CATALOGUE });
    onTestFinished(() => stage.close());
    const { web, sources, now } = stage;
    web.forgets("*", code);
    const start = now();
    const ended: Refreshed[] = [];
    const kept: (string | null | undefined)[] = [];
    const done = await sources.refresh({}, (refreshed) => {
      ended.push(refreshed);
      const standing = sources.standings().find(({ id }) => id === refreshed.id);
      kept.push(standing?.health?.error);
    });
    const usual = SOURCES.filter(({ byDefault }) => byDefault).map(({ id }) => id);
    expect(new Set(done.map(({ id }) => id))).toEqual(new Set(usual));
    expect(ended).toEqual(done);
    for (const { id, outcome } of done) {
      expect([id, outcome]).toEqual([id, "failed"]);
      expect(stage.state(id)).toBe("failing");
    }
    expect(kept).toHaveLength(usual.length);
    for (const error of kept) expect(error).toContain(`cannot be looked up (${code})`);
    expect(web.seen).toEqual([]);
    expect(now() - start).toBeLessThanOrEqual(120_000);
    const lever = done.find(({ id }) => id === "lever")!;
    expect(sourceReport(lever)).toBe(
      [
        "lever: could not be asked, the facts stay as they were",
        `  The name api.lever.co cannot be looked up (${code}).`,
        "  Is this machine online? If it is, has the name changed? It is looked up again in its next turn.",
      ].join("\n"),
    );
    web.forgets("*", null);
    await stage.turn(15);
    expect(web.seen.length).toBeGreaterThan(0);
  },
);
