import type { Office, Route, Spot, Wire } from "./answering.ts";
import { escaped } from "./escape.ts";
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
  // What is answered to a command stays where it is; Slack replaces only the message of a pressed button.
  return responseSpot(asker, responseUrl, { isReplaced: false }, office);
}

/** A pressed button or menu: an answer only its asker sees is refined in place, under a shared one a private answer follows. */
export function pressedSpot(
  asker: Asker,
  responseUrl: string,
  isEphemeral: boolean,
  office: Office,
): Spot {
  return responseSpot(asker, responseUrl, { isReplaced: isEphemeral }, office);
}

function responseSpot(
  asker: Asker,
  url: string,
  { isReplaced }: { readonly isReplaced: boolean },
  office: Office,
): Spot {
  const respond = (body: object): Promise<Outcome> =>
    isResponseUrl(url, office.apiUrl)
      ? respondTo(url, body)
      : Promise.resolve({ status: "closed", error: "foreign_url" });
  const thread = asker.threadTs === undefined ? {} : { thread_ts: asker.threadTs };
  // Left out, Slack would replace the message of the button even where others read it.
  const alone = { response_type: "ephemeral", replace_original: isReplaced, ...thread };
  const shared = { response_type: "in_channel", replace_original: false, ...thread };
  return {
    surface: "message",
    working: async () => {
      await respond({ ...alone, text: WORKING });
    },
    routes: ({ audience }) => {
      const quietly: Route = {
        isPublic: false,
        show: (wire) => respond({ ...alone, ...content(wire) }),
      };
      const aloud: Route = {
        isPublic: true,
        show: (wire) => respond({ ...shared, ...content(wire) }),
      };
      return audience === "asker"
        ? [quietly, ephemeral(asker, office), direct(asker, office)]
        : [aloud, post(asker, office), quietly];
    },
    shelves: ({ audience }) =>
      audience === "everyone" ? [here(asker), inDirect(asker, office)] : [inDirect(asker, office)],
  };
}

/**
 * What has no address of its own for its answer (a filled-in dialog, a mention where other organisations listen): answered
 * in its conversation, to the asker alone unless it is to be shared.
 */
export function guardedSpot(asker: Asker, office: Office): Spot {
  const quietly = [ephemeral(asker, office), direct(asker, office)];
  return {
    surface: "message",
    working: async () => {
      // Where only the dialog was, an answer on its way needs a sign.
      if (asker.channel === "") return;
      await ephemeral(asker, office).show({ text: escaped(WORKING, 100), blocks: [] });
    },
    routes: ({ audience }) => {
      if (asker.channel === "") return [direct(asker, office)];
      // Between two there is nobody to hide from, and what is said stays.
      const isShared = audience === "everyone" || asker.channel.startsWith("D");
      return isShared ? [post(asker, office), ...quietly] : quietly;
    },
    shelves: () => [inDirect(asker, office)],
  };
}

/** A mention, answered in its thread, or a direct message, answered below it. */
export function spokenSpot(asker: Asker, office: Office): Spot {
  let note: string | undefined;
  return {
    surface: "message",
    working: async () => {
      const outcome = await outcomeOf(() =>
        office.client.chat.postMessage({ ...target(asker), ...QUIET, text: WORKING }),
      );
      note = outcome.status === "sent" ? outcome.ts : undefined;
    },
    routes: () => [
      note === undefined ? post(asker, office) : update(asker, note, office),
      ephemeral(asker, office),
      direct(asker, office),
    ],
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
      const shown =
        blocks.length > 0
          ? [...blocks]
          : [{ type: "section", text: { type: "mrkdwn", text: text.slice(0, 2_900) } }];
      return outcomeOf(() =>
        office.client.views
          .publish({ user_id: user, view: { type: "home", blocks: shown } })
          .then(() => ({})),
      );
    },
  };
  return {
    surface: "home",
    working: async () => {},
    routes: () => [publish],
    shelves: () => [inDirect(asker, office)],
  };
}

/** Nothing of ours unfurls, and no word of ours is looked up as a name. */
const QUIET = {
  unfurl_links: false,
  unfurl_media: false,
  link_names: false,
  parse: "none",
} as const;

function target({ channel, threadTs }: Asker): { channel: string; thread_ts?: string } {
  return { channel, ...(threadTs !== undefined && { thread_ts: threadTs }) };
}

function content({ text, blocks }: Wire): { text: string; blocks?: Wire["blocks"][number][] } {
  return { text, ...(blocks.length > 0 && { blocks: [...blocks] }) };
}

function post(asker: Asker, { client }: Office): Route {
  return {
    isPublic: true,
    show: (wire) =>
      outcomeOf(() => client.chat.postMessage({ ...target(asker), ...QUIET, ...content(wire) })),
  };
}

function update({ channel }: Asker, ts: string, { client }: Office): Route {
  // Without a list of blocks the old ones would stay on show.
  return {
    isPublic: true,
    show: ({ text, blocks }) =>
      outcomeOf(() =>
        client.chat.update({
          channel,
          ts,
          text,
          blocks: [...blocks],
          link_names: false,
          parse: "none",
        }),
      ),
  };
}

function ephemeral(asker: Asker, { client }: Office): Route {
  return {
    isPublic: false,
    show: (wire) =>
      outcomeOf(() =>
        client.chat
          .postEphemeral({
            ...target(asker),
            user: asker.user,
            link_names: false,
            parse: "none",
            ...content(wire),
          })
          .then(() => ({})),
      ),
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
  return {
    open: async () => ({ channel, ...(threadTs !== undefined && { threadTs }) }),
    words: "is here as a file",
  };
}

function inDirect(asker: Asker, office: Office): ShelfOption {
  return { open: () => openDirect(asker, office), words: "is in our direct messages" };
}
