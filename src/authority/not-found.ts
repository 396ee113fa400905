import { Fault, cite } from "../fault.ts";

/**
 * The refusal of an id that is unknown, another channel's or another workspace's: the same words for all three, so
 * that nobody learns from a refusal what others keep.
 */
export function noSubscription(id: string, tries: readonly string[] = []): Fault {
  return new Fault("not_found", `No subscription ${cite(id)} in this channel.`, "", tries);
}

/** The same for a watch set. */
export function noWatch(name: string, tries: readonly string[] = ["/watch list"]): Fault {
  return new Fault("not_found", `No watch set ${cite(name)} here.`, "", tries);
}
