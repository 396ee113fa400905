import { Fault, cite } from "../fault.ts";
import { list } from "../reply/words.ts";
import { NO_QUIET } from "./settings.ts";
import type { Managers, Quiet } from "./settings.ts";

const MODES = ["hold", "drop", "silent"] as const;
const LIST_MAX = 20;

/** Quiet hours as people type them: `22:00-07:00`, `22-7 drop`, `off`. A Fault (`bad_argument`) shows how. */
export function parseQuiet(typed: string): Quiet {
  const text = typed.trim().toLowerCase();
  if (/^(off|no|none)$/.test(text)) return NO_QUIET;
  const parts = /^(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?(?:[\s,]+([a-z]+))?$/.exec(
    text,
  );
  const from = timeOf(parts?.[1], parts?.[2]);
  const to = timeOf(parts?.[3], parts?.[4]);
  const mode = MODES.find((known) => known === (parts?.[5] ?? "hold"));
  if (from !== undefined && to !== undefined && from !== to && mode !== undefined)
    return { from, to, mode };
  throw new Fault(
    "bad_argument",
    `${cite(typed)} are no quiet hours.`,
    "They are two times and what happens to messages between them: hold (post after), drop, or silent.",
    ['/settings me quiet:"22:00-07:00 hold"', "/settings me quiet:off"],
  );
}

export function quietWords(quiet: Quiet | null): string {
  return quiet === null ? "none" : `${quiet.from}–${quiet.to}, ${quiet.mode}`;
}

/**
 * Who may manage, as people type it: `anyone`, `admins`, `managers` (whoever manages the channel, nobody beyond), or
 * the roles and people to add to those, as mentions or ids between commas.
 */
export function parseManagers(typed: string): Managers {
  const text = typed.trim();
  const word = text.toLowerCase();
  if (word === "anyone" || word === "admins") return word;
  if (word === "managers") return [];
  const ids = text.split(/[\s,]+/).map(
    // A mention: `<@U1>`, `<@U1|name>`, `<@&1>`, `<@!1>`, `<!subteam^S1|name>`.
    (part) => /^<(?:@[&!]?|!subteam\^)(\w+)(?:\|[^>]*)?>$/.exec(part)?.[1] ?? part,
  );
  if (ids.length <= LIST_MAX && ids.every((id) => /^(?=.*\d)[A-Za-z0-9]{2,24}$/.test(id)))
    return [...new Set(ids)].toSorted();
  throw new Fault(
    "bad_argument",
    `${cite(typed)} does not say who may manage.`,
    `It is anyone, admins, managers, or up to ${LIST_MAX} roles or people.`,
    ["/settings workspace managers:anyone", "/settings workspace managers:admins"],
  );
}

/** Ids are shown as they are, never as mentions: nobody is called by a list. */
export function managersWords(managers: Managers): string {
  if (managers === "anyone") return "anyone who may post";
  if (managers === "admins") return "admins";
  return list(["whoever manages the channel", ...managers]);
}

function timeOf(hour: string | undefined, minute = "00"): string | undefined {
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, "0")}:${minute}`;
}
