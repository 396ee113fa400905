/** Tags that end a line; others leave the text as it runs. */
const BLOCKS = new Set(
  "p div br tr td th li ul ol table h1 h2 h3 h4 h5 h6 hr section article title".split(" "),
);
/** What stands inside these is not shown. */
const HIDDEN = new Set(["script", "style", "head", "ix:header"]);

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    nbsp: " ",
    ensp: " ",
    emsp: " ",
    thinsp: " ",
    ndash: "–",
    mdash: "—",
    lsquo: "‘",
    rsquo: "’",
    ldquo: "“",
    rdquo: "”",
    bull: "•",
    middot: "·",
    sect: "§",
    hellip: "…",
    reg: "®",
    trade: "™",
    copy: "©",
    deg: "°",
    frac12: "½",
  }),
);

/** An 8-K with its exhibits is a few hundred kilobytes; what stands behind is not read. */
const CHARS_MAX = 8_000_000;
/** An Item 2.05 is a page or two. */
export const ITEM_CHARS_MAX = 20_000;
const HEADINGS_MAX = 20;
const HEADING = /^[^\S\n]*item\s{1,9}2\.05\b/gim;
const END = /^[^\S\n]*(?:item\s{1,9}\d{1,2}\.\d\d\b|signatures?\b)/gim;

/**
 * The Item 2.05 section of an 8-K's HTML as plain text, a line for each block, at most 20,000 characters; null when
 * there is none. One pass over the characters, no nesting is kept, so neither depth nor size can harm.
 */
export function itemText(html: string): string | null {
  const text = withoutTags(html.slice(0, CHARS_MAX)).replaceAll(/&nbsp;|&#160;|&#xa0;/gi, " ");
  let longest: string | null = null;
  for (const start of text.matchAll(HEADING).take(HEADINGS_MAX)) {
    const section = text.slice(start.index, start.index + 2 * ITEM_CHARS_MAX);
    END.lastIndex = start[0].length;
    const end = END.exec(section)?.index;
    const own = lines(unescaped(section.slice(0, end))).slice(0, ITEM_CHARS_MAX);
    if (longest === null || own.length > longest.length) longest = own;
  }
  return longest;
}

/** HTML as text with a line end for each block; line ends of the source are blanks there. */
function withoutTags(html: string): string {
  if (!html.includes("<")) return html;
  const flat = html.replaceAll("\n", " ").replaceAll("\r", " ");
  let text = "";
  let lineIsNew = false;
  let at = 0;
  while (at < flat.length) {
    const open = flat.indexOf("<", at);
    if (open === -1) break;
    if (open > at) {
      text += flat.slice(at, open);
      lineIsNew = false;
    }
    if (flat.startsWith("<!--", open)) {
      at = behind(flat, "-->", open + 4);
      continue;
    }
    const close = flat.indexOf(">", open);
    if (close === -1) return text + flat.slice(open);
    const name = tagName(flat, open, close);
    if (name === null) {
      text += "<";
      at = open + 1;
      continue;
    }
    if (BLOCKS.has(name) && !lineIsNew) {
      text += "\n";
      lineIsNew = true;
    }
    at = HIDDEN.has(name) && flat[close - 1] !== "/" ? hiddenEnd(flat, name, close) : close + 1;
  }
  return text + flat.slice(at);
}

function behind(html: string, mark: string, from: number): number {
  const end = html.indexOf(mark, from);
  return end === -1 ? html.length : end + mark.length;
}

const NAME_CHARS_MAX = 12;

/** The name of a tag, the same for its closing tag unless hidden; null where "<" begins no tag ("3 < 4"). */
function tagName(html: string, open: number, close: number): string | null {
  const first = html.charCodeAt(open + 1);
  if (first === 0x21 || first === 0x3f) return "";
  const from = first === 0x2f ? open + 2 : open + 1;
  let to = from;
  const max = Math.min(close, from + NAME_CHARS_MAX);
  while (to < max && isNameChar(html.charCodeAt(to))) to += 1;
  if (to === from) return first === 0x2f ? "" : null;
  const name = html.slice(from, to).toLowerCase();
  return first === 0x2f && HIDDEN.has(name) ? "" : name;
}

function isNameChar(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x3a);
}

/** Where a hidden element closes; the end of everything when it never does. */
function hiddenEnd(html: string, name: string, from: number): number {
  for (let end = html.indexOf("</", from); end !== -1; end = html.indexOf("</", end + 2))
    if (html.slice(end + 2, end + 2 + name.length).toLowerCase() === name) return end;
  return html.length;
}

function unescaped(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}\d{0,2}));/gi,
    (whole, ten?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name.toLowerCase()) ?? whole;
      const code = ten === undefined ? Number.parseInt(hex!, 16) : Number(ten);
      return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : " ";
    },
  );
}

function lines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/[\s\u200b]+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}
