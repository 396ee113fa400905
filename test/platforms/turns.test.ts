import { expect, it } from "vitest";
import { oneATurn } from "../../src/platforms/turns.ts";

it("pieces of work begin one a turn, in the order asked, and a timer rings between them", async () => {
  const turn = oneATurn();
  const seen: string[] = [];
  const work = Array.from({ length: 5 }, async (_, at) => {
    await turn();
    seen.push(`work ${at}`);
    const until = performance.now() + 5;
    while (performance.now() < until);
  });
  setTimeout(() => seen.push("timer"), 1);
  await Promise.all(work);
  expect(seen.filter((each) => each !== "timer")).toEqual(
    [0, 1, 2, 3, 4].map((at) => `work ${at}`),
  );
  expect(seen.indexOf("timer")).toBeGreaterThan(-1);
  expect(seen.indexOf("timer")).toBeLessThan(4);
});
