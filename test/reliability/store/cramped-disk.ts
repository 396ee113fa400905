import { constants } from "node:fs";
import { stat, type FileHandle } from "node:fs/promises";
import { realDisk, type Disk } from "../../../src/stores/disk.ts";

/** The real disk with so little room that bytes count. */
export interface CrampedDisk {
  readonly disk: Disk;
  /** Bytes that are free; a file that grows takes some, one that is cut or taken away gives them back. */
  room: number;
}

export function crampedDisk(room: number): CrampedDisk {
  const cramped = { room, disk: { ...realDisk, open, unlink } };

  function take(bytes: number): void {
    if (bytes > 0 && bytes > cramped.room)
      throw Object.assign(new Error("ENOSPC: no room left"), { code: "ENOSPC" });
    cramped.room -= bytes;
  }

  async function open(...[path, flags, mode]: Parameters<Disk["open"]>): Promise<FileHandle> {
    // A new name takes room too, if only some.
    if (typeof flags === "number" && (flags & constants.O_CREAT) !== 0 && (await sizeOf(path)) < 0)
      take(1);
    return counted(await realDisk.open(path, flags, mode));
  }

  async function unlink(path: Parameters<Disk["unlink"]>[0]): Promise<void> {
    const size = await sizeOf(path);
    await realDisk.unlink(path);
    cramped.room += size + 1;
  }

  function counted(file: FileHandle): FileHandle {
    return new Proxy(file, {
      get(target, name) {
        const own: unknown = Reflect.get(target, name, target);
        if (typeof own !== "function") return own;
        return async (...given: unknown[]) => {
          const [, , length, at] = given;
          const { size } =
            name === "write" || name === "truncate" ? await target.stat() : { size: 0 };
          if (name === "write") take(Math.max(0, Number(at) + Number(length) - size));
          if (name === "truncate") take(Number(given[0]) - size);
          const result: unknown = await Reflect.apply(own, target, given);
          return result;
        };
      },
    });
  }

  return cramped;
}

async function sizeOf(path: Parameters<Disk["open"]>[0]): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => -1,
  );
}
