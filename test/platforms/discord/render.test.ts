import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderDiscordPlain } from "../../../src/platforms/discord/plain.ts";
import type { DiscordMessage } from "../../../src/platforms/discord/render.ts";
import { renderDiscord } from "../../../src/platforms/discord/render.ts";
import type { Block, Table } from "../../../src/reply/reply.ts";
import { reply } from "../../../src/reply/reply.ts";
import { componentsOf, textBytes, textsOf } from "../../fakes/discord/component-rules.ts";
import { recordOf } from "../../fakes/discord/json.ts";
import { checkMessage } from "../../fakes/discord/message-rules.ts";
import { hasOpenApi, openApi } from "../../fakes/discord/openapi.ts";
import { anyReply, chart } from "./replies.ts";

const keep = (command: string): string =>
  `k${command.length}-${command.split("").reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1e9, 7)}`;
const render = (blocks: readonly Block[], more = {}): DiscordMessage =>
  renderDiscord(reply("Title", { blocks, ...more }), { keep });
const textOf = (message: DiscordMessage): string => textsOf(message.components).join("\n");

/** The body as it goes out, with the names of what is attached. */
function sent(message: DiscordMessage) {
  const names = [
    ...message.pictures.map(({ fileName }) => fileName),
    ...message.files.map(({ name }) => name),
  ];
  return {
    body: {
      flags: message.flags,
      components: message.components,
      allowed_mentions: message.allowed_mentions,
    },
    uploaded: names.map((name) => ({ name, size: 1 })),
  };
}

const table = (rows: number, more: Partial<Table> = {}): Table => ({
  kind: "table",
  caption: "Largest cuts",
  columns: [
    { title: "Company", align: "left" },
    { title: "People", align: "right" },
  ],
  rows: Array.from({ length: rows }, (_, n) => [`Company ${n}`, String(1000 - n)]),
  more: 0,
  ...more,
});

