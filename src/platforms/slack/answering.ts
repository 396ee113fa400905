import { setTimeout as wait } from "node:timers/promises";
import type { webApi } from "@slack/bolt";
import type { Chart } from "../../charts/chart.ts";
import type { Bot } from "../../command/bot.ts";
import type { Log } from "../../log.ts";
import type { Form, Reply } from "../../reply/reply.ts";
import type { SlackBlock } from "./block.ts";
import { context } from "./block.ts";
import type { Markup } from "./escape.ts";
import { plainLine } from "./escape.ts";
import type { Outcome } from "./outcome.ts";
import type { SlackMessage, SlackOptions } from "./render.ts";
import { renderSlack } from "./render.ts";
import type { Shelf } from "./upload.ts";
import { uploadFile, uploadPicture } from "./upload.ts";

/** How long we let people and Slack wait, in milliseconds. */
export interface Pace {
  /** Before the asker is told that the answer takes longer. */
  readonly patienceMs: number;
  /** Before a message with a fresh picture is tried again: Slack looks at files before it shows them. */
  readonly pictureMs: number;
  /** For the answers under way when we stop. */
  readonly farewellMs: number;
}
export const USUAL_PACE: Pace = { patienceMs: 2_500, pictureMs: 700, farewellMs: 3_500 };

/** What every answer needs. */
export interface Office {
  readonly bot: Bot;
  readonly client: webApi.WebClient;
  readonly log: Log;
  readonly pace: Pace;
  readonly apiUrl: string | undefined;
  /** Waits for the turn of a piece of work that keeps the process busy. */
  readonly turn: () => Promise<void>;
}

/** A message as it goes over the wire; without blocks it is only its text. */
export interface Wire {
  readonly text: Markup;
  readonly blocks: readonly SlackBlock[];
}

/** One way to show an answer. */
export interface Route {
  /** Others see it, so that what may have been shown is not shown again another way. */
  readonly isPublic: boolean;
  readonly show: (wire: Wire) => Promise<Outcome>;
}

/** Where a question was asked, and so how its answer gets there. */
export interface Spot {
  /** Opens a form as a dialog and says whether it is open; left out where nothing was pressed or typed to open one with. */
  readonly open?: (form: Form) => Promise<boolean>;
  readonly surface: SlackOptions["surface"];
  /** Says that the answer takes longer. */
  readonly working: () => Promise<void>;
  /** Ways to show the answer, best first. */
  readonly routes: (reply: Reply) => readonly Route[];
  /** Where the files of the answer may go, best first, and how the answer names that place. */
  readonly shelves: (
    reply: Reply,
  ) => readonly { readonly open: () => Promise<Shelf>; readonly words: string }[];
}

/**
 * Answers a question where it was asked. Never rejects: an answer that cannot be shown in any way is
 * one line in the log, without its words.
 */
export async function answerAt(
  spot: Spot,
  ask: () => Promise<Reply>,
  office: Office,
): Promise<void> {
  const patience = new AbortController();
  const working = wait(office.pace.patienceMs, undefined, {
    signal: patience.signal,
    ref: false,
  }).then(
    () => spot.working(),
    () => {},
  );
  try {
    await office.turn();
    const answer = await ask();
    if (answer.form !== undefined && (await spot.open?.(answer.form)) === true) return;
    const reply = await withFiles(answer, spot, office);
    const dresser = dresserOf(reply, spot.surface, office);
    await office.turn();
    await dresser("native");
    patience.abort();
    // "Working on it" may just be on its way and must not come after the answer.
    await working;
    await show(reply, spot, dresser, office);
  } catch (error) {
    office.log.error(
      {
        event: "slack-answer",
        reason: "internal",
        error: error instanceof Error ? error.name : "unknown",
      },
      "an answer broke on its way",
    );
  } finally {
    patience.abort();
  }
}

type Dress = "native" | "upload" | "none" | "bare";
interface Dressed extends Wire {
  readonly hasPictures: boolean;
}
type Dresser = (dress: Dress) => Promise<Dressed>;

