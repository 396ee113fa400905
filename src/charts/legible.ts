import type { Chart } from "./chart.ts";

/**
 * A chart whose every word the bundled font can write. Inter knows Latin, Greek and Cyrillic letters
 * and no emoji; a name in another script would come out as empty boxes. Such letters are named
 * instead ("[Japanese script]"), or give way to the Latin form beside them, and `missing` says so,
 * because a picture must not lose a name silently. Alt text keeps the original names.
 */
export function legibleChart(chart: Chart): { readonly chart: Chart; readonly missing: boolean } {
  let missing = false;
  const set = (text: string): string => {
    const written = legible(text);
    missing ||= written.missing;
    return written.text;
  };
  const head = { title: set(chart.title), subtitle: set(chart.subtitle), unit: set(chart.unit) };
  if (chart.kind === "ranges") {
    const rows = chart.rows.map((row) => ({
      ...row,
      label: set(row.label),
      ...(row.note === undefined ? {} : { note: set(row.note) }),
    }));
    return { chart: { ...chart, ...head, rows }, missing };
  }
  const { threshold, marks } = chart;
  const written: Chart = {
    ...chart,
    ...head,
    categories: chart.categories.map(set),
    series: chart.series.map((series) => ({ ...series, name: set(series.name) })),
    ...(threshold === undefined
      ? {}
      : { threshold: { ...threshold, label: set(threshold.label) } }),
    ...(marks === undefined
      ? {}
      : {
          marks: marks.map(({ category, label }) => ({
            category: set(category),
            label: set(label),
          })),
        }),
  };
  return { chart: written, missing };
}

/** One text in letters the font has, and whether any had to be named instead of written. */
export function legible(text: string): { readonly text: string; readonly missing: boolean } {
  const plain = tidied(
    text.toWellFormed().normalize("NFC").replace(/./gsu, nearest).replace(EMOJI, ""),
  );
  if (!FOREIGN.test(plain)) return { text: plain, missing: false };
  const beside = latinBeside(plain);
  if (beside !== undefined) return { text: beside, missing: true };
  const named = plain.replace(FOREIGN_RUN, (run) =>
    /\p{L}|\p{N}/u.test(run) ? ` [${scriptOf(run)} script] ` : " ",
  );
  return { text: tidied(named), missing: true };
}

// The part of Inter's character map that chart words use; a test reads the map from the font file.
const INTER =
  "\\u0020-\\u007E\\u00A1-\\u00AC\\u00AE-\\u0148\\u014A-\\u01C3\\u01C5-\\u024F\\u0384-\\u038A\\u038C\\u038E-\\u03A1\\u03A3-\\u03CE" +
  "\\u0400-\\u0479\\u0480-\\u0482\\u048A-\\u049D\\u04A0-\\u04FF\\u1E00-\\u1E9B\\u1EA0-\\u1EFF\\u2010-\\u2027\\u2030-\\u2055\\u2070\\u2074-\\u208E" +
  "\\u20A0-\\u20AF\\u20B1-\\u20B5\\u20B8-\\u20BA\\u20BC-\\u20BF\\u2116\\u2117\\u2122\\u2126\\u2150-\\u215F\\u2190-\\u2199" +
  "\\u2202\\u2205\\u2206\\u220F\\u2211\\u2212\\u221A\\u221E\\u222B\\u2248\\u2260\\u2264\\u2265\\u25A0-\\u25A2\\u25B2\\u25B3\\u25BC\\u25BD\\u25CB\\u25CF\\u2605\\u2606\\u2713\\u2717";
const WRITABLE = new RegExp(`^[${INTER}]$`, "u");
const FOREIGN = new RegExp(`[^${INTER}]`, "u");
const FOREIGN_RUN = new RegExp(`[^${INTER}]+`, "gu");
const EMOJI = new RegExp(
  `(?:(?![${INTER}])[\\p{Extended_Pictographic}\\p{Emoji_Component}\\p{Cf}\\p{Cc}\\p{M}])+`,
  "gu",
);

/** The letter itself, or its plain form where only that can be written: a full-width "Ｇ" becomes "G". */
function nearest(letter: string): string {
  if (WRITABLE.test(letter)) return letter;
  if (/\s/.test(letter)) return " ";
  const plain = letter.normalize("NFKC");
  return FOREIGN.test(plain) ? letter : plain;
}

/** "Sony" of "ソニー (Sony)" or "Sony (ソニー)": one form is enough where both name the same. */
function latinBeside(text: string): string | undefined {
  const both = /^(.+?)\s*\((.+)\)$/.exec(text);
  if (both === null) return undefined;
  const writable = both.slice(1).filter((form) => !FOREIGN.test(form));
  return writable.length === 1 ? writable[0] : undefined;
}

function scriptOf(run: string): string {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(run)) return "Japanese";
  const named = SCRIPTS.find(([, letters]) => letters.test(run));
  return named === undefined ? "other" : named[0];
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ["Korean", /\p{Script=Hangul}/u],
  ["Han", /\p{Script=Han}/u],
  ["Arabic", /\p{Script=Arabic}/u],
  ["Hebrew", /\p{Script=Hebrew}/u],
  ["Thai", /\p{Script=Thai}/u],
  ["Devanagari", /\p{Script=Devanagari}/u],
];

function tidied(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
