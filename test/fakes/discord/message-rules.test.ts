import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RawClient } from "./raw-client.ts";
import { openRawClient, refusal } from "./raw-client.ts";

let client: RawClient;
let fake: RawClient["fake"];
let post: RawClient["post"];

beforeEach(async () => {
  client = await openRawClient();
  ({ fake, post } = client);
});

afterEach(() => fake.close());

const V2 = 1 << 15;
const text = (content: string) => ({ type: 10, content });
const button = (more: object = {}) => ({
  type: 2,
  style: 2,
  label: "Go",
  custom_id: "go",
  ...more,
});
const buttons = (count: number) =>
  Array.from({ length: count }, (_, n) => button({ custom_id: `go${n}` }));
const row = (...components: readonly object[]) => ({ type: 1, components });
const select = (count: number, more: object = {}) => ({
  type: 3,
  custom_id: "pick",
  options: Array.from({ length: count }, (_, n) => ({ label: `${n}`, value: `${n}` })),
  ...more,
});
const v2 = (...components: readonly object[]) => ({ flags: V2, components });

describe("a message", () => {
  it.each<[string, object, number, number, string]>([
    ["empty message", {}, 400, 50_006, ""],
    [
      "content over 2,000",
      { content: "x".repeat(2_001) },
      400,
      50_035,
      "content: BASE_TYPE_MAX_LENGTH",
    ],
    [
      "11 embeds",
      { embeds: Array.from({ length: 11 }, () => ({})) },
      400,
      50_035,
      "embeds: BASE_TYPE_MAX_LENGTH",
    ],
    [
      "attachment without its file",
      { content: "x", attachments: [{ id: "0" }] },
      400,
      50_035,
      "attachments.0.id: ATTACHMENT_NOT_FOUND",
    ],
    [
      "contradicting mentions",
      { content: "x", allowed_mentions: { parse: ["users"], users: ["1"] } },
      400,
      50_035,
      "allowed_mentions: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
    ],
    [
      "reply to an unknown message",
      { content: "x", message_reference: { message_id: "1" } },
      400,
      50_035,
      "message_reference: REPLIES_UNKNOWN_MESSAGE",
    ],
    [
      "ephemeral outside an interaction",
      { content: "x", flags: 64 },
      400,
      50_035,
      "flags: MESSAGE_FLAGS_INVALID",
    ],
    [
      "6 action rows",
      { components: Array.from({ length: 6 }, (_, n) => row(button({ custom_id: `${n}` }))) },
      400,
      50_035,
      "components: BASE_TYPE_MAX_LENGTH",
    ],
    [
      "6 buttons in a row",
      { components: [row(...buttons(6))] },
      400,
      50_035,
      "components.0.components: BASE_TYPE_BAD_LENGTH",
    ],
    [
      "a select beside a button",
      { components: [row(button(), select(2))] },
      400,
      50_035,
      "components.0.components.1: COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ],
    [
      "empty action row",
      { components: [row()] },
      400,
      50_035,
      "components.0.components: BASE_TYPE_BAD_LENGTH",
    ],
    [
      "same custom_id twice",
      { components: [row(button(), button())] },
      400,
      50_035,
      "components.0.components.1.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED",
    ],
    [
      "custom_id over 100",
      { components: [row(button({ custom_id: "x".repeat(101) }))] },
      400,
      50_035,
      "components.0.components.0.custom_id: BASE_TYPE_BAD_LENGTH",
    ],
    [
      "button label over 80",
      { components: [row(button({ label: "x".repeat(81) }))] },
      400,
      50_035,
      "components.0.components.0.label: BASE_TYPE_MAX_LENGTH",
    ],
    [
      "button without custom_id",
      { components: [row({ type: 2, style: 1, label: "Go" })] },
      400,
      50_035,
      "components.0.components.0.custom_id: BASE_TYPE_REQUIRED",
    ],
    [
      "link button without url",
      { components: [row({ type: 2, style: 5, label: "Go" })] },
      400,
      50_035,
      "components.0.components.0.url: BASE_TYPE_REQUIRED",
    ],
    [
      "link button to no web address",
      { components: [row({ type: 2, style: 5, label: "Go", url: "file:x" })] },
      400,
      50_035,
      "components.0.components.0.url: URL_TYPE_INVALID_SCHEME",
    ],
    [
      "button of an unknown style",
      { components: [row(button({ style: 9 }))] },
      400,
      50_035,
      "components.0.components.0.style: BASE_TYPE_CHOICES",
    ],
    [
      "26 select options",
      { components: [row(select(26))] },
      400,
      50_035,
      "components.0.components.0.options: BASE_TYPE_BAD_LENGTH",
    ],
    [
      "select placeholder over 150",
      { components: [row(select(1, { placeholder: "x".repeat(151) }))] },
      400,
      50_035,
      "components.0.components.0.placeholder: BASE_TYPE_MAX_LENGTH",
    ],
    [
      "same option value twice",
      {
        components: [
          row(
            select(0, {
              options: [
                { label: "a", value: "a" },
                { label: "b", value: "a" },
              ],
            }),
          ),
        ],
      },
      400,
      50_035,
      "components.0.components.0.options.1: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ],
    [
      "unknown component type",
      { components: [{ type: 99 }] },
      400,
      50_035,
      "components.0.type: UNION_TYPE_CHOICES",
    ],
    [
      "text display without the V2 flag",
      { components: [text("x")] },
      400,
      50_035,
      "components.0.type: UNION_TYPE_CHOICES",
    ],
    [
      "content with the V2 flag",
      { ...v2(text("x")), content: "x" },
      400,
      50_035,
      "content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ],
    [
      "embeds with the V2 flag",
      { ...v2(text("x")), embeds: [{}] },
      400,
      50_035,
      "embeds: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ],
    [
      "41 components, nested ones counted",
      v2({ type: 17, components: Array.from({ length: 40 }, () => text("x")) }),
      400,
      50_035,
      "components: COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ],
    [
      "over 4,000 characters of text displays",
      v2(text("x".repeat(2_001)), text("x".repeat(2_000))),
      400,
      50_035,
      "components: COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ],
    [
      "an empty text display",
      v2(text("")),
      400,
      50_035,
      "components.0.content: BASE_TYPE_BAD_LENGTH",
    ],
    [
      "an empty container",
      v2({ type: 17, components: [] }),
      400,
      50_035,
      "components.0.components: BASE_TYPE_BAD_LENGTH",
    ],
    [
      "a container in a container",
      v2({ type: 17, components: [{ type: 17, components: [text("x")] }] }),
      400,
      50_035,
      "components.0.components.0.type: UNION_TYPE_CHOICES",
    ],
    [
      "11 pictures in a gallery",
      v2({
        type: 12,
        items: Array.from({ length: 11 }, () => ({ media: { url: "https://a.test/x.png" } })),
      }),
      400,
      50_035,
      "components.0.items: BASE_TYPE_BAD_LENGTH",
    ],
    [
      "gallery picture that was not attached",
      v2({ type: 12, items: [{ media: { url: "attachment://x.png" } }] }),
      400,
      50_035,
      "components.0.items.0.media.url: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ],
    [
      "alt text over 1,024",
      v2({
        type: 12,
        items: [{ media: { url: "https://a.test/x.png" }, description: "x".repeat(1_025) }],
      }),
      400,
      50_035,
      "components.0.items.0.description: BASE_TYPE_MAX_LENGTH",
    ],
    [
      "file that was not attached",
      v2({ type: 13, file: { url: "attachment://x.csv" } }),
      400,
      50_035,
      "components.0.file.url: UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
    ],
    [
      "section without accessory",
      v2({ type: 9, components: [text("x")] }),
      400,
      50_035,
      "components.0.accessory: BASE_TYPE_REQUIRED",
    ],
    [
      "nonce over 25",
      { content: "x", nonce: "n".repeat(26) },
      400,
      50_035,
      "nonce: BASE_TYPE_MAX_LENGTH",
    ],
    ["text displays over 10,170 UTF-8 bytes", v2(text("株".repeat(3_400))), 500, 0, ""],
  ])("with %s is refused", async (_, body, status, code, fields) => {
    expect(await refusal(await post(`/channels/${fake.channel.id}/messages`, body))).toEqual({
      status,
      code,
      fields,
    });
    expect(fake.messages()).toEqual([]);
  });

  it.each<[string, object]>([
    [
      "exactly 40 components",
      v2({ type: 17, components: Array.from({ length: 39 }, () => text("x")) }),
    ],
    ["exactly 4,000 characters", v2(text("x".repeat(4_000)))],
    ["10,158 bytes in one text display", v2(text("株".repeat(3_386)))],
    [
      "five buttons, a select and a link",
      v2(
        row(...buttons(5)),
        row(select(25)),
        row({ type: 2, style: 5, label: "Go", url: "https://a.test" }),
      ),
    ],
  ])("with %s is taken", async (_, body) => {
    expect((await post(`/channels/${fake.channel.id}/messages`, body)).status).toBe(200);
  });
});
