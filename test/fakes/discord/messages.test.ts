import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RawClient } from "./raw-client.ts";
import { listOf, recordOf } from "./json.ts";
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

describe("a message", () => {
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
    await post(`/channels/${fake.channel.id}/messages`, {
      flags: 1 << 15,
      components: [{ type: 10, content: "x" }],
    });
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
