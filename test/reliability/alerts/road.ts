import type { Clock } from "../../../src/clock.ts";
import type { Sender } from "../../../src/delivery/sender.ts";
import { openDelivery } from "../../../src/delivery/worker.ts";
import { silentLog } from "../../../src/log.ts";
import type { Market } from "../../../src/market/market.ts";
import type { SourceStanding } from "../../../src/market/source-health.ts";
import { localSender } from "../../../src/platforms/local/send.ts";
import { standingOrders } from "../../../src/standing/orders.ts";
import type { Book } from "../../../src/stores/book.ts";
import type { Post, Rule, Target } from "../../../src/stores/records.ts";
import { keyOf } from "../../../src/stores/book.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Channels that show what they are sent and can be asked for it; they outlive every process that writes into them. */
export interface Channels {
  readonly shown: readonly Post[];
  readonly sender: Sender;
}

export function openChannels(onShown: (post: Post) => void = () => {}): Channels {
  const shown: Post[] = [];
  const sender = localSender((post) => {
    shown.push(post);
    onShown(post);
  });
  return {
    shown,
    sender: {
      ...sender,
      async find({ providerKey }) {
        const seen = shown.find((post) => post.providerKey === providerKey);
        if (seen === undefined) return { status: "absent" };
        const receipt = { channel: seen.target.id, message: seen.postKey, link: null };
        return { status: "found", receipt };
      },
    },
  };
}

/** One life of the process between the facts and the channels: rules are looked at, messages are planned and delivered. */
export interface Life {
  beat(): Promise<void>;
  close(): Promise<void>;
}

export function openLife({
  book,
  market,
  refresh = async () => {},
  standings = async () => [],
  clock,
  channels,
}: {
  readonly book: Book;
  readonly market: () => Market;
  /** Where facts come from a folder: reads those that are new. */
  readonly refresh?: () => Promise<void>;
  readonly standings?: () => Promise<readonly SourceStanding[]>;
  readonly clock: Clock;
  readonly channels: Pick<Channels, "sender">;
}): Life {
  const delivery = openDelivery({
    book,
    senders: [channels.sender],
    clock,
    // Nothing here waits for a time that is not moved by hand.
    after: () => () => {},
    log: silentLog,
  });
  const orders = standingOrders({
    book,
    facts: {
      get market() {
        return market();
      },
      refresh,
    },
    standings,
    clock,
    log: silentLog,
    onPlanned: () => delivery.poke(),
  });
  return {
    async beat() {
      await orders.beat();
      delivery.poke();
      await delivery.idle();
    },
    close: () => delivery.close(),
  };
}

export const TENANT = "local";

export function channel(id: string): Target {
  return { platform: "local", tenant: TENANT, kind: "channel", id };
}

/** Writes a rule down as the command does once it is confirmed; it speaks in a channel of its own. */
export async function addRule(
  book: Book,
  id: string,
  text: string,
  now: number,
  home = channel(`of-${id}`),
): Promise<void> {
  const value: Rule = {
    id,
    tenant: home.tenant,
    owner: "U1",
    home,
    text,
    createdAt: now,
    changedAt: now,
    revision: 1,
    paused: null,
    mutedBy: null,
    snooze: null,
    expiresAt: null,
  };
  const outcome = await book.commit([{ table: "rules", key: keyOf(home.tenant, id), value }]);
  if (outcome !== "done") throw new Error(`Rule ${id} is there already.`);
}

/** Keys that people see more than once. */
export function doubled(shown: readonly Post[]): readonly string[] {
  const keys = shown.map(({ postKey }) => postKey);
  return keys.filter((key, at) => keys.indexOf(key) !== at);
}
