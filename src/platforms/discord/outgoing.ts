import type { Log } from "../../log.ts";
import type { Bot } from "../../command/bot.ts";
import { altText } from "../../charts/alt-text.ts";
import type { Chart } from "../../charts/chart.ts";
import type { Reply } from "../../reply/reply.ts";
import type { DiscordMessage } from "./render.ts";
import { renderDiscord } from "./render.ts";

/** A rendered message with the bytes of everything it attaches. */
export interface Outgoing {
  readonly message: DiscordMessage;
  readonly uploads: readonly Upload[];
}

export interface Upload {
  readonly name: string;
  readonly contentType: string;
  readonly data: Buffer;
  readonly altText?: string;
}

/** A reply rendered and its charts drawn. A chart that cannot be drawn is said in words instead. */
export async function dress(
  reply: Reply,
  bot: Pick<Bot, "draw" | "keep">,
  log: Log,
): Promise<Outgoing> {
  const message = renderDiscord(reply, bot);
  const drawn = await Promise.all(message.pictures.map(({ chart }) => drawnOr(bot, chart, log)));
  const missing = message.pictures
    .filter((_, index) => drawn[index] === undefined)
    .map(({ chart }) => chart);
  if (missing.length > 0) return dress(withoutCharts(reply, missing), bot, log);
  const pictures = message.pictures.map(({ fileName, altText }, index) => ({
    name: fileName,
    contentType: "image/png",
    data: drawn[index]!,
    altText,
  }));
  const files = message.files.map(({ name, mediaType, content, encoding }) => ({
    name,
    contentType: mediaType,
    data: Buffer.from(content, encoding),
  }));
  return { message, uploads: [...pictures, ...files] };
}

async function drawnOr(
  bot: Pick<Bot, "draw">,
  chart: Chart,
  log: Log,
): Promise<Buffer | undefined> {
  try {
    return Buffer.from(await bot.draw(chart, "dark"));
  } catch (error) {
    log.warn({
      event: "discord.picture_missing",
      error: error instanceof Error ? error.name : typeof error,
    });
    return undefined;
  }
}

/** The same reply with some of its charts in words. */
function withoutCharts(reply: Reply, charts: readonly Chart[]): Reply {
  const blocks = reply.blocks.map((block) =>
    block.kind === "chart" && charts.includes(block.chart)
      ? ({
          kind: "text",
          words: `${altText(block.chart)} (The picture is missing: it could not be drawn.)`,
        } as const)
      : block,
  );
  return { ...reply, blocks };
}
