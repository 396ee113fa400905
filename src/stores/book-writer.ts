import { Fault } from "../fault.ts";
import { journalPath, pruneGenerations, snapshotPath } from "./book-folder.ts";
import type { BookRead } from "./book-read.ts";
import { readonlyFault, writeDurably, type Disk } from "./disk.ts";
import { openSeqMark, type Identity, type SeqMark } from "./instance-file.ts";
import { commitLine } from "./journal-read.ts";
import { createJournal, reopenJournal, type Journal } from "./journal.ts";
import type { FolderLock } from "./lock.ts";
import type { Shelf, Written } from "./shelf.ts";
import { snapshotBytes } from "./snapshot-file.ts";

/** The files of one book while they are written. Calls never overlap. */
export interface BookWriter {
  /** Number of the last commit on disk. */
  readonly seq: number;
  readonly journalBytes: number;
  /** True when there is a journal to append to. */
  readonly ready: boolean;
  /** True while the newest generation's journal is empty: its snapshot is all there is. */
  readonly idle: boolean;
  readonly snapshotBytes: number;
  /** Puts commits on disk, in order; when it rejects, none of them counts. `shelf` is everything on disk before them. */
  append(commits: readonly (readonly Written[])[], shelf: Shelf): Promise<void>;
  /** Writes the whole shelf as a new generation with a journal of its own; the generations before stay as copies. */
  begin(shelf: Shelf): Promise<void>;
  close(): Promise<void>;
}

interface Place {
  readonly disk: Disk;
  readonly dir: string;
  readonly lock: FolderLock;
  readonly identity: Identity;
  readonly onNotice: (sentence: string) => void;
  /** Leave older generations where they are; a restore moves them aside itself. */
  readonly keepOld?: boolean;
}

export async function openBookWriter(
  place: Place,
  read: Pick<BookRead, "newest" | "seq" | "journal" | "snapshotBytes">,
): Promise<BookWriter> {
  const { disk, dir, lock, identity, onNotice } = place;
  let { newest, seq } = read;
  let beganAt = seq;
  let snapshotSize = read.snapshotBytes;
  let mark: SeqMark | undefined;
  let journal: Journal | undefined;
  // A taken-over folder gets a new generation: what its last holder may still write goes where nobody reads on.
  if (read.journal !== undefined && !lock.takenOver)
    journal = await reopenJournal(disk, journalPath(dir, newest), read.journal.bytes);

  function refuseLate(): void {
    if (lock.held()) return;
    throw new Fault(
      "conflict",
      `Another process has taken over ${dir}. Nothing was changed.`,
      "Stop one of the two, then start again.",
    );
  }

  async function leaveJournal(): Promise<void> {
    const left = journal;
    journal = undefined;
    await left?.close().catch(() => undefined);
  }

  async function begin(shelf: Shelf): Promise<void> {
    refuseLate();
    const generation = ++newest;
    let placing = false;
    try {
      const head = { ...identity, generation, seq };
      snapshotSize = await writeDurably(
        disk,
        snapshotPath(dir, generation),
        snapshotBytes(head, shelf.records()),
        () => {
          refuseLate();
          placing = true;
        },
      );
      const next = await createJournal(disk, journalPath(dir, generation), {
        ...identity,
        generation,
        from: seq,
      });
      await leaveJournal();
      journal = next;
      beganAt = seq;
    } catch (error) {
      // Once the snapshot may have its name, commits in the journal before it would not be read again.
      if (placing) await leaveJournal();
      throw error;
    }
    await putMark();
    if (place.keepOld !== true) await pruneGenerations(disk, dir).catch(() => undefined);
  }

  async function putMark(): Promise<void> {
    try {
      mark ??= await openSeqMark(disk, dir);
      await mark.put(seq);
    } catch {
      // It may lag: then only less would be noticed.
    }
  }

  return {
    get seq() {
      return seq;
    },
    get journalBytes() {
      return journal?.bytes ?? 0;
    },
    get ready() {
      return journal !== undefined;
    },
    get idle() {
      return journal !== undefined && seq === beganAt;
    },
    get snapshotBytes() {
      return snapshotSize;
    },
    begin,
    async append(commits, shelf) {
      try {
        refuseLate();
        if (journal !== undefined && !(await journal.untouched())) {
          onNotice(
            `${journalPath(dir, newest)} was changed or taken away while the bot runs. It is left as it is; the state goes on in a new file.`,
          );
          await leaveJournal();
        }
        if (journal?.trusted !== true) await begin(shelf);
        const lines = commits.map((changes, index) => commitLine(seq + index + 1, changes));
        await journal!.append(lines.join(""));
        refuseLate();
      } catch (error) {
        throw readonlyFault("It could not be saved", error);
      }
      seq += commits.length;
      await putMark();
    },
    async close() {
      await leaveJournal();
      await mark?.close();
    },
  };
}
