import type { Place } from "../command/bot.ts";
import type { Book } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Settings } from "../stores/records.ts";
import { platformOf } from "../stores/tenant.ts";

/** Who may manage: everyone who may post, admins alone, or whoever manages the channel and these roles or people. */
export type Managers = NonNullable<Settings["managers"]>;
export type Density = NonNullable<Settings["density"]>;
export type Quiet = NonNullable<Settings["quiet"]>;
export type Scope = Settings["scope"];

/** A value that holds, and the scope it was set in. */
export interface Effective<Value> {
  readonly value: Value;
  readonly from: Scope | "default";
}

export interface EffectiveSettings {
  /** An IANA time zone. */
  readonly zone: Effective<string>;
  readonly density: Effective<Density>;
  /** Null where no hours are quiet. */
  readonly quiet: Effective<Quiet | null>;
  readonly managers: Effective<Managers>;
}

/** Hours that start when they end: how a narrower scope says "none" over a wider one. */
export const NO_QUIET: Quiet = { from: "00:00", to: "00:00", mode: "hold" };

/** Me over channel over workspace over defaults; leave out the channel or the person where there is none. */
export function effectiveSettings(
  book: Book,
  tenant: string,
  channelId?: string,
  personId?: string,
): EffectiveSettings {
  const scopes = [
    ...(personId === undefined ? [] : [settingsIn(book, tenant, "me", personId)]),
    ...(channelId === undefined ? [] : [settingsIn(book, tenant, "channel", channelId)]),
    settingsIn(book, tenant, "workspace"),
  ].filter((found) => found !== undefined);
  const first = <Name extends "zone" | "density" | "quiet" | "managers">(
    name: Name,
    fallback: NonNullable<Settings[Name]>,
    held = scopes,
  ): Effective<NonNullable<Settings[Name]>> => {
    for (const settings of held) {
      const value = settings[name];
      if (value !== undefined) return { value, from: settings.scope };
    }
    return { value: fallback, from: "default" };
  };
  const quiet = first("quiet", NO_QUIET);
  return {
    zone: first("zone", "UTC"),
    density: first("density", "standard"),
    quiet: { ...quiet, value: quiet.value.from === quiet.value.to ? null : quiet.value },
    // Nobody makes themselves a manager: what is set for one person says nothing here.
    managers: first(
      "managers",
      defaultManagers(tenant),
      scopes.filter(({ scope }) => scope !== "me"),
    ),
  };
}

/** Who may manage in a channel, or in direct messages. */
export function managersIn(book: Book, tenant: string, channelId: string | undefined): Managers {
  return effectiveSettings(book, tenant, channelId).managers.value;
}

/** On Slack anyone who may post; on Discord whoever has Manage Server or Manage Channels, and no role beyond. */
export function defaultManagers(tenant: string): Managers {
  return platformOf(tenant) === "discord" ? [] : "anyone";
}

/** The key of a scope's settings; a workspace has one record. */
export function settingsKey(tenant: string, scope: Scope, id = "all"): string {
  return keyOf(tenant, scope, id);
}

/** The channel a place is, for what is kept by channel; a terminal and a page stand for one, a direct message does not. */
export function channelOf(place: Place): string | undefined {
  return place.kind === "dm" ? undefined : place.id;
}

function settingsIn(book: Book, tenant: string, scope: Scope, id?: string): Settings | undefined {
  return book.get("settings", settingsKey(tenant, scope, id))?.value;
}