/** The reply in its dresses, each made once; a chart is drawn and uploaded once for all of them. */
function dresserOf(reply: Reply, surface: SlackOptions["surface"], office: Office): Dresser {
  const made = new Map<Dress, Promise<Dressed>>();
  const uploads = new Map<Chart, Promise<string | undefined>>();
  const fileOf = (chart: Chart): Promise<string | undefined> => {
    const upload = uploads.get(chart) ?? tryUpload(chart, office);
    uploads.set(chart, upload);
    return upload;
  };
  async function make(dress: Dress): Promise<Dressed> {
    const message = renderSlack(reply, {
      surface,
      keep: (command) => office.bot.keep(command),
      picture: dress === "bare" ? "none" : dress,
    });
    if (dress === "bare") return { text: message.text, blocks: [], hasPictures: false };
    return { text: message.text, ...(await hung(message, fileOf)) };
  }
  return (dress) => {
    const dressed = made.get(dress) ?? make(dress);
    made.set(dress, dressed);
    return dressed;
  };
}

async function tryUpload(chart: Chart, { bot, client, log }: Office): Promise<string | undefined> {
  try {
    return await uploadPicture(client, bot.draw, chart);
  } catch (error) {
    log.warn(
      { event: "slack-picture", error: error instanceof Error ? error.name : "unknown" },
      "a picture could not be drawn or uploaded",
    );
    return undefined;
  }
}

/** The blocks with their pictures in place; a picture that is missing is said, with its words. */
async function hung(
  { blocks, pictures }: SlackMessage,
  fileOf: (chart: Chart) => Promise<string | undefined>,
): Promise<Pick<Dressed, "blocks" | "hasPictures">> {
  const ids = new Map<string, string>();
  for (const { chart, blockId } of pictures) {
    const id = await fileOf(chart);
    if (id !== undefined) ids.set(blockId, id);
  }
  const filled = blocks.map((block): SlackBlock => {
    if (block.type !== "image") return block;
    const id = ids.get(block.block_id);
    return id === undefined
      ? context(plainLine(`The picture is missing. ${block.alt_text}`, MISSING))
      : { ...block, slack_file: { id } };
  });
  return { blocks: filled, hasPictures: ids.size > 0 };
}

const MISSING = 1_100;

/** Tries the routes in order, and on each of them the dresses from best to plainest. */
async function show(
  reply: Reply,
  spot: Spot,
  dresser: Dresser,
  { log, pace }: Office,
): Promise<void> {
  // A refusal with a fresh picture in it usually means that Slack has not looked at the file yet.
  const { hasPictures } = await dresser("native");
  const dresses: readonly Dress[] = hasPictures
    ? ["native", "native", "native", "none", "bare"]
    : ["native", "upload", "upload", "bare"];
  let last: Outcome = { status: "closed", error: "no_route" };
  for (const route of spot.routes(reply)) {
    for (const [at, dress] of dresses.entries()) {
      if (at > 0 && dress === dresses[at - 1])
        await wait(pace.pictureMs * at, undefined, { ref: false });
      last = await tried(route, await dresser(dress));
      if (last.status !== "refused") break;
      log.debug(
        { event: "slack-refused", dress },
        "Slack refused the blocks; trying a plainer dress",
      );
    }
    if (last.status === "sent" || (last.status === "unknown" && route.isPublic)) break;
  }
  if (last.status !== "sent")
    log.warn(
      { event: "slack-answer", status: last.status, ...("error" in last && { error: last.error }) },
      "an answer may not have been shown",
    );
}

const LONGEST_WAIT_S = 10;

/** One try, and a second one when Slack asked for a moment. */
async function tried(route: Route, wire: Wire): Promise<Outcome> {
  const outcome = await route.show(wire);
  if (outcome.status !== "later" || outcome.seconds > LONGEST_WAIT_S) return outcome;
  await wait(outcome.seconds * 1_000, undefined, { ref: false });
  return route.show(wire);
}

/** The reply with a note on where its files are; those that go nowhere are said to be missing. */
async function withFiles(reply: Reply, spot: Spot, { client, log }: Office): Promise<Reply> {
  const notes: string[] = [];
  for (const file of reply.files) {
    let words = "could not be sent";
    for (const shelf of spot.shelves(reply)) {
      try {
        await uploadFile(client, file, await shelf.open());
        words = shelf.words;
        break;
      } catch (error) {
        log.warn(
          {
            event: "slack-file",
            error: error instanceof Error ? error.message.slice(0, 100) : "unknown",
          },
          "a file could not be shared",
        );
      }
    }
    notes.push(`${file.name} ${words}.`);
  }
  return notes.length === 0 ? reply : { ...reply, notes: [...notes, ...reply.notes] };
}
