import type { Json } from "../discord/json.ts";
import { ApiFault } from "./api-fault.ts";
import { flag, isSaid, whole, word } from "./args.ts";
import type { Far } from "./methods.ts";
import { messagePayload } from "./payloads.ts";
import type { StoredMessage } from "./world.ts";

/** What everybody sees in a channel outside of threads, newest first. */
export function history(far: Far, args: Json): Json {
  const channel = far.conversations.readable(args);
  const isHere = (message: StoredMessage): boolean =>
    message.channel === channel && (message.thread === undefined || message.thread === message.ts);
  return page(far, args, far.world.messages.filter(isHere).toReversed());
}

/** A thread with the message it hangs on, oldest first. */
export function replies(far: Far, args: Json): Json {
  const channel = far.conversations.readable(args);
  const thread = far.world.messages.filter(
    (message) =>
      message.channel === channel && (message.ts === args.ts || message.thread === args.ts),
  );
  if (thread.length === 0) throw new ApiFault("thread_not_found");
  return page(far, args, thread);
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
