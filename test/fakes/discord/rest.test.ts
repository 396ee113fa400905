import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { faultyFields } from "../../../src/platforms/discord/failure.ts";
import type { FakeDiscord } from "./fake-discord.ts";
import { openFakeDiscord } from "./fake-discord.ts";
import { isRecord, listOf, recordOf } from "./json.ts";

/**
 * The fake refuses what Discord refuses, with Discord's status, code and field errors. Requests are made
 * with plain `fetch` and are often wrong on purpose, so that its check against the API's description is
 * not asked here.
 */
let fake: FakeDiscord;

beforeEach(async () => {
  fake = await openFakeDiscord({ isLenient: true });
});

afterEach(async () => {
  await fake.close();
});

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

  it("of one nonce appears once for some minutes", async () => {
    const body = { content: "x", nonce: "key", enforce_nonce: true };
    const first = recordOf(
      await (await post(`/channels/${fake.channel.id}/messages`, body)).json(),
    );
    const second = recordOf(
      await (await post(`/channels/${fake.channel.id}/messages`, body)).json(),
    );
    expect(second.id).toBe(first.id);
    fake.advance(10 * 60_000);
    await post(`/channels/${fake.channel.id}/messages`, body);
    expect(fake.messages()).toHaveLength(2);
  });

  it("can be found again in the channel's history, newest first", async () => {
    for (const content of ["one", "two", "three"])
      await post(`/channels/${fake.channel.id}/messages`, { content });
    const [first] = fake.messages();
    const page = listOf(
      await (await get(`/channels/${fake.channel.id}/messages?after=${first!.id}&limit=1`)).json(),
    );
    expect(page.map((each) => recordOf(each).content)).toEqual(["two"]);
    const all = listOf(await (await get(`/channels/${fake.channel.id}/messages`)).json());
    expect(all.map((each) => recordOf(each).content)).toEqual(["three", "two", "one"]);
  });

  it("with a file over 10 MiB is too large", async () => {
    const form = new FormData();
    form.append("payload_json", JSON.stringify({ content: "x" }));
    form.append("files[0]", new Blob([new Uint8Array(10 * 1024 * 1024 + 1)]), "big.bin");
    expect(
      await refusal(await request("POST", `/channels/${fake.channel.id}/messages`, form)),
    ).toEqual({ status: 413, code: 40_005, fields: "" });
  });
});

describe("a place", () => {
  it.each<[string, () => string, number, number]>([
    ["unknown", () => "123", 404, 10_003],
    [
      "that the bot cannot see",
      () => fake.world.addChannel("hidden", fake.guild, { sees: false }).id,
      403,
      50_001,
    ],
    [
      "that the bot cannot write in",
      () => fake.world.addChannel("read", fake.guild, { writes: false }).id,
      403,
      50_013,
    ],
    [
      "with someone who takes no direct messages",
      () => fake.world.directChannel(fake.world.addUser("grace", { isClosed: true })).id,
      403,
      50_007,
    ],
  ])("%s takes no message", async (_, channel, status, code) => {
    expect(
      await refusal(await post(`/channels/${channel()}/messages`, { content: "x" })),
    ).toMatchObject({ status, code });
  });

  it("whose id is no snowflake is refused by field", async () => {
    expect(await refusal(await post("/channels/general/messages", { content: "x" }))).toEqual({
      status: 400,
      code: 50_035,
      fields: "channel_id: NUMBER_TYPE_COERCE",
    });
  });

  it("to write to nobody directly does not exist", async () => {
    expect(await refusal(await post("/users/@me/channels", { recipient_id: "1" }))).toEqual({
      status: 400,
      code: 50_035,
      fields: "recipient_id: INVALID_RECIPIENT",
    });
  });
});

