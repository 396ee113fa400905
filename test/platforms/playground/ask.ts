import { request } from "node:http";
import {
  openPlayground,
  type Playground,
  type PlaygroundOptions,
} from "../../../src/platforms/playground/server.ts";
import { silentLog } from "../../../src/log.ts";
import { sampleBot, type SampleBot } from "./sample-bot.ts";

export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** One request as it is told, also with headers a browser would not let through. */
export function got(
  address: string,
  { method = "GET", headers = {}, body = "" } = {},
): Promise<Got> {
  return new Promise((done, failed) => {
    const sent = request(address, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        done({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on("error", failed);
    sent.end(body);
  });
}

export async function samplePlayground(
  options: Partial<PlaygroundOptions> = {},
): Promise<Playground & { readonly bot: SampleBot }> {
  const bot = sampleBot();
  const playground = await openPlayground({
    bot,
    port: 0,
    log: silentLog,
    ...options,
  });
  return { ...playground, bot };
}

/** The address of a command, as the form would ask it. */
export function asking(playground: { readonly url: string }, command: string): string {
  return `${playground.url}?q=${encodeURIComponent(command.toWellFormed())}`;
}
