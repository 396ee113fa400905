import type { Channel, StoredMessage, User, World } from "./world.ts";

/** What Discord puts into its answers and events, from what the world knows. */
export function userPayload({ id, username, bot }: User) {
  return {
    id,
    username,
    discriminator: "0",
    global_name: username,
    avatar: null,
    ...(bot && { bot }),
  };
}

export function channelPayload(channel: Channel) {
  return channel.guildId === undefined
    ? {
        id: channel.id,
        type: 1,
        recipients: channel.recipient ? [userPayload(channel.recipient)] : [],
      }
    : { id: channel.id, type: 0, guild_id: channel.guildId, name: channel.name, permissions: "0" };
}

export function memberPayload(user: User) {
  return {
    user: userPayload(user),
    nick: null,
    roles: [],
    joined_at: "2024-01-01T00:00:00.000Z",
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    permissions: "2147483647",
  };
}

export function messagePayload(
  message: StoredMessage,
  { cdnUrl, mentions = [] }: { readonly cdnUrl: string; readonly mentions?: readonly User[] },
) {
  return {
    id: message.id,
    channel_id: message.channel.id,
    type: message.answers === undefined ? 0 : 19,
    author: userPayload(message.author),
    content: message.content,
    components: message.components,
    embeds: [],
    attachments: message.attachments.map(({ id, filename, description, contentType, data }) => ({
      id,
      filename,
      ...(description !== undefined && { description }),
      content_type: contentType,
      size: data.length,
      url: `${cdnUrl}/attachments/${message.channel.id}/${id}/${filename}`,
      proxy_url: `${cdnUrl}/attachments/${message.channel.id}/${id}/${filename}`,
    })),
    mentions: mentions.map(userPayload),
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    flags: message.flags,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp:
      message.editedAt === undefined ? null : new Date(message.editedAt).toISOString(),
    ...(message.nonce !== undefined && { nonce: message.nonce }),
    ...(message.answers !== undefined && {
      message_reference: { message_id: message.answers, channel_id: message.channel.id },
    }),
  };
}

export function applicationPayload(world: World) {
  return {
    id: world.application.id,
    name: world.application.username,
    icon: null,
    description: "",
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: "0".repeat(64),
    flags: 0,
    approximate_guild_count: world.guilds.size,
    bot: userPayload(world.application),
  };
}
