import type { Json } from "../discord/json.ts";
import { ApiFault } from "./api-fault.ts";
import { isSaid, word } from "./args.ts";
import type { Far } from "./methods.ts";
import { filePayload, messagePayload } from "./payloads.ts";

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export function postMessage(far: Far, args: Json): Json {
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

/** https://docs.slack.dev/reference/methods/chat.postEphemeral */
export function postEphemeral(far: Far, args: Json): Json {
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

/** https://docs.slack.dev/reference/methods/chat.update: blocks that are not given stay on show. */
export function updateMessage({ world, conversations, compose, notes }: Far, args: Json): Json {
  const message = conversations.own(args, "cant_update_message");
  const composed = compose(args, { isUpdate: true });
  if (!isSaid(args.blocks) && message.blocks.length > 0) notes.push("update.hidden_text");
  world.edit(message, {
    ...(isSaid(args.blocks) ? composed : { text: composed.text }),
    ...(composed.metadata && { metadata: composed.metadata }),
  });
  return {
    channel: message.channel.id,
    ts: message.ts,
    text: message.text,
    message: messagePayload(world, message, { withMetadata: true }),
  };
}

/** https://docs.slack.dev/reference/methods/chat.delete */
export function deleteMessage({ world, conversations }: Far, args: Json): Json {
  const message = conversations.own(args, "cant_delete_message");
  world.remove(message);
  return { channel: message.channel.id, ts: message.ts };
}

/** https://docs.slack.dev/reference/methods/files.completeUploadExternal, which may share the files too. */
export function completeUpload(far: Far, args: Json): Json {
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
