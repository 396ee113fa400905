import type { Caller, Place } from "../command/bot.ts";
import { Fault } from "../fault.ts";
import type { Book } from "../stores/book.ts";
import { list } from "../reply/words.ts";
import { channelOf, managersIn } from "./settings.ts";
import type { Managers } from "./settings.ts";
import { verdictOf } from "./table.ts";
import type { Act, Rank } from "./table.ts";
import { isPersonal, platformOf } from "../stores/tenant.ts";

export type Permission =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly reason: "not_allowed" | "wrong_place";
      /** What is wrong, and what would be right, as whole sentences. */
      readonly says: string;
      readonly right: string;
    };

const ALLOWED: Permission = { allowed: true };

/** Whether this caller may do it in this place, as the table and the setting `managers` say. */
export function may(act: Act, caller: Caller, place: Place, managers: Managers): Permission {
  const rank = rankOf(caller);
  const verdict = verdictOf(act, platformOf(caller.tenant), place.kind, rank);
  switch (verdict) {
    case "allow":
      return ALLOWED;
    case "deny":
      return refusal(act, rank);
    case "elsewhere":
      return elsewhere(act, rank);
    case "by-setting":
      return isManager(caller, rank, managers) ? ALLOWED : notManager(act, caller, managers);
  }
}

/** Who asks and where; a command's context is all it needs. */
export interface At {
  readonly book: Book;
  readonly caller: Caller;
  readonly place: Place;
  /** The channel it is about, where that may be another one than the place. */
  readonly channel?: string;
}

/** Whether the caller may do it there, by the setting that holds in that channel. */
export function permitted(act: Act, at: At): Permission {
  const { book, caller, place, channel } = at;
  if (channel === undefined || channel === place.id)
    return may(act, caller, place, managersIn(book, caller.tenant, channelOf(place)));
  // Nobody can be seen to be in a channel they do not ask from, nor to manage it: only admins and those it names may.
  const managers = managersIn(book, caller.tenant, channel);
  const abroad = caller.standing && { ...caller, standing: { ...caller.standing, manager: false } };
  const permission = may(act, abroad ?? caller, place, managers === "anyone" ? [] : managers);
  return permission.allowed || permission.reason === "wrong_place" || rankOf(caller) === "outsider"
    ? permission
    : {
        ...permission,
        says: "What is posted in another channel is set up there.",
        right: "Type it in that channel, or ask an admin.",
      };
}

/** Throws a Fault (`not_allowed`, `wrong_place`) unless the caller may. */
export function requireMay(act: Act, at: At): void {
  const permission = permitted(act, at);
  if (!permission.allowed) throw new Fault(permission.reason, permission.says, permission.right);
}

/**
 * The highest rank that the verified request speaks for. An outsider stays one whatever else is said: an admin of
 * another workspace is no admin here. Where nothing is known of a person, they are a member and no more.
 */
export function rankOf({ tenant, standing }: Caller): Rank {
  if (tenant === "local") return "operator";
  if (isPersonal(tenant)) return "admin";
  if (standing === undefined) return "member";
  if (standing.outsider) return "outsider";
  if (standing.admin) return "admin";
  return standing.manager ? "manager" : "member";
}

/** Admins always may; a list names roles or people, and adds to those who manage the channel anyway. */
function isManager(caller: Caller, rank: Rank, managers: Managers): boolean {
  if (managers === "anyone") return true;
  if (managers === "admins") return false;
  return (
    rank === "manager" ||
    managers.includes(caller.id) ||
    (caller.standing?.roles ?? []).some((role) => managers.includes(role))
  );
}

const DEEDS: Readonly<Record<Act, string>> = {
  read: "ask here",
  "subscribe-self": "subscribe to anything",
  "subscribe-channel": "set up or change what is posted in a channel",
  "mute-channel-24h": "mute what is posted in a channel",
  "delete-channel": "delete what is posted in a channel",
  "edit-watch": "change watch sets",
  "change-settings-me": "keep settings here",
  "change-settings-channel": "change a channel's settings",
  "change-settings-workspace": "change the settings of everyone, or who may manage",
  "privacy-me": "see what is stored about them",
  "view-audit": "see the log of changes",
  "export-all": "export everything stored here",
  "delete-all": "delete everything stored here",
  operate: "operate the bot",
};

function refusal(act: Act, rank: Rank): Permission {
  const says =
    rank === "outsider"
      ? `Guests and people of other workspaces cannot ${DEEDS[act]}.`
      : act === "operate"
        ? "Operating the bot is done at its own terminal."
        : `Only admins may ${DEEDS[act]}.`;
  const right = rank === "outsider" ? "A member can do it for you." : "An admin can do it for you.";
  return { allowed: false, reason: "not_allowed", says, right };
}

function elsewhere(act: Act, rank: Rank): Permission {
  if (act === "operate" || rank === "outsider") {
    return {
      allowed: false,
      reason: "wrong_place",
      says: act === "operate" ? "That is done at a terminal." : "Guests ask in their channels.",
      right: act === "operate" ? "" : "Type it in a channel you are in.",
    };
  }
  return {
    allowed: false,
    reason: "wrong_place",
    says: "That is about a channel, and this is a direct message.",
    right: "Type it in the channel it is for.",
  };
}

function notManager(act: Act, { tenant }: Caller, managers: Managers): Permission {
  const discord = platformOf(tenant) === "discord";
  const who =
    managers === "admins"
      ? ["admins"]
      : [
          "admins",
          discord ? "people with Manage Server or Manage Channels" : "the channel's creator",
          ...(managers.length > 0 ? ["those an admin named"] : []),
        ];
  return {
    allowed: false,
    reason: "not_allowed",
    says: `Only ${list(who)} may ${DEEDS[act]}.`,
    right: "An admin decides who may, with /settings workspace managers:anyone.",
  };
}
