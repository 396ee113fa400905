import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { commands } from "../../commands/index.ts";
import { lazyPictures, lazySources } from "../app.ts";
import { requireRead } from "../authority/standing.ts";
import { taskArgs } from "../cli.ts";
import { systemClock } from "../clock.ts";
import { createBot } from "../command/answer.ts";
import { recentQuestions } from "../command/recent.ts";
import { parseConfig } from "../config.ts";
import { openFacts } from "../facts.ts";
import { Fault } from "../fault.ts";
import { openLog } from "../log.ts";
import { plainText } from "../reply/plain.ts";
import type { Reply } from "../reply/reply.ts";
import { memoryKeys } from "../stores/button-keys.ts";
import { borrowedBook } from "../stores/borrowed-book.ts";

const USAGE = 'npm run -s ask -- "/layoffs google" [--json] [--data DIR] [--save DIR]';
const OPTIONS = {
  json: { type: "boolean" },
  data: { type: "string" },
  save: { type: "string" },
} as const;

/** Answers one question on stdout; 0 when answered, 1 when refused with a reason. */
export async function ask(args: readonly string[]): Promise<number> {
  const { values, positionals } = taskArgs(args, OPTIONS, USAGE);
  const text = positionals.join(" ").trim();
  if (text === "") throw new Fault("missing_argument", "Which question?", USAGE);
  const config = parseConfig(process.env);
  const log = openLog(config.logLevel);
  const facts = await openFacts(values.data ?? config.dataDir);
  const sources = lazySources(
    { ...config, dataDir: values.data ?? config.dataDir },
    systemClock,
    log,
  );
  const pictures = lazyPictures();
  const bot = createBot({
    market: () => facts.market,
    judge: (verdict) => facts.judge(verdict),
    standings: () => sources.standings(),
    book: await borrowedBook(values.data ?? config.dataDir),
    commands,
    admit: requireRead,
    draw: pictures.draw,
    clock: systemClock,
    recent: recentQuestions(),
    keys: memoryKeys(),
    onBroken: (reference, error) =>
      log.error(
        {
          event: "broken",
          reference,
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        },
        "a question broke",
      ),
  });
  const question = /^\s*\//.test(text) ? text : `/${text}`;
  const { asked, reply } = await bot.ask({
    text: question,
    caller: { id: "local", tenant: "local" },
    place: { kind: "terminal", id: "terminal" },
    via: "typed",
  });
  await pictures.close();
  const saved = values.save === undefined ? [] : saveFiles(reply, values.save);
  process.stdout.write(
    values.json === true ? `${JSON.stringify(asJson(asked, reply))}\n` : `${shown(reply, saved)}\n`,
  );
  return reply.reason === undefined ? 0 : 1;
}

type Asked = Awaited<ReturnType<ReturnType<typeof createBot>["ask"]>>["asked"];

/** What programs read: the figures by plain names beside the whole reply. */
function asJson(asked: Asked, reply: Reply) {
  return {
    ok: reply.reason === undefined,
    ...(reply.reason !== undefined && { reason: reply.reason }),
    command: asked?.command ?? null,
    args: asked?.words ?? {},
    figures: reply.figures,
    text: plainText(reply, { actions: "brackets" }),
    reply,
    notes: reply.notes,
  };
}

/** The plain answer; a text file in it follows whole unless it was saved. */
function shown(reply: Reply, saved: readonly string[]): string {
  const files = reply.files.map((file, index) => {
    const place = saved[index];
    if (place !== undefined) return `Saved: ${place}`;
    return file.encoding === "utf8"
      ? file.content.trimEnd()
      : `${file.name} is a picture: add --save DIR to keep it.`;
  });
  return [plainText(reply, { actions: "brackets" }), ...files].join("\n\n");
}

function saveFiles(reply: Reply, dir: string): readonly string[] {
  mkdirSync(dir, { recursive: true });
  return reply.files.map((file) => {
    const path = join(dir, basename(file.name));
    writeFileSync(path, Buffer.from(file.content, file.encoding));
    return path;
  });
}
