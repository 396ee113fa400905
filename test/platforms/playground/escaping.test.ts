import { describe, expect, it } from "vitest";
import { reply, type Reply } from "../../../src/reply/reply.ts";
import {
  html,
  markupOf,
  type Part,
  outLink,
  webAddress,
} from "../../../src/platforms/playground/html.ts";
import { markdown } from "../../../src/platforms/playground/markdown.ts";
import { mrkdwn, richText } from "../../../src/platforms/playground/slack-text.ts";
import { slackChart } from "../../../src/platforms/playground/slack-chart.ts";
import { slackView } from "../../../src/platforms/playground/slack-view.ts";
import { discordView } from "../../../src/platforms/playground/discord-view.ts";
import { asking, got, samplePlayground } from "./ask.ts";
import { sampleBot } from "./sample-bot.ts";
import { HOSTILE } from "./hostile.ts";

/** What stands in the markup itself: tags, names of attributes and addresses, with every quoted text left out. */
function anatomy(body: string) {
  const tags = [
    ...body.matchAll(/<([a-z!][a-z0-9]*)((?:\s+[a-z][a-z0-9-]*(?:="[^"]*")?)*)\s*\/?>/gi),
  ];
  const attributes = tags.flatMap(([, , inside = ""]) => [
    ...inside.matchAll(/([a-z][a-z0-9-]*)(?:="([^"]*)")?/gi),
  ]);
  return {
    tags: new Set(tags.map(([, name = ""]) => name.toLowerCase())),
    attributes: new Set(attributes.map(([, name = ""]) => name.toLowerCase())),
    addresses: attributes.flatMap(([, name, value = ""]) =>
      name === "href" || name === "src" || name === "srcset" ? [value] : [],
    ),
    /** Each `<` opens or closes a tag: none was smuggled in half. */
    strays:
      body
        .replace(/<\/?[a-z!][a-z0-9]*(?:\s+[a-z][a-z0-9-]*(?:="[^"]*")?)*\s*\/?>/gi, "")
        .match(/[<>]/g) ?? [],
  };
}

/** A reply that says one text wherever a text can be said. */
function everywhere(text: string): Reply {
  return reply(text, {
    blocks: [
      {
        kind: "text",
        words: [
          text,
          { bold: text },
          { code: text },
          { link: text, text },
          { link: "https://example.org/", text },
        ],
      },
      { kind: "bullets", items: [text] },
      { kind: "figures", items: [{ label: text, value: text }] },
      { kind: "meters", items: [{ label: text, ratio: 0.5, text }] },
      { kind: "code", text },
      {
        kind: "table",
        caption: text,
        columns: [{ title: text, align: "left" }],
        rows: [[{ text, link: text }]],
        more: 0,
      },
      {
        kind: "chart",
        chart: {
          kind: "bars",
          title: text,
          subtitle: text,
          unit: text,
          categories: [text],
          series: [{ name: text, values: [1] }],
          lastIncomplete: false,
        },
      },
    ],
    actions: [
      { label: text, run: text },
      { label: text, url: text },
    ],
    choices: [{ placeholder: text, options: [{ label: text, run: text, detail: text }] }],
    notes: [text],
    files: [{ name: text, mediaType: text, content: text, encoding: "utf8" }],
  });
}

describe("a page", () => {
  it.each(HOSTILE.map((text) => [text.slice(0, 60), text]))(
    "keeps %j as text, wherever it is said",
    async (_, text = "") => {
      const page = await samplePlayground({
        bot: { ...sampleBot(), answer: () => Promise.resolve(everywhere(text)) },
      });
      const { status, body } = await got(asking(page, text));
      await page.close();
      expect(status).toBe(200);
      const { tags, attributes, addresses, strays } = anatomy(body);
      expect(strays).toEqual([]);
      // The page's own script is the only one, and it is there once.
      expect(body.match(/<script/g)).toHaveLength(1);
      for (const tag of ["iframe", "object", "embed", "base", "style", "textarea"])
        expect(tags).not.toContain(tag);
      expect(
        [...attributes].filter(
          (name) => name.startsWith("on") || name === "style" || name === "srcdoc",
        ),
      ).toEqual([]);
      expect(
        addresses.filter((address) => !/^(\/(?!\/)|#answer$|https?:\/\/)/.test(address)),
      ).toEqual([]);
    },
  );
});

/** Markup without the blanks between tags, which say nothing in tables, lists and paragraphs. */
function tight(part: Part): string {
  return markupOf(part)
    .replace(/>\s*\n\s*(?=<)/g, ">")
    .replace(/\s+(?=\/?>)/g, "")
    .trim();
}

describe("templates", () => {
  it("escape what is put in and keep what is markup", () => {
    const name = `<b title="x" a='y'>&`;
    expect(
      markupOf(html`<p title="${name}">${html`<i>${name}</i>`}${[1, " ", undefined, false]}</p>`),
    ).toBe(
      '<p title="&lt;b title=&quot;x&quot; a=&#39;y&#39;&gt;&amp;"><i>&lt;b title=&quot;x&quot; a=&#39;y&#39;&gt;&amp;</i>1 </p>',
    );
  });

  it("link to the web and to nothing else", () => {
    for (const address of [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      " java\nscript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "//evil.example",
      "/healthz",
      "vbscript:x",
      "",
    ]) {
      expect(webAddress(address)).toBeUndefined();
      expect(markupOf(outLink(address, "words"))).toBe("words");
    }
    expect(webAddress('https://example.org/"><script>')).toBe(
      "https://example.org/%22%3E%3Cscript%3E",
    );
  });
});

describe("Slack's marks", () => {
  it.each([
    [
      "*bold* _slanted_ ~struck~ `code *plain*`",
      "<strong>bold</strong> <em>slanted</em> <s>struck</s> <code>code *plain*</code>",
    ],
    ["a*b*c snake_case_name 2 * 3 * 4", "a*b*c snake_case_name 2 * 3 * 4"],
    ["*a _b_*", "<strong>a <em>b</em></strong>"],
    ["one\ntwo", "one<br/>two"],
    ["```\n a &lt; b\n```", "<pre> a &lt; b</pre>"],
    ["R&amp;D &lt;b&gt; &amp;lt;", "R&amp;D &lt;b&gt; &amp;lt;"],
    ["<!channel> <@U1>", '<span class="mention">!channel</span> <span class="mention">@U1</span>'],
    ["<javascript:alert(1)|click>", "click"],
    [
      "<https://example.org/?a=1&amp;b=2|there>",
      '<a href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">there</a>',
    ],
  ])("%j", (source, expected) => expect(tight(mrkdwn(source))).toBe(expected));

  it("rich text keeps lists, quotes, code and styles", () => {
    const words = (text: string, style = {}) => ({ type: "text", text, style });
    const elements = [
      {
        type: "rich_text_section",
        elements: [
          words("a", { bold: true }),
          { type: "link", url: "https://example.org/", text: "b" },
        ],
      },
      {
        type: "rich_text_list",
        style: "bullet",
        elements: [{ type: "rich_text_section", elements: [words("c")] }],
      },
      { type: "rich_text_preformatted", elements: [words("d  <e>")] },
    ];
    expect(tight(richText(elements))).toBe(
      '<p><strong>a</strong><a href="https://example.org/" target="_blank" rel="noopener noreferrer">b</a></p><ul><li>c</li></ul><pre>d  &lt;e&gt;</pre>',
    );
  });
});

describe("Discord's marks", () => {
  it.each([
    ["### Head", '<p class="heading level-3">Head</p>'],
    ["-# small **bold**", '<p class="small">small <strong>bold</strong></p>'],
    ["- one\n- two\nthree", "<ul><li>one</li><li>two</li></ul><p>three</p>"],
    ["> said", "<blockquote>said</blockquote>"],
    ["a \\*b\\* *c* __d__ ~~e~~", "<p>a *b* <em>c</em> <u>d</u> <s>e</s></p>"],
    ["`**a**` ``b`c``", "<p><code>**a**</code> <code>b`c</code></p>"],
    ["```js\nx < y\n```", "<pre>x &lt; y</pre>"],
    [
      "[a](<https://example.org/x>) [b](javascript:alert(1))",
      '<p><a href="https://example.org/x" target="_blank" rel="noopener noreferrer">a</a> [b](javascript:alert(1))</p>',
    ],
    [
      "[a \\] b](https://example.org/x_(y))",
      '<p><a href="https://example.org/x_(y)" target="_blank" rel="noopener noreferrer">a ] b</a></p>',
    ],
    ["snake_case_name 2 * 3 * 4", "<p>snake_case_name 2 * 3 * 4</p>"],
    ["<@1> <#2>", '<p><span class="mention">@1</span> <span class="mention">#2</span></p>'],
  ])("%j", (source, expected) => expect(tight(markdown(source))).toBe(expected));
});

describe("previews", () => {
  it("name a block they cannot draw instead of leaving it out", () => {
    expect(
      markupOf(slackView({ text: "", blocks: [{ type: "hologram" }], pictures: [] }, [], "system")),
    ).toContain("hologram");
    expect(
      markupOf(discordView({ components: [{ type: 99 }], pictures: [], files: [] }, "system")),
    ).toContain("type 99");
  });

  it("take any JSON for a message without failing", () => {
    for (const odd of [
      {},
      [],
      { type: "section" },
      { type: "data_table", rows: [[], "x", [null]] },
      { type: "actions", elements: 7 },
      { type: "data_visualization" },
      { type: 17, components: {} },
      { type: 2 },
    ]) {
      expect(() =>
        markupOf(slackView({ text: "", blocks: [odd], pictures: [] }, [], "light")),
      ).not.toThrow();
      expect(() =>
        markupOf(discordView({ components: [odd], pictures: [], files: [] }, "dark")),
      ).not.toThrow();
    }
  });

  it("show a table cell by its text, its numbers to the right, its first column as the row's name", () => {
    const rows = [
      [
        { type: "raw_text", text: "Company" },
        { type: "raw_text", text: "People" },
      ],
      [
        { type: "raw_text", text: "Globex" },
        { type: "raw_number", value: 1000, text: "1,000" },
      ],
    ];
    const table = tight(
      slackView(
        { text: "", blocks: [{ type: "data_table", caption: "Cuts", rows }], pictures: [] },
        [],
        "light",
      ),
    );
    expect(table).toMatch(/<caption>\s*Cuts\s*<\/caption>/);
    expect(table).toContain('<tr><th scope="row">Globex</th><td class="right">1,000</td></tr>');
  });

  it("draw a hole in a series as a hole, never as a zero", () => {
    const series = [
      {
        name: "people",
        data: [
          { label: "a", value: 4 },
          { label: "c", value: 8 },
        ],
      },
    ];
    const block = (type: string) => ({
      title: "T",
      chart: { type, series, axis_config: { categories: ["a", "b", "c"] } },
    });
    expect(tight(slackChart(block("bar"))).match(/<rect/g)).toHaveLength(2);
    expect(tight(slackChart(block("line")))).toMatch(/d="M[\d. ]+M[\d. ]+"/);
    expect(tight(slackChart(block("line")))).toContain(
      '<tr><th scope="row">b</th><td class="right">–</td></tr>',
    );
  });
});
