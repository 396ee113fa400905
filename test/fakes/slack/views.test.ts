import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordOf } from "../discord/json.ts";
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

describe("a modal", () => {
  const view = { type: "modal", title: plain("Pay"), blocks: [section("x")] };

  it("opens once with each trigger, within three seconds", async () => {
    const { call, fake } = client;
    const trigger_id = fake.trigger();
    expect(await call("views.open", { trigger_id, view })).toMatchObject({ ok: true });
    const again = async (id: string) => (await call("views.open", { trigger_id: id, view })).error;
    expect(await again(trigger_id)).toBe("exchanged_trigger_id");
    expect(await again("made-up")).toBe("invalid_trigger_id");
    const old = fake.trigger();
    fake.advance(3_001);
    expect(await again(old)).toBe("expired_trigger_id");
  });

  it("has an external_id of its own", async () => {
    const { call, fake } = client;
    const named = { ...view, external_id: "pay" };
    await call("views.open", { trigger_id: fake.trigger(), view: named });
    const second = await call("views.open", { trigger_id: fake.trigger(), view: named });
    expect(second).toMatchObject({ error: "duplicate_external_id" });
    const changed = await call("views.update", { external_id: "pay", view: named });
    expect(changed).toMatchObject({ ok: true });
  });

  it("over 250 kB is refused", async () => {
    const blocks = many(100, () => section("x".repeat(3_000)));
    const { call, fake } = client;
    const answer = await call("views.open", {
      trigger_id: fake.trigger(),
      view: { ...view, blocks },
    });
    expect(answer).toMatchObject({ error: "view_too_large" });
  });

  it("that is not there cannot be changed", async () => {
    expect(await client.call("views.update", { view_id: "V0", view })).toMatchObject({
      error: "not_found",
    });
  });
});

it("a home tab changed meanwhile is not overwritten by who says what it knew", async () => {
  const { call, fake } = client;
  const publish = (text: string, hash?: unknown) =>
    call("views.publish", {
      user_id: fake.user.id,
      view: { type: "home", blocks: [section(text)] },
      hash,
    });
  const { hash } = recordOf((await publish("first")).view);
  await publish("second", hash);
  expect(await publish("third", hash)).toMatchObject({ error: "hash_conflict" });
  expect(fake.home()?.allText).toBe("second");
});
