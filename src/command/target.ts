import { Fault, cite } from "../fault.ts";
import type { Target } from "../stores/records.ts";
import { platformOf } from "../stores/tenant.ts";
import type { Caller, Place } from "./bot.ts";

/** Where words such as `here`, `me` or a channel's mention point. */
export function targetOf(typed: string | undefined, caller: Caller, place: Place): Target {
  const platform = platformOf(caller.tenant);
  const word = (typed ?? "here").trim();
  const to = (kind: Target["kind"], id: string): Target => ({
    platform,
    tenant: caller.tenant,
    kind,
    id,
  });
  if (/^@?me$/i.test(word) || (/^here$/i.test(word) && place.kind === "dm"))
    return to("dm", caller.id);
  if (/^#?here$/i.test(word)) return to("channel", place.id);
  if (platform === "local" && /^#[\w-]{1,40}$/.test(word)) return to("channel", word.slice(1));
  // Slack writes a channel as <#C1|name>, Discord as <#1>; a bare id is taken as it is.
  const id =
    /^<#(\w+)(?:\|[^>]*)?>$/.exec(word)?.[1] ?? /^#?([CG][A-Z0-9]{6,}|\d{15,22})$/.exec(word)?.[1];
  if (id !== undefined && platform !== "local") return to("channel", id);
  throw new Fault(
    "bad_argument",
    `${cite(word)} is no place I can reach.`,
    "It takes here, me, or a channel's mention such as <#C024BE91L>.",
  );
}

/** "this channel", "you, in a direct message", "<#C1>": a place in words for somebody who stands at another. */
export function targetWords(target: Target, place: Place): string {
  if (target.kind === "dm") return "a direct message";
  if (target.id === place.id) return target.platform === "local" ? "this terminal" : "this channel";
  return target.platform === "local" ? target.id : `channel ${target.id}`;
}
