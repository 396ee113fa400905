import type { Post } from "./sender.ts";

const DIRECTS_MOST = 10_000;

/**
 * The channel a post goes to: its own, or the direct messages of a person, which `open` gives. A person has one for ever,
 * so each is opened once. Rejects with what `open` rejects with.
 */
export function channelsOf(
  open: (person: string) => Promise<string>,
): (target: Post["target"]) => Promise<string> {
  const directs = new Map<string, string>();
  return async ({ kind, id }) => {
    if (kind === "channel") return id;
    const known = directs.get(id);
    if (known !== undefined) return known;
    const channel = await open(id);
    if (directs.size >= DIRECTS_MOST) directs.clear();
    directs.set(id, channel);
    return channel;
  };
}
