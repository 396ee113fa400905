import { expect, it } from "vitest";
import { byteCache } from "../../src/charts/byte-cache.ts";

const bytes = (count: number): Uint8Array => new Uint8Array(count);

it("what was used last stays longest", () => {
  const cache = byteCache(10);
  cache.keep("a", bytes(4));
  cache.keep("b", bytes(4));
  cache.find("a");
  cache.keep("c", bytes(4));
  expect([cache.find("a")?.length, cache.find("b"), cache.find("c")?.length]).toEqual([
    4,
    undefined,
    4,
  ]);
});

it("keeping again replaces, and what is larger than the whole is not kept", () => {
  const cache = byteCache(10);
  cache.keep("a", bytes(4));
  cache.keep("a", bytes(6));
  cache.keep("b", bytes(4));
  cache.keep("big", bytes(11));
  expect([cache.find("a")?.length, cache.find("b")?.length, cache.find("big")]).toEqual([
    6,
    4,
    undefined,
  ]);
});
