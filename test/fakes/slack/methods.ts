import type { Json } from "../discord/json.ts";
import type { Access } from "./access.ts";
import { ApiFault, missingField } from "./api-fault.ts";
import { flag, isSaid, whole, word } from "./args.ts";
import type { Compose } from "./compose.ts";
import type { Conversations } from "./conversations.ts";
import type { Files } from "./files.ts";
import {
  channelPayload,
  filePayload,
  messagePayload,
  userPayload,
  viewPayload,
} from "./payloads.ts";
import type { SocketMode } from "./socket-mode.ts";
import type { Views } from "./views.ts";
import type { StoredMessage, World } from "./world.ts";

/** Everything a method may need. */
export interface Far {
  readonly world: World;
  readonly access: Access;
  readonly files: Files;
  readonly views: Views;
  readonly conversations: Conversations;
  readonly socket: SocketMode;
  readonly compose: Compose;
  readonly notes: string[];
  /** A message with the same `client_msg_id` is posted once. */
  isIdempotent: boolean;
  readonly origin: () => string;
}

export interface Method {
  readonly token: "bot" | "app" | "none";
  readonly scope?: string;
  readonly required?: readonly string[];
  readonly answer: (far: Far, args: Json) => Json;
}

export const METHODS: Readonly<Record<string, Method>> = {
  "api.test": {
    token: "none",
    answer: (_, args) => {
      if (isSaid(args.error)) throw new ApiFault(word(args, "error"), { more: { args } });
      return { args };
    },
  },
  "auth.test": {
    token: "bot",
    answer: ({ world, origin }) => ({
      url: `${origin()}/`,
      team: "Acme",
      user: world.bot.name,
      team_id: world.team.id,
      user_id: world.bot.id,
      bot_id: world.botId,
      is_enterprise_install: false,
    }),
  },
  "apps.connections.open": {
    token: "app",
    answer: ({ socket, origin }) => ({
      url: `${origin().replace("http", "ws")}/link/?ticket=${socket.openTicket()}`,
    }),
  },
  "chat.postMessage": {
    token: "bot",
    scope: "chat:write",
    required: ["channel"],
    answer: postMessage,
  },
  "chat.postEphemeral": {
    token: "bot",
    scope: "chat:write",
    required: ["channel", "user"],
    answer: postEphemeral,
  },
  "chat.update": {
    token: "bot",
    scope: "chat:write",
    required: ["channel", "ts"],
    answer: updateMessage,
  },
  "chat.delete": {
    token: "bot",
    scope: "chat:write",
    required: ["channel", "ts"],
    answer: ({ world, conversations }, args) => {
      const message = conversations.own(args, "cant_delete_message");
      world.remove(message);
      return { channel: message.channel.id, ts: message.ts };
    },
  },
  "conversations.open": {
    token: "bot",
    scope: "im:write",
    answer: ({ world }, args) => {
      if (!isSaid(args.users)) throw new ApiFault("users_list_not_supplied");
      const user = world.users.get(word(args, "users"));
      if (user === undefined) throw new ApiFault("user_not_found");
      if (user.isClosed) throw new ApiFault("user_disabled");
      const channel = world.directChannel(user);
      return {
        channel: flag(args.return_im) ? channelPayload(channel, world.bot) : { id: channel.id },
      };
    },
  },
  "conversations.info": {
    token: "bot",
    required: ["channel"],
    answer: ({ world, conversations }, args) => ({
      channel: channelPayload(conversations.listed(args), world.bot),
    }),
  },
  "conversations.history": {
    token: "bot",
    required: ["channel"],
    answer: (far, args) => {
      const channel = far.conversations.readable(args);
      const isHere = (message: StoredMessage): boolean =>
        message.channel === channel &&
        (message.thread === undefined || message.thread === message.ts);
      return page(far, args, far.world.messages.filter(isHere).toReversed());
    },
  },
  "conversations.replies": {
    token: "bot",
    required: ["channel", "ts"],
    answer: (far, args) => {
      const channel = far.conversations.readable(args);
      const thread = far.world.messages.filter(
        (message) =>
          message.channel === channel && (message.ts === args.ts || message.thread === args.ts),
      );
      if (thread.length === 0) throw new ApiFault("thread_not_found");
      return page(far, args, thread);
    },
  },
  "users.info": {
    token: "bot",
    scope: "users:read",
    required: ["user"],
    answer: ({ world }, args) => {
      const user = world.users.get(word(args, "user"));
      if (user === undefined) throw new ApiFault("user_not_found");
      return { user: userPayload(world, user) };
    },
  },
  "views.publish": {
    token: "bot",
    required: ["user_id", "view"],
    answer: ({ world, views }, args) => ({ view: viewPayload(world, views.publish(args)) }),
  },
  "views.open": {
    token: "bot",
    required: ["trigger_id", "view"],
    answer: ({ world, views }, args) => ({ view: viewPayload(world, views.open(args)) }),
  },
  "views.update": {
    token: "bot",
    required: ["view"],
    answer: ({ world, views }, args) => ({ view: viewPayload(world, views.update(args)) }),
  },
  "files.getUploadURLExternal": {
    token: "bot",
    scope: "files:write",
    answer: ({ files, origin }, args) => {
      const { id, uploadKey } = files.announce(args);
      return { upload_url: `${origin()}/upload/${uploadKey}`, file_id: id };
    },
  },
  "files.completeUploadExternal": {
    token: "bot",
    scope: "files:write",
    required: ["files"],
    answer: completeUpload,
  },
  "files.info": {
    token: "bot",
    scope: "files:read",
    required: ["file"],
    answer: ({ world, files, origin }, args) => {
      const file = world.files.get(word(args, "file"));
      if (file?.completedAt === undefined) throw new ApiFault("file_not_found");
      return { file: filePayload(file, origin(), files.isReady(file.id)), comments: [] };
    },
  },
};

