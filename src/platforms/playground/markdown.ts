import { html, outLink, type Html, type Part } from "./html.ts";

/** https://support.discord.com/hc/en-us/articles/210298617: Discord's marks inside a line. */
const MARKS = new RegExp(
  [
    "\\\\(?<escape>[^\\p{L}\\p{N}\\s])",
    "``(?<code2>[^\\n]+?)``",
    "`(?<code>[^`\\n]+)`",
    "\\[(?<words>(?:\\\\.|[^\\]\\\\\\n])+)\\]\\(<?(?<target>https?://[^\\s()<>]*(?:\\([^\\s()<>]*\\)[^\\s()<>]*)*)>?\\)",
    "<(?<bare>https?://[^\\s<>]+)>",
    "<(?<mention>[@#&!/:t][^<>\\n]*)>",
    "\\*\\*(?<bold>[^\\n]+?)\\*\\*(?!\\*)",
    "__(?<underline>[^\\n]+?)__(?!_)",
    "~~(?<strike>[^\\n]+?)~~",
    "\\*(?<italic>[^\\s*](?:[^*\\n]*[^\\s*])?)\\*",
    "(?<![\\p{L}\\p{N}_])_(?<italic2>[^\\s_](?:[^_\\n]*[^\\s_])?)_(?![\\p{L}\\p{N}_])",
  ].join("|"),
  "gu",
);

/** Text in Discord's markdown as a piece of a page: code blocks, headings, small print, lists, quotes, marks. */
export function markdown(source: string): Html {
  // With one group in the pattern, every odd piece is the inside of a code block.
  const pieces = source.split(/```(?:[\w+-]*\n)?([\s\S]+?)```/u);
  return html`${pieces.map((piece, at) => (at % 2 === 1 ? html`<pre>${piece.replace(/\n$/, "")}</pre>` : paragraphs(piece)))}`;
}

function paragraphs(source: string): Html {
  const trimmed = source.replace(/^\n|\n$/g, "");
  if (trimmed === "") return html``;
  const parts: Part[] = [];
  let bullets: Html[] = [];
  const endList = () => {
    if (bullets.length > 0)
      parts.push(
        html`<ul>
          ${bullets}
        </ul>`,
      );
    bullets = [];
  };
  for (const line of trimmed.split("\n")) {
    const bullet = /^\s*[-*] (.+)$/.exec(line)?.[1];
    if (bullet !== undefined) {
      bullets.push(html`<li>${inline(bullet)}</li>`);
    } else {
      endList();
      parts.push(paragraph(line));
    }
  }
  endList();
  return html`${parts}`;
}

function paragraph(line: string): Html {
  const [, mark, words = ""] = /^(#{1,3}|-#|>) (.*)$/.exec(line) ?? [];
  if (mark === undefined) return html`<p>${line === "" ? html`<br />` : inline(line)}</p>`;
  if (mark === "-#") return html`<p class="small">${inline(words)}</p>`;
  if (mark === ">") return html`<blockquote>${inline(words)}</blockquote>`;
  // The page's own outline has its headings; those inside a message are paragraphs that look like it.
  return html`<p class="heading level-${mark.length}">${inline(words)}</p>`;
}

function inline(source: string): Html {
  const parts: Part[] = [];
  let end = 0;
  for (const match of source.matchAll(MARKS)) {
    parts.push(source.slice(end, match.index), marked(match.groups ?? {}));
    end = match.index + match[0].length;
  }
  return html`${parts}${source.slice(end)}`;
}

function marked(groups: Readonly<Record<string, string | undefined>>): Html {
  const code = groups.code2 ?? groups.code;
  const italic = groups.italic ?? groups.italic2;
  if (groups.escape !== undefined) return html`${groups.escape}`;
  if (code !== undefined) return html`<code>${code}</code>`;
  if (groups.target !== undefined) return outLink(groups.target, inline(groups.words ?? ""));
  if (groups.bare !== undefined) return outLink(groups.bare, groups.bare);
  if (groups.bold !== undefined) return html`<strong>${inline(groups.bold)}</strong>`;
  if (groups.underline !== undefined) return html`<u>${inline(groups.underline)}</u>`;
  if (groups.strike !== undefined) return html`<s>${inline(groups.strike)}</s>`;
  if (italic !== undefined) return html`<em>${inline(italic)}</em>`;
  return html`<span class="mention">${groups.mention}</span>`;
}
