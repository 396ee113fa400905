import type { Chart } from "../../src/charts/chart.ts";

/** A worker that does what a chart's title says, for tests of what surrounds it. */
export async function drawPng({ chart }: { readonly chart: Chart }): Promise<Uint8Array> {
  if (chart.title === "hang") for (;;);
  if (chart.title === "throw") throw new Error("no such shape");
  if (chart.title === "crash") {
    setImmediate(() => {
      throw new Error("the thread dies");
    });
    await new Promise(() => {});
  }
  drawn++;
  return Uint8Array.of(drawn);
}

let drawn = 0;
