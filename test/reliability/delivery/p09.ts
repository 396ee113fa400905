import { memoryBook } from "../../../src/stores/memory-book.ts";
import { HOUR, openCrew, plan, runUntil, titleOf } from "../../delivery/crew.ts";
import { movedTime } from "../../delivery/moved-time.ts";
import type { Mode } from "../../delivery/stage.ts";
import { openStage } from "../../delivery/stage.ts";
import type { Figure } from "./promise.ts";
import { copiesOf, seeded } from "./promise.ts";

export interface Outage {
  readonly mode: Mode;
  readonly alerts: number;
  readonly outageMs: number;
  /** `down`: nobody takes a connection. `broken`: every request is answered 502. */
  readonly kind: "down" | "broken";
  readonly seed: number;
}

const CHANNELS = 4;

/** Alerts due while the platform is away are shown after it is back: once, in order, the too old ones as one line. */
export async function p09({ mode, alerts, outageMs, kind, seed }: Outage): Promise<Figure> {
  const time = movedTime();
  time.rule();
  const stage = await openStage(mode, time);
  try {
    const book = memoryBook();
    const channels = Array.from({ length: CHANNELS }, (_, at) => stage.channel(`c${at}`));
    const { delivery } = openCrew(book, [stage.sender()], time, seeded(seed));
    const from = time.clock();
    if (kind === "down") await stage.network.down();
    else stage.network.become(() => "broken");
    const keys = Array.from(
      { length: alerts },
      (_, at) => `alert:p${String(at).padStart(4, "0")}:x:1:opened`,
    );
    for (const [at, postKey] of keys.entries()) {
      await runUntil(delivery, time, from + Math.round((at / alerts) * outageMs));
      await plan(book, { postKey, target: channels[at % CHANNELS]!, now: time.clock() });
      delivery.poke();
    }
    await runUntil(delivery, time, from + outageMs);
    const asked = stage.asked.length;
    if (kind === "down") await stage.network.up();
    else stage.network.become(() => undefined);
    await runUntil(delivery, time, time.clock() + 3 * HOUR);
    await delivery.close();

    const seen = stage.visible();
    const own = seen.filter(({ text }) => !text.includes("While I was away"));
    const copies = copiesOf(
      keys.map(titleOf),
      own.map(({ text }) => text),
    );
    const folded = seen.reduce(
      (sum, { text }) => sum + Number(/While I was away: (\d+) message/.exec(text)?.[1] ?? 0),
      0,
    );
    const lost = copies.filter((count) => count === 0).length - folded;
    const doubled = copies.filter((count) => count > 1).length;
    const inversions = channels.reduce(
      (sum, { id }) =>
        sum +
        inversionsOf(
          own
            .filter(({ channel }) => channel === id)
            .map(({ text }) => /alert (p\d+)/.exec(text)?.[1] ?? ""),
        ),
      0,
    );
    return {
      id: "P9",
      promise: "An alert due while the platform is away is shown after it is back, once, in order",
      injected: `${kind} for ${Math.round(outageMs / 60_000)} min (${mode})`,
      count: alerts,
      violations: Math.abs(lost) + doubled + inversions,
      detail: { lost, doubled, inversions, folded, "requests while away": asked },
    };
  } finally {
    time.release();
    await stage.close();
  }
}

function inversionsOf(names: readonly string[]): number {
  return names.filter((name, at) => at > 0 && name < names[at - 1]!).length;
}
