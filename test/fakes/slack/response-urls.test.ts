import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RawClient } from "./raw-client.ts";
import { openRawClient } from "./raw-client.ts";
import { section } from "./sample-blocks.ts";
import type { Asked } from "./asked.ts";

let client: RawClient;
let fake: RawClient["fake"];

beforeEach(async () => {
  client = await openRawClient();
  ({ fake } = client);
});
afterEach(() => fake.close());

/** Answers at the address of an interaction; gives the status and the words. */
async function respond({ delivery }: Asked, body: object): Promise<readonly unknown[]> {
  const response = await fetch(String(delivery.payload.response_url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return [response.status, /"error":"(\w+)"/.exec(text)?.[1] ?? text];
}

const ask = () => fake.slash({ command: "/pay" });
const GO = {
  text: "x",
  blocks: [
    { type: "actions", elements: [{ type: "button", text: { type: "plain_text", text: "Go" } }] },
  ],
};
/** A message with a button, and what comes of pressing it. */
async function pressed(): Promise<Asked> {
  await client.call("chat.postMessage", { channel: fake.channel.id, ...GO });
  return fake.press(fake.messages()[0]!, "Go");
}

describe("a response address", () => {
  it("takes five answers", async () => {
    const asked = ask();
    for (let count = 1; count <= 5; count += 1)
      expect(await respond(asked, { text: `${count}` })).toEqual([200, "ok"]);
    expect(await respond(asked, { text: "6" })).toEqual([404, "used_url"]);
    expect(fake.ephemeral().map(({ text }) => text)).toEqual(["1", "2", "3", "4", "5"]);
  });

  it("is good for half an hour", async () => {
    const asked = ask();
    fake.advance(30 * 60_000);
    expect(await respond(asked, { text: "x" })).toEqual([404, "expired_url"]);
  });

  it("refuses wrong blocks, but takes long ones", async () => {
    expect(await respond(ask(), { text: "x", blocks: [{ type: "chart" }] })).toEqual([
      404,
      "invalid_blocks",
    ]);
    const blocks = Array.from({ length: 5 }, () => section("x".repeat(2_900)));
    expect(await respond(ask(), { text: "x", blocks })).toEqual([200, "ok"]);
  });

  it("works in a channel the bot is not in", async () => {
    fake.kick(fake.channel);
    expect(await respond(ask(), { text: "x", response_type: "in_channel" })).toEqual([200, "ok"]);
    expect(fake.messages()).toMatchObject([{ text: "x", isEphemeral: false }]);
  });
});

describe("of a pressed button", () => {
  it("the answer replaces the message when it says so", async () => {
    const asked = await pressed();
    await respond(asked, { text: "y", replace_original: true });
    expect(fake.messages()).toMatchObject([{ text: "y", blocks: [], isEdited: true }]);
    expect(asked.shown()).toMatchObject([{ text: "y" }]);
    expect(fake.notes).toEqual(["dispatch_failed"]);
  });

  it("the answer replaces the message unasked when it says nothing, which is noted", async () => {
    await respond(await pressed(), { text: "y" });
    const [message] = fake.messages();
    expect(message).toMatchObject({ text: "y", isEdited: true });
    expect(fake.notes).toContain(`response.replaces_unasked ${message?.ts}`);
  });

  it("the answer stands beside the message when it says so", async () => {
    await respond(await pressed(), { text: "y", replace_original: false });
    expect(fake.messages()).toMatchObject([{ text: "x" }]);
    expect(fake.ephemeral()).toMatchObject([{ text: "y" }]);
  });

  it("the message can be taken away", async () => {
    await respond(await pressed(), { delete_original: true });
    expect(fake.messages()).toEqual([]);
  });
});

it("a command has no original to replace", async () => {
  const asked = ask();
  await respond(asked, { text: "Looking" });
  await respond(asked, { text: "Done", replace_original: true });
  expect(fake.ephemeral().map(({ text }) => text)).toEqual(["Looking", "Done"]);
});
