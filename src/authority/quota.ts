import { Fault } from "../fault.ts";
import { count } from "../reply/words.ts";
import type { Book } from "../stores/book.ts";
import type { Target } from "../stores/records.ts";
import { keysOf } from "../stores/tenant.ts";

/** How much one workspace or server may keep, so that none slows the others down. */
export const QUOTAS = {
  rulesPerTenant: 100,
  rulesPerPerson: 20,
  /** Alert rules and digests together. */
  subscriptionsPerChannel: 200,
  subscriptionsPerTenant: 2_000,
  watchesPerTenant: 50,
  companiesPerWatch: 200,
} as const;

/** What somebody is about to add. */
export type Wanted =
  | { readonly kind: "rule"; readonly owner: string; readonly home: Target }
  | { readonly kind: "digest"; readonly target: Target }
  | { readonly kind: "watch" }
  /** A watch set that would then hold so many companies. */
  | { readonly kind: "companies"; readonly count: number };

/** Throws a Fault (`too_many`) when there is no room for one more, with what to look through for what can go. */
export function requireRoom(book: Book, tenant: string, wanted: Wanted): void {
  switch (wanted.kind) {
    case "rule": {
      const rules = book.list("rules", keysOf(tenant));
      const own = rules.filter(({ value }) => value.owner === wanted.owner).length;
      under(own, QUOTAS.rulesPerPerson, "alert rules a person", "/alert list");
      under(rules.length, QUOTAS.rulesPerTenant, "alert rules here", "/alert list");
      return requireSubscription(book, tenant, wanted.home, "/alert list");
    }
    case "digest":
      return requireSubscription(book, tenant, wanted.target, "/digest list");
    case "watch":
      return under(
        book.list("watches", keysOf(tenant)).length,
        QUOTAS.watchesPerTenant,
        "watch sets here",
        "/watch list",
      );
    case "companies":
      return under(
        wanted.count - 1,
        QUOTAS.companiesPerWatch,
        "companies in a watch set",
        "/watch list",
      );
  }
}

function requireSubscription(book: Book, tenant: string, target: Target, look: string): void {
  const targets = [
    ...book.list("rules", keysOf(tenant)).map(({ value }) => value.home),
    ...book.list("digests", keysOf(tenant)).map(({ value }) => value.target),
  ];
  const there = targets.filter(({ kind, id }) => kind === target.kind && id === target.id).length;
  under(there, QUOTAS.subscriptionsPerChannel, "alerts and digests in one place", look);
  under(targets.length, QUOTAS.subscriptionsPerTenant, "alerts and digests here", look);
}

function under(held: number, most: number, what: string, look: string): void {
  if (held < most) return;
  throw new Fault(
    "too_many",
    `There is room for ${count(most)} ${what}.`,
    "Delete one that nobody needs.",
    [look],
  );
}