/** Answers a call, or throws Slack's refusal: who asks is looked at before what is asked. */
export function callMethod(far: Far, name: string, token: string, args: Json): Json {
  const method = METHODS[name];
  if (method === undefined) throw new ApiFault("unknown_method", { more: { req_method: name } });
  if (method.token !== "none") far.access.check(token, method.token);
  if (method.scope !== undefined) far.access.need(method.scope);
  for (const required of method.required ?? [])
    if (!isSaid(args[required])) throw missingField(required);
  return { ok: true, ...method.answer(far, args) };
}

function postMessage(far: Far, args: Json): Json {
  const { world, conversations, compose } = far;
  const channel = conversations.writable(args);
  const composed = compose(args);
  const clientMsgId = word(args, "client_msg_id");
  const earlier = far.isIdempotent
    ? world.messages.find((each) => clientMsgId !== "" && each.clientMsgId === clientMsgId)
    : undefined;
  const thread = threadOf(far, args);
  const message =
    earlier ??
    world.place({
      channel,
      author: world.bot,
      ...composed,
      ...(thread !== undefined && { thread }),
      ...(clientMsgId !== "" && { clientMsgId }),
    });
  return {
    channel: channel.id,
    ts: message.ts,
    message: messagePayload(world, message, { withMetadata: true }),
  };
}

function postEphemeral(far: Far, args: Json): Json {
  const { world, conversations, compose } = far;
  const channel = conversations.writable(args);
  const seenBy = world.users.get(word(args, "user"));
  if (seenBy === undefined || !channel.members.has(seenBy.id))
    throw new ApiFault("user_not_in_channel");
  const thread = threadOf(far, args);
  const { ts } = world.place({
    channel,
    author: world.bot,
    seenBy,
    ...compose(args),
    ...(thread !== undefined && { thread }),
  });
  return { message_ts: ts };
}

function updateMessage({ world, conversations, compose, notes }: Far, args: Json): Json {
  const message = conversations.own(args, "cant_update_message");
  const composed = compose(args, { isUpdate: true });
  if (!isSaid(args.blocks) && message.blocks.length > 0) notes.push("update.hidden_text");
  Object.assign(
    message,
    isSaid(args.blocks) ? composed : { text: composed.text },
    composed.metadata && { metadata: composed.metadata },
    { editedAt: world.now() },
  );
  return {
    channel: message.channel.id,
    ts: message.ts,
    text: message.text,
    message: messagePayload(world, message, { withMetadata: true }),
  };
}

function completeUpload(far: Far, args: Json): Json {
  const { world, files, conversations, compose, origin } = far;
  const isShared = isSaid(args.channel_id);
  const channel = isShared ? conversations.writable({ channel: args.channel_id }) : undefined;
  const done = files.complete(args);
  if (channel !== undefined) {
    const comment = word(args, "initial_comment");
    const hasWords = comment !== "" || isSaid(args.blocks);
    const thread = threadOf(far, args);
    world.place({
      channel,
      author: world.bot,
      ...(hasWords && compose({ text: comment, blocks: args.blocks })),
      files: done,
      ...(thread !== undefined && { thread }),
    });
  }
  return { files: done.map((file) => filePayload(file, origin())) };
}

function threadOf({ world, notes }: Far, args: Json): string | undefined {
  const thread = word(args, "thread_ts");
  if (thread === "") return undefined;
  if (!world.messages.some(({ ts }) => ts === thread)) notes.push("thread.unknown");
  return thread;
}

const PAGE = 100;
const LARGEST_PAGE = 1_000;

/** One page of messages everybody sees between two moments, and where the next one starts. */
function page({ world, origin }: Far, args: Json, messages: readonly StoredMessage[]): Json {
  const limit = whole(args.limit) ?? PAGE;
  if (limit < 1 || limit >= LARGEST_PAGE) throw new ApiFault("invalid_limit");
  const oldest = word(args, "oldest") || "0";
  const latest = word(args, "latest") || "9";
  const inclusive = flag(args.inclusive);
  const isBetween = ({ ts }: StoredMessage): boolean =>
    (ts > oldest && ts < latest) || (inclusive && (ts === oldest || ts === latest));
  const found = messages.filter((message) => message.seenBy === undefined && isBetween(message));
  const start = cursorStart(args, found);
  const shown = found.slice(start, start + limit);
  const next = found[start + limit];
  return {
    messages: shown.map((message) =>
      messagePayload(world, message, {
        withMetadata: flag(args.include_all_metadata),
        origin: origin(),
      }),
    ),
    has_more: next !== undefined,
    response_metadata: {
      next_cursor: next === undefined ? "" : Buffer.from(`next_ts:${next.ts}`).toString("base64"),
    },
  };
}

function cursorStart(args: Json, found: readonly StoredMessage[]): number {
  if (!isSaid(args.cursor)) return 0;
  const ts = Buffer.from(word(args, "cursor"), "base64").toString().replace("next_ts:", "");
  const start = found.findIndex((message) => message.ts === ts);
  if (start < 0) throw new ApiFault("invalid_cursor");
  return start;
}
