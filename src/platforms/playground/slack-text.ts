import { html, lines, outLink, type Html, type Part } from "./html.ts";
import { fields, list, text, type Fields } from "./json.ts";

/** https://docs.slack.dev/messaging/formatting-message-text: Slack's own marks, read as Slack reads them. */
const MARKS = new RegExp(
  [
    "```\\n?(?<pre>[\\s\\S]+?)```",
    "`(?<code>[^`\\n]+)`",
    "<(?<reference>[^<>\\n]+)>",
    "(?<![\\p{L}\\p{N}*])\\*(?<bold>[^\\s*](?:[^*\\n]*[^\\s*])?)\\*(?![\\p{L}\\p{N}*])",
    "(?<![\\p{L}\\p{N}_])_(?<italic>[^\\s_](?:[^_\\n]*[^\\s_])?)_(?![\\p{L}\\p{N}_])",
    "(?<![\\p{L}\\p{N}~])~(?<strike>[^\\s~](?:[^~\\n]*[^\\s~])?)~(?![\\p{L}\\p{N}~])",
    "(?<line>\\n)",
  ].join("|"),
  "gu",
);

/** Text in Slack's mrkdwn as a piece of a page. */
export function mrkdwn(source: string): Html {
  const parts: Part[] = [];
  let end = 0;
  for (const match of source.matchAll(MARKS)) {
    parts.push(unescaped(source.slice(end, match.index)), marked(match.groups ?? {}));
    end = match.index + match[0].length;
  }
  return html`${parts}${unescaped(source.slice(end))}`;
}

function marked(groups: Readonly<Record<string, string | undefined>>): Html {
  if (groups.pre !== undefined) return html`<pre>${unescaped(groups.pre.replace(/\n$/, ""))}</pre>`;
  if (groups.code !== undefined) return html`<code>${unescaped(groups.code)}</code>`;
  if (groups.bold !== undefined) return html`<strong>${mrkdwn(groups.bold)}</strong>`;
  if (groups.italic !== undefined) return html`<em>${mrkdwn(groups.italic)}</em>`;
  if (groups.strike !== undefined) return html`<s>${mrkdwn(groups.strike)}</s>`;
  if (groups.reference !== undefined) return reference(groups.reference);
  return html`<br />`;
}

/** What stands between angle brackets: a link, or a mention, which is shown so that one would notice it. */
function reference(inside: string): Html {
  const [target = "", words] = inside.split("|", 2);
  if (/^[@#!]/.test(target)) return html`<span class="mention">${words ?? target}</span>`;
  return outLink(unescaped(target), unescaped(words ?? target.replace(/^mailto:/, "")));
}

/** Slack escapes three characters and no more. */
function unescaped(source: string): string {
  return source.replace(/&(lt|gt|amp);/g, (_, name: string) =>
    name === "lt" ? "<" : name === "gt" ? ">" : "&",
  );
}

/** A text object: `plain_text` has no marks, `mrkdwn` has. */
export function slackText(object: unknown): Html {
  const { type, text: source } = fields(object);
  return type === "mrkdwn" ? mrkdwn(text(source)) : lines(text(source).split("\n"));
}

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function richText(elements: readonly Fields[]): Html {
  return html`${elements.map((element) => {
    const inside = list(element.elements);
    if (element.type === "rich_text_preformatted")
      return html`<pre>${inside.map((run) => text(run.text))}</pre>`;
    if (element.type === "rich_text_list")
      return html`<ul>
        ${inside.map((item) => html`<li>${list(item.elements).map(run)}</li>`)}
      </ul>`;
    return html`<p>${inside.map(run)}</p>`;
  })}`;
}

function run(element: Fields): Html {
  const style = fields(element.style);
  const words = text(element.text) || text(element.url);
  let part = lines(words.split("\n"));
  if (element.type === "link") part = outLink(text(element.url), part);
  if (style.code === true) part = html`<code>${part}</code>`;
  if (style.bold === true) part = html`<strong>${part}</strong>`;
  if (style.italic === true) part = html`<em>${part}</em>`;
  if (style.strike === true) part = html`<s>${part}</s>`;
  return part;
}
