import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RawClient } from "./raw-client.ts";
import { openRawClient, refusal } from "./raw-client.ts";

let client: RawClient;
let fake: RawClient["fake"];
let request: RawClient["request"];
let post: RawClient["post"];
let get: RawClient["get"];

beforeEach(async () => {
  client = await openRawClient();
  ({ fake, request, post, get } = client);
});

afterEach(() => fake.close());

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
