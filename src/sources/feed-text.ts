import { parseFeed } from "feedsmith";
import { Fault } from "../fault.ts";
import { isDay } from "../market/calendar.ts";
import type { Day } from "../market/facts.ts";
import { refuseHostile } from "./hostile.ts";

/** One entry of an RSS or Atom feed, as plain text. */
export interface FeedItem {
  /** The feed's own id of it, else its address. */
  readonly id: string;
  readonly title: string;
  /** Web addresses only. */
  readonly url: string | null;
  /** UTC. */
  readonly on: Day | null;
  readonly summary: string;
}

/** The entries of a feed. Throws a Fault (`bad_file`) for what is neither RSS nor Atom. */
export function feedItems(text: string): readonly FeedItem[] {
  const read = parsed(text);
  switch (read.format) {
    case "rss":
      return (read.feed.items ?? []).map(({ guid, link, title, pubDate, description }) =>
        itemOf(guid?.value ?? link, title, link, pubDate, description),
      );
    case "rdf":
      return (read.feed.items ?? []).map(({ link, title, dc, description }) =>
        itemOf(link, title, link, dc?.dates?.[0], description),
      );
    case "atom":
      return (read.feed.entries ?? []).map(({ id, title, links, published, updated, summary }) =>
        itemOf(
          id,
          title?.value,
          (links?.find(({ rel }) => rel === undefined || rel === "alternate") ?? links?.[0])?.href,
          published ?? updated,
          summary?.value,
        ),
      );
    case "json":
      throw new Fault(
        "unsupported",
        "This is a JSON feed.",
        "Give the address of its RSS or Atom.",
      );
  }
}

function parsed(text: string): ReturnType<typeof parseFeed> {
  refuseHostile(text);
  try {
    return parseFeed(text);
  } catch {
    throw new Fault(
      "bad_file",
      "This is neither an RSS nor an Atom feed, or it was cut short.",
      "Look at the address in a browser.",
    );
  }
}

function itemOf(
  id: string | undefined,
  title: string | undefined,
  link: string | undefined,
  date: unknown,
  summary: string | undefined,
): FeedItem {
  const url = link !== undefined && /^https?:\/\//i.test(link) && URL.canParse(link) ? link : null;
  return {
    id: id ?? url ?? title ?? "",
    title: plain(title),
    url,
    on: dayOf(date),
    summary: summary ?? "",
  };
}

/** Text without marks: a headline is words only. */
function plain(text = ""): string {
  return text
    .replace(/<[^<>]{0,2000}>/g, " ")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
}

function dayOf(date: unknown): Day | null {
  const instant = Date.parse(typeof date === "string" ? date : "");
  if (!Number.isFinite(instant)) return null;
  const day = new Date(instant).toISOString().slice(0, 10);
  return isDay(day) ? day : null;
}
