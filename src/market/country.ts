import { once } from "./column.ts";

/** Names a tracker spells otherwise than the world's own list. */
const OTHER_SPELLINGS: Readonly<Record<string, string>> = {
  uk: "United Kingdom",
  england: "United Kingdom",
  britain: "United Kingdom",
  usa: "United States",
  "u.s.": "United States",
  america: "United States",
  uae: "United Arab Emirates",
  korea: "South Korea",
  holland: "Netherlands",
  czechia: "Czech Republic",
  cz: "Czech Republic",
  tr: "Turkey",
  hk: "Hong Kong",
};

/** Assigned two-letter codes of what is no country: unions, the unknown, and test codes. */
const NO_COUNTRY: ReadonlySet<string> = new Set(["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"]);

/** Made when a country is first named: reading the runtime's own list takes longer than a start may. */
const regionNames = once(() => new Intl.DisplayNames(["en"], { type: "region" }));

/** The English name of a country by its two-letter code or another usual name; undefined when it is neither. */
export function countryNamed(word: string): string | undefined {
  const other = OTHER_SPELLINGS[word.toLowerCase()];
  if (other !== undefined) return other;
  if (!/^[A-Za-z]{2}$/.test(word)) return undefined;
  const code = word.toUpperCase();
  const name = regionNames().of(code);
  return name === code || NO_COUNTRY.has(code) ? undefined : name;
}

/** The two-letter code of a country by code or name; undefined when it is none. */
export function countryCode(word: string): string | undefined {
  const wanted = (countryNamed(word) ?? word).toLowerCase();
  if (/^[A-Za-z]{2}$/.test(word) && countryNamed(word) !== undefined)
    return word.toUpperCase() === "UK" ? "GB" : word.toUpperCase();
  return codes().get(wanted);
}

/** Not a code of a country that is gone or goes by another: DD has the name of Germany too, and comes before DE. */
function isOfToday(code: string): boolean {
  return new Intl.Locale(`und-${code}`).region === code;
}

/** Every assigned code by its English name, from the runtime's own list. */
const codes = once((): ReadonlyMap<string, string> => {
  const byName = new Map<string, string>();
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
  for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
    const spoken = countryNamed(code);
    if (spoken === undefined || !isOfToday(code)) continue;
    for (const name of [spoken, regionNames().of(code)!])
      if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), code);
  }
  return byName.set("czech republic", "CZ");
});
