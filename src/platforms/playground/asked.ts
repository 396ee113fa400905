import { putNewest } from "./shelf.ts";

const SESSIONS_MAX = 50;
const COMMANDS_MAX = 12;

/** What each browser asked lately, newest first; forgotten when the process ends. */
export interface AskedLately {
  add(session: string, command: string): void;
  of(session: string): readonly string[];
}

export function memoryAskedLately(): AskedLately {
  const sessions = new Map<string, readonly string[]>();
  const of = (session: string) => sessions.get(session) ?? [];
  return {
    add(session, command) {
      const earlier = of(session).filter((one) => one !== command);
      putNewest(sessions, session, [command, ...earlier].slice(0, COMMANDS_MAX), SESSIONS_MAX);
    },
    of,
  };
}