describe("an edit", () => {
  it("of an unknown or foreign message is refused", async () => {
    fake.write("mine");
    const [mine] = fake.messages();
    expect(
      await refusal(
        await request("PATCH", `/channels/${fake.channel.id}/messages/1`, { content: "x" }),
      ),
    ).toMatchObject({ status: 404, code: 10_008 });
    expect(
      await refusal(
        await request("PATCH", `/channels/${fake.channel.id}/messages/${mine!.id}`, {
          content: "x",
        }),
      ),
    ).toMatchObject({ status: 403, code: 50_005 });
  });

  it("cannot give a message of components content again", async () => {
    await post(`/channels/${fake.channel.id}/messages`, v2(text("x")));
    const [message] = fake.messages();
    expect(
      await refusal(
        await request("PATCH", `/channels/${fake.channel.id}/messages/${message!.id}`, {
          content: "x",
        }),
      ),
    ).toMatchObject({
      fields: "content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    });
  });
});

describe("a request", () => {
  it("with a wrong token, route, method or body is refused", async () => {
    const url = `${fake.settings.apiUrl}/v10`;
    expect(
      await refusal(await fetch(`${url}/users/@me`, { headers: { authorization: "Bot wrong" } })),
    ).toEqual({ status: 401, code: 0, fields: "" });
    expect(await refusal(await get("/nothing"))).toEqual({ status: 404, code: 0, fields: "" });
    expect(await refusal(await request("DELETE", "/users/@me"))).toEqual({
      status: 405,
      code: 0,
      fields: "",
    });
    const broken = await fetch(`${url}/channels/${fake.channel.id}/messages`, {
      method: "POST",
      body: "{",
      headers: { authorization: `Bot ${fake.settings.token}` },
    });
    expect(await refusal(broken)).toEqual({ status: 400, code: 50_109, fields: "" });
  });

  it("over the limit is told how long to wait, by header and body", async () => {
    fake.limits.perChannel = { limit: 2, windowMs: 5_000 };
    const send = () => post(`/channels/${fake.channel.id}/messages`, { content: "x" });
    expect((await send()).headers.get("x-ratelimit-remaining")).toBe("1");
    await send();
    fake.advance(1_000);
    const refused = await send();
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("4");
    expect(await refused.json()).toEqual({
      message: "You are being rate limited.",
      retry_after: 4,
      global: false,
    });
    fake.advance(4_000);
    expect((await send()).status).toBe(200);
    expect(fake.limits.refused).toBe(1);
  });
});

describe("commands", () => {
  const one = (more: object) => ({ name: "layoffs", description: "Layoffs", ...more });
  const option = (more: object = {}) => ({
    type: 3,
    name: "company",
    description: "Company",
    ...more,
  });
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => option({ name: `o${n}` }));
  const choices = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ name: `${n}`, value: `${n}` }));

  it.each<[string, readonly object[], string]>([
    [
      "upper case in a name",
      [one({ name: "Layoffs" })],
      "0.name: APPLICATION_COMMAND_INVALID_NAME",
    ],
    ["a space in a name", [one({ name: "lay offs" })], "0.name: APPLICATION_COMMAND_INVALID_NAME"],
    ["no description", [{ name: "layoffs" }], "0.description: BASE_TYPE_REQUIRED"],
    [
      "a description over 100",
      [one({ description: "x".repeat(101) })],
      "0.description: BASE_TYPE_MAX_LENGTH",
    ],
    ["two of one name", [one({}), one({})], "1: APPLICATION_COMMANDS_DUPLICATE_NAME"],
    ["26 options", [one({ options: many(26) })], "0.options: BASE_TYPE_MAX_LENGTH"],
    [
      "a required option after an optional one",
      [one({ options: [option(), option({ name: "b", required: true })] })],
      "0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
    ],
    [
      "26 choices",
      [one({ options: [option({ choices: choices(26) })] })],
      "0.options.0.choices: BASE_TYPE_MAX_LENGTH",
    ],
    [
      "choices and suggestions",
      [one({ options: [option({ choices: choices(1), autocomplete: true })] })],
      "0.options.0.autocomplete: APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_INVALID",
    ],
    [
      "subcommands mixed with options",
      [one({ options: [option(), { type: 1, name: "new", description: "New" }] })],
      "0.options: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
    ],
    [
      "over 8,000 characters",
      [
        one({
          options: many(25).map((each) => ({
            ...each,
            description: "x".repeat(100),
            choices: Array.from({ length: 5 }, (_, n) => ({
              name: `${n}${"x".repeat(30)}`,
              value: `${n}${"x".repeat(30)}`,
            })),
          })),
        }),
      ],
      "0: APPLICATION_COMMAND_TOO_LARGE",
    ],
  ])("with %s are refused", async (_, commands, fields) => {
    expect(await refusal(await put(commands))).toEqual({ status: 400, code: 50_035, fields });
    expect(fake.commands()).toEqual([]);
  });

  it("of another application are not ours", async () => {
    expect(await refusal(await request("PUT", "/applications/1/commands", []))).toMatchObject({
      status: 403,
      code: 20_012,
    });
  });

  it("may be 200 new ones a day", async () => {
    const named = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) => one({ name: `c${from + n}` }));
    for (const from of [0, 100]) expect((await put(named(from, 100))).status).toBe(200);
    expect(await refusal(await put(named(200, 1)))).toMatchObject({ status: 400, code: 30_034 });
  });

  const put = (commands: readonly object[]) =>
    request("PUT", `/applications/${fake.settings.applicationId}/commands`, commands);
});

const get = (path: string) => request("GET", path);
const post = (path: string, body: object) => request("POST", path, body);

function request(method: string, path: string, body?: object): Promise<Response> {
  const isForm = body instanceof FormData;
  return fetch(`${fake.settings.apiUrl}/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${fake.settings.token}`,
      ...(body !== undefined && !isForm && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
  });
}

async function refusal(
  response: Response,
): Promise<{ readonly status: number; readonly code: unknown; readonly fields: string }> {
  const body: unknown = await response.json();
  return {
    status: response.status,
    code: isRecord(body) ? body.code : undefined,
    fields: faultyFields(recordOf(body).errors),
  };
}
