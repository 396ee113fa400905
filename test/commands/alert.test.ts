import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { plainText } from "../../src/reply/plain.ts";
import { testBot } from "../bot.ts";
import { asker } from "./asker.ts";

const export12 = resolve(
  import.meta.dirname,
  "../../../shared/data/layoffs/theakhilb_12col_2024-04-25.csv",
);
const LOUD = "when people(7d) > 50000 clear < 5000 notify here";

function idIn(title: string): string {
  return /\b(r[0-9a-f]{4})\b/.exec(title)![1]!;
}

describe("an alert rule", () => {
  it("is made from one line, printed back in one line, and listed", async () => {
    const bot = await testBot();
    const ask = asker(bot, "U1");
    const made = await ask("/alert new WHEN people( 7d )>50,000 clear<5k NOTIFY here");
    expect(made.reason).toBeUndefined();
    expect(plainText(made)).toContain(LOUD);
    expect((await ask("/alert list")).figures["rules"]).toMatchObject([
      { id: idIn(made.title), text: LOUD, stands: "not looked at yet" },
    ]);
    expect((await ask(`/alert new ${LOUD}`)).title).toContain("Already there");
  });
  it("keeps the quotes of a note", async () => {
    const bot = await testBot();
    const made = await asker(
      bot,
      "U1",
    )('/alert new when people(7d) > 50000 notify here note "call the desk: now"');
    expect(plainText(made)).toContain('note "call the desk: now"');
  });
  it("is edited, snoozed, muted, resumed and deleted, each in the log of changes", async () => {
    const bot = await testBot();
    const ask = asker(bot, "U1");
    const id = idIn((await ask(`/alert new ${LOUD}`)).title);
    expect(plainText(await ask(`/alert edit ${id} when people(7d) > 60000 notify here`))).toContain(
      "60000",
    );
    expect((await ask(`/alert snooze ${id} 8h`)).title).toContain("snoozed until");
    expect((await ask(`/alert mute ${id}`)).title).toContain("muted");
    expect((await ask(`/alert resume ${id}`)).title).not.toMatch(/muted|snoozed/);
    expect((await ask(`/alert log ${id}`)).title).toContain("0 things");
    const gone = await ask(`/alert delete ${id}`);
    expect(gone.actions[0]).toMatchObject({ label: "Undo" });
    expect((await ask("/alert list")).figures["rules"]).toEqual([]);
    expect(bot.book.list("audit").map(({ value }) => value.act)).toEqual([
      "alert-new",
      "alert-edit",
      "alert-snooze",
      "alert-mute",
      "alert-resume",
      "alert-delete",
    ]);
  });
  it("sends a sample to the asker alone, explains itself, and is previewed before it is made", async () => {
    const bot = await testBot();
    const ask = asker(bot, "U1");
    const id = idIn((await ask(`/alert new ${LOUD}`)).title);
    expect((await ask(`/alert test ${id}`)).title).toContain("Sample:");
    expect(bot.book.list("posts").map(({ value }) => value.target)).toMatchObject([
      { kind: "dm", id: "U1" },
    ]);
    expect((await ask(`/alert explain ${id}`)).reason).toBeUndefined();
    expect((await ask("/alert preview when people(30d) > 1")).title).toContain("the test holds");
    expect(bot.broken).toEqual([]);
  });
  it("of somebody else is refused in the words of one that does not exist", async () => {
    const bot = await testBot();
    const id = idIn(
      (await asker(bot, "U1", { place: { kind: "dm", id: "D1" } })(`/alert new ${LOUD}`)).title,
    );
    const ask = asker(bot, "U9");
    const [foreign, unknown] = [await ask(`/alert show ${id}`), await ask("/alert show rffff")];
    expect(foreign.reason).toBe("not_found");
    expect(foreign.title.replace(id, "rffff")).toBe(unknown.title);
  });
  it("that would always speak has to be confirmed", async () => {
    const bot = await testBot();
    const ask = asker(bot, "U1");
    const asked = await ask("/alert new when people(90d) > 1 notify here");
    expect(asked.reason).toBe("too_many");
    expect(bot.book.list("rules")).toEqual([]);
    expect(
      (await ask("/alert new when people(90d) > 1 notify here confirm:yes")).reason,
    ).toBeUndefined();
  });
  it.each([
    ["/alert new > 500", "bad_argument"],
    ["/alert new when peple(7d) > 10 notify here", "bad_argument"],
    ["/alert new when people(7d) > 500 people people", "bad_argument"],
    ["/alert new when people(7d) >= -1", "bad_argument"],
    ["/alert new on layoff where company in @nosuch notify here", "not_found"],
    ["/alert new when people(7d) > 50000 notify #general", "bad_argument"],
    ["/alert new", "missing_argument"],
    ["/alert snooze rffff 8h", "not_found"],
  ])("%s is refused as %s, says what is right, and changes nothing", async (text, reason) => {
    const bot = await testBot();
    const refused = await asker(bot, "U1")(text);
    expect(refused.reason).toBe(reason);
    expect(plainText(refused).length).toBeGreaterThan(30);
    expect(bot.book.list("rules")).toEqual([]);
    expect(bot.broken).toEqual([]);
  });
});

