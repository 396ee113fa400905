// Photographs real answers on the bundled facts, as the README shows them, with the Chromium of this machine:
// node test/gallery/pages.ts [name …] writes docs/pictures/<name>.png
import { chromium } from "playwright-core";
import { lazyPictures } from "../../src/app.ts";
import { silentLog } from "../../src/log.ts";
import { openPlayground } from "../../src/platforms/playground/server.ts";
import { testBot } from "../bot.ts";

const SHOTS: Readonly<Record<string, { readonly question: string; readonly only?: string }>> = {
  alert: {
    question: "/alert backtest when people(7d) > 10000 clear < 5000 from:2023-01-01 to:2024-03-17",
    only: ".views",
  },
  digest: { question: "/digest preview asof:2024-01-28", only: ".views" },
  layoffs: { question: "/layoffs google chart:yes", only: ".views" },
  playground: { question: "/trend layoffs compare:yoy" },
};

const wanted = process.argv.slice(2);
const pictures = lazyPictures();
const { bot } = await testBot({ clock: Date.now, draw: pictures.draw });
const site = await openPlayground({ bot, port: 0, log: silentLog });
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
});
for (const [name, { question, only }] of Object.entries(SHOTS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.url}?q=${encodeURIComponent(question)}`, { waitUntil: "networkidle" });
  const path = new URL(`../../docs/pictures/${name}.png`, import.meta.url).pathname;
  if (only === undefined) await page.screenshot({ path, fullPage: true });
  else await page.locator(only).screenshot({ path });
  console.log(`wrote docs/pictures/${name}.png`);
}
await browser.close();
await site.close();
await pictures.close();
process.exit(0);
