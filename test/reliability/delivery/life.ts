import type { Begin, Sender } from "../../../src/delivery/sender.ts";
import type { Delivery } from "../../../src/delivery/worker.ts";
import { openDelivery } from "../../../src/delivery/worker.ts";
import { silentLog } from "../../../src/log.ts";
import type { Book } from "../../../src/stores/book.ts";
import type { Post } from "../../../src/stores/records.ts";
import { runUntil } from "../../delivery/crew.ts";
import type { MovedTime } from "../../delivery/moved-time.ts";

export interface LifeParts {
  readonly book: Book;
  readonly sender: Sender;
  readonly time: MovedTime;
  readonly chance: () => number;
  /** It dies at this many points: before and after each commit, and before and after each call to the platform. */
  readonly killAt: number;
  /** Posts that take the process down with them while they are dressed. */
  readonly isPoison?: (post: Post) => boolean;
}

/**
 * One life of a delivery process that is killed at a given point: from then on nothing it waits for ever comes, and
 * nothing it began is heard of. Resolves with whether it was killed before all was done or the time was over.
 */
export async function live(
  { book, sender, time, chance, killAt, isPoison = () => false }: LifeParts,
  latest: number,
): Promise<boolean> {
  let left = killAt;
  let isDead = false;
  const death = Promise.withResolvers<void>();
  const never = new Promise<never>(() => {});

  const dies = (): Promise<never> => {
    isDead = true;
    death.resolve();
    return never;
  };
  const point = async (): Promise<void> => {
    left -= 1;
    if (isDead || left === 0) await dies();
  };
  const between = async <T>(work: () => Promise<T>): Promise<T> => {
    await point();
    const done = work();
    // What is on its way arrives, whether anybody lives to hear of it or not.
    time.busy(done);
    const result = await done;
    await point();
    return result;
  };

  /** What a dead process was about to do after writing it down, it does not do. */
  const alive = (begin: Begin) => (): Promise<void> =>
    Promise.race([
      begin(),
      death.promise.then(() => {
        throw new Error("killed");
      }),
    ]);

  const delivery: Delivery = openDelivery({
    book: { ...book, commit: (changes) => between(() => book.commit(changes)) },
    senders: [
      {
        ...sender,
        send: (post, reply, attempt) =>
          isPoison(post)
            ? dies()
            : between(() => sender.send(post, reply, { ...attempt, begin: alive(attempt.begin) })),
        find: (...asked) => between(() => sender.find(...asked)),
        edit: (receipt, reply, begin) => between(() => sender.edit(receipt, reply, alive(begin))),
      },
    ],
    clock: time.clock,
    after: (ms, call) => time.after(ms, () => (isDead ? undefined : call())),
    log: silentLog,
    chance,
  });
  const lived = runUntil(delivery, time, latest).then(() => delivery.close());
  await Promise.race([lived, death.promise]);
  await time.quiet();
  return isDead;
}
