import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Fault } from "../fault.ts";
import { namesIn, stateDir } from "./book-folder.ts";
import { createFile, isFull, readonlyFault, type Disk } from "./disk.ts";
import { errorCode } from "./facts-read.ts";
import { INSTANCE_FILE, SEQ_FILE } from "./instance-file.ts";
import { RESERVE_FILE } from "./reserve.ts";

/** Makes the folder itself, for its lock to lie in. Throws a Fault saying what is in the way. */
export async function makeFolder(disk: Disk, dir: string): Promise<void> {
  try {
    await disk.mkdir(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw folderFault(dir, error);
  }
}

/**
 * Makes a folder that we hold fit to be written: it is there, none of its files is a link, only its owner may read the state (else
 * that is repaired and told), and a file written there can be renamed. Throws a Fault saying which of these fails.
 */
export async function prepareFolder(
  disk: Disk,
  dir: string,
  onNotice: (sentence: string) => void,
): Promise<void> {
  const state = stateDir(dir);
  try {
    await disk.mkdir(state, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (!isFull(error)) throw folderFault(dir, error);
  }
  const paths = [
    ...(await namesIn(disk, state)).map((name) => join(state, name)),
    join(dir, INSTANCE_FILE),
    join(dir, SEQ_FILE),
    join(dir, RESERVE_FILE),
  ];
  const repaired = [];
  if (await repairedMode(disk, state, 0o700)) repaired.push(state);
  for (const path of paths) if (await repairedMode(disk, path, 0o600)) repaired.push(path);
  if (repaired.length > 0)
    onNotice(
      `Others could read ${repaired[0]}${repaired.length > 1 ? ` and ${repaired.length - 1} more` : ""}; now only the bot's user can.`,
    );
  await tryRename(disk, state);
}

/** True when the mode had to be narrowed. */
async function repairedMode(disk: Disk, path: string, mode: number): Promise<boolean> {
  let found;
  try {
    found = await disk.lstat(path);
  } catch {
    return false;
  }
  if (found.isSymbolicLink())
    throw new Fault("bad_file", `${path} is a symbolic link.`, "Put the file itself there.");
  if (process.platform === "win32" || (found.mode & 0o777 & ~mode) === 0) return false;
  try {
    await disk.chmod(path, mode);
    return true;
  } catch (error) {
    throw readonlyFault(`${path} can be read by others, and its mode cannot be changed`, error);
  }
}

/** Everything we promise rests on rename: a single file mounted into a container does not allow it. */
async function tryRename(disk: Disk, state: string): Promise<void> {
  const probe = join(state, `probe-${randomBytes(8).toString("hex")}`);
  try {
    await (await createFile(disk, `${probe}-1.tmp`)).close();
    await disk.rename(`${probe}-1.tmp`, `${probe}-2.tmp`);
    await disk.unlink(`${probe}-2.tmp`);
  } catch (error) {
    // A full disk passes; then reading goes on and saving begins when there is room.
    if (!isFull(error)) throw folderFault(state, error);
  }
}

function folderFault(path: string, error: unknown): Fault {
  const code = errorCode(error);
  if (code === "ENOTDIR" || code === "EEXIST")
    return new Fault(
      "store_readonly",
      `${path} is a file, and a folder is needed.`,
      "Mount the folder, not a file in it.",
    );
  return readonlyFault(`${path} cannot be written`, error);
}
