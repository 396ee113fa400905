import { expect, it, onTestFinished } from "vitest";
import { chosenSources } from "../../src/fetching/chosen.ts";
import { SOURCES } from "../../src/sources/connectors/index.ts";
import { refreshReport } from "../../src/tasks/refresh.ts";
import { sourceStage } from "./stage.ts";

const REGISTER = "https://register.example/notices.csv";
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `${from + at},Acme,5${at},2026-01-02`).join("\n");

it("a turn is told in plain text: what came, what was refused, what to do", async () => {
  const stage = await sourceStage({ wanted: ["test-register", "test-series"] });
  onTestFinished(() => stage.close());
  const { web, sources, turn } = stage;
  const answer = (body: string) => ({
    type: "text/csv",
    body: `Notice ID,Company,People,Noticed\n${body}\n`,
  });
  web.serves(REGISTER, answer(`${rows(0, 1_200)}\nragged,row`), answer(rows(0, 500)));
  web.serves("https://series.example/v2", { type: "text/html", body: "<html>Sign in</html>" });
  expect(refreshReport(await turn(0), sources, [])).toBe(
    [
      "test-register: 1,201 rows: 1,200 new · 0 changed · 0 no longer listed · 1 rejected",
      "test-series: could not be asked, the facts stay as they were",
      "  It answered with ‘text/html’ where application/json was asked for.",
    ].join("\n"),
  );
  expect(refreshReport(await turn(1), sources, [])).toBe(
    "Nothing is due. Name a source to ask it now.",
  );
  const again = await turn(0, { ids: ["test-register"] });
  expect(refreshReport(again, sources, ["test-register"])).toBe(
    [
      "test-register: not believed, the facts stay as they were. If it is right: npm run -s refresh -- test-register --trust",
      "  Not believed: it lists 500 where the last one listed 1200.",
    ].join("\n"),
  );
  await stage.restart({ wanted: [] });
  expect(refreshReport(await turn(60), stage.sources, [])).toContain("No source is on.");
});

it("what is wanted and cannot be asked is told with what it lacks", () => {
  const wanted = ["news", "default"];
  const chosen = chosenSources(SOURCES, { wanted, contact: null, own: {} });
  const report = refreshReport([], { chosen }, [], wanted).split("\n");
  expect(report).toEqual([
    "Nothing is due. Name a source to ask it now.",
    "news: not asked. Its address, SOURCES_NEWS_URL, is not set.",
    "sec-8k: not asked. It wants to know whom it serves, and SOURCES_CONTACT is not set.",
  ]);
  const only = chosenSources(SOURCES, { wanted: ["news"], contact: null, own: {} });
  expect(refreshReport([], { chosen: only }, [], ["news"])).toBe(
    "news: not asked. Its address, SOURCES_NEWS_URL, is not set.",
  );
});
