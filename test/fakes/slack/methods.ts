import type { Json } from "../discord/json.ts";
import type { Access } from "./access.ts";
import { ApiFault, missingField } from "./api-fault.ts";
import { flag, isSaid, word } from "./args.ts";
import {
  completeUpload,
  deleteMessage,
  postEphemeral,
  postMessage,
  updateMessage,
} from "./chat.ts";
import type { Compose } from "./compose.ts";
import type { Conversations } from "./conversations.ts";
import type { Files } from "./files.ts";
import { history, replies } from "./history.ts";
import { channelPayload, filePayload, userPayload, viewPayload } from "./payloads.ts";
import type { SocketMode } from "./socket-mode.ts";
import type { Views } from "./views.ts";
import type { World } from "./world.ts";

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
    scope: "connections:write",
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
    answer: deleteMessage,
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
  "conversations.history": { token: "bot", required: ["channel"], answer: history },
  "conversations.replies": { token: "bot", required: ["channel", "ts"], answer: replies },
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
