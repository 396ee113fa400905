import type { Reply } from "../../reply/reply.ts";
import type { Office, Route, Spot, Wire } from "./answering.ts";
import type { Outcome } from "./outcome.ts";
import { isResponseUrl, outcomeOf, respondTo } from "./outcome.ts";
import type { Shelf } from "./upload.ts";

const WORKING = "Working on it…";

/** Who asked, and in which conversation. */
export interface Asker {
  readonly user: string;
  readonly channel: string;
  readonly threadTs?: string | undefined;
}

/** A slash command or message shortcut: answered to the asker alone, unless it is to be shared. */
export function privateSpot(asker: Asker, responseUrl: string, office: Office): Spot {
  let hasNote = false;
  const respond = responses(responseUrl, office);
  return {
    surface: "message",
    working: async () => {
      hasNote = (await respond({ response_type: "ephemeral", text: WORKING })).status === "sent";
    },
    routes: (reply) => {
      const alone: Route = {
        isPublic: false,
        show: (wire) => respond({ response_type: "ephemeral", replace_original: hasNote, ...wire }),
      };
      if (reply.audience === "asker") return [alone, ephemeral(asker, office), direct(asker, office)];
      const shared: Route = {
        isPublic: true,
        show: async (wire) => {
          const outcome = await respond({ response_type: "in_channel", replace_original: false, ...wire });
          if (outcome.status === "sent" && hasNote) await respond({ delete_original: true });
          return outcome;
        },
      };
      return [shared, post(asker, office), alone];
    },
    shelves: (reply) => shelves(asker, reply, office),
  };
}

/** A pressed button or menu: an answer only its asker sees is refined in place, under a shared one a private answer follows. */
export function pressedSpot(asker: Asker, responseUrl: string, isEphemeral: boolean, office: Office): Spot {
  const respond = responses(responseUrl, office);
  const place = { response_type: "ephemeral", replace_original: isEphemeral };
  return {
    surface: "message",
    working: async () => {
      await respond({ ...place, text: WORKING });
    },
    routes: (reply) => {
      const thread = asker.threadTs === undefined ? {} : { thread_ts: asker.threadTs };
      const alone: Route = { isPublic: false, show: (wire) => respond({ ...place, ...thread, ...wire }) };
      if (reply.audience === "asker") return [alone, ephemeral(asker, office), direct(asker, office)];
      const shared: Route = { isPublic: true, show: (wire) => respond({ response_type: "in_channel", replace_original: false, ...thread, ...wire }) };
      return [shared, post(asker, office), alone];
    },
    shelves: (reply) => shelves(asker, reply, office),
  };
}

/** A mention, answered in its thread, or a direct message, answered below it. */
export function spokenSpot(asker: Asker, office: Office): Spot {
  let note: string | undefined;
  return {
    surface: "message",
    working: async () => {
      const outcome = await outcomeOf(() => office.client.chat.postMessage({ ...target(asker), ...QUIET, text: WORKING }));
      note = outcome.status === "sent" ? outcome.ts : undefined;
    },
    routes: () => [note === undefined ? post(asker, office) : update(asker, note, office), ephemeral(asker, office), direct(asker, office)],
    shelves: () => [here(asker)],
  };
}

/** A button under one of our messages in a direct conversation: the message itself changes. */
export function ownMessageSpot(asker: Asker, messageTs: string, office: Office): Spot {
  return {
    ...spokenSpot(asker, office),
    working: async () => {},
    routes: () => [update(asker, messageTs, office), post(asker, office)],
  };
}

/** The app's own tab. */
export function homeSpot(user: string, office: Office): Spot {
  const asker = { user, channel: "" };
  const publish: Route = {
    isPublic: false,
    show: ({ text, blocks }) => {
      const shown = blocks.length > 0 ? [...blocks] : [{ type: "section", text: { type: "mrkdwn", text: text.slice(0, 2_900) } }];
      return outcomeOf(() => office.client.views.publish({ user_id: user, view: { type: "home", blocks: shown } }).then(() => ({})));
    },
  };
  return { surface: "home", working: async () => {}, routes: () => [publish], shelves: () => [inDirect(asker, office)] };
}

/** Nothing of ours unfurls, and no word of ours is looked up as a name. */
const QUIET = { unfurl_links: false, unfurl_media: false, link_names: false, parse: "none" } as const;

function responses(url: string, { apiUrl }: Office): (body: object) => Promise<Outcome> {
  const isOurs = isResponseUrl(url, apiUrl);
  return async (body) => (isOurs ? respondTo(url, slim(body)) : { status: "closed", error: "foreign_url" });
}

/** An empty list of blocks is left out: the text alone speaks then. */
function slim(body: object): object {
  return "blocks" in body && Array.isArray(body.blocks) && body.blocks.length === 0 ? { ...body, blocks: undefined } : body;
}

function target({ channel, threadTs }: Asker): { channel: string; thread_ts?: string } {
  return { channel, ...(threadTs !== undefined && { thread_ts: threadTs }) };
}

function content({ text, blocks }: Wire): { text: string; blocks?: Wire["blocks"][number][] } {
  return { text, ...(blocks.length > 0 && { blocks: [...blocks] }) };
}

function post(asker: Asker, { client }: Office): Route {
  return { isPublic: true, show: (wire) => outcomeOf(() => client.chat.postMessage({ ...target(asker), ...QUIET, ...content(wire) })) };
}

function update({ channel }: Asker, ts: string, { client }: Office): Route {
  // Without a list of blocks the old ones would stay on show.
  return { isPublic: true, show: ({ text, blocks }) => outcomeOf(() => client.chat.update({ channel, ts, text, blocks: [...blocks], link_names: false, parse: "none" })) };
}

function ephemeral(asker: Asker, { client }: Office): Route {
  return {
    isPublic: false,
    show: (wire) => outcomeOf(() => client.chat.postEphemeral({ ...target(asker), user: asker.user, link_names: false, parse: "none", ...content(wire) }).then(() => ({}))),
  };
}

function direct(asker: Asker, office: Office): Route {
  return {
    isPublic: false,
    show: (wire) =>
      outcomeOf(async () => {
        const { channel } = await openDirect(asker, office);
        return office.client.chat.postMessage({ channel, ...QUIET, ...content(wire) });
      }),
  };
}

async function openDirect({ user }: Asker, { client }: Office): Promise<Shelf> {
  const { channel } = await client.conversations.open({ users: user });
  if (channel?.id === undefined) throw new Error("Slack opened no direct conversation.");
  return { channel: channel.id };
}

type ShelfOption = ReturnType<Spot["shelves"]>[number];

function here({ channel, threadTs }: Asker): ShelfOption {
  return { open: async () => ({ channel, ...(threadTs !== undefined && { threadTs }) }), words: "is here as a file" };
}

function inDirect(asker: Asker, office: Office): ShelfOption {
  return { open: () => openDirect(asker, office), words: "is in our direct messages" };
}

function shelves(asker: Asker, { audience }: Reply, office: Office): readonly ShelfOption[] {
  return audience === "everyone" ? [here(asker), inDirect(asker, office)] : [inDirect(asker, office)];
}
