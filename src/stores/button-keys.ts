import { createHash } from "node:crypto";
import type { Book } from "./book.ts";
import { keyOf } from "./book.ts";

/** Commands too long for a button, under short keys. */
export interface ButtonKeys {
  keep(command: string): string;
  recall(key: string): string | undefined;
}

/** Whoever presses the button has it in front of them already, so keys belong to nobody in particular. */
const EVERYONE = "all";
const KEPT = 5_000;

/**
 * Keys that survive a restart, kept in the book. Writing follows in the background; until it is done they are known
 * here, and one that could not be written (`onTrouble`) only means that an old button asks to be typed again.
 */
export function bookKeys(
  book: Book,
  clock: () => number,
  onTrouble: (error: unknown) => void,
): ButtonKeys {
  const fresh = memoryKeys();
  return {
    keep(command) {
      const key = fresh.keep(command);
      if (book.get("buttons", keyOf(EVERYONE, key)) === undefined) void write(key, command);
      return key;
    },
    recall: (key) => fresh.recall(key) ?? book.get("buttons", keyOf(EVERYONE, key))?.value.command,
  };

  async function write(key: string, command: string): Promise<void> {
    const known = book.list("buttons", keyOf(EVERYONE, ""));
    const oldest =
      known.length < KEPT ? undefined : known.toSorted((a, b) => a.value.at - b.value.at)[0];
    const value = { tenant: EVERYONE, command, at: clock() };
    try {
      await book.commit([
        { table: "buttons", key: keyOf(EVERYONE, key), value },
        ...(oldest === undefined
          ? []
          : [{ table: "buttons" as const, key: oldest.key, value: null }]),
      ]);
    } catch (error) {
      onTrouble(error);
    }
  }
}

/** Keys that live as long as the process, for one-off questions. */
export function memoryKeys(): ButtonKeys {
  const commands = new Map<string, string>();
  return {
    keep(command) {
      const key = shortKey(command);
      commands.delete(key);
      commands.set(key, command);
      const [oldest] = commands.keys();
      if (commands.size > KEPT && oldest !== undefined) commands.delete(oldest);
      return key;
    },
    recall: (key) => commands.get(key),
  };
}

/** The first 16 characters of the command's SHA-256 in base64url: the same command, the same key. */
function shortKey(command: string): string {
  return createHash("sha256").update(command).digest("base64url").slice(0, 16);
}
