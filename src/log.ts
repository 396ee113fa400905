import { pino, type Logger } from "pino";

export type Log = Pick<Logger, "info" | "warn" | "error" | "debug">;

/** Shapes of secrets that may never reach a log line, an error text or a chat. */
const SECRET_SHAPES = [
  /xox[a-z]-[A-Za-z0-9-]{6,}/g,
  /xapp-[A-Za-z0-9-]{6,}/g,
  /[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g,
  /https:\/\/hooks\.slack\.com\/[^\s"']+/g,
  /postgres(?:ql)?:\/\/[^\s"']+/g,
];

/** Text with everything that looks like a secret replaced. */
export function withoutSecrets(text: string): string {
  return SECRET_SHAPES.reduce((clean, shape) => clean.replace(shape, "‹secret›"), text);
}

/** One JSON line an event on stderr, scrubbed; stdout belongs to answers. */
export function openLog(level: string): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => void process.stderr.write(withoutSecrets(line)) },
  );
}

export const silentLog: Log = { info() {}, warn() {}, error() {}, debug() {} };