describe("a rule that would speak in a channel where only admins set things up", () => {
  const ABROAD = "when people(7d) > 70000 notify <#C2>";
  const ESCALATING = "when people(7d) > 60000 notify here escalate after 2h to <#C2>";
  async function workspace() {
    const bot = await testBot();
    const there = asker(bot, "U9", { admin: true, place: { kind: "channel", id: "C2" } });
    await there("/settings channel managers:admins");
    return {
      bot,
      there,
      member: asker(bot, "U1"),
      admin: asker(bot, "U9", { admin: true }),
      texts: () => bot.book.list("rules").map(({ value }) => value.text),
    };
  }

  it.each([ABROAD, ESCALATING])(
    "is not made by a member elsewhere, but by an admin: %s",
    async (text) => {
      const { bot, member, admin, texts } = await workspace();
      expect((await member(`/alert new ${text}`)).reason).toBe("not_allowed");
      expect(texts()).toEqual([]);
      expect(bot.book.list("audit").at(-1)?.value).toMatchObject({
        actor: "U1",
        outcome: "refused",
      });
      expect((await admin(`/alert new ${text}`)).reason).toBeUndefined();
      expect(texts()).toEqual([text]);
    },
  );

  it.each([ABROAD, ESCALATING])(
    "is not made by a member's edit, but by an admin's: %s",
    async (text) => {
      const { member, admin, texts } = await workspace();
      const id = idIn((await member(`/alert new ${LOUD}`)).title);
      expect((await member(`/alert edit ${id} ${text}`)).reason).toBe("not_allowed");
      expect(texts()).toEqual([LOUD]);
      expect((await admin(`/alert edit ${id} ${text}`)).reason).toBeUndefined();
      expect(texts()).toEqual([text]);
    },
  );

  it("is not edited by its author from another channel", async () => {
    const { bot, member, there, texts } = await workspace();
    await there("/settings channel managers:anyone");
    const id = idIn(
      (await asker(bot, "U1", { place: { kind: "channel", id: "C2" } })(`/alert new ${LOUD}`))
        .title,
    );
    await there("/settings channel managers:admins");
    expect((await member(`/alert edit ${id} ${LOUD} note louder`)).reason).toBe("not_allowed");
    expect(texts()).toEqual([LOUD]);
  });

  it("of one's own messages does not become a channel's by an edit", async () => {
    const { bot, texts } = await workspace();
    const direct = asker(bot, "U1", { place: { kind: "dm", id: "D1" } });
    const id = idIn((await direct(`/alert new ${LOUD}`)).title);
    expect((await direct(`/alert edit ${id} ${ABROAD}`)).reason).toBe("wrong_place");
    expect((await asker(bot, "U1")(`/alert edit ${id} ${ABROAD}`)).reason).toBe("not_allowed");
    expect(texts()).toEqual([LOUD]);
    expect(
      (await direct(`/alert edit ${id} when people(7d) > 60000 notify me`)).reason,
    ).toBeUndefined();
  });
});

describe.skipIf(!existsSync(export12))("a rule replayed on a real export", () => {
  it("fires on the six days an independent reading gives, and holds on 64", async () => {
    const bot = await testBot({ files: [export12] });
    const { reply } = await bot.ask(
      "/alert backtest when people(7d) > 10000 clear < 5000 from:2023-01-01 to:2024-03-17",
    );
    expect(reply.figures).toMatchObject({
      firings: ["2023-01-05", "2023-01-18", "2023-02-24", "2023-03-14", "2023-04-25", "2024-01-24"],
      daysTrue: 64,
      longestSilenceDays: 273,
    });
  });
});
