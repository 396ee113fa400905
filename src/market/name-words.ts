/** What ends a firm's name by law and says nothing of who it is. */
const LEGAL_FORMS = new Set([
  "inc",
  "llc",
  "ltd",
  "limited",
  "corp",
  "corporation",
  "co",
  "company",
  "plc",
  "gmbh",
  "ag",
  "sa",
  "nv",
  "ab",
  "com",
]);

/** Words that say nothing of who it is: legal forms, and what half the names end with. */
export const COMMON_WORDS: ReadonlySet<string> = new Set([
  ...LEGAL_FORMS,
  "the",
  "labs",
  "lab",
  "technologies",
  "technology",
  "group",
  "health",
  "systems",
  "software",
  "digital",
  "holdings",
  "ai",
  "io",
]);

/** Letters and digits in lower case, accents gone, everything else a blank, a blank at both ends. */
export function spaced(text: string): string {
  const folded = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return ` ${folded
    .replace(/['’]/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()} `;
}

/** A name without blanks and legal forms: "wholefoodsmarket". */
export function bareName(text: string): string {
  const words = spaced(text).trim().split(" ");
  if (words[0] === "the" && words.length > 1) words.shift();
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1)!)) words.pop();
  return words.join("");
}

/** Cyrillic and Greek letters that look Latin, and what they look like: for suggestions only, since a look-alike may be a trick. */
const FOREIGN = "авеѕіјкмнорстухԁԛԝαεικνορτυχ";
const LOOKS = "abesijkmhopctyxdqwaeiknoptux";

/** Words as `spaced` gives them, in the Latin letters they look like. */
export function latin(words: string): string {
  return spaced(words).replace(
    /[\p{Script=Cyrillic}\p{Script=Greek}]/gu,
    (letter) => LOOKS[FOREIGN.indexOf(letter)] ?? letter,
  );
}
