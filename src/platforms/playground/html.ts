const SAFE = Symbol("safe markup");

/** Markup that was built by `html` and may be put into a page as it stands. */
export interface Html {
  readonly [SAFE]: string;
}

/** What may stand in a hole of a template: text is escaped, markup is kept, nothing is left out. */
export type Part = string | number | Html | readonly Part[] | false | null | undefined;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * A piece of a page. Every value is escaped unless it is markup already, so that forgetting to escape
 * is not possible; attributes must be written in double quotes.
 *
 *     html`<p title="${name}">${words}</p>`
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { [SAFE]: strings.reduce((page, string, at) => page + markupOf(parts[at - 1]) + string) };
}

/** The markup as text, to be sent. */
export function markupOf(part: Part): string {
  if (part === undefined || part === null || part === false) return "";
  if (typeof part === "string" || typeof part === "number") return escaped(String(part));
  return SAFE in part ? part[SAFE] : part.map(markupOf).join("");
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}

/** An http(s) address as it may stand in a link, or nothing: a `javascript:` address is never one. */
export function webAddress(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.protocol === "https:" || url?.protocol === "http:" ? url.href : undefined;
}

/** A link out of the page, or only its words when the address is not one of the web. */
export function outLink(address: string, words: Part): Html {
  const href = webAddress(address);
  return href
    ? html`<a href="${href}" target="_blank" rel="noopener noreferrer">${words}</a>`
    : html`${words}`;
}

/** Lines of text with a line break between them. */
export function lines(parts: readonly Part[]): Html {
  return html`${parts.map((part, at) => (at === 0 ? part : html`<br />${part}`))}`;
}
