import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { plainText } from "../../src/reply/plain.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { testBot } from "../bot.ts";
import { silentLog } from "../../src/log.ts";
import { buildMarket } from "../../src/market/build.ts";
import type { LayoffSighting } from "../../src/market/facts.ts";
import { openAlerts } from "../../src/standing/alerts.ts";
import { factsOf, layoff, plainBook } from "../market/layoff-facts.ts";
import { asker } from "./asker.ts";

const export12 = resolve(
  import.meta.dirname,
  "../../../shared/data/layoffs/theakhilb_12col_2024-04-25.csv",
);
const LOUD = "when people(7d) > 50000 clear < 5000 notify here";

function idIn(title: string): string {
  return /\b(r[0-9a-f]{4})\b/.exec(title)![1]!;
}

/** What each button of a reply is refused for when it is pressed; "" where it is answered. */
async function reasons(ask: (text: string) => Promise<Reply>, { actions }: Reply) {
  const found: Record<string, string> = {};
  for (const action of actions)
    if ("run" in action) found[action.label] = (await ask(action.run)).reason ?? "";
  return found;
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
    const sample = await ask(`/alert test ${id}`);
    expect(sample.title).toContain("Sample:");
    expect((await ask(`/alert test ${id}`)).title).toBe(sample.title);
    expect(bot.book.list("posts").map(({ value }) => value.target)).toMatchObject([
      { kind: "dm", id: "U1" },
    ]);
    expect((await ask(`/alert explain ${id}`)).reason).toBeUndefined();
    const preview = await ask("/alert preview when people(30d) > 1");
    expect(preview.title).toContain("the test holds");
    expect(await reasons(ask, preview)).toEqual({ Rows: "", Backtest: "", "Keep it": "too_many" });
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

describe("a rule on events, tried", () => {
  it("shows what it would have told of in the last days of the data, largest first", async () => {
    const bot = await testBot();
    const shown = await asker(bot, "U1")("/alert preview on layoff where people >= 500");
    expect(shown.title).toBe(
      "Would have told of 8 layoffs in the 30 days to 21 May 2026: Dell 11,000, PayPal 4,760 and Cisco 4,000 (+5 more)",
    );
    expect(shown.figures).toEqual({
      events: 8,
      people: 26_543,
      unknownSize: 0,
      late: 2,
      keptInMind: 0,
      from: "2026-04-22",
      to: "2026-05-21",
      newest: "2026-05-20",
    });
    expect(plainText(shown)).toContain(
      "Learned late: Dell (announced 16 Mar 2026, 37 days before)",
    );
    expect(await reasons(asker(bot, "U1"), shown)).toEqual({ Backtest: "", "Keep it": "" });
  });
  it("names the newest that fits where none of the last days does, and says where there is none", async () => {
    const ask = asker(await testBot(), "U1");
    const google = await ask("/alert preview on layoff where company = google");
    expect(google.title).toBe("Would have told of nothing in the 30 days to 21 May 2026");
    expect(plainText(google)).toContain(
      "The newest before that, learned on 6 Oct 2025: Google: 50 people, announced 2 Oct 2025.",
    );
    expect(google.figures).toMatchObject({ events: 0, people: 0, newest: "2025-10-06" });
    const none = await ask("/alert preview on layoff where company = google and people > 90000");
    expect(none.figures).toMatchObject({ events: 0, newest: null });
    expect(plainText(none)).toContain("Nor of anything in the year to 21 May 2026.");
  });
  it("sends a sample of its newest event to the asker alone, and none where nothing fits", async () => {
    const bot = await testBot();
    const ask = asker(bot, "U1");
    const id = idIn((await ask("/alert new on layoff where company = google notify here")).title);
    const sample = await ask(`/alert test ${id}`);
    expect(sample.title).toBe("Sample: Google: 50 people, announced 2 Oct 2025");
    expect(sample.notes[0]).toContain("A sample made from the newest that fits");
    expect(bot.book.list("posts").map(({ value }) => [value.target.id, value.reply.title])).toEqual(
      [["U1", sample.title]],
    );
    const rare = await ask(`/alert edit ${id} on layoff where people > 90000 notify here`);
    expect(rare.reason).toBeUndefined();
    expect((await ask(`/alert test ${id}`)).title).toBe(
      "No sample: nothing that fits was learned in the year to 21 May 2026",
    );
    expect(bot.book.list("posts").length).toBe(1);
  });
  it("explains itself by what it told last, and stands ok once it was looked at", async () => {
    let now = Date.UTC(2026, 0, 7, 9);
    const bot = await testBot({ clock: () => now });
    const ask = asker(bot, "U1");
    const id = idIn((await ask("/alert new on layoff where people >= 500 notify here")).title);
    const unseen = await ask(`/alert explain ${id}`);
    expect(unseen.title).toBe(
      `Alert ${id} has told of nothing yet: it looks at each new fact once, as it is learned`,
    );
    expect(plainText(unseen)).toContain("It has not been looked at yet");

    const found: LayoffSighting[] = [];
    const look = openAlerts();
    const beat = () =>
      look({
        book: bot.book,
        market: buildMarket(factsOf(found, { asOfOn: "2026-01-07" }), plainBook()),
        now: (now += 600_000),
        log: silentLog,
      });
    await beat();
    found.push(
      layoff("Contoso", "2026-01-07", { headcount: 900 }),
      layoff("Fabrikam", "2026-01-07"),
    );
    await beat();
    expect((await ask(`/alert show ${id}`)).title).toBe(`Alert ${id}: ok`);
    const told = await ask(`/alert explain ${id}`);
    expect(told.title).toBe(
      `Alert ${id} last had something to say on 7 Jan 2026 09:20 UTC: Contoso: 900 people, announced 7 Jan 2026`,
    );
    expect(plainText(told)).toContain("7 Jan 2026 09:20 UTC to #C1 (queued): Contoso: 900 people");
    expect(told.figures).toMatchObject({ lookedAt: true, lastToldAt: now, keptInMind: 0 });

    found.push(layoff("Tailspin", "2026-01-07"));
    await beat();
    expect(plainText(await ask(`/alert explain ${id}`))).toContain(
      "Kept in mind for the next message: 1 layoff of unknown size.",
    );
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
