import type { Digest, Slot } from "../../src/stores/records.ts";
import { planDue } from "../../src/schedule/plan.ts";
import type { Planned } from "../../src/schedule/plan.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A weekly digest made on a Thursday, unless told otherwise. */
export function digest(values: Partial<Digest> = {}): Digest {
  const createdAt = values.createdAt ?? Date.UTC(2026, 1, 26, 12);
  return {
    id: "d1",
    tenant: "local",
    owner: "u1",
    target: { platform: "local", tenant: "local", kind: "channel", id: "c1" },
    schedule: "every monday 09:00 Europe/Berlin",
    sections: [],
    density: "standard",
    filter: "",
    createdAt,
    changedAt: createdAt,
    revision: 1,
    paused: null,
    mutedUntil: null,
    ...values,
  };
}

export interface Desk {
  readonly slots: readonly Slot[];
  readonly digest: Digest;
  /** Plans at an instant and writes every slot down, as the bot does. */
  readonly beat: (now: number) => readonly Planned[];
  /** Changes the digest at an instant, as its owner does. */
  readonly edit: (now: number, values: Partial<Digest>) => void;
}

/** One digest on a desk of its own: what was settled is remembered, nothing else is. */
export function desk(made: Digest): Desk {
  const slots: Slot[] = [];
  let current = made;
  let lastBeat = 0;
  return {
    slots,
    get digest() {
      return current;
    },
    beat(now) {
      const planned = planDue([{ digest: current, slots }], now, lastBeat);
      slots.push(...planned.map(({ slot }) => slot));
      lastBeat = Math.max(lastBeat, now);
      return planned;
    },
    edit(now, values) {
      current = { ...current, ...values, changedAt: now, revision: current.revision + 1 };
    },
  };
}

/** "2026-W10 posted", "2026-W11 skipped too-late". */
export function told({ slot }: { readonly slot: Slot }): string {
  return [slot.period, slot.status, slot.reason].filter(Boolean).join(" ");
}
