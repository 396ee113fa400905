import { createHash } from "node:crypto";
import type { Chart, Draw, Theme } from "../../charts/chart.ts";
import type { ReplyFile } from "../../reply/reply.ts";

const CHARTS_MAX = 100;
const PICTURES_MAX = 24;
const FILES_MAX = 30;

/** The charts and files of the answers shown lately, so that the page's pictures and downloads have an address. */
export interface Shelf {
  putChart(chart: Chart): void;
  putFile(file: ReplyFile): void;
  /** A PNG, drawn once and kept while it is among the last ones asked for; undefined for a chart not shown lately. */
  picture(key: string, theme: Theme): Promise<Uint8Array> | undefined;
  file(key: string): ReplyFile | undefined;
}

export function memoryShelf(draw: Draw): Shelf {
  const charts = new Map<string, Chart>();
  const pictures = new Map<string, Promise<Uint8Array>>();
  const files = new Map<string, ReplyFile>();
  return {
    putChart: (chart) => putNewest(charts, shelfKey(chart), chart, CHARTS_MAX),
    putFile: (file) => putNewest(files, shelfKey(file), file, FILES_MAX),
    picture(key, theme) {
      const chart = charts.get(key);
      if (chart === undefined) return undefined;
      const name = `${key} ${theme}`;
      const picture = pictures.get(name) ?? draw(chart, theme);
      putNewest(pictures, name, picture, PICTURES_MAX);
      // A failed drawing is forgotten, so that the next request tries again.
      picture.catch(() => pictures.delete(name));
      return picture;
    },
    file: (key) => files.get(key),
  };
}

/** The address of a thing is made from what it is: the first 80 bits of the SHA-256 of its JSON, in hex. */
export function shelfKey(thing: Chart | ReplyFile): string {
  return createHash("sha256").update(JSON.stringify(thing)).digest("hex").slice(0, 20);
}

/** A map keeps the order of arrival, so its first key is the oldest. */
export function putNewest<Value>(
  map: Map<string, Value>,
  key: string,
  value: Value,
  most: number,
): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > most ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
