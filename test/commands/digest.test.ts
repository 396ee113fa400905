import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { Place } from "../../src/command/bot.ts";
import { filledCommand } from "../../src/command/fill.ts";
import { TODAY, testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";

const export12 = resolve(
  import.meta.dirname,
  "../../../shared/data/layoffs/theakhilb_12col_2024-04-25.csv",
);

const ana = { id: "U1", tenant: "slack:T1" };
const channel = { kind: "channel", id: "C1" } as const;

function asking(bot: TestBot) {
  return (text: string, caller = ana, place: Place = channel) =>
    bot.answer({ text, caller, place, via: "pressed" });
}

function idIn(title: string): string {
  return /\b(d[0-9a-f]{4})\b/.exec(title)![1]!;
}

describe("a digest", () => {
  it("is made from words, says its next three runs, and is listed where it comes", async () => {
    const bot = await testBot();
    const ask = asking(bot);
    const made = await ask(
      "/digest new every monday 9am Europe/Berlin density:brief sector:finance",
    );
    expect(made.figures).toMatchObject({
      schedule: "every monday 09:00 Europe/Berlin",
      density: "brief",
      filter: "sector:finance",
      next: ["2026-11-23 09:00", "2026-11-30 09:00", "2026-12-07 09:00"],
    });
    expect((await ask("/digest list")).figures["digests"]).toMatchObject([
      { id: idIn(made.title) },
    ]);
    expect(
      (await ask("/digest list", ana, { kind: "channel", id: "C2" })).figures["digests"],
    ).toHaveLength(1);
    expect(
      (await ask("/digest list", { ...ana, id: "U2" }, { kind: "channel", id: "C2" })).figures[
        "digests"
      ],
    ).toEqual([]);
    expect((await ask("/digest list", { ...ana, tenant: "slack:T2" })).figures["digests"]).toEqual(
      [],
    );
  });
  it("asked for twice is one", async () => {
    const bot = await testBot();
    const ask = asking(bot);
    const first = await ask("/digest new weekdays 08:30");
    const second = await ask("/digest new weekdays 8:30");
    expect(second.title).toContain("Already there");
    expect(idIn(second.title)).toBe(idIn(first.title));
  });
  it("is edited, paused, resumed, muted and deleted by its id, each written to the log of changes", async () => {
    const bot = await testBot();
    const ask = asking(bot);
    const id = idIn((await ask("/digest new every monday 09:00 Europe/Berlin")).title);
    expect((await ask(`/digest edit ${id} every friday 16:00`)).figures).toMatchObject({
      schedule: "every friday 16:00 Europe/Berlin",
      revision: 2,
    });
    expect((await ask(`/digest pause ${id}`)).figures).toMatchObject({ paused: "by-owner" });
    expect((await ask(`/digest pause ${id}`)).title).toContain("already");
    expect((await ask(`/digest resume ${id}`)).figures).toMatchObject({ paused: null });
    expect((await ask(`/digest mute ${id} 1w`)).title).toContain("quiet for a week");
    const gone = await ask(`/digest delete ${id}`);
    expect(gone.actions[0]).toMatchObject({
      label: "Undo",
      run: "/digest new every friday 16:00 Europe/Berlin density:standard",
    });
    expect((await ask("/digest list")).figures["digests"]).toEqual([]);
    expect(bot.book.list("audit").map(({ value }) => value.act)).toEqual([
      "digest-new",
      "digest-edit",
      "digest-pause",
      "digest-resume",
      "digest-mute",
      "digest-delete",
    ]);
  });
  it("of somebody else is refused in the words of one that does not exist", async () => {
    const bot = await testBot();
    const ask = asking(bot);
    const id = idIn((await ask("/digest new daily 7:00 to:me")).title);
    const stranger = { id: "U9", tenant: "slack:T1" };
    const [foreign, unknown] = [
      await ask(`/digest show ${id}`, stranger),
      await ask("/digest show dffff", stranger),
    ];
    expect(foreign.reason).toBe("not_found");
    expect(foreign.title.replace(id, "dffff")).toBe(unknown.title);
  });
  it.each([
    ["/digest new every monday 09:00 IST", "bad_zone"],
    ["/digest new every monday 09:00 Mars/Base", "bad_zone"],
    ["/digest new 0 9 * * 1", "bad_schedule"],
    ["/digest new every monday 09:00 sector:nosuch", "not_found"],
    ["/digest new every monday 09:00 to:#general", "bad_argument"],
    ["/digest preview sections:nosuch", "bad_argument"],
    ["/digest show", "missing_argument"],
    ["/digest show d0000", "not_found"],
  ])("%s is refused as %s and changes nothing", async (text, reason) => {
    const bot = await testBot();
    expect((await asking(bot)(text)).reason).toBe(reason);
    expect(bot.book.list("digests")).toEqual([]);
  });
  it("asked to be edited with nothing to change asks back, and takes what the form gives", async () => {
    const bot = await testBot();
    const ask = asking(bot);
    const id = idIn((await ask("/digest new every monday 09:00 Europe/Berlin")).title);
    const { form, figures } = await ask(`/digest edit ${id}`);
    expect(figures).toMatchObject({ schedule: "every monday 09:00 Europe/Berlin" });
    const fill = (values: Readonly<Record<string, string>>) =>
      ask(
        filledCommand(form!.run, {
          ...Object.fromEntries(form!.fields.map(({ name, value = "" }) => [name, value])),
          ...values,
        }),
      );
    expect((await fill({})).title).toBe(`Digest ${id} is so already.`);
    const changed = { schedule: "weekdays 08:30", density: "deep", sections: "numbers, largest" };
    expect((await fill(changed)).figures).toMatchObject({
      schedule: "weekdays 08:30 Europe/Berlin",
      density: "deep",
      revision: 2,
    });
    expect(bot.book.list("digests")[0]!.value.sections).toEqual(["numbers", "largest"]);
    await ask(`/digest edit ${id} sections:usual`);
    expect(bot.book.list("digests")[0]!.value.sections).toEqual([]);
    expect((await ask(`/digest edit ${id}`, { ...ana, id: "U9" })).form).toBeDefined();
    expect((await ask(`/digest edit d0000`)).reason).toBe("not_found");
  });
  it("muted says until when and comes after it, and goes on when resumed", async () => {
    const bot = await testBot();
    const ask = asking(bot);
    const id = idIn((await ask("/digest new every monday 09:00 UTC")).title);
    const muted = await ask(`/digest mute ${id}`);
    expect(muted.figures).toMatchObject({
      quietUntil: "2026-11-29 12:00",
      next: ["2026-11-30 09:00", "2026-12-07 09:00", "2026-12-14 09:00"],
    });
    const resume = muted.actions.find(({ label }) => label === "Resume")!;
    const resumed = await ask("run" in resume ? resume.run : "");
    expect(resumed.title).toBe(`Digest ${id} goes on.`);
    expect(resumed.figures).toMatchObject({ quietUntil: null });
    expect(resumed.figures["next"]).toContain("2026-11-23 09:00");
    expect((await ask(`/digest resume ${id}`)).title).toContain("already");
  });
  it("that is sent has buttons that all answer: the table, the export, the form, a week's quiet", async () => {
    const bot = await testBot();
    const ask = asking(bot);
    const id = idIn((await ask("/digest new every monday 09:00 UTC")).title);
    await ask(`/digest run ${id}`);
    const { actions } = bot.book.list("posts")[0]!.value.reply;
    expect(actions.map(({ label }) => label)).toEqual([
      "Full table",
      "Export",
      "Edit digest",
      "Mute 1 week",
    ]);
    const [table, exported, edit, mute] = await Promise.all(
      actions.map((action) => ask("run" in action ? action.run : "")),
    );
    expect([table, exported, edit, mute].map((answer) => answer!.reason)).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
    expect(exported!.files).toHaveLength(1);
    expect(edit!.form).toBeDefined();
    expect(mute!.title).toBe(`Digest ${id} is quiet for a week.`);
  });
  it("deleted can be made again as it was", async () => {
    const bot = await testBot();
    const ask = asking(bot);
    const id = idIn(
      (await ask("/digest new weekdays 08:30 UTC density:deep sections:numbers,largest")).title,
    );
    const [undo] = (await ask(`/digest delete ${id}`)).actions;
    await ask(undo !== undefined && "run" in undo ? undo.run : "");
    expect(bot.book.list("digests")[0]!.value).toMatchObject({
      schedule: "weekdays 08:30 UTC",
      density: "deep",
      sections: ["numbers", "largest"],
    });
  });
  it("run now is written down as a message on its way", async () => {
    const bot = await testBot();
    const ask = asking(bot);
    const id = idIn((await ask("/digest new every monday 09:00")).title);
    await ask(`/digest run ${id}`);
    expect(bot.book.list("posts").map(({ value }) => value)).toMatchObject([
      { kind: "digest", subscription: id, status: "planned", createdAt: TODAY },
    ]);
  });
  it("run twice within a minute is one message, and a minute later another", async () => {
    let now = TODAY;
    const bot = await testBot({ clock: () => now });
    const ask = asking(bot);
    const id = idIn((await ask("/digest new every monday 09:00")).title);
    const run = async () => (await ask(`/digest run ${id}`)).title;
    const sent = `Digest ${id} is on its way to this channel`;
    expect(await Promise.all([run(), run()])).toEqual([`${sent}.`, `${sent} already.`]);
    expect(bot.book.list("posts")).toHaveLength(1);
    now += 60_000;
    expect(await run()).toBe(`${sent}.`);
    expect(bot.book.list("posts")).toHaveLength(2);
  });
});

describe.skipIf(!existsSync(export12))("the digest of 11–17 March 2024 in a real export", () => {
  it("says what was known on 17 March", async () => {
    const bot = await testBot({ files: [export12] });
    const { reply } = await bot.ask("/digest preview asof:2024-03-17");
    expect(reply.figures).toMatchObject({
      from: "2024-03-11",
      to: "2024-03-17",
      week: { people: 279, events: 8, unknownSize: 2 },
      yearToDate: { people: 50_546 },
    });
  });
});
