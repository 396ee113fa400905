import { dayOf } from "../clock.ts";
import type { Book } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Post, Target } from "../stores/records.ts";
import { REASON } from "./post.ts";

/** What an alert said in a place. */
export interface Fired {
  readonly title: string;
  /** The UTC day it was said, YYYY-MM-DD. */
  readonly on: string;
  readonly rule: string;
  readonly link: string | null;
  /** It speaks in digests only: nobody was told before. */
  readonly isNew: boolean;
  /** What it said first, rather than more words on the same matter. */
  readonly opens: boolean;
}

/**
 * What the alerts of a place said during some UTC days, both included: those that only speak in digests first, then by
 * day. What was not shown is not listed; of one message for many alerts each is. The posts are read once, at the first
 * question.
 */
export function firedAlerts(
  book: Book,
): (place: Target, days: { readonly from: string; readonly to: string }) => readonly Fired[] {
  let byPlace: Map<string, readonly Told[]> | undefined;
  return (place, { from, to }) => {
    byPlace ??= Map.groupBy(toldIn(book), ({ place: where }) => where);
    return (byPlace.get(placeOf(place)) ?? [])
      .map(({ fired }) => fired)
      .filter(({ on }) => from <= on && on <= to)
      .toSorted((one, other) => Number(other.isNew) - Number(one.isNew) || order(one, other));
  };
}

interface Told {
  readonly place: string;
  readonly fired: Fired;
}

function toldIn(book: Book): readonly Told[] {
  return book.list("posts").flatMap(({ value }) => {
    const { kind, folds, status, reason, target, tenant, inReplyTo } = value;
    if (kind !== "alert" || folds !== undefined) return [];
    const isFolded = status === "skipped" && reason === REASON.folded;
    const isNew = status === "skipped" && reason === REASON.digestOnly;
    const shown = isFolded ? book.get("posts", keyOf(tenant, inReplyTo ?? ""))?.value : value;
    const isShown = shown?.status === "shown";
    const opens = isFolded || inReplyTo === null;
    // More words in a thread are read there; those of a rule without one stand nowhere else.
    if (!isNew && !(isShown && opens)) return [];
    return [{ place: placeOf(target), fired: firedBy(value, shown, { isNew, opens }) }];
  });
}

function firedBy(
  { reply, createdAt, subscription }: Post,
  shown: Post | undefined,
  rest: Pick<Fired, "isNew" | "opens">,
): Fired {
  return {
    // Words are kept for a shorter time than a quarter, or a long month, is long.
    title: reply.title === "" ? "Its words are no longer kept" : reply.title,
    on: dayOf(createdAt),
    rule: subscription ?? "",
    link: shown?.receipt?.link ?? null,
    ...rest,
  };
}

function placeOf({ tenant, kind, id }: Target): string {
  return keyOf(tenant, kind, id);
}

function order(one: Fired, other: Fired): number {
  if (one.on !== other.on) return one.on < other.on ? -1 : 1;
  return one.title < other.title ? -1 : 1;
}
