import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RawClient } from "./raw-client.ts";
import { openRawClient, refusal, upload } from "./raw-client.ts";
import {
  actions,
  button,
  chart,
  dataTable,
  error,
  image,
  LEAD,
  many,
  mrkdwn,
  options,
  plain,
  raw,
  section,
  select,
  table,
} from "./sample-blocks.ts";

let client: RawClient;
beforeEach(async () => {
  client = await openRawClient();
});
afterEach(() => client.fake.close());

describe("a message is refused", () => {
  it.each<[string, readonly object[], readonly string[]]>([
    ["for an unknown block type", [{ type: "chart" }], [error("unsupported type: chart")]],
    [
      "for an alert, which is for modals",
      [{ type: "alert", text: plain("x") }],
      [error("unsupported type: alert")],
    ],
    [
      "for section text over 3,000",
      [section("x".repeat(3_001))],
      [error(LEAD, "/text"), error("must be less than 3001 characters", "/text/text")],
    ],
    [
      "for empty section text",
      [section("")],
      [error(LEAD, "/text"), error("must be more than 0 characters", "/text/text")],
    ],
    [
      "for a section without text or fields",
      [{ type: "section" }],
      [error("missing required field: text")],
    ],
    [
      "for 11 fields",
      [{ type: "section", fields: many(11, () => mrkdwn("x")) }],
      [error("no more than 10 items allowed", "/fields")],
    ],
    [
      "for a field over 2,000",
      [{ type: "section", fields: [mrkdwn("x".repeat(2_001))] }],
      [error(LEAD, "/fields/0"), error("must be less than 2001 characters", "/fields/0/text")],
    ],
    [
      "for a header over 150",
      [{ type: "header", text: plain("x".repeat(151)) }],
      [error("must be less than 151 characters", "/text/text")],
    ],
    [
      "for mrkdwn in a header",
      [{ type: "header", text: mrkdwn("x") }],
      [error("must be a valid enum value", "/text/type")],
    ],
    [
      "for 11 context elements",
      [{ type: "context", elements: many(11, () => plain("x")) }],
      [error("no more than 10 items allowed", "/elements")],
    ],
    [
      "for 26 actions",
      [actions(...many(26, () => button()))],
      [error("no more than 25 items allowed", "/elements")],
    ],
    [
      "for the same action_id twice in a block",
      [actions(button({ action_id: "go" }), button({ action_id: "go" }))],
      [error(`'action_id' "go" already exists`, "/elements/1/action_id")],
    ],
    [
      "for the same block_id twice",
      [section("x", { block_id: "a" }), section("y", { block_id: "a" })],
      [`[ERROR] 'block_id' "a" already exists [json-pointer:/blocks/1/block_id]`],
    ],
    [
      "for a block_id over 255",
      [section("x", { block_id: "b".repeat(256) })],
      [error("must be less than 256 characters", "/block_id")],
    ],
    [
      "for button text over 75",
      [actions(button({ text: plain("x".repeat(76)) }))],
      [
        error(LEAD, "/elements/0"),
        error("must be less than 76 characters", "/elements/0/text/text"),
      ],
    ],
    [
      "for a button value over 2,000",
      [actions(button({ value: "x".repeat(2_001) }))],
      [error(LEAD, "/elements/0"), error("must be less than 2001 characters", "/elements/0/value")],
    ],
    [
      "for a button that leads to a script",
      [actions(button({ url: "javascript:alert(1)" }))],
      [
        error(LEAD, "/elements/0"),
        error("input must match regex pattern: ^(https?|mailto|slack):", "/elements/0/url"),
      ],
    ],
    [
      "for a button of an unknown style",
      [actions(button({ style: "loud" }))],
      [error(LEAD, "/elements/0"), error("must be a valid enum value", "/elements/0/style")],
    ],
    [
      "for a property that does not exist",
      [actions(button({ disabled: true }))],
      [error(LEAD, "/elements/0"), error("invalid additional property: disabled", "/elements/0")],
    ],
    [
      "for 101 select options",
      [select({ options: options(101) })],
      [error(LEAD, "/accessory"), error("no more than 100 items allowed", "/accessory/options")],
    ],
    [
      "for option text over 75",
      [select({ options: [{ text: plain("x".repeat(76)), value: "x" }] })],
      [
        error(LEAD, "/accessory"),
        error("must be less than 76 characters", "/accessory/options/0/text/text"),
      ],
    ],
    [
      "for an option value over 150",
      [select({ options: [{ text: plain("x"), value: "x".repeat(151) }] })],
      [
        error(LEAD, "/accessory"),
        error("must be less than 151 characters", "/accessory/options/0/value"),
      ],
    ],
    [
      "for a placeholder over 150",
      [select({ options: options(1), placeholder: plain("x".repeat(151)) })],
      [
        error(LEAD, "/accessory"),
        error("must be less than 151 characters", "/accessory/placeholder/text"),
      ],
    ],
    [
      "for an initial option that is not offered",
      [select({ options: options(2), initial_option: { text: plain("9"), value: "9" } })],
      [
        error(LEAD, "/accessory"),
        error("must match one of the options", "/accessory/initial_option"),
      ],
    ],
    [
      "for 6 overflow options",
      [section("x", { accessory: { type: "overflow", options: options(6) } })],
      [error(LEAD, "/accessory"), error("no more than 5 items allowed", "/accessory/options")],
    ],
    [
      "for an image without alt text",
      [{ type: "image", image_url: "https://example.com/a.png" }],
      [error("missing required field: alt_text")],
    ],
    ...["http://localhost/a.png", "http://192.168.0.7/a.png", "http://chart.internal/a.png"].map(
      (image_url): [string, readonly object[], readonly string[]] => [
        `for an image at ${image_url}, which Slack cannot reach`,
        [image({ image_url })],
        [error("downloading image failed", "/image_url")],
      ],
    ),
    [
      "for a slack_file that does not exist",
      [image({ slack_file: { id: "F0123456789" } })],
      [error("invalid slack file", "/slack_file")],
    ],
    [
      "for a slack_file id of a wrong shape",
      [image({ slack_file: { id: "file-1" } })],
      [
        error("input must match regex pattern: ^[F][A-Z0-9]{8,}$", "/slack_file/id"),
        error("invalid slack file", "/slack_file"),
      ],
    ],
    [
      "for markdown blocks over 12,000 together",
      many(2, () => ({ type: "markdown", text: "x".repeat(6_001) })),
      ["[ERROR] markdown blocks must total less than 12001 characters [json-pointer:/blocks/1]"],
    ],
    [
      "for an empty piece of rich text",
      [
        {
          type: "rich_text",
          elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "" }] }],
        },
      ],
      [error("must be more than 0 characters", "/elements/0/elements/0/text")],
    ],
  ])("%s", async (_, blocks, messages) => {
    const answer = await client.call("chat.postMessage", {
      channel: client.fake.channel.id,
      text: "x",
      blocks,
    });
    expect(refusal(answer)).toEqual(["invalid_blocks", ...messages]);
    expect(client.fake.messages()).toEqual([]);
  });

  it.each<[string, readonly object[], readonly string[]]>([
    [
      "for 51 blocks",
      many(51, () => section("x")),
      ["invalid_blocks", "[ERROR] no more than 50 items allowed [json-pointer:/blocks]"],
    ],
    [
      "for two tables",
      [table(1, 1), table(1, 1)],
      ["invalid_attachments", "[ERROR] only_one_table_allowed"],
    ],
    [
      "for blocks over about 13,000 characters together",
      many(5, () => section("x".repeat(2_700))),
      ["msg_blocks_too_long"],
    ],
  ])("%s", async (_, blocks, expected) => {
    const answer = await client.call("chat.postMessage", {
      channel: client.fake.channel.id,
      blocks,
    });
    expect(refusal(answer)).toEqual(expected);
  });
});

