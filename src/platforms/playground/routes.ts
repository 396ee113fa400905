import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Bot } from "../../command/bot.ts";
import { filledCommand } from "../../command/fill.ts";
import { reply, type Reply } from "../../reply/reply.ts";
import { pressedCommand } from "../say.ts";
import type { AskedLately } from "./asked.ts";
import type { Assets } from "./assets.ts";
import { completions } from "./completion.ts";
import { dressed, type Wardrobe } from "./dressed.ts";
import { FIELD_WORD, FORM_WORD } from "./form-view.ts";
import { cookies, json, plain, type Answer } from "./http.ts";
import { pageHtml } from "./page.ts";
import { askAddress } from "./press.ts";
import type { Look } from "./shelf-view.ts";

const QUESTION_MAX = 2_000;
const EXAMPLES_MAX = 12;
const CALLER = { id: "local", tenant: "local" };
const PLACE = { kind: "page", id: "playground" } as const;

export interface Site {
  readonly bot: Bot;
  readonly wardrobe: Wardrobe;
  readonly assets: Assets;
  readonly lately: AskedLately;
}

/** What a request that passed the door is answered with. */
export async function routed(request: IncomingMessage, site: Site): Promise<Answer> {
  // Not parsed against a base: `//x` would name a host there.
  const url = URL.parse(`http://localhost${request.url ?? "/"}`);
  if (url === null) return plain(400, "That is not an address.");
  const path = url.pathname;
  if (path === "/") return page(request, url.searchParams, site);
  if (path === "/complete")
    return json(completions(site.bot, (url.searchParams.get("q") ?? "").slice(0, QUESTION_MAX)));
  if (path === "/healthz") return json({ ok: true });
  if (path.startsWith("/picture/")) return picture(path, url.searchParams, site);
  if (path.startsWith("/file/")) return download(path, site);
  return site.assets.get(path) ?? plain(404, "There is no such page. The bot is at /.");
}

async function page(request: IncomingMessage, query: URLSearchParams, site: Site): Promise<Answer> {
  const jar = cookies(request);
  const look = lookOf(query.get("look"));
  if (look !== undefined) return rememberLook(look, query.get("q"));

  const session = /^[0-9a-f]{24}$/.test(jar["pulse_session"] ?? "")
    ? jar["pulse_session"]!
    : randomBytes(12).toString("hex");
  const answered = await answer(query, ledHereByOthers(request), site.bot);
  const lately = site.lately.of(session).filter((command) => command !== answered.asked);
  if (answered.asked && answered.reply.reason !== "too_long")
    site.lately.add(session, answered.asked);
  const shownLook = lookOf(jar["pulse_look"]) ?? "system";
  const body = pageHtml({
    ...answered,
    look: shownLook,
    dressed: dressed(answered.reply, shownLook, site.wardrobe),
    examples: site.bot.commands
      .flatMap((command) =>
        command.examples
          .slice(0, 1)
          .map((example) => ({ command: example, summary: command.summary })),
      )
      .slice(0, EXAMPLES_MAX),
    lately,
    version: site.assets.version,
  });
  return {
    status: 200,
    type: "text/html; charset=utf-8",
    body,
    headers: { "set-cookie": cookie("pulse_session", session) },
  };
}

interface Answered {
  readonly typed: string;
  readonly asked: string;
  readonly reply: Reply;
  readonly waiting: boolean;
}

/** Asks the bot what the address says: a typed command, a pressed button, or nothing yet. */
async function answer(query: URLSearchParams, ledHere: boolean, bot: Bot): Promise<Answered> {
  const press = query.get("press");
  const pressed = press === null ? undefined : pressedCommand(press, (key) => bot.recall(key));
  if (typeof pressed === "object") return { typed: "", asked: "", reply: pressed, waiting: false };

  const command = (pressed ?? filledIn(query) ?? query.get("q") ?? "").trim();
  if (command === "" || ledHere) {
    return {
      typed: command.slice(0, QUESTION_MAX),
      asked: "",
      reply: await bot.home(CALLER),
      waiting: command !== "",
    };
  }
  if (command.length > QUESTION_MAX) {
    return {
      typed: "",
      asked: `${command.slice(0, 40)}…`,
      reply: tooLong(command.length),
      waiting: false,
    };
  }
  const via = pressed === undefined && !query.has(FORM_WORD) ? "typed" : "pressed";
  const reply = await bot.answer({ text: command, caller: CALLER, place: PLACE, via });
  return { typed: command, asked: command, reply, waiting: false };
}

/** The command of a form that was sent. */
function filledIn(query: URLSearchParams): string | undefined {
  const run = query.get(FORM_WORD);
  if (run === null) return undefined;
  const values = [...query].flatMap(([word, value]) =>
    word.startsWith(FIELD_WORD) ? [[word.slice(FIELD_WORD.length), value] as const] : [],
  );
  return filledCommand(run, Object.fromEntries(values));
}

/**
 * A command may change something (`/privacy delete`), and a link on a foreign page must not do that in our
 * name: browsers say when another site led here, and then the command waits to be confirmed.
 */
function ledHereByOthers(request: IncomingMessage): boolean {
  const site = request.headers["sec-fetch-site"];
  return site === "cross-site" || site === "same-site";
}

function tooLong(length: number): Reply {
  return reply(
    `A command is at most ${QUESTION_MAX.toLocaleString("en-US")} characters; this has ${length.toLocaleString("en-US")}.`,
    {
      reason: "too_long",
      blocks: [
        {
          kind: "text",
          words:
            'A longer text can be checked from a shell: npm run -s ask -- "/claim …", of which the first 8,000 characters are read; or paste a part.',
        },
      ],
      actions: [{ label: "Help", run: "/help" }],
    },
  );
}

function rememberLook(look: Look, command: string | null): Answer {
  const location = command ? askAddress(command) : "/";
  return {
    ...plain(303, location),
    headers: { location, "set-cookie": cookie("pulse_look", look) },
  };
}

function lookOf(word: string | null | undefined): Look | undefined {
  return word === "light" || word === "dark" || word === "system" ? word : undefined;
}

function cookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000`;
}

async function picture(path: string, query: URLSearchParams, { wardrobe }: Site): Promise<Answer> {
  const key = /^\/picture\/([0-9a-f]{20})\.png$/.exec(path)?.[1] ?? "";
  const theme = query.get("theme") === "dark" ? "dark" : "light";
  try {
    const body = await wardrobe.shelf.picture(key, theme);
    if (body === undefined)
      return plain(404, "That picture is not among the answers shown lately: ask again.");
    return {
      status: 200,
      type: "image/png",
      body,
      headers: { "cache-control": "private, max-age=3600" },
    };
  } catch (error) {
    wardrobe.log.error({ err: error }, "playground: a chart could not be drawn");
    return plain(500, "The chart could not be drawn.");
  }
}

function download(path: string, { wardrobe }: Site): Answer {
  const file = wardrobe.shelf.file(path.slice("/file/".length));
  if (file === undefined)
    return plain(404, "That file is not among the answers shown lately: ask again.");
  const name = encodeURIComponent(file.name.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return {
    status: 200,
    type: /^[\w.+-]+\/[\w.+-]+(; charset=utf-8)?$/.test(file.mediaType)
      ? file.mediaType
      : "application/octet-stream",
    body: Buffer.from(file.content, file.encoding),
    headers: { "content-disposition": `attachment; filename*=UTF-8''${name}` },
  };
}
