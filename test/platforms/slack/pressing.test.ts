import { describe, expect, it } from "vitest";
import { openStage, quiet, soon } from "./stage.ts";

describe("a button", () => {
  it("under an answer only its asker sees refines it in place", async () => {
    const { fake, bot } = await openStage();
    const first = await fake.slash({ command: "/layoffs", text: "google" }).answer();
    await fake.press(first, "Rows").answer();
    const [only, ...others] = fake.ephemeral();
    expect(others).toEqual([]);
    expect(only?.allText).toContain("You asked /layoffs google rows:yes");
    expect(bot.asked.at(-1)).toMatchObject({ text: "/layoffs google rows:yes", via: "pressed" });
  });

  it("works on after the first press", async () => {
    const { fake } = await openStage();
    const first = await fake.slash({ command: "/layoffs", text: "google" }).answer();
    const second = await fake.press(first, "Rows").answer();
    const third = await fake.press(second, "Rows").answer();
    expect(third.allText).toContain("/layoffs google rows:yes rows:yes");
  });

  it("that shares posts for everyone and leaves the private answer", async () => {
    const { fake } = await openStage();
    const first = await fake.slash({ command: "/layoffs", text: "google" }).answer();
    await fake.press(first, "Share").answer();
    const [shared] = fake.messages();
    expect(shared?.allText).toContain("You asked /layoffs google share:yes");
    expect(fake.ephemeral()).toHaveLength(1);
  });

  it("under a message everyone reads is answered privately and changes nothing", async () => {
    const { fake } = await openStage();
    const shown = await fake.mention({ text: "layoffs google" }).answer();
    const other = fake.world.addUser("bob");
    fake.channel.members.add(other.id);
    const answer = await fake.press(shown, "Rows", { user: other }).answer();
    expect(answer.isEphemeral).toBe(true);
    expect(fake.ephemeral(fake.channel, other)).toHaveLength(1);
    expect(fake.messages().at(-1)?.allText).toBe(shown.allText);
  });

  it("in a direct conversation changes the message itself", async () => {
    const { fake } = await openStage();
    const shown = await fake.dm({ text: "layoffs google" }).answer();
    const answer = await fake.press(shown, "Rows").answer();
    expect(answer.ts).toBe(shown.ts);
    expect(answer.allText).toContain("rows:yes");
  });

  it("that is a link is acknowledged and asks nothing", async () => {
    const { fake, bot } = await openStage();
    const shown = await fake.slash({ command: "/layoffs" }).answer();
    expect(await fake.press(shown, "Read").acked()).toEqual({});
    await quiet();
    expect(bot.asked).toHaveLength(1);
  });

  it("carries a command too long for it by a key", async () => {
    const { fake, bot } = await openStage();
    const long = `/layoffs ${"x".repeat(2_500)}`;
    bot.answers.set("/pulse", {
      ...(await bot.home({ id: "", tenant: "" })),
      actions: [{ label: "Long", run: long }],
    });
    const shown = await fake.slash({ command: "/pulse" }).answer();
    await fake.press(shown, "Long").answer();
    expect(bot.asked.at(-1)?.text).toBe(long);
  });

  it("whose key is forgotten says what to do", async () => {
    const { fake, bot } = await openStage();
    const long = `/layoffs ${"x".repeat(2_500)}`;
    bot.answers.set("/pulse", {
      ...(await bot.home({ id: "", tenant: "" })),
      actions: [{ label: "Long", run: long }],
    });
    const shown = await fake.slash({ command: "/pulse" }).answer();
    bot.forget();
    const answer = await fake.press(shown, "Long").answer();
    expect(answer.allText).toContain("This button is too old for me to remember its command.");
  });

  it("pressed once and delivered twice is answered once", async () => {
    const { fake, bot } = await openStage();
    const shown = await fake.slash({ command: "/layoffs" }).answer();
    const press = fake.press(shown, "Rows");
    await press.answer();
    const again = fake.socket.send("interactive", press.delivery.payload);
    await soon(fake, () => again.acked !== undefined);
    await quiet();
    expect(bot.asked).toHaveLength(2);
  });
});

it("an option of a menu asks what it stands for", async () => {
  const { fake, bot } = await openStage();
  const shown = await fake.slash({ command: "/layoffs", text: "google" }).answer();
  const answer = await fake.pick(shown, "2023").answer();
  expect(answer.allText).toContain("You asked /layoffs google period:2023");
  expect(bot.asked.at(-1)?.via).toBe("pressed");
});
