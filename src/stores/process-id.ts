import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";
import { errorCode } from "./facts-read.ts";

/** One running process, told apart from a later one with the same number and from one in another container. */
export const processId = z.strictObject({
  pid: z.number().int().positive(),
  host: z.string(),
  /** Linux: which boot of which kernel, and which container's view of it; "" elsewhere. */
  boot: z.string(),
  namespace: z.string(),
  /** Linux: when it was started, in the kernel's ticks since boot; "" elsewhere. */
  started: z.string(),
});
export type ProcessId = z.infer<typeof processId>;

export function ownProcess(): ProcessId {
  return {
    pid: process.pid,
    host: hostname(),
    boot: trying(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    namespace: trying(() => readlinkSync("/proc/self/ns/pid")),
    started: startOf(process.pid) ?? "",
  };
}

/** Whether that very process lives. Unknown where we cannot see: another host or container, or no /proc to ask. */
export function processStanding(other: ProcessId): "alive" | "dead" | "unknown" {
  const own = ownProcess();
  if (other.host !== own.host && other.boot === "") return "unknown";
  if (other.boot !== own.boot || other.namespace !== own.namespace) return "unknown";
  if (own.boot !== "") return startOf(other.pid) === other.started ? "alive" : "dead";
  try {
    process.kill(other.pid, 0);
    return "unknown";
  } catch (error) {
    return errorCode(error) === "ESRCH" ? "dead" : "unknown";
  }
}

/** Field 22 of /proc/PID/stat (proc(5)); undefined for no process, and for one that is dead and not yet buried. */
function startOf(pid: number): string | undefined {
  const line = trying(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The command's name stands in brackets and may hold anything, brackets too.
  const [state, ...fields] = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return line === "" || state === "Z" || state === "X" ? undefined : fields[18];
}

function trying(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
