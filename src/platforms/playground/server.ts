import { createServer, type Server } from "node:http";
import type { Bot } from "../../command/bot.ts";
import type { Log } from "../../log.ts";
import { renderDiscord } from "../discord/render.ts";
import { renderSlack } from "../slack/render.ts";
import { memoryAskedLately } from "./asked.ts";
import { loadAssets } from "./assets.ts";
import type { Dressers } from "./dress.ts";
import { plain, refusal, send } from "./http.ts";
import { routed, type Site } from "./routes.ts";
import { memoryShelf } from "./shelf.ts";

/** The platforms' own renderers are used unless others are given. */
export interface PlaygroundOptions extends Partial<Dressers> {
  readonly bot: Bot;
  /** The port to try first; 0 takes any free one. */
  readonly port: number;
  /** Goes on to the next ports when this one is taken, as is the default; false rejects instead. */
  readonly firstFreeFrom?: boolean;
  readonly log: Log;
}

export interface Playground {
  /** `http://127.0.0.1:3000/` */
  readonly url: string;
  /** Stops listening; answers in flight end. Safe to call twice. */
  close(): Promise<void>;
}

const HOST = "127.0.0.1";
const PORTS_TRIED = 20;

/**
 * Opens the page on which one asks the bot and sees its reply as Slack, as Discord and as plain text.
 * It listens on this machine only. Rejects with the system's error when no port can be had.
 */
export async function openPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { bot, log } = options;
  const dressers: Dressers = { renderSlack, renderDiscord, ...options };
  const site: Site = {
    bot,
    wardrobe: {
      renderSlack: dressers.renderSlack,
      renderDiscord: dressers.renderDiscord,
      keep: (command) => bot.keep(command),
      shelf: memoryShelf(bot.draw),
      log,
    },
    assets: await loadAssets(),
    lately: memoryAskedLately(),
  };
  const server = serverOf(site, log);
  const port = await listen(
    server,
    options.port,
    options.firstFreeFrom === false ? 1 : PORTS_TRIED,
  );
  return {
    url: `http://${HOST}:${port}/`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

function serverOf(site: Site, log: Log): Server {
  // A question of 2,000 characters percent-encodes to 18 kB at worst, which is more than Node's usual 16 kB of headers.
  const limits = { maxHeaderSize: 32_768, headersTimeout: 5_000, requestTimeout: 10_000 };
  const server = createServer(limits, (request, response) => {
    const refused = refusal(request, portOf(server));
    if (refused) return send(response, refused);
    routed(request, site)
      .catch((error: unknown) => {
        log.error({ err: error }, "playground: a page could not be made");
        return plain(
          500,
          "Something broke on my side. Nothing was changed; the log has the reason.",
        );
      })
      .then((answer) => send(response, answer))
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.maxConnections = 200;
  return server;
}

async function listen(server: Server, first: number, tries: number): Promise<number> {
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((done, failed) => {
        server.once("error", failed);
        server.listen(port, HOST, () => {
          server.off("error", failed);
          done();
        });
      });
      return portOf(server);
    } catch (error) {
      const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!taken || port + 1 >= first + tries) throw error;
    }
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
