import { describe, expect, it } from "vitest";
import type { Form, Reply } from "../../../src/reply/reply.ts";
import { reply } from "../../../src/reply/reply.ts";
import { openStage, quiet, soon } from "./stage.ts";

const FORM: Form = {
  title: "A form with a title that is long",
  submit: "Go",
  run: "/layoffs {company} kind:{kind} note:{note}",
  fields: [
    { name: "company", label: "Company", kind: "text", value: "google" },
    {
      name: "kind",
      label: "Kind",
      kind: "choice",
      value: "b",
      options: [
        { label: "First", value: "a" },
        { label: "Second", value: "b" },
      ],
    },
    { name: "note", label: "Note", hint: "In your words", kind: "lines", optional: true },
  ],
};
const ASKING: Reply = reply("A form", {
  form: FORM,
  blocks: [{ kind: "text", words: "Type it instead." }],
  actions: [{ label: "Open", run: "/open" }],
});

async function openForms() {
  const stage = await openStage();
  stage.bot.answers.set("/layoffs", ASKING).set("/open", ASKING);
  return stage;
}

describe("a form", () => {
  it("opens as a dialog at a command, and shows nothing else", async () => {
    const { fake } = await openForms();
    fake.slash({ command: "/layoffs" });
    const dialog = await fake.dialog();
    expect(dialog.title.length).toBeLessThanOrEqual(24);
    expect(dialog.fields.map(({ label, value }) => [label, value])).toEqual([
      ["Company", "google"],
      ["Kind", "Second"],
      ["Note", ""],
    ]);
    await quiet();
    expect(fake.ephemeral()).toEqual([]);
  });

  it("filled in asks the command of its fields, and is answered to its asker in the same channel", async () => {
    const { fake, bot } = await openForms();
    fake.slash({ command: "/layoffs" });
    const sent = fake.submit(await fake.dialog(), { Kind: "First", Note: 'x" y & <b>\nz' });
    expect(await sent.acked()).toEqual({ response_action: "clear" });
    const answer = await sent.answer();
    expect(answer.isEphemeral).toBe(true);
    expect(bot.asked.at(-1)).toMatchObject({
      text: '/layoffs google kind:a note:"x\\" y & <b> z"',
      via: "pressed",
      place: { kind: "channel", id: fake.channel.id },
      caller: { id: fake.user.id },
    });
    expect(fake.hasDialog()).toBe(false);
  });

  it("leaves out the words of empty fields", async () => {
    const { fake, bot } = await openForms();
    fake.slash({ command: "/layoffs" });
    await fake.submit(await fake.dialog()).answer();
    expect(bot.asked.at(-1)?.text).toBe("/layoffs google kind:b");
  });

  it("stays open with the fault at its field", async () => {
    const { fake, bot } = await openForms();
    const fault = { field: "company", words: "No such company." };
    bot.answers.set(
      "/layoffs nobody kind:b",
      reply("No such company.", { reason: "not_found", form: { ...FORM, fault } }),
    );
    fake.slash({ command: "/layoffs" });
    const dialog = await fake.dialog();
    expect(await fake.submit(dialog, { Company: "nobody" }).acked()).toEqual({
      response_action: "errors",
      errors: { "field:company": "No such company." },
    });
    expect(fake.hasDialog()).toBe(true);
    await fake.submit(dialog, { Company: "google" }).answer();
    expect(fake.ephemeral()).toHaveLength(1);
    expect(fake.notes).toEqual([]);
  });

  it("opens at a button, also of the app's own tab, whose answer comes as a direct message", async () => {
    const { fake, bot } = await openForms();
    bot.answers.set("home", reply("Home", { actions: [{ label: "Open", run: "/open" }] }));
    const home = await fake.openHome().answer();
    fake.press(home, "Open");
    await fake.submit(await fake.dialog()).answer();
    expect(bot.asked.at(-1)?.place).toEqual({ kind: "dm", id: "home" });
    expect(fake.messages(fake.world.directChannel(fake.user))).toHaveLength(1);
  });

  it("says what to type where nothing can open a dialog, with a button that can", async () => {
    const { fake, bot } = await openForms();
    const said = await fake.dm({ text: "layoffs" }).answer();
    expect(said.allText).toContain("Type it instead.");
    fake.press(said, "Open");
    await fake
      .submit(await fake.dialog(), {}, { channel: fake.world.directChannel(fake.user) })
      .answer();
    expect(bot.asked.at(-1)?.text).toBe("/layoffs google kind:b");
  });

  it("says what to type when the answer comes too late for the dialog", async () => {
    const { fake, bot } = await openForms();
    const { promise, resolve } = Promise.withResolvers<Reply>();
    bot.answers.set("/layoffs", promise);
    const asked = fake.slash({ command: "/layoffs" });
    await soon(fake, () => bot.asked.length === 1);
    fake.advance(3_500);
    resolve(ASKING);
    expect((await asked.answer()).allText).toContain("Type it instead.");
    expect(fake.hasDialog()).toBe(false);
  });
});
