import { FAULTS } from "./api-fault.ts";
import type { World } from "./world.ts";

export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** Counts requests in one bucket a channel and one for everything, and says so in Discord's headers. */
export class RateLimits {
  readonly #world: World;
  readonly #windows = new Map<string, { readonly startedAt: number; count: number }>();
  /** Discord publishes no numbers; these are wide enough not to be met unless a test narrows them. */
  perChannel: RateLimit = { limit: 500, windowMs: 5_000 };
  global: RateLimit = { limit: 5_000, windowMs: 1_000 };
  /** How many requests were refused. */
  refused = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Counts a request; gives the headers of its answer or throws a 429. Interactions do not count to the global limit. */
  count(bucket: string, isInteraction: boolean): Readonly<Record<string, string>> {
    if (!isInteraction) this.#take("global", this.global, true);
    const { left, resetMs } = this.#take(bucket, this.perChannel, false);
    return {
      "x-ratelimit-limit": String(this.perChannel.limit),
      "x-ratelimit-remaining": String(left),
      "x-ratelimit-reset": ((this.#world.now() + resetMs) / 1000).toFixed(3),
      "x-ratelimit-reset-after": (resetMs / 1000).toFixed(3),
      "x-ratelimit-bucket": Buffer.from(bucket).toString("hex").slice(0, 32),
    };
  }

  #take(
    bucket: string,
    { limit, windowMs }: RateLimit,
    isGlobal: boolean,
  ): { readonly left: number; readonly resetMs: number } {
    const now = this.#world.now();
    const known = this.#windows.get(bucket);
    const window = known && now - known.startedAt < windowMs ? known : { startedAt: now, count: 0 };
    this.#windows.set(bucket, window);
    const resetMs = windowMs - (now - window.startedAt);
    if (window.count >= limit) {
      this.refused += 1;
      throw FAULTS.rateLimited(resetMs / 1000, isGlobal);
    }
    window.count += 1;
    return { left: limit - window.count, resetMs };
  }
}
