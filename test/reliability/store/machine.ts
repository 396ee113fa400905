import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs a system command; throws with what it said when it fails. */
export function system(command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr.trim()}`);
  return stdout;
}

function works(command: string, ...args: readonly string[]): boolean {
  const { status, error } = spawnSync(command, args, { stdio: "ignore" });
  return error === undefined && status === 0;
}

/** Why no small disk of our own can be mounted here, or undefined when it can. */
export function mountObstacle(): string | undefined {
  if (process.platform !== "linux") return "mounting a small disk needs Linux";
  if (process.getuid?.() !== 0) return "mounting a small disk needs root";
  const dir = mkdtempSync(join(tmpdir(), "pulse-mount-"));
  try {
    if (!works("mount", "-t", "tmpfs", "-o", "size=64k", "none", dir))
      return "mounting is not allowed here";
    system("umount", dir);
    return undefined;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Why no power cut can be made here: it needs a disk in a file, and a way to stop it between two writes. */
export function powerCutObstacle(): string | undefined {
  const obstacle = mountObstacle();
  if (obstacle !== undefined) return obstacle;
  if (!works("mkfs.ext4", "-V")) return "mkfs.ext4 is not installed";
  if (!works("losetup", "-f")) return "there is no loop device";
  if (!works("perl", "-v")) return "perl, which asks the kernel for the cut, is not installed";
  return undefined;
}

/** Why system calls cannot be made to fail here. */
export function straceObstacle(): string | undefined {
  return works("strace", "-f", "-o", "/dev/null", "-e", "inject=rename:error=EIO:when=9999", "true")
    ? undefined
    : "strace with injection is not installed or not allowed here";
}

/** Why no container can be played here. */
export function namespaceObstacle(): string | undefined {
  return works("unshare", "--net", "--pid", "--fork", "--mount-proc", "true")
    ? undefined
    : "process and network namespaces are not allowed here";
}

/** The figure of a promise that this machine does not let us try. */
export function skipped(
  about: { readonly id: string; readonly promise: string; readonly injected: string },
  obstacle: string,
) {
  return { ...about, count: 0, violations: 0, detail: `not tried: ${obstacle}` };
}
