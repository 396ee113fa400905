/**
 * The identity of a company's spelling: compatibility forms folded (NFKC), case and stray blanks gone, and the trailing
 * " copy" removed that a tracker's duplicated row leaves behind. "  GOOGLE copy" and "Google" have the same key.
 */
export function companyKey(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/(?<=.) copy$/u, "");
}
