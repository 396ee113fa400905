const NAMES =
  "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|" +
  "FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|" +
  "MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|" +
  "NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|" +
  "PR Puerto Rico|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|" +
  "WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming";

/** The states of the United States (with DC and Puerto Rico) by their two letters. */
export const US_STATES: ReadonlyMap<string, string> = new Map(
  NAMES.split("|").map((line) => [line.slice(0, 2), line.slice(3)] as const),
);

/** The two letters of a state somebody named by letters or name, in any case; undefined for anything else. */
export function stateCode(typed: string): string | undefined {
  const word = typed.trim();
  if (US_STATES.has(word.toUpperCase())) return word.toUpperCase();
  return [...US_STATES].find(([, name]) => name.toLowerCase() === word.toLowerCase())?.[0];
}
