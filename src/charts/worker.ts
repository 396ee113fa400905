import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { Chart, Theme } from "./chart.ts";
import { chartSvg } from "./svg.ts";
import { FONT } from "./theme.ts";

/** Half-pixels to pixels: pictures are 1600 wide. */
const ZOOM = 2;

const { resolve } = createRequire(import.meta.url);
const read = (path: string): Promise<Buffer> => readFile(resolve(path));

const ready = Promise.all([
  read("@resvg/resvg-wasm/index_bg.wasm").then(initWasm),
  read("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"),
  read("@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf"),
]);

/** Draws one chart as PNG. Runs in a worker thread; what WebAssembly holds is given back at once. */
export async function drawPng({
  chart,
  theme,
}: {
  readonly chart: Chart;
  readonly theme: Theme;
}): Promise<Uint8Array> {
  const [, ...fontBuffers] = await ready;
  const sheet = new Resvg(chartSvg(chart, theme), {
    fitTo: { mode: "zoom", value: ZOOM },
    font: { fontBuffers, defaultFontFamily: FONT, sansSerifFamily: FONT },
  });
  try {
    const image = sheet.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    sheet.free();
  }
}
