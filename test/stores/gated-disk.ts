import type { FileHandle } from "node:fs/promises";
import { realDisk, type Disk } from "../../src/stores/disk.ts";

/** A disk whose syncs are counted, held back while its gate is shut, and fail when told to. */
export interface GatedDisk {
  readonly disk: Disk;
  readonly syncs: () => number;
  /** Syncs asked from now on wait until it opens again. */
  readonly shut: () => void;
  readonly open: () => void;
  failing: boolean;
}

export function gatedDisk(): GatedDisk {
  let syncs = 0;
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const gated: GatedDisk = {
    disk: { ...realDisk, open: async (...given) => held(await realDisk.open(...given)) },
    syncs: () => syncs,
    shut: () => {
      gate = Promise.withResolvers<void>();
    },
    open: () => gate.resolve(),
    failing: false,
  };

  function held(file: FileHandle): FileHandle {
    const datasync = file.datasync.bind(file);
    file.datasync = async () => {
      syncs++;
      await gate.promise;
      if (gated.failing) throw Object.assign(new Error("EIO"), { code: "EIO" });
      await datasync();
    };
    return file;
  }
  return gated;
}