describe("a message is taken", () => {
  it.each<[string, readonly object[]]>([
    ["with 50 blocks", many(50, () => section("x"))],
    ["with section text of 3,000", [section("x".repeat(3_000))]],
    ["with two charts", [chart(), chart({ type: "line" })]],
    [
      "with 100 rows below a head",
      [dataTable(many(101, () => [raw("x"), { type: "raw_number", value: 1, text: "1" }]))],
    ],
    ["with 25 buttons that have no names", [actions(...many(25, () => button()))]],
    ["with an image on the open web", [image({ image_url: "https://example.com/a.png" })]],
    ["with 12,900 characters", many(5, () => section("x".repeat(2_580)))],
  ])("%s", async (_, blocks) => {
    const answer = await client.call("chat.postMessage", {
      channel: client.fake.channel.id,
      text: "x",
      blocks,
    });
    expect(answer).toMatchObject({ ok: true });
    expect(client.fake.messages()).toHaveLength(1);
  });

  it("with an uploaded picture, once Slack has looked through it", async () => {
    const { fake, call } = client;
    fake.files.unreadyLooks = 1;
    const id = await upload(client, "chart.png", "bytes");
    const message = {
      channel: fake.channel.id,
      text: "x",
      blocks: [image({ slack_file: { id } })],
    };
    expect(refusal(await call("chat.postMessage", message))).toEqual([
      "invalid_blocks",
      error("invalid slack file", "/slack_file"),
    ]);
    expect(await call("chat.postMessage", message)).toMatchObject({ ok: true });
    expect(fake.messages()[0]?.pictures).toEqual([
      { altText: "A chart", bytes: Buffer.from("bytes") },
    ]);
  });
});
