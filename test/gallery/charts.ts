// Draws a shelf of usual and of nasty charts, light and dark, to be looked at:
// node test/gallery/charts.ts [name …] writes test-output/gallery/chart-<name>-<theme>.png
import { mkdir, writeFile } from "node:fs/promises";
import { altText } from "../../src/charts/alt-text.ts";
import type { Theme } from "../../src/charts/chart.ts";
import { openPictures } from "../../src/charts/png.ts";
import { shelf } from "../charts/chart-shelf.ts";

const wanted = process.argv.slice(2);
const folder = new URL("../../test-output/gallery/", import.meta.url);
const pictures = openPictures();
await mkdir(folder, { recursive: true });
for (const [name, chart] of Object.entries(shelf)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const theme of ["light", "dark"] satisfies Theme[]) {
    const started = performance.now();
    const png = await pictures.draw(chart, theme);
    const took = Math.round(performance.now() - started);
    await writeFile(new URL(`chart-${name}-${theme}.png`, folder), png);
    console.log(`${name} ${theme}: ${took} ms, ${Math.round(png.byteLength / 1024)} kB`);
  }
  console.log(`  ${altText(chart)}`);
}
await pictures.close();
