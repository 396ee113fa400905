import type { Day } from "./facts.ts";

/** How a source that is asked by itself has fared. Instants are UTC, ISO 8601. */
export interface SourceHealth {
  readonly triedAt: string;
  /** The last answer that was taken, or that said nothing had changed; null where there was none yet. */
  readonly succeededAt: string | null;
  /** Rows of the last answers that were believed, taken or not. */
  readonly rows: number;
  /** The newest day those rows speak of. */
  readonly newestOn: Day | null;
  /** Turns in a row that brought nothing. */
  readonly failures: number;
  /** What went wrong last, in words; null when nothing did. */
  readonly error: string | null;
  /** Since when its answers are not believed, and why; null when they are. */
  readonly suspicious: { readonly since: string; readonly why: string } | null;
  /** The server asked to be left alone until then. */
  readonly notBefore: string | null;
}

/** A source as people are told of it. */
export interface SourceStanding {
  readonly id: string;
  readonly publisher: string;
  readonly title: string;
  readonly licence: string;
  readonly attribution: string;
  readonly url: string;
  readonly gaps: string;
  readonly everyMinutes: number | null;
  readonly staleAfterHours: number;
  /** Why it is not asked, in a sentence; null when it is. */
  readonly off: string | null;
  /** Null: never asked. */
  readonly health: SourceHealth | null;
  /** Its turn has come while nobody was there to ask, and it is about to be asked: what is known of it is of before. */
  readonly isUnasked?: boolean;
}

export type SourceState = "off" | "waiting" | "suspicious" | "stale" | "failing" | "ok";

/** What one word says of a source: what the reader of its facts should know first. */
export function sourceState(
  { off, health, staleAfterHours }: SourceStanding,
  now: number,
): SourceState {
  if (off !== null) return "off";
  if (health === null) return "waiting";
  if (health.suspicious !== null) return "suspicious";
  const { succeededAt } = health;
  if (succeededAt !== null && now - Date.parse(succeededAt) > staleAfterHours * 3_600_000)
    return "stale";
  return health.failures > 0 ? "failing" : "ok";
}
