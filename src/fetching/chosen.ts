import { cite, Fault } from "../fault.ts";
import { nearest } from "../market/nearest.ts";
import type { SourceStanding } from "../market/source-health.ts";
import type { SourceDef } from "../sources/source.ts";
import { isDue } from "./due.ts";
import { healthOf } from "./health-file.ts";
import type { SourceRecords } from "./health-file.ts";
import type { Proxy } from "./proxy.ts";

/** What the operator set of sources. */
export interface SourceSettings {
  /** Ids as written; "default" stands for those asked by default. Empty: none. */
  readonly wanted: readonly string[];
  /** An e-mail or web address for servers to complain to; null where none is set. */
  readonly contact: string | null;
  /** Every setting `SOURCES_<ID>_<NAME>`, by its whole name. */
  readonly own: Readonly<Record<string, string>>;
  readonly proxy?: Proxy | null;
}

export interface ChosenSource {
  readonly def: SourceDef;
  /** For `Asking`, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** Why it is not asked by itself, in a sentence; null when it is. */
  readonly off: string | null;
  /** Why it cannot even be asked by hand. */
  readonly lacks: string | null;
}

/** Each source with the operator's settings for it. Throws a Fault (`bad_argument`) that lists unknown ids and settings. */
export function chosenSources(
  sources: readonly SourceDef[],
  { wanted, contact, own }: SourceSettings,
): readonly ChosenSource[] {
  const ids = sources.map(({ id }) => id);
  const names = sources.flatMap((def) =>
    Object.keys(settingsOf(def)).map((name) => settingName(def, name)),
  );
  const faults = [
    ...wanted.filter((id) => id !== "default" && !ids.includes(id)).map((id) => unknown(id, ids)),
    ...Object.keys(own)
      .filter((name) => !names.includes(name))
      .map((name) => unknownSetting(name, names)),
  ];
  if (faults.length > 0)
    throw new Fault("bad_argument", faults.join("\n"), "docs/sources.md lists them.");
  return sources.map((def) => {
    const settings = Object.fromEntries(
      Object.keys(settingsOf(def)).flatMap((name) => {
        const value = own[settingName(def, name)];
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const isWanted = wanted.includes(def.id) || (def.byDefault && wanted.includes("default"));
    const lacks = lackOf(def, contact, settings);
    return { def, settings, lacks, off: lacks ?? (isWanted ? null : "It is not in SOURCES.") };
  });
}

/** What may be set for a source, with what each is for. */
export function settingsOf({ settings, needs }: SourceDef): Readonly<Record<string, string>> {
  return {
    ...(needs.includes("url") && { url: "the address to ask" }),
    ...settings,
  };
}

export function settingName({ id }: SourceDef, name: string): string {
  return `SOURCES_${id}_${name}`.replace(/[^a-z\d]+/gi, "_").toUpperCase();
}

function lackOf(
  def: SourceDef,
  contact: string | null,
  settings: Readonly<Record<string, string>>,
): string | null {
  if (def.fetch === undefined || def.everyMinutes === null)
    return "It comes as files: npm run -s import -- FILE";
  if (def.needs.includes("contact") && contact === null)
    return "It wants to know whom it serves, and SOURCES_CONTACT is not set.";
  if (def.needs.includes("url") && settings["url"] === undefined)
    return `Its address, ${settingName(def, "url")}, is not set.`;
  return null;
}

function unknown(id: string, ids: readonly string[]): string {
  const [close] = nearest(id, ids);
  return `SOURCES: there is no source ${cite(id)}${close === undefined ? "" : `; did you mean ${close}?`}`;
}

function unknownSetting(name: string, names: readonly string[]): string {
  const [close] = nearest(name, [...names, "SOURCES_CONTACT"]);
  return `Unknown setting ${name.slice(0, 60)}${close === undefined ? "" : ` — did you mean ${close}?`}`;
}

/** So long after its start the bot may say that a source was not asked yet; from then on it should have been. */
const BEGINNING_MS = 3_600_000;

/** The sources as people are told of them now, by a process that began to look after them at an instant. */
export function standings(
  chosen: readonly ChosenSource[],
  records: SourceRecords,
  { now, since }: { readonly now: number; readonly since: number },
): readonly SourceStanding[] {
  return chosen.map(({ def, off }) => ({
    id: def.id,
    publisher: def.publisher,
    title: def.title,
    licence: def.licence,
    attribution: def.attribution,
    url: def.url,
    gaps: def.gaps,
    everyMinutes: def.everyMinutes,
    staleAfterHours: def.staleAfterHours,
    off,
    health: healthOf(records[def.id]),
    isUnasked:
      now - since < BEGINNING_MS &&
      Date.parse(records[def.id]?.triedAt ?? "") < since &&
      isDue(def, records[def.id], now),
  }));
}
