import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Market } from "../market/market.ts";
import type { SourceStanding } from "../market/source-health.ts";
import type { Book } from "../stores/book.ts";
import { openAlerts } from "./alerts.ts";
import { planDigests } from "./digests.ts";
import { tidy } from "./tidy.ts";

/** What runs without being asked. */
export interface StandingOrders {
  /** Looks what is due and writes it down. The clock only wakes us: a beat that is missed loses nothing. Never rejects. */
  beat(): Promise<void>;
}

export function standingOrders({
  book,
  facts,
  standings = async () => [],
  clock,
  log,
  onPlanned,
}: {
  readonly book: Book;
  readonly facts: { readonly market: Market; refresh(): Promise<void> };
  /** Left out where no source is asked. */
  readonly standings?: () => Promise<readonly SourceStanding[]>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onPlanned: () => void;
}): StandingOrders {
  let running: Promise<void> | undefined;
  const planAlerts = openAlerts();
  let tidied = "";

  async function look(): Promise<void> {
    await facts.refresh();
    const seen = { book, market: facts.market, now: clock(), log, standings };
    const alerts = await planAlerts(seen);
    const digests = await planDigests({ ...seen, lastBeatMs: lastWritten(book) });
    if (alerts + digests > 0) onPlanned();
    tidied = await tidy(seen, tidied);
  }

  return {
    beat() {
      running ??= look()
        .catch((error: unknown) =>
          log.error(
            {
              event: "heartbeat",
              error: error instanceof Error ? (error.stack ?? error.message) : "unknown",
            },
            "a beat failed",
          ),
        )
        .finally(() => {
          running = undefined;
        });
      return running;
    },
  };
}

/** The newest instant anything was written down: a clock far behind it is not believed. */
function lastWritten(book: Book): number {
  const instants = [
    ...book.list("slots").map(({ value }) => value.at),
    ...book.list("posts").map(({ value }) => value.createdAt),
  ];
  return instants.reduce((last, at) => Math.max(last, at), 0);
}
