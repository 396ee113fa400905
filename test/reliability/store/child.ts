import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A process of one of the programs in this folder, heard line by line. */
export interface Child {
  /** Resolves with the first line that begins so, or undefined when the process ends without one. */
  line(beginning: string): Promise<string | undefined>;
  readonly pid: number;
  /** Gives it a line, once, where it is spoken to. */
  say(line: string): void;
  kill(signal?: NodeJS.Signals): void;
  /** Resolves when the process is gone and all its lines were heard. */
  readonly ended: Promise<void>;
  /** How it ended and what it said last, for a violation that somebody has to understand. */
  lastWords(): string;
}

export function startChild(
  program: string,
  args: readonly string[],
  options: {
    readonly onLine?: (line: string) => void;
    /** A command that runs the program, such as strace with its arguments. */
    readonly through?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    /** It is told by a line what to do. */
    readonly spokenTo?: boolean;
  } = {},
): Child {
  const file = new URL(program, import.meta.url).pathname;
  const [command = process.execPath, ...rest] = [
    ...(options.through ?? []),
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    file,
    ...args,
  ];
  const child: ChildProcess = spawn(command, rest, {
    stdio: [options.spokenTo === true ? "pipe" : "ignore", "pipe", "pipe"],
    // Starting is most of what a killed process does; compiled code is kept from one to the next.
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(tmpdir(), "pulse-promise-code"),
      ...options.env,
    },
  });
  const heard: string[] = [];
  // A process that is gone hears nothing more; that it is gone is told by its end.
  child.stdin?.on("error", () => undefined);
  let complaint = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-4_000);
  });
  const waiting = new Set<() => void>();
  let over = false;
  const lines = createInterface({ input: child.stdout! });
  lines.on("line", (line) => {
    heard.push(line);
    options.onLine?.(line);
    for (const wake of waiting) wake();
  });
  const ended = Promise.all([once(child, "exit"), once(lines, "close")]).then(() => {
    over = true;
    for (const wake of waiting) wake();
  });
  return {
    pid: child.pid!,
    kill: (signal = "SIGKILL") => void child.kill(signal),
    ended,
    say: (line) => void child.stdin?.end(`${line}\n`),
    lastWords() {
      const how = child.signalCode ?? `status ${child.exitCode ?? "none yet"}`;
      const error = complaint.split("\n").find((line) => /\w*(Error|Fault)\b.*:/.test(line));
      return [how, heard.at(-1) ?? "not a word", error ?? complaint.trim().slice(-200)]
        .filter(Boolean)
        .join("; ");
    },
    async line(beginning) {
      for (;;) {
        const found = heard.find((line) => line.startsWith(beginning));
        if (found !== undefined || over) return found;
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
  };
}
