import type { Post } from "../stores/records.ts";
import type { Breaker } from "./breaker.ts";
import { openBreaker } from "./breaker.ts";
import type { Queued } from "./lane.ts";
import type { Pacer } from "./pace.ts";
import { openPacer } from "./pace.ts";
import type { Sender } from "./sender.ts";

type PlatformName = Sender["platform"];

/** What stands between a due post and its platform: the platform's pace, its patience, and whether it answers at all. */
export interface Gates {
  /** When this may go; Infinity while something under way has to end first. */
  readyAt(queued: Queued, lane: string): number;
  take(queued: Queued, lane: string, now: number): void;
  done(queued: Queued): void;
  /** Nothing at all goes to this platform before then: it said so. */
  rest(platform: PlatformName, until: number): void;
  breaker(platform: PlatformName): Breaker;
  backSince(platform: PlatformName): number;
}

interface Gate {
  readonly breaker: Breaker;
  readonly channel: Pacer;
  readonly tenant: Pacer;
  readonly app: Pacer;
  readonly cautionMs: () => number;
  restUntil: number;
  inFlight: number;
  askedAt: number;
}

const CALLS: readonly string[] = ["send", "look", "edit"];

export function openGates(senders: readonly Sender[]): Gates {
  const gates = new Map<PlatformName, Gate>(
    senders.map(({ platform, ways: { pace }, cautionMs = () => 0 }) => [
      platform,
      {
        breaker: openBreaker(),
        channel: openPacer(pace.channel),
        tenant: openPacer(pace.tenant),
        app: openPacer(pace.app),
        cautionMs,
        restUntil: 0,
        inFlight: 0,
        askedAt: 0,
      },
    ]),
  );
  const of = (platform: PlatformName): Gate => gates.get(platform)!;

  return {
    readyAt({ step, stored: { value } }, lane) {
      if (!CALLS.includes(step.do)) return 0;
      const gate = of(value.target.platform);
      const rested = Math.max(gate.restUntil, gate.breaker.readyAt(gate.inFlight), cautious(gate));
      return step.do === "look" ? rested : Math.max(rested, paced(gate, value, lane));
    },
    take({ step, stored: { value } }, lane, now) {
      if (!CALLS.includes(step.do)) return;
      const gate = of(value.target.platform);
      gate.inFlight += 1;
      gate.askedAt = now;
      if (step.do === "look") return;
      gate.channel.take(lane, now);
      gate.tenant.take(value.tenant, now);
      gate.app.take("app", now);
    },
    done({ step, stored: { value } }) {
      if (CALLS.includes(step.do)) of(value.target.platform).inFlight -= 1;
    },
    rest(platform, until) {
      const gate = of(platform);
      gate.restUntil = Math.max(gate.restUntil, until);
    },
    breaker: (platform) => of(platform).breaker,
    backSince: (platform) => gates.get(platform)?.breaker.backSince ?? 0,
  };
}

/** Where little is allowed, one thing at a time: what is under way may use up what is left. */
function cautious({ cautionMs, inFlight, askedAt }: Gate): number {
  const ms = cautionMs();
  if (ms === 0) return 0;
  return inFlight > 0 ? Infinity : askedAt + ms;
}

function paced(gate: Gate, { tenant }: Post, lane: string): number {
  return Math.max(gate.channel.readyAt(lane), gate.tenant.readyAt(tenant), gate.app.readyAt("app"));
}
