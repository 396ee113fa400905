import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Low } from "lowdb";
import writeFileAtomic from "write-file-atomic";
import { z } from "zod";

const MOST = 5_000;
const FILE = "buttons.json";

/** Short key → command, oldest first. */
const KEPT = z.strictObject({ version: z.literal(1), commands: z.record(z.string(), z.string()) });
type Kept = z.infer<typeof KEPT>;

/** Commands too long for a button, under short keys that survive a restart. */
export interface ButtonKeys {
  keep(command: string): string;
  recall(key: string): string | undefined;
  /** Waits until what was kept is on disk. */
  close(): Promise<void>;
}

/** Keys that live as long as the process, for one-off questions. */
export function memoryKeys(): ButtonKeys {
  const commands = new Map<string, string>();
  return {
    keep(command) {
      const key = shortKey(command);
      commands.set(key, command);
      return key;
    },
    recall: (key) => commands.get(key),
    async close() {},
  };
}

/**
 * Keys kept in `buttons.json` of the data folder. A damaged file is set aside in words (`onDamage`) and begun anew:
 * it holds only commands anyone can type again. Writing follows in the background, the latest state wins.
 */
export async function openKeys(
  dir: string,
  onDamage: (sentence: string) => void,
): Promise<ButtonKeys> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, FILE);
  const db = new Low<Kept>(
    {
      read: async () => readKept(file, onDamage),
      write: (data) => writeFileAtomic(file, JSON.stringify(data), { mode: 0o600, fsync: true }),
    },
    { version: 1, commands: {} },
  );
  await db.read();
  const commands = new Map(Object.entries(db.data.commands));
  let writing: Promise<void> = Promise.resolve();
  let dirty = false;

  async function save(): Promise<void> {
    if (!dirty) return;
    dirty = false;
    db.data = { version: 1, commands: Object.fromEntries(commands) };
    await db
      .write()
      .catch((error: unknown) =>
        onDamage(
          `Buttons could not be saved: ${error instanceof Error ? error.message : "unknown fault"}`,
        ),
      );
  }

  return {
    keep(command) {
      const key = shortKey(command);
      if (commands.has(key)) return key;
      commands.set(key, command);
      const [oldest] = commands.keys();
      if (commands.size > MOST && oldest !== undefined) commands.delete(oldest);
      dirty = true;
      writing = writing.then(save);
      return key;
    },
    recall: (key) => commands.get(key),
    close: () => writing,
  };
}

/** The first 16 characters of the command's SHA-256 in base64url: the same command, the same key. */
function shortKey(command: string): string {
  return createHash("sha256").update(command).digest("base64url").slice(0, 16);
}

function readKept(file: string, onDamage: (sentence: string) => void): Kept | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return null;
  }
  try {
    return KEPT.parse(JSON.parse(text));
  } catch {
    onDamage(`${FILE} is damaged; old long buttons will ask to be typed again.`);
    return null;
  }
}
