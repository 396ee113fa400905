import type { FileHandle } from "node:fs/promises";
import { realDisk, type Disk } from "../../../src/stores/disk.ts";

/** What happens at the n-th call, counted from 1. A write does half of its work first, as a real one may. */
export interface DiskFault {
  readonly at: number;
  /** `die`: neither this call nor any later one happens. `full`: every call that takes space fails, until freed. */
  readonly kind: "die" | "EIO" | "ENOSPC" | "full";
}

/** A disk that is the real one but for one fault. */
export interface FaultyDisk {
  readonly disk: Disk;
  /** Calls so far. */
  readonly calls: number;
  readonly happened: boolean;
  /** True when the process plays dead. */
  readonly dead: boolean;
  /** Ends a `full`. */
  free(): void;
}

const TAKES_SPACE: ReadonlySet<string> = new Set(["open", "mkdir", "write", "rename", "datasync"]);

export function faultyDisk(fault?: DiskFault): FaultyDisk {
  let calls = 0;
  let happened = false;
  let freed = false;

  /** Whether the call fails; the count rises with each one asked. */
  function fails(name: string): boolean {
    calls++;
    if (fault === undefined) return false;
    if (fault.kind === "die") return (happened ||= calls >= fault.at);
    if (fault.kind === "full" && calls >= fault.at && !freed && TAKES_SPACE.has(name))
      return (happened = true);
    if (fault.kind === "full" || calls !== fault.at) return false;
    return (happened = true);
  }

  function failure(name: string): Error {
    const code = fault?.kind === "EIO" ? "EIO" : "ENOSPC";
    return Object.assign(new Error(`${code}: made to fail, ${name}`), { code });
  }

  async function call<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    if (fails(name)) throw failure(name);
    return work();
  }

  function faultyFile(file: FileHandle): FileHandle {
    return new Proxy(file, {
      get(target, name) {
        const own: unknown = Reflect.get(target, name, target);
        if (typeof own !== "function") return own;
        return async (...given: unknown[]) => {
          // Closing costs nothing and must not leak descriptors of a process that plays dead.
          const called = String(name);
          if (called !== "close" && fails(called)) {
            if (called === "write" && fault?.kind !== "EIO") await halfWrite(target, given);
            throw failure(called);
          }
          const result: unknown = await Reflect.apply(own, target, given);
          return result;
        };
      },
    });
  }

  async function halfWrite(
    target: FileHandle,
    [bytes, from, length, at]: unknown[],
  ): Promise<void> {
    if (bytes instanceof Uint8Array && typeof from === "number" && typeof length === "number")
      await target.write(bytes, from, length >> 1, typeof at === "number" ? at : null);
  }

  return {
    disk: {
      open: async (...args) => faultyFile(await call("open", () => realDisk.open(...args))),
      rename: (...args) => call("rename", () => realDisk.rename(...args)),
      unlink: (...args) => call("unlink", () => realDisk.unlink(...args)),
      chmod: (...args) => call("chmod", () => realDisk.chmod(...args)),
      // Its many forms do not pass through a wrapper; reading a folder's names changes nothing.
      readdir: realDisk.readdir,
      mkdir: realDisk.mkdir,
      lstat: realDisk.lstat,
    },
    get calls() {
      return calls;
    },
    get happened() {
      return happened;
    },
    get dead() {
      return happened && fault?.kind === "die";
    },
    free: () => {
      freed = true;
    },
  };
}
