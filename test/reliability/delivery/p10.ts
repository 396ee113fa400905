import { memoryBook } from "../../../src/stores/memory-book.ts";
import { MINUTE, openCrew, plan, postOf, runUntil } from "../../delivery/crew.ts";
import { movedTime } from "../../delivery/moved-time.ts";
import type { Mode, Stage } from "../../delivery/stage.ts";
import { openStage } from "../../delivery/stage.ts";
import type { Figure } from "./promise.ts";

export interface Limited {
  readonly mode: Mode;
  readonly channels: number;
  readonly rounds: number;
}

const PATIENCE_MS = 30_000;
const EVERY_MS = 10_000;

/** A platform that says "too often" is obeyed, and only the channel it said it of waits. */
export async function p10({ mode, channels: count, rounds }: Limited): Promise<Figure> {
  const time = movedTime();
  time.rule();
  const stage = await openStage(mode, time);
  try {
    const book = memoryBook();
    const channels = Array.from({ length: count }, (_, at) => stage.channel(`c${at}`));
    const [limited, ...others] = channels;
    const { delivery } = openCrew(book, [stage.sender()], time);
    const from = time.clock();
    limit(stage, limited!.id);
    for (let round = 0; round < rounds; round += 1) {
      await runUntil(delivery, time, from + round * EVERY_MS);
      for (const target of channels)
        await plan(book, {
          postKey: `alert:${target.id}:x:${round}:opened`,
          target,
          now: time.clock(),
        });
      delivery.poke();
    }
    await runUntil(delivery, time, time.clock() + 5 * MINUTE);
    await delivery.close();

    const delays = others
      .flatMap(({ id }) =>
        Array.from({ length: rounds }, (_, round) =>
          postOf(book, stage.tenant, `alert:${id}:x:${round}:opened`),
        ),
      )
      .map(({ settledAt, createdAt }) => (settledAt ?? Infinity) - createdAt)
      .sort((one, other) => one - other);
    const p95 = delays[Math.ceil(delays.length * 0.95) - 1]!;
    const tries = triesAt(stage, limited!.id);
    const early = tries.filter((at) => at > tries[0]! && at < tries[0]! + PATIENCE_MS).length;
    const shown = stage.visible().length;
    return {
      id: "P10",
      promise: "429 is obeyed and hurts only its channel",
      injected: `one channel of ${count} answers 429 with Retry-After: 30 (${mode})`,
      count: count * rounds,
      violations: early + (count * rounds - shown) + (p95 > 2_000 ? 1 : 0),
      detail: { early, shown, "p95 ms": p95, refused: tries.length - rounds },
    };
  } finally {
    time.release();
    await stage.close();
  }
}

function limit({ slack, discord }: Stage, channel: string): void {
  const place = slack?.world.channels.get(channel);
  if (slack !== undefined && place !== undefined) slack.rateLimit(place, PATIENCE_MS / 1_000);
  discord?.trouble("POST", new RegExp(`/channels/${channel}/messages$`), {
    status: 429,
    body: { message: "You are being rate limited.", retry_after: 30, global: false },
    headers: {
      "retry-after": "30",
      "x-ratelimit-reset-after": "30.000",
      "x-ratelimit-scope": "user",
    },
  });
}

/** When this channel was written to, by our clock. */
function triesAt({ asked, slack }: Stage, channel: string): number[] {
  if (slack === undefined)
    return asked
      .filter(({ path }) => path.endsWith(`/channels/${channel}/messages`))
      .map(({ at }) => at);
  const posts = asked.filter(({ path }) => path.endsWith("chat.postMessage"));
  const calls = slack.requests.filter(({ method }) => method === "chat.postMessage");
  return posts.filter((_, at) => calls[at]?.args.channel === channel).map(({ at }) => at);
}
