import { describe, expect, it } from "vitest";
import { requireRoom } from "../../src/authority/quota.ts";
import type { Wanted } from "../../src/authority/quota.ts";
import type { Change } from "../../src/stores/book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { digestOf, ruleOf } from "./records.ts";

const tenant = "slack:T1";
const channel = (id: string) => ({ platform: "slack", tenant, kind: "channel", id }) as const;

const rules = (count: number, ownerOf: (index: number) => string, inTenant = tenant): Change[] =>
  Array.from({ length: count }, (_, index) => ({
    table: "rules",
    key: `${inTenant}|r${index}`,
    value: ruleOf({ id: `r${index}`, tenant: inTenant, owner: ownerOf(index) }),
  }));
const digests = (count: number, channelOf: (index: number) => string): Change[] =>
  Array.from({ length: count }, (_, index) => ({
    table: "digests",
    key: `${tenant}|d${index}`,
    value: digestOf({ id: `d${index}`, tenant, owner: "U1", target: channel(channelOf(index)) }),
  }));
const watches = (count: number): Change[] =>
  Array.from({ length: count }, (_, index) => ({
    table: "watches",
    key: `${tenant}|w${index}`,
    value: { name: `w${index}`, tenant, companies: ["google"], owner: "U1", changedAt: 1 },
  }));

const aRule: Wanted = { kind: "rule", owner: "U1", home: channel("C9") };
const aDigest: Wanted = { kind: "digest", target: channel("C1") };

describe("the last one that fits is taken, the next is refused", () => {
  const cases: readonly [string, number, (held: number) => Change[], Wanted][] = [
    ["rules of one person", 20, (held) => rules(held, () => "U1"), aRule],
    ["rules of a tenant", 100, (held) => rules(held, (index) => `P${index}`), aRule],
    ["subscriptions of a channel", 200, (held) => digests(held, () => "C1"), aDigest],
    ["subscriptions of a tenant", 2_000, (held) => digests(held, (index) => `X${index}`), aDigest],
    ["watch sets", 50, watches, { kind: "watch" }],
  ];
  it.each(cases)("%s: %i", async (_what, most, changes, wanted) => {
    const book = memoryBook();
    await book.commit(changes(most - 1));
    expect(() => requireRoom(book, tenant, wanted)).not.toThrow();
    await book.commit(changes(most));
    expect(() => requireRoom(book, tenant, wanted)).toThrow(
      expect.objectContaining({
        reason: "too_many",
        tries: [expect.stringMatching(/^\/\w+ list$/)],
      }),
    );
    expect(() => requireRoom(book, "slack:T12", wanted)).not.toThrow();
  });
  it("companies in a watch set: 200", () => {
    const book = memoryBook();
    expect(() => requireRoom(book, tenant, { kind: "companies", count: 200 })).not.toThrow();
    expect(() => requireRoom(book, tenant, { kind: "companies", count: 201 })).toThrow(
      expect.objectContaining({ reason: "too_many" }),
    );
  });
});

it("rules and digests of one channel count together", async () => {
  const book = memoryBook();
  await book.commit([...rules(90, (index) => `P${index}`), ...digests(110, () => "C1")]);
  expect(() => requireRoom(book, tenant, aDigest)).toThrow(/200/);
  expect(() => requireRoom(book, tenant, { kind: "digest", target: channel("C2") })).not.toThrow();
});
