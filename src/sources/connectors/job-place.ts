import { countryCode } from "../../market/country.ts";
import { stateCode } from "../../market/us-states.ts";

/** Cities that boards write without their country, and that hardly mean another one. */
const CITIES: Readonly<Record<string, string>> = {
  "san francisco": "US",
  "san francisco bay area": "US",
  "bay area": "US",
  "south san francisco": "US",
  "palo alto": "US",
  "mountain view": "US",
  nyc: "US",
  "new york city": "US",
  "los angeles": "US",
  seattle: "US",
  boston: "US",
  chicago: "US",
  austin: "US",
  denver: "US",
  atlanta: "US",
  "washington dc": "US",
  london: "GB",
  berlin: "DE",
  munich: "DE",
  paris: "FR",
  amsterdam: "NL",
  dublin: "IE",
  stockholm: "SE",
  madrid: "ES",
  barcelona: "ES",
  toronto: "CA",
  vancouver: "CA",
  montreal: "CA",
  tokyo: "JP",
  seoul: "KR",
  bengaluru: "IN",
  bangalore: "IN",
  hyderabad: "IN",
  mumbai: "IN",
  sydney: "AU",
  melbourne: "AU",
  "tel aviv": "IL",
  singapore: "SG",
  "são paulo": "BR",
  "sao paulo": "BR",
  "mexico city": "MX",
};
const CANADA =
  /^(?:ontario|quebec|québec|british columbia|alberta|manitoba|nova scotia|ON|QC|BC|AB)$/;
/** Words that say how or how far, not where. */
const NO_PLACE =
  /\b(?:fully|remote|hybrid|on-?site|in-?office|office|hq|headquarters|only|based|eligible|within|anywhere|flexible)\b|[()]/gi;

/**
 * The country of a job by its location as a board writes it ("Remote, Italy", "New York, NY; San Francisco, CA"), ISO 3166
 * alpha-2. Null where it does not say, names a place we do not know, or places in several countries.
 */
export function countryOfPlace(location: string): string | null {
  const found = new Set<string | undefined>();
  for (const place of location.split(/[;|/•\n]|\bor\b|\band\b/)) {
    const parts = place
      .replace(NO_PLACE, " ")
      .split(/,| - | – |:/)
      .map((part) => part.replace(/^[\s-]+|[\s-]+$/g, ""))
      .filter((part) => part !== "");
    if (parts.length > 0) found.add(countryOf(parts));
  }
  const [only] = found;
  return found.size === 1 ? (only ?? null) : null;
}

function countryOf(parts: readonly string[]): string | undefined {
  const last = parts.at(-1)!;
  if (CANADA.test(last)) return "CA";
  const city = parts.map((part) => CITIES[part.toLowerCase()]).find((code) => code !== undefined);
  // Tbilisi or Atlanta: only a known city tells.
  if (last.toLowerCase() === "georgia") return city;
  const state = last.length === 2 && last !== last.toUpperCase() ? undefined : stateCode(last);
  const code = countryCode(last);
  if (state === undefined) return code ?? city;
  // Behind a city two letters are a state (Dublin, CA), unless the city is known to be in the country they stand for (Berlin, DE).
  if (parts.length > 1) return code !== undefined && code === city ? code : "US";
  return last.length > 2 ? "US" : undefined;
}
