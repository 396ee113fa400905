import type { Stored } from "../stores/book.ts";
import type { Post, Target } from "../stores/records.ts";
import type { Decided, Step } from "./step.ts";

/** Everything for one channel stands in one lane, and one thing of a lane happens at a time. */
export function laneKey({ platform, tenant, kind, id }: Target): string {
  return [platform, tenant, kind, id].join("|");
}

export interface Queued {
  readonly stored: Stored<Post>;
  readonly step: Step;
}

/** The next thing to do in a lane, or when to look again. */
export type LaneTurn =
  | { readonly kind: "work"; readonly queued: Queued }
  | { readonly kind: "wait"; readonly until: number };

const DECIDED: ReadonlySet<string> = new Set<Decided["do"]>([
  "hold",
  "skip",
  "expire",
  "bury",
  "leave",
]);

/** A post whose fate is unknown holds up the younger ones no longer than this. */
const DOUBT_MS = 2 * 60_000;

/**
 * Whose turn it is: alerts before digests, then the oldest. A post that is being tried holds up those behind it, so
 * that a channel reads in order; one that waits for its time, its thread or its owner does not. When the platform
 * asked for patience, the whole lane has it. `since` is when the platform last came back.
 */
export function laneTurn(lane: readonly Queued[], now: number, since: number): LaneTurn {
  // First what only we decide: all that is too old belongs into one line, which is then complete when it goes.
  const [decided] = lane.filter(({ step }) => DECIDED.has(step.do)).toSorted(byTurn);
  if (decided !== undefined) return { kind: "work", queued: decided };
  const patience = lane
    .filter(({ stored: { value } }) => value.reason === "rate_limited" && value.lease === null)
    .reduce((latest, { stored: { value } }) => Math.max(latest, value.notBefore), 0);
  if (patience > now) return { kind: "wait", until: patience };
  let until = Infinity;
  for (const queued of lane.toSorted(byTurn)) {
    const { step, stored } = queued;
    if (step.do === "nothing") continue;
    if (step.do !== "wait") return { kind: "work", queued };
    until = Math.min(until, step.until);
    const holdsUpUntil = heldUpUntil(stored.value, since);
    if (holdsUpUntil > now) return { kind: "wait", until: Math.min(until, holdsUpUntil) };
  }
  return { kind: "wait", until };
}

function heldUpUntil({ status, lastTryAt, crashes }: Post, since: number): number {
  // Younger ones do not wait for a suspect.
  if (status === "waiting") return crashes > 0 ? 0 : Infinity;
  if (status !== "looking" && status !== "sending") return 0;
  return Math.max(lastTryAt ?? 0, since) + DOUBT_MS;
}

function byTurn({ stored: one }: Queued, { stored: other }: Queued): number {
  return (
    rank(one.value) - rank(other.value) ||
    one.value.createdAt - other.value.createdAt ||
    (one.key < other.key ? -1 : 1)
  );
}

function rank(post: Post): number {
  return isPressing(post) ? 0 : 1;
}

/** Whether it goes before every digest, whatever channel that is for. */
export function isPressing({ kind }: Post): boolean {
  return kind !== "digest";
}

/** Lanes of every tenant in turn, beginning after the one served last, so that a busy tenant starves nobody. */
export function inTurns<Lane extends { readonly tenant: string }>(
  lanes: readonly Lane[],
  last: string | undefined,
): Lane[] {
  const byTenant = Map.groupBy(lanes, ({ tenant }) => tenant);
  const tenants = [...byTenant.keys()].sort();
  const first = tenants.findIndex((tenant) => last !== undefined && tenant > last);
  const order = first < 0 ? tenants : [...tenants.slice(first), ...tenants.slice(0, first)];
  const most = Math.max(0, ...[...byTenant.values()].map(({ length }) => length));
  return Array.from({ length: most }, (_, at) =>
    order.flatMap((tenant) => byTenant.get(tenant)?.[at] ?? []),
  ).flat();
}
