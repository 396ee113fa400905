import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Form, Reply } from "../../../src/reply/reply.ts";
import { reply } from "../../../src/reply/reply.ts";
import type { Session } from "./session.ts";
import { held, openSession } from "./session.ts";

const FORM: Form = {
  title: "A form with a title that is longer than Discord has room for",
  submit: "Go",
  run: "/layoffs {company} kind:{kind} a:{a} b:{b} c:{c} hidden:{hidden}",
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
    { name: "a", label: "Note", hint: "In your words", kind: "lines", optional: true },
    { name: "b", label: "Empty", kind: "text", optional: true },
    { name: "c", label: "Fifth", kind: "text", optional: true },
    { name: "hidden", label: "Sixth", kind: "text", optional: true, value: 'as "it" {a} is' },
  ],
};
const ASKING: Reply = reply("A form", {
  form: FORM,
  blocks: [{ kind: "text", words: "Type it instead." }],
  actions: [{ label: "Open", run: "/open" }],
});

let session: Session;
beforeEach(async () => {
  session = await openSession();
});
afterEach(() => session.close());

describe("a form", () => {
  it("opens as a modal at a command, with its first five fields", async () => {
    const { fake, bot } = session;
    bot.say(ASKING);
    const asked = fake.slash({ name: "help" });
    const modal = await asked.modal();
    expect(await asked.first()).toBe(9);
    expect(modal.title.length).toBeLessThanOrEqual(45);
    expect(modal.fields.map(({ label, value }) => [label, value])).toEqual([
      ["Company", "google"],
      ["Kind", "Second"],
      ["Note", ""],
      ["Empty", ""],
      ["Fifth", ""],
    ]);
    expect(fake.ephemeral()).toEqual([]);
  });

  it("filled in asks the command of its fields, those not shown with the value they had", async () => {
    const { fake, bot } = session;
    bot.say(ASKING);
    const modal = await fake.slash({ name: "help" }).modal();
    const answer = await fake.submit(modal, { Kind: "First", Note: 'x" y\nz' }).answer();
    expect(answer.isEphemeral).toBe(true);
    expect(bot.asked.at(-1)).toMatchObject({
      text: '/layoffs google kind:a a:"x\\" y z" hidden:"as \\"it\\" {a} is"',
      via: "pressed",
      place: { kind: "channel", id: fake.channel.id },
    });
  });

  it("opens at a button, and a modal answered with a form shows its words and the button", async () => {
    const { fake, bot } = session;
    bot.say(ASKING);
    bot.say(reply("Not that one.", { form: FORM, actions: [{ label: "Change", run: "/change" }] }));
    bot.say(ASKING);
    const said = await fake.submit(await fake.slash({ name: "help" }).modal()).answer();
    expect(said.text).toContain("Not that one.");
    expect((await fake.press(said, "Change").modal()).fields).toHaveLength(5);
    expect(bot.asked.at(-1)?.text).toBe("/change");
  });

  it("says what to type when the answer comes too late to be a modal", async () => {
    const { fake, bot, until } = session;
    const { reply: late, release } = held();
    bot.say(late);
    const asked = fake.slash({ name: "help" });
    expect(await asked.first()).toBe(5);
    release(ASKING);
    expect((await asked.answer()).text).toContain("Type it instead.");
    await until(() => fake.ephemeral().length === 1);
  });

  it("says what to type in answer to a message", async () => {
    const { fake, bot } = session;
    bot.say(ASKING);
    expect((await fake.mention("help").answer()).text).toContain("Type it instead.");
  });

  it("whose key is forgotten says what to do", async () => {
    const { fake, bot } = session;
    bot.say(ASKING);
    const modal = await fake.slash({ name: "help" }).modal();
    const answer = await fake.submit({ ...modal, customId: "form:gone" }).answer();
    expect(answer.text).toContain("too old");
    expect(bot.asked).toHaveLength(1);
  });
});
