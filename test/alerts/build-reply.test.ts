import { describe, expect, it } from "vitest";
import { filledCommand } from "../../src/command/fill.ts";
import type { Form, Reply } from "../../src/reply/reply.ts";
import { plainText } from "../../src/reply/plain.ts";
import { testBot } from "../bot.ts";
import { asker } from "../commands/asker.ts";

const valuesOf = (form: Form): Record<string, string> =>
  Object.fromEntries(form.fields.map(({ name, value = "" }) => [name, value]));
const run = (reply: Reply, label: string): string => {
  const action = reply.actions.find((each) => each.label === label);
  if (action === undefined || !("run" in action)) throw new Error(`No button ${label}.`);
  return action.run;
};
const filled = (reply: Reply, values: Readonly<Record<string, string>>): string =>
  filledCommand(reply.form!.run, { ...valuesOf(reply.form!), ...values });

describe("the form for an alert", () => {
  it("is offered where no alert is set, filled in, looked at, changed and kept", async () => {
    const ask = asker(await testBot(), "U1");
    const opened = await ask(run(await ask("/alert list"), "Build one"));
    expect(opened.form?.title).toBe("A new alert");
    expect(plainText(opened)).toContain("/alert new when people(7d) > 10000");

    const shown = await ask(
      filled(opened, { threshold: "50k", where: 'sector = finance and company = "Yahoo!"' }),
    );
    expect(shown.reason).toBeUndefined();
    expect(shown.title).toMatch(/^Not kept yet: /);
    const line =
      'when people(7d) where sector = finance and company = "Yahoo!" > 50000 notify here';
    expect(plainText(shown)).toContain(line);
    expect((await ask("/alert list")).figures["rules"]).toEqual([]);

    const again = await ask(run(shown, "Change"));
    expect(valuesOf(again.form!)).toMatchObject({
      threshold: "50k",
      where: 'sector = finance and company = "Yahoo!"',
      more: "",
    });

    const kept = await ask(
      run(await ask(filled(again, { where: "", more: 'note "a: b"' })), "Save"),
    );
    expect(plainText(kept)).toContain('when people(7d) > 50000 notify here note "a: b"');
    expect((await ask("/alert list")).figures["rules"]).toMatchObject([
      { text: 'when people(7d) > 50000 notify here note "a: b"' },
    ]);
  });

  it("changes a kept rule, and asks for one with more to it as its one line", async () => {
    const ask = asker(await testBot(), "U1");
    const card = await ask("/alert new when people(7d) > 50000 clear < 5000 notify here");
    const opened = await ask(run(card, "Edit…"));
    expect(valuesOf(opened.form!)).toMatchObject({ threshold: "50000", more: "clear < 5000" });
    const shown = await ask(filled(opened, { threshold: "60000" }));
    const edited = await ask(run(shown, "Save"));
    expect(plainText(edited)).toContain("when people(7d) > 60000 clear < 5000 notify here");

    const id = /r[0-9a-f]{4}/.exec(edited.title)![0];
    await ask(`/alert edit ${id} when people(7d) anomaly z > 30 notify here`);
    const line = await ask(`/alert build ${id}`);
    expect(line.form?.fields.map(({ name }) => name)).toEqual(["rule"]);
    const wrong = await ask(filled(line, { rule: "when people(7d) anomaly z > many" }));
    expect(wrong.form?.fault).toMatchObject({ field: "rule" });
    const right = await ask(filled(wrong, { rule: "when people(7d) anomaly z > 40 notify here" }));
    expect(plainText(await ask(run(right, "Save")))).toContain("anomaly z > 40");
    expect((await ask("/alert list")).figures["rules"]).toHaveLength(1);
  });

  it("says at which field a value does not fit and keeps the others", async () => {
    const ask = asker(await testBot(), "U1");
    const opened = await ask("/alert build");
    const wrong = await ask(filled(opened, { threshold: "many", where: "country = US" }));
    expect(wrong.form?.fault).toEqual({
      field: "threshold",
      words: "‘many’ is no number. Write a number: 10000, 10,000 or 10k.",
    });
    const again = await ask(run(wrong, "Change"));
    expect(valuesOf(again.form!)).toMatchObject({ threshold: "many", where: "country = US" });
    const unknown = await ask(filled(opened, { where: "country = Atlantis" }));
    expect(unknown.form?.fault?.field).toBe("where");
  });

  it("keeps any value one word of the command", async () => {
    const ask = asker(await testBot(), "U1");
    const opened = await ask("/alert build");
    for (const hostile of [
      'x" tell:me more:"y',
      "x\\",
      "” confirm:yes “",
      "tell:me",
      "a\nb tell:me",
      "{more}",
      "$&",
    ]) {
      const { form } = await ask(filled(opened, { threshold: hostile, tell: "here" }));
      expect(valuesOf(form!)).toMatchObject({
        threshold: hostile.replaceAll("\n", " "),
        tell: "here",
        more: "",
      });
    }
  });
});
