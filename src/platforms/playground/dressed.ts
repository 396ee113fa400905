import type { Log } from "../../log.ts";
import { plainText } from "../../reply/plain.ts";
import type { Reply } from "../../reply/reply.ts";
import { discordView } from "./discord-view.ts";
import type { Dressers } from "./dress.ts";
import { html, type Html } from "./html.ts";
import type { Shelf } from "./shelf.ts";
import type { Look } from "./shelf-view.ts";
import { slackView } from "./slack-view.ts";

/** One reply in its three dresses. */
export interface Dressed {
  readonly slack: Html;
  readonly discord: Html;
  readonly plain: Html;
}

export interface Wardrobe extends Dressers {
  readonly keep: (command: string) => string;
  readonly shelf: Shelf;
  readonly log: Log;
}

/**
 * Dresses a reply and puts its charts and files on the shelf. A dress that fails is replaced by a sentence:
 * one bad block never takes the page down, nor the dresses beside it.
 */
export function dressed(
  reply: Reply,
  look: Look,
  { renderSlack, renderDiscord, keep, shelf, log }: Wardrobe,
): Dressed {
  for (const file of reply.files) shelf.putFile(file);
  const attempt = (dress: keyof Dressed, draw: () => Html): Html => {
    try {
      return draw();
    } catch (error) {
      log.error({ err: error, dress }, "playground: a preview could not be drawn");
      return html`<p class="missing">
        This preview could not be drawn; the other ones are not affected. The log has the reason.
      </p>`;
    }
  };
  return {
    slack: attempt("slack", () => {
      const message = renderSlack(reply, { surface: "message", keep });
      for (const { chart } of message.pictures) shelf.putChart(chart);
      return slackView(message, reply.files, look);
    }),
    discord: attempt("discord", () => {
      const message = renderDiscord(reply, { keep });
      for (const { chart } of message.pictures) shelf.putChart(chart);
      for (const file of message.files) shelf.putFile(file);
      return discordView(message, look);
    }),
    plain: attempt("plain", () => html`${plainText(reply)}`),
  };
}
