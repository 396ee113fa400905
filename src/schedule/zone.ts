import { cite, Fault } from "../fault.ts";
import { nearest } from "../market/nearest.ts";
import { ABBREVIATIONS, LINKED_ZONES } from "./zone-names.ts";

const LONGEST = 60;

/**
 * The IANA zone some words name, in the tz database's own spelling: case and blanks are repaired, a city alone is
 * enough where only one zone has it. Throws Fault("bad_zone") for anything else: abbreviations are asked back since
 * several places share them, offsets since they know no summer time.
 */
export function parseZone(text: string): string {
  const typed = text.normalize("NFKC").trim();
  const name = folded(typed);
  if (name === "") throw new Fault("bad_zone", "A time zone is missing.", EXAMPLE);
  if (name.length > LONGEST) throw unknown(typed, []);
  if (/^(z|utc|(utc|gmt)[+-]?0{1,2}(:00)?)$/.test(name)) return "UTC";
  const meant = ABBREVIATIONS.get(name);
  if (meant !== undefined) throw abbreviation(typed, meant);
  const offset = /^(?:etc\/utc|utc|gmt)?_?([+-−])_?(\d{1,2})(?::?(\d{2}))?$/.exec(name);
  if (offset) throw offsetFault(typed, offset[1] === "+", Number(offset[2]), offset[3] ?? "00");
  const { byName, byCity } = zones();
  const found = byName.get(name) ?? only(byCity.get(name));
  if (found !== undefined) return found;
  const cities =
    byCity.get(name) ?? nearest(name, [...byCity.keys()], 3).flatMap((city) => byCity.get(city)!);
  const whole = nearest(name, [...byName.keys()], 3).map((known) => byName.get(known)!);
  throw unknown(typed, [...new Set([...whole, ...cities])].slice(0, 3));
}

const EXAMPLE = "Zones are named by area and city, such as Europe/Berlin or America/New_York.";

interface Zones {
  readonly byName: ReadonlyMap<string, string>;
  /** The last part of a name; several zones may share it (America/Indiana/Knox, America/Knox_IN do not). */
  readonly byCity: ReadonlyMap<string, readonly string[]>;
}

let known: Zones | undefined;

/** Every name this runtime can reckon with, made once: asking Intl for each takes a few milliseconds. */
function zones(): Zones {
  if (known !== undefined) return known;
  const listed = Intl.supportedValuesOf("timeZone");
  const byName = new Map(
    [...LINKED_ZONES.filter(isReckoned), ...listed].map((name) => [folded(name), name]),
  );
  const byCity = new Map<string, string[]>();
  for (const name of byName.values()) {
    if (!name.includes("/") || name.startsWith("Etc/")) continue;
    const city = folded(name.slice(name.lastIndexOf("/") + 1));
    byCity.set(city, [...(byCity.get(city) ?? []), name]);
  }
  known = { byName, byCity };
  return known;
}

function isReckoned(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}

/** "America/New York ", "america / new_york" and "America/New_York" are one. */
function folded(name: string): string {
  return name
    .toLowerCase()
    .replace(/\s*\/\s*/g, "/")
    .trim()
    .replace(/[\s_]+/g, "_");
}

function only(names: readonly string[] | undefined): string | undefined {
  return names?.length === 1 ? names[0] : undefined;
}

function abbreviation(
  typed: string,
  meant: readonly (readonly [place: string, zone: string])[],
): Fault {
  const places = meant.map(([place]) => place);
  const choices = meant.map(([place, zone]) => `${zone} (${place})`);
  return choices.length === 1
    ? new Fault("bad_zone", `${cite(typed)} is no full name of a zone.`, `Use ${choices[0]!}.`)
    : new Fault(
        "bad_zone",
        `${cite(typed)} is ambiguous (${places.join(", ")}).`,
        `Use ${choices.slice(0, -1).join(", ")} or ${choices.at(-1)!}.`,
      );
}

/** POSIX counts offsets westward, so the Etc names have the opposite sign of what people write. */
function offsetFault(typed: string, ahead: boolean, hours: number, minutes: string): Fault {
  const wrong = `${cite(typed)} is an offset, and an offset knows no summer time.`;
  if (minutes !== "00" || hours > (ahead ? 14 : 12)) return new Fault("bad_zone", wrong, EXAMPLE);
  const name = `Etc/GMT${ahead ? "-" : "+"}${hours}`;
  return new Fault(
    "bad_zone",
    wrong,
    `Use a city, such as Europe/Berlin. If you mean ${hours} h ${ahead ? "ahead of" : "behind"} UTC all year, type ${name}: in these names the sign is turned round.`,
  );
}

function unknown(typed: string, near: readonly string[]): Fault {
  return new Fault(
    "bad_zone",
    `There is no time zone ${cite(typed)}.`,
    near.length === 0 ? EXAMPLE : `Did you mean ${near.join(" or ")}?`,
  );
}
