import type { Place } from "../command/bot.ts";
import type { Target } from "../stores/records.ts";

/** Everything a person can do that somebody may be refused. */
export const ACTS = [
  "read",
  "subscribe-self",
  "subscribe-channel",
  "mute-channel-24h",
  "delete-channel",
  "edit-watch",
  "change-settings-me",
  "change-settings-channel",
  "change-settings-workspace",
  "privacy-me",
  "view-audit",
  "export-all",
  "delete-all",
  "operate",
] as const;
export type Act = (typeof ACTS)[number];

/** What somebody is to a workspace or server, highest first; `operator` is whoever sits at the host itself. */
export const RANKS = ["operator", "admin", "manager", "member", "outsider"] as const;
export type Rank = (typeof RANKS)[number];

export type PlaceKind = Place["kind"];
export const PLACES: readonly PlaceKind[] = ["channel", "dm", "terminal", "page"];
export type PlatformName = Target["platform"];

/** `elsewhere` is a deed that has its place, but not here; `by-setting` is decided by the setting `managers`. */
export type Verdict = "allow" | "deny" | "elsewhere" | "by-setting";

type Row = Readonly<Record<Exclude<Rank, "operator">, "allow" | "deny" | "by-setting">>;

const EVERYONE: Row = { admin: "allow", manager: "allow", member: "allow", outsider: "allow" };
const MEMBERS: Row = { ...EVERYONE, outsider: "deny" };
const ADMINS: Row = { admin: "allow", manager: "deny", member: "deny", outsider: "deny" };
const NOBODY: Row = { ...ADMINS, admin: "deny" };
const AS_SET: Row = { ...ADMINS, manager: "by-setting", member: "by-setting" };

const CHATS: readonly PlaceKind[] = ["channel", "dm"];
const CHANNELS: readonly PlaceKind[] = ["channel"];

/**
 * Who may do what, and where. The chat platforms share their rows: what differs between them is where a rank comes
 * from and what `managers` is when nobody set it. `guests` are the places of outsiders where they have fewer.
 */
const RULES: Readonly<
  Record<
    Act,
    {
      readonly where: readonly PlaceKind[];
      readonly who: Row;
      readonly guests?: readonly PlaceKind[];
    }
  >
> = {
  read: { where: CHATS, who: EVERYONE, guests: CHANNELS },
  "subscribe-self": { where: CHATS, who: MEMBERS },
  "subscribe-channel": { where: CHANNELS, who: AS_SET },
  "mute-channel-24h": { where: CHANNELS, who: MEMBERS },
  "delete-channel": { where: CHANNELS, who: AS_SET },
  "edit-watch": { where: CHATS, who: AS_SET },
  "change-settings-me": { where: CHATS, who: MEMBERS },
  "change-settings-channel": { where: CHANNELS, who: AS_SET },
  "change-settings-workspace": { where: CHATS, who: ADMINS },
  "privacy-me": { where: CHATS, who: EVERYONE },
  "view-audit": { where: CHATS, who: ADMINS },
  "export-all": { where: CHATS, who: ADMINS },
  "delete-all": { where: CHATS, who: ADMINS },
  operate: { where: [], who: NOBODY },
};

/**
 * One cell of the table. A terminal and a local page belong to the operator, who may do everything there; operating
 * itself is done at a terminal only. Nobody of a chat platform is ever at a terminal, so those cells say no.
 */
export function verdictOf(act: Act, platform: PlatformName, place: PlaceKind, rank: Rank): Verdict {
  if (platform === "local") {
    if (rank !== "operator") return "deny";
    return act === "operate" && place !== "terminal" ? "elsewhere" : "allow";
  }
  if (rank === "operator" || place === "terminal" || place === "page") return "deny";
  const { where, who, guests } = RULES[act];
  const verdict = who[rank];
  if (verdict === "deny") return "deny";
  const places = rank === "outsider" ? (guests ?? where) : where;
  return places.includes(place) ? verdict : "elsewhere";
}
