import { Fault, cite } from "../fault.ts";
import type { Stored } from "../stores/book.ts";

/**
 * One of the alerts or digests that somebody can see, by the id they typed first; without one the only one there is. An id
 * that is unknown, another channel's or another workspace's is refused (`not_found`) in the same words for all three, so that
 * nobody learns from a refusal what others keep.
 */
export function subscriptionNamed<Value extends { readonly id: string }>(
  typed: string | undefined,
  visible: readonly Stored<Value>[],
  what: "alert" | "digest",
): Stored<Value> {
  const [id = ""] = (typed ?? "").toLowerCase().split(" ");
  const tries = [`/${what} list`];
  const [only, second] = visible;
  const found =
    id === "" && second === undefined ? only : visible.find(({ value }) => value.id === id);
  if (found !== undefined) return found;
  throw id === ""
    ? new Fault("missing_argument", `Which ${what}?`, "Its id stands in the list.", tries)
    : new Fault("not_found", `No subscription ${cite(id)} in this channel.`, "", tries);
}

/** The same for a watch set. */
export function noWatch(name: string, tries: readonly string[] = ["/watch list"]): Fault {
  return new Fault("not_found", `No watch set ${cite(name)} here.`, "", tries);
}
