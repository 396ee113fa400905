import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { silentLog } from "../../src/log.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { slackPlatform } from "../../src/platforms/slack/index.ts";
import { TODAY, testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { openFakeSlack } from "../fakes/slack/fake-slack.ts";
import type { FakeSlack } from "../fakes/slack/fake-slack.ts";

let fake: FakeSlack;
let real: TestBot;
let platform: Platform;
let now = TODAY;

beforeAll(async () => {
  fake = await openFakeSlack();
  real = await testBot({ clock: () => now });
  platform = slackPlatform({
    bot: real.bot,
    settings: fake.settings,
    log: silentLog,
    clock: () => now,
  });
  await platform.start();
});
afterAll(async () => {
  await platform.stop();
  await fake.close();
});

/** Two questions of one person are a minute apart, so that pacing is not what is tested. */
function slash(question: string) {
  now += 60_000;
  const [name = "", ...words] = question.split(" ");
  const own = commands.find((command) => `/${command.name}` === name)?.ownSlash === true;
  return own
    ? fake.slash({ command: name, text: words.join(" ") }).answer()
    : fake.slash({ command: "/pulse", text: question.slice(1) }).answer();
}

describe("every command on Slack, by the genuine client", () => {
  const reading = commands.filter((command) => "share" in command.args.shape);
  it.each(reading.flatMap((command) => command.examples))("%s", async (example) => {
    const { reply } = await real.ask(example);
    const answer = await slash(example);
    expect(answer.isEphemeral).toBe(true);
    for (const word of reply.title.split(/\s+/).slice(0, 12))
      expect(answer.allText).toContain(word);
    expect(real.broken).toEqual([]);
  });
  const changing = commands.filter((command) => !reading.includes(command));
  it.each(changing.flatMap((command) => command.examples))("%s", async (example) => {
    const answer = await slash(example);
    // An exported file reaches the asker before the words about it.
    expect(answer.allText.length > 20 || answer.files.length > 0).toBe(true);
    expect(answer.allText).not.toMatch(/Something broke|does not fit|no command/);
    expect(real.broken).toEqual([]);
  });
});

describe("an answer on Slack", () => {
  it("is refined in place by its buttons", async () => {
    await slash("/layoffs google");
    now += 60_000;
    const refined = await fake.press(fake.ephemeral().at(-1)!, "Rows").answer();
    expect(refined.allText).toContain("events, newest first");
    expect(refined.allText).toContain("2023-01-20");
  });
  it("is shared with everyone by its Share button", async () => {
    await slash("/top cuts limit:3");
    now += 60_000;
    const before = fake.messages().length;
    await fake.press(fake.ephemeral().at(-1)!, "Share").answer();
    expect(fake.messages().length).toBe(before + 1);
    expect(fake.messages().at(-1)?.allText).toContain("Largest cuts");
  });
  it("comes in the thread of a mention, with the same words", async () => {
    now += 60_000;
    const answer = await fake.mention({ text: "layoffs meta" }).answer();
    expect(answer.allText).toContain("Meta —");
    expect(answer.thread).toBeDefined();
  });
  it("comes in a direct message without any command sign", async () => {
    now += 60_000;
    expect((await fake.dm({ text: "top cuts limit:2" }).answer()).allText).toContain(
      "Largest cuts",
    );
  });
  it("greets in the app's own tab with the pulse and the last questions", async () => {
    now += 60_000;
    await slash("/layoffs google");
    await fake.openHome().answer();
    const home = fake.home();
    expect(home?.allText).toContain("Tech layoffs in the 7 days");
    expect(home?.allText).toContain("/layoffs google");
  });
  it("to a message handed over names the company in it", async () => {
    now += 60_000;
    const said = await fake.dm({ text: "help" }).answer();
    expect(said.allText).toContain("market-pulse");
  });
  it("says what was meant when a name is mistyped", async () => {
    expect((await slash("/layoffs gogle")).allText).toContain("Did you mean Google?");
  });
});
