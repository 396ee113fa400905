import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RawClient } from "./raw-client.ts";
import { openRawClient, refusal } from "./raw-client.ts";
import { chart, dataTable, many, plain, raw, section, table } from "./sample-blocks.ts";

let client: RawClient;
beforeEach(async () => {
  client = await openRawClient();
});
afterEach(() => client.fake.close());

describe("a view", () => {
  const modal = (more: object = {}) => ({
    type: "modal",
    title: plain("Pay"),
    blocks: [section("x")],
    ...more,
  });
  const at = (message: string, pointer: string) =>
    `[ERROR] ${message} [json-pointer:/view${pointer}]`;

  it.each<[string, object, readonly string[]]>([
    ["without title", modal({ title: undefined }), [at("missing required field: title", "")]],
    [
      "with a title over 24",
      modal({ title: plain("x".repeat(25)) }),
      [at("must be less than 25 characters", "/title/text")],
    ],
    [
      "with inputs but no submit button",
      modal({
        blocks: [{ type: "input", label: plain("x"), element: { type: "plain_text_input" } }],
      }),
      [at("missing required field: submit", "")],
    ],
    [
      "of 101 blocks",
      modal({ blocks: many(101, () => section("x")) }),
      [at("no more than 100 items allowed", "/blocks")],
    ],
    [
      "with private_metadata over 3,000",
      modal({ private_metadata: "x".repeat(3_001) }),
      [at("must be less than 3001 characters", "/private_metadata")],
    ],
    [
      "with a table",
      modal({ blocks: [table(1, 1)] }),
      [at("unsupported type: table", "/blocks/0")],
    ],
  ])("that is a modal %s is refused", async (_, view, messages) => {
    const trigger_id = client.fake.trigger();
    expect(refusal(await client.call("views.open", { trigger_id, view }))).toEqual([
      "invalid_arguments",
      ...messages,
    ]);
  });

  it.each([
    ["a chart", chart(), "unsupported type: data_visualization"],
    ["markdown", { type: "markdown", text: "x" }, "unsupported type: markdown"],
  ])("that is a home tab cannot show %s", async (_, block, message) => {
    const { call, fake } = client;
    const view = { type: "home", blocks: [block] };
    expect(refusal(await call("views.publish", { user_id: fake.user.id, view }))).toEqual([
      "invalid_arguments",
      at(message, "/blocks/0"),
    ]);
    expect(fake.home()).toBeUndefined();
  });

  it("that is a home tab may have 100 blocks and a data table", async () => {
    const { call, fake } = client;
    const blocks = [...many(99, () => section("x")), dataTable([[raw("Company")], [raw("Acme")]])];
    await call("views.publish", { user_id: fake.user.id, view: { type: "home", blocks } });
    expect(fake.home()?.allText).toContain("Acme");
  });
});
