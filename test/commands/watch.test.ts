import { beforeEach, describe, expect, it } from "vitest";
import { auditLines, verifyAudit } from "../../src/authority/audit.ts";
import type { Reply } from "../../src/reply/reply.ts";
import type { Book } from "../../src/stores/book.ts";
import { memoryBook } from "../../src/stores/memory-book.ts";
import { digestOf, ruleOf } from "../authority/records.ts";
import { TODAY, testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { DM, asker, buttons } from "./asker.ts";

let bot: TestBot;
let ana: (text: string) => Promise<Reply>;
let now = TODAY;
beforeEach(async () => {
  bot = await testBot({ clock: () => (now += 5_000) });
  ana = asker(bot, "U1");
});

const lines = () => auditLines(bot.book, "slack:T1").map(({ value }) => value);

describe("a watch set", () => {
  it("is made, shown with its newest events, grown, shrunk and deleted", async () => {
    const made = await ana("/watch add BigTech google,meta,amazon");
    expect(made.figures).toMatchObject({
      set: "bigtech",
      members: ["Google", "Meta", "Amazon"],
      changed: true,
    });
    expect(made.figures["events"]).toBeGreaterThan(3);
    expect(made.blocks.some((block) => block.kind === "table")).toBe(true);
    expect(buttons(made)).toContain("/compare Google,Meta,Amazon");
    expect((await ana("/watch add bigtech microsoft")).figures["members"]).toHaveLength(4);
    expect((await ana("/watch remove bigtech google, amazon")).figures["members"]).toEqual([
      "Meta",
      "Microsoft",
    ]);
    expect((await ana("/watch bigtech")).figures["members"]).toEqual(["Meta", "Microsoft"]);
    expect((await ana("/watch")).figures["sets"]).toEqual([{ name: "bigtech", companies: 2 }]);
    expect((await ana("/watch remove bigtech")).figures).toMatchObject({ companies: 0 });
    expect((await ana("/watch list")).figures["sets"]).toEqual([]);
    expect(lines().map(({ act, before, after }) => [act, before, after])).toEqual([
      ["watch-add", null, "google,meta,amazon"],
      ["watch-add", "google,meta,amazon", "google,meta,amazon,microsoft"],
      ["watch-remove", "google,meta,amazon,microsoft", "meta,microsoft"],
      ["watch-delete", "meta,microsoft", null],
    ]);
    expect(verifyAudit(auditLines(bot.book, "slack:T1")).intact).toBe(true);
  });
  it("goes when its last company goes", async () => {
    await ana("/watch add one google");
    expect((await ana("/watch remove one google")).title).toContain("deleted");
    expect((await ana("/watch")).figures["sets"]).toEqual([]);
  });
  it("holds owners that are known by their units alone, and names with blanks", async () => {
    const made = await ana('/watch add mixed "alphabet, match group"');
    expect(made.reason).toBeUndefined();
    expect(made.figures["members"]).toHaveLength(2);
    expect((await ana("/watch add blanks google meta amazon")).figures["members"]).toHaveLength(3);
  });
  it("takes 200 companies and no more", async () => {
    const names = bot.market.companies
      .suggest("a", 400)
      .map(({ name }) => name)
      .filter((name) => /^[a-z0-9]+$/i.test(name));
    const many = [...new Set(names)];
    let added = 0;
    const before = bot.book.list("watches").length;
    await bot.book.commit([
      {
        table: "watches",
        key: "slack:T1|big",
        value: {
          name: "big",
          tenant: "slack:T1",
          companies: Array.from({ length: 199 }, (_, index) => `made up ${index}`),
          owner: "U1",
          changedAt: 1,
        },
      },
    ]);
    for (const name of many.slice(0, 2))
      if ((await ana(`/watch add big ${name}`)).reason === undefined) added += 1;
    expect({ before, added }).toEqual({ before: 0, added: 1 });
    expect((await ana(`/watch add big ${many[1]}`)).reason).toBe("too_many");
  });
});

describe("every button of a change", () => {
  it("undoes it exactly", async () => {
    const keep = async () => bot.book.get("watches", "slack:T1|keep")?.value.companies.toSorted();
    await ana("/watch add keep google,meta");
    for (const change of [
      "/watch add keep meta,amazon",
      "/watch remove keep google",
      "/watch rename keep kept",
      "/watch remove keep",
    ]) {
      const before = await keep();
      expect(before?.length).toBeGreaterThan(0);
      const undo = buttons(await ana(change))[0]!;
      expect(undo).toMatch(/^\/watch (add|remove|rename) /);
      expect((await ana(undo)).reason).toBeUndefined();
      expect(await keep()).toEqual(before);
    }
  });
});

describe("the same again", () => {
  it.each([
    ["/watch add bigtech google", "/watch add bigtech google"],
    ["/watch add bigtech google,meta", "/watch add bigtech meta"],
    ["/watch remove bigtech meta", "/watch remove bigtech meta"],
    ["/watch rename bigtech faang", "/watch rename bigtech faang"],
  ])("%s then %s says it is already so and writes no line", async (first, second) => {
    await ana("/watch add bigtech google,amazon,meta");
    await ana("/watch add bigtech google,amazon");
    await ana(first);
    const written = lines().length;
    const again = await ana(second);
    expect(again.figures["changed"]).toBe(false);
    expect(again.title).toContain("Nothing to change");
    expect(again.reason).toBeUndefined();
    expect(lines()).toHaveLength(written);
  });
});

it("of two equal changes at once one is made, the other is already so", async () => {
  const inner = memoryBook();
  const slow: Book = {
    ...inner,
    commit: async (changes) => {
      await Promise.resolve();
      return inner.commit(changes);
    },
  };
  const shared = await testBot({ book: slow, clock: () => (now += 5_000) });
  const ben = asker(shared, "U2");
  const both = await Promise.all([ben("/watch add twice google"), ben("/watch add twice google")]);
  expect(new Set(both.map(({ figures }) => figures["changed"]))).toEqual(new Set([true, false]));
  expect(auditLines(slow, "slack:T1")).toHaveLength(1);
});

describe("renaming", () => {
  it("is followed by the rules and digests that speak of the set, and by no other", async () => {
    await ana("/watch add bigtech google,meta");
    const tenant = "slack:T1";
    await bot.book.commit([
      {
        table: "rules",
        key: "slack:T1|r1",
        value: ruleOf({
          id: "r1",
          tenant,
          owner: "U1",
          text: "on layoff where company in @BigTech notify #market",
        }),
      },
      {
        table: "rules",
        key: "slack:T1|r2",
        value: ruleOf({
          id: "r2",
          tenant,
          owner: "U1",
          text: "on layoff where company in @bigtech-eu",
        }),
      },
      {
        table: "digests",
        key: "slack:T1|d1",
        value: digestOf({ id: "d1", tenant, owner: "U1", filter: "company in @bigtech" }),
      },
      {
        table: "rules",
        key: "slack:T2|r1",
        value: ruleOf({
          id: "r1",
          tenant: "slack:T2",
          owner: "U1",
          text: "on layoff where company in @bigtech",
        }),
      },
    ]);
    expect((await ana("/watch remove bigtech")).reason).toBe("conflict");
    expect((await ana("/watch rename bigtech faang")).reason).toBeUndefined();
    expect(bot.book.list("rules").map(({ value }) => value.text)).toEqual([
      "on layoff where company in @faang notify #market",
      "on layoff where company in @bigtech-eu",
      "on layoff where company in @bigtech",
    ]);
    expect(bot.book.get("digests", "slack:T1|d1")?.value.filter).toBe("company in @faang");
    expect(bot.book.get("rules", "slack:T1|r1")?.value.revision).toBe(1);
  });
  it("never takes the name of another set", async () => {
    await ana("/watch add one google");
    await ana("/watch add two meta");
    expect(await ana("/watch rename one two")).toMatchObject({ reason: "conflict" });
    expect((await ana("/watch two")).figures["members"]).toEqual(["Meta"]);
  });
});

describe("what does not fit is refused, with something to type", () => {
  it.each([
    ["/watch add", "missing_argument"],
    ["/watch add bigtech", "missing_argument"],
    ["/watch rename bigtech", "missing_argument"],
    ["/watch add everyone google", "bad_argument"],
    ["/watch add here google", "bad_argument"],
    ["/watch add google,meta", "bad_argument"],
    ["/watch add __proto__ google", "bad_argument"],
    [`/watch add ${"x".repeat(31)} google`, "bad_argument"],
    ["/watch add bigtech gogle", "not_found"],
    ["/watch add bigtech <!channel>", "not_found"],
    ["/watch show constructor", "not_found"],
    ["/watch remove nothing google", "not_found"],
    ["/watch rename nothing other", "not_found"],
    ["/watch bigtex", "bad_argument"],
  ])("%s: %s", async (text, reason) => {
    const answer = await ana(text);
    expect(answer.reason).toBe(reason);
    expect(buttons(answer)[0]).toMatch(/^\//);
    expect(bot.book.list("watches")).toEqual([]);
    expect(bot.broken).toEqual([]);
  });
  it("a mistyped company keeps the others of the list", async () => {
    const answer = await ana("/watch add bigtech meta,gogle");
    expect(buttons(answer)[0]).toBe("/watch add bigtech meta,Google");
  });
});

describe("who may", () => {
  it("outsiders change nothing, and the try is written down", async () => {
    const guest = asker(bot, "U9", { outsider: true });
    expect(await guest("/watch add bigtech google")).toMatchObject({ reason: "not_allowed" });
    expect(lines()).toMatchObject([{ actor: "U9", outcome: "refused", object: "@bigtech" }]);
  });
  it("on Discord only who manages the server, its channels, or has a named role", async () => {
    const tenant = "discord:77";
    const member = asker(bot, "1001", { tenant, roles: ["5005"] });
    const admin = asker(bot, "1002", { tenant, admin: true });
    const manager = asker(bot, "1003", { tenant, manager: true });
    expect((await member("/watch add a google")).reason).toBe("not_allowed");
    expect((await manager("/watch add a google")).reason).toBeUndefined();
    expect((await admin("/settings workspace managers:<@&5005>")).reason).toBeUndefined();
    expect((await member("/watch add b meta")).reason).toBeUndefined();
    expect((await admin("/settings workspace managers:admins")).reason).toBeUndefined();
    expect((await manager("/watch add c meta")).reason).toBe("not_allowed");
  });
  it("sets of a workspace are one in its channels and direct messages, and nobody else's", async () => {
    await ana("/watch add bigtech google");
    expect((await asker(bot, "U2", { place: DM })("/watch")).figures["sets"]).toHaveLength(1);
    const other = asker(bot, "U1", { tenant: "slack:T12" });
    expect((await other("/watch")).figures["sets"]).toEqual([]);
    const foreign = await other("/watch show bigtech");
    const unknown = await other("/watch show nothing");
    expect(JSON.stringify(foreign).replaceAll("bigtech", "?")).toBe(
      JSON.stringify(unknown).replaceAll("nothing", "?"),
    );
  });
});
