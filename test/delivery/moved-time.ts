import type { After } from "../../src/delivery/worker.ts";

export type MovedTime = ReturnType<typeof movedTime>;

/** A clock with timers that only moves when told. Those that `follow` it hear by how much. */
export function movedTime(start = Date.UTC(2026, 0, 5, 9)) {
  let now = start;
  let timers: readonly { readonly at: number; readonly call: () => void }[] = [];
  const followers: ((ms: number) => void)[] = [];
  const realNow = Date.now;
  const works = new Set<Promise<unknown>>();

  const to = (at: number): void => {
    const ms = at - now;
    if (ms <= 0) return;
    now = at;
    for (const follower of followers) follower(ms);
  };
  const after: After = (ms, call) => {
    const timer = { at: now + ms, call };
    timers = [...timers, timer];
    return () => {
      timers = timers.filter((each) => each !== timer);
    };
  };
  return {
    clock: () => now,
    after,
    to,
    /** Work that belongs to the present moment: time does not move before it is done. */
    busy(work: Promise<unknown>): void {
      const done: Promise<unknown> = work.catch(() => undefined).finally(() => works.delete(done));
      works.add(done);
    },
    async quiet(): Promise<void> {
      while (works.size > 0) await Promise.all(works);
    },
    follow: (follower: (ms: number) => void): void => void followers.push(follower),
    /** Moves to the next timer not later than this and rings it; false when there is none, and it is then that late. */
    next(latest: number): boolean {
      const timer = timers.toSorted((one, other) => one.at - other.at)[0];
      if (timer === undefined || timer.at > latest) {
        to(latest);
        return false;
      }
      to(timer.at);
      timers = timers.filter((each) => each !== timer);
      timer.call();
      return true;
    },
    /** Libraries that count seconds by themselves read this clock too, until `release`. */
    rule(): void {
      Date.now = () => now;
    },
    release(): void {
      Date.now = realNow;
    },
  };
}
