import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { Fault } from "./fault.ts";

/** One thing the terminal can do; each loads only what it needs. */
interface Task {
  readonly usage: string;
  readonly says: string;
  readonly run: (args: readonly string[]) => Promise<number>;
}

const TASKS: Readonly<Record<string, Task>> = {
  start: {
    usage: "npm start",
    says: "run the bot: Slack, Discord, playground, prompt",
    run: async () => (await import("./tasks/start.ts")).start(),
  },
  ask: {
    usage: 'npm run -s ask -- "/layoffs google" [--json] [--data DIR] [--save DIR]',
    says: "answer one question",
    run: async (args) => (await import("./tasks/ask.ts")).ask(args),
  },
  import: {
    usage: "npm run -s import -- FILE… [--data DIR] [--asof DAY]",
    says: "read tracker exports, pay dumps and files of the sources in docs/sources.md",
    run: async (args) => (await import("./tasks/import.ts")).importFiles(args),
  },
  refresh: {
    usage: "npm run -s refresh -- [ID…] [--trust] [--data DIR]",
    says: "ask the named sources now, else those of SOURCES that are due",
    run: async (args) => (await import("./tasks/refresh.ts")).refreshSources(args),
  },
  doctor: {
    usage: "npm run -s doctor -- [--data DIR]",
    says: "look whether the data folder is whole, change nothing",
    run: async (args) => (await import("./tasks/doctor.ts")).doctor(args),
  },
  backup: {
    usage: "npm run -s backup -- [--to DIR] [--data DIR]",
    says: "copy the data folder as it is at one moment, also beside the running bot",
    run: async (args) => (await import("./tasks/backup.ts")).backup(args),
  },
  restore: {
    usage: "npm run -s restore -- --from latest|present|NAME|DIR [--data DIR] [--set-aside]",
    says: "put a copy back, with the bot stopped",
    run: async (args) => (await import("./tasks/restore.ts")).restore(args),
  },
  outbox: {
    usage: "npm run -s outbox [-- retry KEY | drop KEY] [--status WORD] [--json] [--data DIR]",
    says: "list what was sent, what waits and what failed; have what failed tried again, or drop it",
    run: async (args) => (await import("./tasks/outbox.ts")).outbox(args),
  },
  manifest: {
    usage: "npm run -s manifest",
    says: "print the Slack app manifest",
    run: async () => (await import("./tasks/manifest.ts")).manifest(),
  },
  docs: {
    usage: "npm run -s docs",
    says: "write the pages made from the catalogues anew",
    run: async () => (await import("./tasks/docs.ts")).docs(),
  },
};

/** The command line: picks a task, says faults in words, sets the exit code (0 fine, 1 refused, 2 wrong usage, 70 our fault, 75 the bot already runs there). */
export async function run(argv: readonly string[]): Promise<void> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const [name = "help", ...args] = argv;
  const task = TASKS[name];
  if (task === undefined) {
    const lines = Object.values(TASKS).map(({ usage, says }) => `  ${usage}\n      ${says}`);
    console.log(
      `market-pulse tells a channel what happens on the tech labour market.\n\n${lines.join("\n")}`,
    );
    process.exitCode = name === "help" ? 0 : 2;
    return;
  }
  try {
    process.exitCode = await task.run(args);
  } catch (error) {
    process.exitCode = report(error, task);
  }
}

/** The words and flags of one task; a wrong flag is a Fault that shows the usage. */
export function taskArgs<const O extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(
  args: readonly string[],
  options: O,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new Fault(
      "bad_argument",
      error instanceof Error ? error.message.split(". ")[0]! : "A flag does not fit.",
      usage,
    );
  }
}

function report(error: unknown, task: Task): number {
  if (error instanceof Fault) {
    console.error(
      [error.message, error.right, error.tries[0] === undefined ? "" : `Try: ${error.tries[0]}`]
        .filter(Boolean)
        .join("\n"),
    );
    if (error.reason === "running") return 75;
    return error.reason === "bad_argument" && error.right === task.usage ? 2 : 1;
  }
  console.error(
    `Something broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return 70;
}
