import { describe, expect, it } from "vitest";
import { programs } from "../reliability/delivery/programs.ts";

describe("the promises of delivery, in short", () => {
  it.each(programs("quick").map((program) => [program.name, program] as const))(
    "%s",
    async (_, { run }) => {
      const figure = await run();
      expect(figure.count).toBeGreaterThan(0);
      expect(figure).toMatchObject({ violations: 0 });
    },
  );
});
