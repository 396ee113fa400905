import type { Json } from "../discord/json.ts";
import { ApiFault } from "./api-fault.ts";
import type { Far } from "./methods.ts";
import { eventPayload } from "./payloads.ts";
import type { ResponseUrl, ResponseUrls } from "./response-urls.ts";
import type { Seen } from "./seen.ts";
import { seenHome, seenMessage } from "./seen.ts";
import type { Delivery, EnvelopeKind } from "./socket-mode.ts";
import type { Channel, StoredMessage, User } from "./world.ts";

/** Who asks, and where; the fake's own person and channel unless told. */
export interface Asker {
  readonly user?: User;
  readonly channel?: Channel;
}

/** Something asked, on its way. */
export interface Asked {
  readonly delivery: Delivery;
  /** What it was acknowledged with; rejects with what Slack tells the person instead. */
  acked(): Promise<Json>;
  /** The first thing shown in reply that says something; rejects like `acked` when nothing can come. */
  answer(): Promise<Seen>;
  /** Everything shown in reply so far, as it looks now. */
  shown(): readonly Seen[];
}

/** What a look finds of the bot's reaction by now. */
export type Look = () => readonly Seen[];

/** Sends what people do to the bot, and watches what comes of it. */
export function sending(far: Far, responses: ResponseUrls) {
  const { world, views, socket, notes, origin } = far;

  const asked = (delivery: Delivery, look: Look, url?: ResponseUrl): Asked => {
    const what = `${delivery.kind} ${JSON.stringify(delivery.payload).slice(0, 200)}`;
    const shown = (): readonly Seen[] =>
      [...(url?.shown.map(seenMessage) ?? []), ...look()].filter(saysSomething);
    const unlessFailed = <T>(found: T | undefined): T | undefined => {
      if (found === undefined && delivery.failure !== undefined) throw new Error(delivery.failure);
      return found;
    };
    return {
      delivery,
      shown,
      acked: () => world.see(() => unlessFailed(delivery.acked), `an acknowledgement of ${what}`),
      answer: () => world.see(() => unlessFailed(shown()[0]), `an answer to ${what}`),
    };
  };

  /** Words in the acknowledgement of a command are its first answer. */
  const showAck = (url: ResponseUrl, payload: Json): void => {
    if (Object.keys(payload).length === 0) return;
    try {
      responses.answer(url, payload);
    } catch (error) {
      if (!(error instanceof ApiFault)) throw error;
      notes.push(`ack.${error.error}`);
    }
  };

  /**
   * What the bot shows this person from now on: new messages, and those changed. What is answered
   * at the address of an interaction belongs to that one alone.
   */
  const reaction = ({ user, channel }: Required<Asker>, thread?: string): Look => {
    const direct = world.directChannel(user);
    const candidates = () =>
      world.messages.filter(
        (message) =>
          message.author === world.bot &&
          (message.channel === channel || message.channel === direct) &&
          (message.seenBy === undefined || message.seenBy === user) &&
          (thread === undefined || message.seenBy !== undefined || message.thread === thread),
      );
    const before = new Map(candidates().map((message) => [message.ts, stateOf(message)]));
    return () =>
      candidates()
        .filter(
          (message) => before.get(message.ts) !== stateOf(message) && !responses.hasShown(message),
        )
        .map(seenMessage);
  };

  return {
    asked,
    reaction,
    event: (body: Json, look: Look): Asked =>
      asked(socket.send("events_api", eventPayload(world, body)), look),
    /** Something that is answered at an address of its own. */
    interaction: (
      kind: EnvelopeKind,
      payload: Json,
      asker: Required<Asker>,
      source?: StoredMessage,
    ): Asked => {
      const url = responses.open({ ...asker, ...(source && { source }) });
      const look = reaction(asker);
      const delivery = socket.send(
        kind,
        {
          ...payload,
          trigger_id: views.openTrigger(asker.user),
          response_url: `${origin()}/response_url/${url.key}`,
        },
        kind === "slash_commands" ? (ack) => showAck(url, ack) : undefined,
      );
      return asked(delivery, look, url);
    },
    homeChanged: (user: User): Look => {
      const before = world.home(user)?.hash;
      return () => {
        const view = world.home(user);
        return view && view.hash !== before ? [seenHome(view, world)] : [];
      };
    },
  };
}

function saysSomething({ allText, files }: Seen): boolean {
  return allText.trim() !== "" || files.length > 0;
}

function stateOf({ editedAt, text, blocks }: StoredMessage): string {
  return JSON.stringify([editedAt, text, blocks]);
}
