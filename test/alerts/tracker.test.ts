import { describe, expect, it } from "vitest";
import { backtest } from "../../src/alerts/backtest.ts";
import { measure } from "../../src/alerts/metrics.ts";
import { parseRule } from "../../src/alerts/parse-rule.ts";
import type { LevelRule } from "../../src/alerts/rule.ts";
import { hasTracker, trackerMarket } from "./tracker.ts";

function level(text: string): LevelRule {
  const rule = parseRule(text);
  if (rule.kind !== "level") throw new Error(`not a level rule: ${text}`);
  return rule;
}

describe.skipIf(!hasTracker)(
  "a tracker's export as of 2024-04-25, replayed as it was learned (needs ../shared/data)",
  () => {
    const market = hasTracker ? trackerMarket() : undefined;
    const replay = (text: string) => backtest(level(text), market!, "2023-01-01", "2024-03-17");

    it("people(7d) > 10000 is true on 64 of 442 days", () => {
      const found = replay("when people(7d) > 10000");
      expect(found.days.length).toBe(442);
      expect(found.daysTrue).toBe(64);
    });

    it("with clear < 5000 it fires six times", () => {
      expect(replay("when people(7d) > 10000 clear < 5000").firings).toEqual([
        "2023-01-05",
        "2023-01-18",
        "2023-02-24",
        "2023-03-14",
        "2023-04-25",
        "2024-01-24",
      ]);
    });

    it("a suggested threshold fires as often as it was suggested for", () => {
      const { suggestions } = replay("when people(7d) > 10000");
      expect(suggestions.perMonth).toBe(3_400);
      expect(suggestions.perWeek).toBeNull();
      const fired = replay(`when people(7d) > ${suggestions.perMonth}`).firings.length;
      expect(fired / (442 / (365.25 / 12))).toBeCloseTo(1, 1);
    });

    it("`for`, cool-down and the longest silence are kept to in a replay", () => {
      const found = replay("when people(7d) > 10000 for 3d cooldown 30d");
      expect(found.firings).toEqual([
        "2023-01-08",
        "2023-02-07",
        "2023-03-17",
        "2023-04-28",
        "2024-01-27",
      ]);
      expect(found.longestSilenceDays).toBe(273);
    });

    it("every day of the replay is what a look on that day gives", () => {
      for (const text of [
        "when people(7d) > 10000",
        "when companies(30d) where country = US > 50",
        "when people(7d) change prev > 50%",
        "when people(7d) anomaly z > 3",
        "when events(7d) record high since 2022-06-01",
        "when median_cut(30d) crosses up 100",
        "when share_over(500, 30d) > 10%",
      ]) {
        const rule = level(text);
        const days = backtest(rule, market!, "2023-03-01", "2023-04-15").days;
        for (const { day, value } of days.filter((_, at) => at % 9 === 0))
          expect([text, day, measure(rule, market!, day).value]).toEqual([text, day, value]);
      }
    });
  },
);
