import { expect, it } from "vitest";
import { QUOTAS } from "../../src/authority/quota.ts";
import { borrowedBook } from "../../src/stores/borrowed-book.ts";
import { testBot, TODAY } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { asker } from "../commands/asker.ts";
import { chance, pick } from "../reliability/store/chance.ts";
import { bookFolder } from "../stores/book-folder.ts";

const PEOPLE = ["U1", "U2", "U3", "U4", "U5"] as const;
const CHANNELS = Array.from({ length: 10 }, (_, at) => `C${at}`);
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;

/** Everybody's commands that fill a workspace with as many alerts and digests as it may keep, each a different one. */
function fillingCommands(bot: TestBot): (() => ReturnType<ReturnType<typeof asker>>)[] {
  const inChannel = (person: string, at: number) =>
    asker(bot, person, { place: { kind: "channel", id: CHANNELS[at % CHANNELS.length]! } });
  const rules = Array.from({ length: QUOTAS.rulesPerTenant }, (_, at) => {
    const ask = inChannel(PEOPLE[at % PEOPLE.length]!, at);
    return () => ask(`/alert new when people(7d) > ${60_000 + at} clear < 5000 notify here`);
  });
  const left = QUOTAS.subscriptionsPerTenant - QUOTAS.rulesPerTenant;
  const digests = Array.from({ length: left }, (_, at) => {
    const ask = inChannel(PEOPLE[at % PEOPLE.length]!, at);
    const minute = Math.floor(at / DAYS.length);
    const time = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
    return () => ask(`/digest new every ${DAYS[at % DAYS.length]} ${time} UTC`);
  });
  return [...rules, ...digests];
}

it("a workspace is filled to its last alert and digest, many asked for at once, and none is refused", async () => {
  const next = chance(7);
  let now = TODAY;
  const bot = await testBot({ book: await bookFolder().open(), clock: () => now });
  const commands = fillingCommands(bot);
  const refused: string[] = [];
  for (let at = 0; at < commands.length;) {
    const together = commands.slice(at, (at += 1 + pick(next, 40)));
    now += 60_000 + pick(next, 60_000);
    for (const { reason, title } of await Promise.all(together.map((ask) => ask())))
      if (reason !== undefined) refused.push(`${reason}: ${title}`);
  }
  expect(refused).toEqual([]);
  expect(bot.book.list("rules")).toHaveLength(QUOTAS.rulesPerTenant);
  expect(bot.book.list("digests")).toHaveLength(
    QUOTAS.subscriptionsPerTenant - QUOTAS.rulesPerTenant,
  );
  const over = await asker(bot, "U1", { place: { kind: "channel", id: "C99" } })(
    "/digest new daily 7:00 UTC",
  );
  expect(over.reason).toBe("too_many");
  expect(bot.broken).toEqual([]);
});

it("an id that was deleted is not another's, so that a button under an old message finds nothing", async () => {
  const next = chance(11);
  let now = TODAY;
  const bot = await testBot({ book: await bookFolder().open(), clock: () => now });
  const ask = asker(bot, "U1");
  const given: string[] = [];
  for (let at = 0; at < 600; at++) {
    now += 60_000 + pick(next, 60_000);
    for (const made of [
      await ask("/digest new every monday 09:00 UTC"),
      await ask("/alert new when people(7d) > 60000 clear < 5000 notify here"),
    ]) {
      const [id = ""] = /\b[dr][0-9a-f]{4}\b/.exec(made.title) ?? [];
      given.push(id);
      expect(
        (await ask(`/${id.startsWith("d") ? "digest" : "alert"} delete ${id}`)).title,
      ).toContain(`${id} is gone`);
    }
  }
  expect(new Set(given).size).toBe(given.length);
});

it("two processes that take turns in one folder never take the same id, though each read it before the other wrote", async () => {
  const { dir } = bookFolder();
  const books = [await borrowedBook(dir), await borrowedBook(dir)];
  const bots = await Promise.all(books.map((book) => testBot({ book })));
  const sectors = ["finance", "retail", "healthcare", "media", "travel", "food"];
  for (const [at, sector] of sectors.entries()) {
    // The same place, schedule and instant: what an id is made of is the same for all of them.
    const made = await asker(
      bots[at % 2]!,
      "U1",
    )(`/digest new every monday 09:00 UTC sector:${sector}`);
    expect(made.reason).toBeUndefined();
  }
  const seen = await borrowedBook(dir);
  expect(
    seen
      .list("digests")
      .map(({ value }) => value.filter.replace("sector:", ""))
      .toSorted(),
  ).toEqual(sectors.toSorted());
  for (const book of [...books, seen]) await book.close();
});
