import { expect, it } from "vitest";
import { runP23 } from "./p23.ts";

it("a half-empty, odd or hostile source cannot erase knowledge (P23)", async () => {
  const figure = await runP23({ rounds: 1, seed: 23 });
  expect(figure).toMatchObject({ violations: 0 });
  expect(figure.count).toBeGreaterThan(300);
});
