/**
 * How texts are set in a picture. Nothing here measures with the font itself: Inter's widths by kind
 * of letter are enough to place a label, and need no canvas.
 */

/** A text's width in the units of `size`, a little generous. */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const letter of text) ems += letterWidth(letter);
  return ems * size * (bold ? 1.06 : 1);
}

function letterWidth(letter: string): number {
  if (/[iljI.,:;'|!·’‘]/.test(letter)) return 0.29;
  if (/[ftr()[\]\s-]/.test(letter)) return 0.37;
  if (/[mwMW—%@]/.test(letter)) return 0.9;
  if (/\p{Lu}|…/u.test(letter)) return 0.7;
  return 0.61;
}

/** A text cut in sight to a width. */
export function clipped(text: string, size: number, width: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 0 && textWidth(`${letters.join("")}…`, size, bold) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** A text in at most `most` lines of a width, broken at blanks; what is left over is cut in sight. */
export function wrapped(
  text: string,
  size: number,
  width: number,
  most: number,
  bold = false,
): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    const fits = lines.length > 0 && textWidth(longer, size, bold) <= width;
    if (fits || lines.length === most) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => clipped(line, size, width, bold));
}

/**
 * A figure short enough for an axis: 0, 950, 1.25k, 12k, 1.2M, with the unit where it is a sign:
 * $190k, 12 %. `unit` is a chart's: "percent", "USD per year", "people" …
 */
export function shortNumber(value: number, unit: string): string {
  const digits = SHORT.format(Math.abs(value)).replace("K", "k");
  const minus = value < 0 && digits !== "0" ? "−" : "";
  if (unit === "percent") return `${minus}${digits} %`;
  return `${minus}${currencySign(unit)}${digits}`;
}

const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

/** "$" for "USD per year", "CHF " for a currency without a sign, nothing for people and events. */
function currencySign(unit: string): string {
  const code = /^[A-Z]{3}(?= per |$)/.exec(unit)?.[0];
  if (code === undefined) return "";
  const parts = new Intl.NumberFormat("en", {
    style: "currency",
    currency: code,
    currencyDisplay: "narrowSymbol",
  }).formatToParts(0);
  const sign = parts.find(({ type }) => type === "currency")?.value ?? code;
  return /[A-Za-z]$/.test(sign) ? `${sign} ` : sign;
}
