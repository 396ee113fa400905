import type { Chart } from "../../charts/chart.ts";
import type { ReplyFile } from "../../reply/reply.ts";
import { html, type Html } from "./html.ts";
import { shelfKey } from "./shelf.ts";

/** How the page is to look: as told by its reader, or as the system says. */
export type Look = "light" | "dark" | "system";

/** A chart's picture in the colours of the page, without a script in either case. */
export function pictureTag(chart: Chart, altText: string, look: Look): Html {
  const address = `/picture/${shelfKey(chart)}.png`;
  const image = html`<img
    src="${address}?theme=${look === "dark" ? "dark" : "light"}"
    alt="${altText}"
    width="1600"
    height="840"
    decoding="async"
  />`;
  return look === "system"
    ? html`<picture
        ><source media="(prefers-color-scheme: dark)" srcset="${address}?theme=dark" />
        ${image}</picture
      >`
    : image;
}

/** A file of an answer, to be downloaded. */
export function fileLink(file: ReplyFile): Html {
  const bytes = Buffer.byteLength(file.content, file.encoding);
  const size =
    bytes < 10_000
      ? `${bytes.toLocaleString("en-US")} bytes`
      : `${Math.round(bytes / 1000).toLocaleString("en-US")} kB`;
  return html`<a class="file" href="/file/${shelfKey(file)}" download="${file.name}"
    ><span class="file-icon" aria-hidden="true">${extension(file.name)}</span
    ><span>${file.name}<small>${size}</small></span></a
  >`;
}

function extension(name: string): string {
  return /\.([a-z0-9]{1,4})$/i.exec(name)?.[1]?.toUpperCase() ?? "FILE";
}
