import type { Json } from "../discord/json.ts";
import type {
  Channel,
  Happening,
  StoredFile,
  StoredMessage,
  StoredView,
  User,
  World,
} from "./world.ts";

/** A message as the Web API and the events give it. */
export function messagePayload(
  world: World,
  message: StoredMessage,
  { withMetadata = false, origin = "" } = {},
): Json {
  const { author, ts, text, blocks, files, thread, metadata, editedAt, clientMsgId } = message;
  return {
    type: "message",
    user: author.id,
    ts,
    text,
    team: author.teamId,
    ...(author.isBot && { bot_id: world.botId, app_id: world.appId }),
    ...(blocks.length > 0 && { blocks }),
    ...(files.length > 0 && { files: files.map((file) => filePayload(file, origin)) }),
    ...(thread !== undefined && { thread_ts: thread }),
    ...(clientMsgId !== undefined && { client_msg_id: clientMsgId }),
    ...(editedAt !== undefined && {
      edited: { user: author.id, ts: `${Math.floor(editedAt / 1_000)}.000000` },
    }),
    ...(withMetadata && metadata !== undefined && { metadata }),
  };
}

/** A file; while Slack still looks through it, it does not say what it is. */
export function filePayload(file: StoredFile, origin: string, isReady = true): Json {
  const mimetype = MIME_TYPES[file.name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
  return {
    id: file.id,
    created: Math.floor((file.completedAt ?? 0) / 1_000),
    name: file.name,
    title: file.title,
    mimetype: isReady ? mimetype : "",
    filetype: isReady ? (file.name.split(".").at(-1) ?? "") : "",
    size: file.length,
    mode: "hosted",
    is_external: false,
    url_private: `${origin}/files/T-${file.id}/${file.name}`,
    permalink: `${origin}/files/${file.id}`,
    ...(file.altText !== "" && { alt_txt: file.altText }),
  };
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  png: "image/png",
  csv: "text/csv",
  txt: "text/plain",
};

export function channelPayload(
  { id, name, kind, user, creator, isArchived, isShared, members }: Channel,
  bot: User,
): Json {
  return {
    id,
    ...(kind === "im" ? { user: user?.id, is_im: true } : { name, is_channel: kind === "public" }),
    is_private: kind !== "public",
    ...(creator !== undefined && { creator: creator.id }),
    is_ext_shared: isShared,
    is_archived: isArchived,
    is_member: members.has(bot.id),
  };
}

/** A person; what people of another workspace are there, Slack does not say. */
export function userPayload(world: World, { id, name, isBot, isClosed, rank, teamId }: User): Json {
  const isOurs = teamId === world.team.id;
  return {
    id,
    team_id: teamId,
    name,
    real_name: name,
    tz: "Europe/Berlin",
    tz_offset: 3_600,
    deleted: isClosed,
    is_bot: isBot,
    ...(isOurs && {
      is_admin: rank === "admin" || rank === "owner",
      is_owner: rank === "owner",
      is_primary_owner: false,
      is_restricted: rank === "guest" || rank === "single-channel guest",
      is_ultra_restricted: rank === "single-channel guest",
    }),
    profile: { real_name: name, display_name: name },
  };
}

export function viewPayload(world: World, { id, kind, hash, content }: StoredView): Json {
  return {
    ...content,
    id,
    type: kind,
    hash,
    team_id: world.team.id,
    app_id: world.appId,
    bot_id: world.botId,
    state: { values: {} },
  };
}

/** Who did it and where, as every interaction says it. */
export function actorPayload(world: World, user: User): Json {
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    team: { id: world.team.id, domain: world.team.domain },
    api_app_id: world.appId,
    token: "verification-token",
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** An event in the envelope of the Events API. */
export function eventPayload(world: World, event: Json): Json {
  return {
    token: "verification-token",
    team_id: world.team.id,
    api_app_id: world.appId,
    type: "event_callback",
    event_id: world.newId("Ev"),
    event_time: Math.floor(world.now() / 1_000),
    event,
    authorizations: [
      {
        enterprise_id: null,
        team_id: world.team.id,
        user_id: world.bot.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: world.channels.get(String(event.channel))?.isShared === true,
  };
}

/** What the app's own tab of messages tells of a message that came, changed or went. */
export function happeningPayload(world: World, { kind, message, before }: Happening): Json {
  const place = {
    type: "message",
    channel: message.channel.id,
    channel_type: "im",
    event_ts: message.ts,
  };
  const content = messagePayload(world, message);
  if (kind === "message") return { ...content, ...place };
  if (kind === "message_deleted")
    return { ...place, subtype: kind, deleted_ts: message.ts, previous_message: content };
  const previous_message = messagePayload(world, before ?? message);
  return { ...place, subtype: kind, message: content, previous_message };
}
