import { afterAll, afterEach, describe, expect, it } from "vitest";
import { openPictures, type Pictures } from "../../src/charts/png.ts";
import { monthly, pay } from "./sample-charts.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

describe("a picture", () => {
  const pictures = openPictures();
  afterAll(() => pictures.close());

  it("is a PNG, 1600 pixels wide", async () => {
    const png = await pictures.draw(monthly, "dark");
    expect([...png.subarray(0, 8)]).toEqual(SIGNATURE);
    const header = new DataView(png.buffer, png.byteOffset, 24);
    expect(header.getUint32(16)).toBe(1600);
    expect(header.getUint32(20)).toBeGreaterThan(600);
  });

  it("has the same bytes for the same chart, also from another worker", async () => {
    const others = openPictures();
    const [one, other] = await Promise.all([
      pictures.draw(pay, "light"),
      others.draw(pay, "light"),
    ]);
    await others.close();
    expect(Buffer.from(one).equals(other)).toBe(true);
  });

  it("differs between light and dark", async () => {
    const [dark, light] = await Promise.all([
      pictures.draw(monthly, "dark"),
      pictures.draw(monthly, "light"),
    ]);
    expect(Buffer.from(dark).equals(light)).toBe(false);
  });

  it("leaves memory flat over sixty drawings", async () => {
    const drawTen = async (from: number): Promise<number> => {
      for (let at = from; at < from + 10; at++)
        await pictures.draw({ ...monthly, title: `Week ${at}` }, "dark");
      return process.memoryUsage().rss / 2 ** 20;
    };
    await drawTen(0);
    const before = await drawTen(10);
    for (let from = 20; from < 50; from += 10) await drawTen(from);
    expect((await drawTen(50)) - before).toBeLessThan(200);
  });
});

describe("pictures", () => {
  const fragile = new URL("./fragile-worker.ts", import.meta.url);
  let pictures: Pictures | undefined;
  const open = (options: Parameters<typeof openPictures>[0] = {}): Pictures =>
    (pictures = openPictures({ worker: fragile, ...options }));
  afterEach(() => pictures?.close());
  const titled = (title: string): typeof monthly => ({ ...monthly, title });

  it("draw equal charts once, whether asked together or one after another", async () => {
    const { draw } = open();
    const together = await Promise.all([draw(titled("a"), "dark"), draw(titled("a"), "dark")]);
    expect(together).toEqual([Uint8Array.of(1), Uint8Array.of(1)]);
    expect(await draw(titled("a"), "dark")).toEqual(Uint8Array.of(1));
    expect(await draw(titled("a"), "light")).toEqual(Uint8Array.of(2));
  });

  it("are given up after the limit, and the next one has a new worker", async () => {
    const { draw } = open({ limitMs: 500 });
    await draw(titled("warm"), "dark");
    const hanging = draw(titled("hang"), "dark");
    await expect(hanging).rejects.toMatchObject({
      reason: "too-slow",
      message: "The picture took longer than 0.5 s.",
    });
    expect(await draw(titled("a"), "dark")).toEqual(Uint8Array.of(1));
  });

  it("survive a worker that dies, and the one who waited behind it gets a picture", async () => {
    const { draw } = open();
    const [dead, next] = await Promise.allSettled([
      draw(titled("crash"), "dark"),
      draw(titled("a"), "dark"),
    ]);
    expect(dead).toMatchObject({ status: "rejected", reason: { reason: "failed" } });
    expect(next).toEqual({ status: "fulfilled", value: Uint8Array.of(1) });
  });

  it("try a chart again that failed before", async () => {
    const { draw } = open();
    await expect(draw(titled("throw"), "dark")).rejects.toMatchObject({ reason: "failed" });
    await expect(draw(titled("throw"), "dark")).rejects.toMatchObject({ reason: "failed" });
  });

  it("refuse after closing and let go of what hangs", async () => {
    const closing = open();
    const [hanging] = await Promise.allSettled([
      closing.draw(titled("hang"), "dark"),
      closing.close(),
      closing.close(),
    ]);
    expect(hanging).toMatchObject({ status: "rejected", reason: { reason: "closed" } });
    await expect(closing.draw(titled("a"), "dark")).rejects.toMatchObject({ reason: "closed" });
  });
});