describe("any reply", () => {
  it("fits every limit of Discord and of our own budget", () => {
    fc.assert(
      fc.property(anyReply, (said) => {
        const message = renderDiscord(said, { keep });
        const { body, uploaded } = sent(message);
        checkMessage(recordOf(body), { isInteraction: true, uploaded });
        const texts = textsOf(message.components);
        expect(texts.join("").length).toBeLessThanOrEqual(3_900);
        expect(textBytes(message.components) - 12 * texts.length).toBeLessThanOrEqual(9_500);
        expect(uploaded.length).toBeLessThanOrEqual(10);
        expect(new Set(uploaded.map(({ name }) => name)).size).toBe(uploaded.length);
        expect(texts.every((text) => text.isWellFormed())).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("is the same message each time", () => {
    fc.assert(
      fc.property(anyReply, (said) => {
        expect(renderDiscord(said, { keep })).toEqual(renderDiscord(said, { keep }));
      }),
      { numRuns: 20 },
    );
  });

  it("has a plain form that fits too", () => {
    fc.assert(
      fc.property(anyReply, (said) => {
        const { body } = sent(renderDiscordPlain(said));
        expect(() =>
          checkMessage(recordOf(body), { isInteraction: true, uploaded: [] }),
        ).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });

  it.skipIf(!hasOpenApi)("is what Discord's own description of its API takes", () => {
    const check = openApi();
    fc.assert(
      fc.property(anyReply, (said) => {
        const { body } = sent(renderDiscord(said, { keep }));
        expect(check("POST", "/channels/{channel_id}/messages", body)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
});

describe("a reply", () => {
  it("is a container with title, texts, small print and controls", () => {
    const message = render(
      [
        {
          kind: "text",
          words: ["Last: ", { bold: "17 Apr" }, " ", { link: "https://a.test/x", text: "a.test" }],
        },
      ],
      {
        notes: ["Basis: date announced"],
        actions: [
          { label: "Rows", run: "/layoffs google rows:20", style: "primary" },
          { label: "Source", url: "https://a.test/" },
        ],
        choices: [
          {
            placeholder: "Period",
            options: [{ label: "2023", run: "/layoffs period:2023", detail: "the whole year" }],
          },
        ],
      },
    );
    expect(message).toEqual({
      flags: 32_768,
      components: [
        {
          type: 17,
          accent_color: 0x3b82c4,
          components: [
            { type: 10, content: "### Title\nLast: **17 Apr** [a.test](<https://a.test/x>)" },
            { type: 14 },
            { type: 10, content: "-# Basis: date announced" },
            {
              type: 1,
              components: [
                { type: 2, style: 1, label: "Rows", custom_id: "run:/layoffs google rows:20" },
                { type: 2, style: 5, label: "Source", url: "https://a.test/" },
              ],
            },
            {
              type: 1,
              components: [
                {
                  type: 3,
                  custom_id: "menu:0",
                  placeholder: "Period",
                  options: [
                    {
                      label: "2023",
                      value: "run:/layoffs period:2023",
                      description: "the whole year",
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
      pictures: [],
      files: [],
      allowed_mentions: { parse: [] },
    });
  });

  it("that could not be given is told apart by its colour", () => {
    const [{ accent_color } = {}] = renderDiscord(
      reply("No company ‘gogle’.", { reason: "not_found" }),
      { keep },
    ).components;
    expect(accent_color).toBe(0xd9a441);
  });

  it("shows figures in one line, bullets as a list and bars in one column", () => {
    const text = textOf(
      render([
        {
          kind: "figures",
          items: [
            { label: "People", value: "13,115" },
            { label: "Events", value: "8" },
          ],
        },
        { kind: "bullets", items: ["one", ["two ", { code: "x:1" }]] },
        {
          kind: "meters",
          items: [
            { label: "2023", ratio: 1, text: "12,115" },
            { label: "24", ratio: 0.01, text: "10" },
            { label: "25", ratio: 0, text: "0" },
          ],
        },
      ]),
    );
    expect(text).toBe(
      [
        "### Title",
        "People **13,115** · Events **8**",
        "- one",
        "- two `x:1`",
        "```",
        "2023  ████████████ 12,115",
        "24    █                10",
        "25                      0",
        "```",
      ].join("\n"),
    );
  });

  it("keeps tables within 56 columns of a code block, with their links below", () => {
    const wide = table(2, {
      rows: [
        ["株式会社".repeat(20), { text: "12", link: "https://a.test/1" }],
        ["Google", "9"],
      ],
    });
    const text = textOf(render([wide]));
    const code = /```\n([\s\S]*?)\n```/.exec(text)?.[1] ?? "";
    expect(code.split("\n").map((line) => line.length)).toSatisfy(
      (lengths: number[]) => Math.max(...lengths) <= 56,
    );
    expect(code).toContain("…");
    expect(text).toContain("-# [株式会社株式会社株式会社株式会社株式会… 12](<https://a.test/1>)");
  });

  it("cuts a long table in sight and sends all its rows as a file", () => {
    const message = render([table(60, { more: 5 })], { notes: ["Source: tracker"] });
    expect(textOf(message)).toContain("… and 35 more rows");
    expect(message.files).toHaveLength(1);
    expect(
      message.files[0]?.content.split("\r\n").filter((line) => line.startsWith("Company ")),
    ).toHaveLength(60);
    expect(message.files[0]?.content).toContain("# Source: tracker");
    expect(componentsOf(message.components, "file")).toEqual([
      { type: 13, file: { url: "attachment://table-1.csv" } },
    ]);
  });

  it("sends no file for a table that is shown whole", () => {
    expect(render([table(10)]).files).toEqual([]);
  });

  it("leaves room for what comes after a long block", () => {
    const text = textOf(
      render([
        { kind: "text", words: "long ".repeat(3_000) },
        table(3),
        { kind: "text", words: "the end" },
      ]),
    );
    expect(text).toContain("long…");
    expect(text).toContain("Company 2");
    expect(text).toContain("the end");
  });

  it("counts the parts that found no room at all", () => {
    const many = Array.from({ length: 60 }, (_, n): Block => ({
      kind: "text",
      words: `${n} ${"word ".repeat(80)}`,
    }));
    expect(textOf(render(many))).toMatch(/… and \d+ more parts of this answer/);
  });

  it("shows four pictures and says the others in words", () => {
    const message = render(Array.from({ length: 6 }, () => ({ kind: "chart" as const, chart })));
    expect(message.pictures.map(({ fileName }) => fileName)).toEqual([
      "chart-1.png",
      "chart-2.png",
      "chart-3.png",
      "chart-4.png",
    ]);
    expect(textOf(message).match(/12,000/g)).toHaveLength(2);
  });

  it("counts the buttons and options that do not fit", () => {
    const actions = Array.from({ length: 40 }, (_, n) => ({ label: `B${n}`, run: `/x ${n}` }));
    const options = Array.from({ length: 37 }, (_, n) => ({ label: `O${n}`, run: `/x ${n}` }));
    const message = render([], { actions, choices: [{ placeholder: "Pick", options }] });
    expect(textOf(message)).toMatch(/… and \d+ more buttons: B\d+/);
    const menus = componentsOf(
      render([], { choices: [{ placeholder: "Pick", options }] }).components,
      "select",
    );
    expect(menus[0]?.placeholder).toBe("Pick … and 12 more");
  });

  it("gives two buttons of one command two ids that mean the same", () => {
    const actions = [
      { label: "A", run: "/x" },
      { label: "B", run: "/x" },
    ];
    expect(
      componentsOf(render([], { actions }).components, "button").map(({ custom_id }) => custom_id),
    ).toEqual(["run:/x", "run:/x "]);
  });

  it("names a link whose address is none", () => {
    const actions = [{ label: "Evil", url: "javascript:alert(1)" }];
    expect(textOf(render([], { actions }))).toContain("… and 1 more button: Evil");
  });
});
