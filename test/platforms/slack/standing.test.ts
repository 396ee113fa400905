import { afterEach, describe, expect, it } from "vitest";
import type { Log } from "../../../src/log.ts";
import type { Platform } from "../../../src/platforms/platform.ts";
import { slackPlatform } from "../../../src/platforms/slack/index.ts";
import { TODAY, testBot } from "../../bot.ts";
import type { TestBot } from "../../bot.ts";
import { ALL_SCOPES } from "../../fakes/slack/access.ts";
import type { FakeSlack } from "../../fakes/slack/fake-slack.ts";
import { openFakeSlack } from "../../fakes/slack/fake-slack.ts";
import type { Channel, User } from "../../fakes/slack/world.ts";

interface Office {
  readonly fake: FakeSlack;
  readonly real: TestBot;
  readonly platform: Platform;
  readonly lines: readonly string[];
  /** Adds a person of this rank. */
  readonly person: (rank: User["rank"], more?: { readonly teamId?: string }) => User;
  /** What the bot says to a person who types this, ten seconds later. */
  readonly says: (user: User, text: string, channel?: Channel) => Promise<string>;
  /** How often this method was called. */
  readonly calls: (method: string) => number;
}

const open: Office[] = [];

async function office(scopes: readonly string[] = ALL_SCOPES): Promise<Office> {
  const fake = await openFakeSlack({ now: TODAY, scopes });
  const real = await testBot({ clock: () => fake.world.now() });
  const lines: string[] = [];
  const write = (...words: unknown[]): void => void lines.push(JSON.stringify(words));
  const log: Log = { info: write, warn: write, error: write, debug: write };
  const platform = slackPlatform({
    bot: real.bot,
    settings: fake.settings,
    log,
    clock: () => fake.world.now(),
  });
  const opened: Office = {
    fake,
    real,
    platform,
    lines,
    person: (rank, more) => fake.world.addUser(rank, false, { rank, ...more }),
    says: async (user, text, channel = fake.channel) => {
      fake.advance(10_000);
      return (await fake.slash({ command: "/pulse", text, user, channel }).answer()).allText;
    },
    calls: (method) => fake.requests.filter((request) => request.method === method).length,
  };
  open.push(opened);
  await platform.start();
  return opened;
}

afterEach(async () => {
  for (const { platform, fake, real } of open.splice(0)) {
    await platform.stop();
    await fake.close();
    if (real.broken.length > 0) throw new Error(`It broke: ${String(real.broken[0])}`);
  }
});

const WORKSPACE = "settings workspace zone:Europe/Paris";
const SUBSCRIBES = "digest new every monday 09:00";

describe("who somebody is on Slack", () => {
  it.each([
    ["owner", "Saved for everyone here"],
    ["admin", "Saved for everyone here"],
    ["member", "Only admins may change the settings of everyone"],
    ["guest", "Guests and people of other workspaces cannot change the settings of everyone"],
  ] as const)("decides about the settings of everyone: %s", async (rank, said) => {
    const { person, says } = await office();
    expect(await says(person(rank), WORKSPACE)).toContain(said);
  });

  it.each(["guest", "single-channel guest"] as const)(
    "a %s reads in a channel and subscribes nobody",
    async (rank) => {
      const { person, says, calls } = await office();
      const guest = person(rank);
      expect(await says(guest, "top cuts limit:2")).toContain("Largest cuts");
      // Reading in a channel is everybody's, so nobody was asked after.
      expect(calls("users.info")).toBe(0);
      expect(await says(guest, SUBSCRIBES)).toContain("Guests and people of other workspaces");
    },
  );

  it("somebody of another workspace is an outsider, whatever they are at home", async () => {
    const { person, says } = await office();
    const other = person("admin", { teamId: "T0OTHER01" });
    expect(await says(other, WORKSPACE)).toContain("Guests and people of other workspaces");
    expect(await says(other, "top cuts limit:2")).toContain("Largest cuts");
  });

  it("is asked once in five minutes, and what somebody is no more holds no longer", async () => {
    const { fake, person, says, calls } = await office();
    const boss = person("admin");
    expect(await says(boss, WORKSPACE)).toContain("Saved");
    boss.rank = "member";
    expect(await says(boss, "settings workspace zone:Europe/Rome")).toContain("Saved");
    expect(calls("users.info")).toBe(1);
    fake.advance(5 * 60_000);
    expect(await says(boss, "settings workspace zone:Europe/Oslo")).toContain("Only admins may");
    expect(calls("users.info")).toBe(2);
  });

  it("two questions at once ask Slack once", async () => {
    const { fake, person, calls } = await office();
    const user = person("member");
    const asked = ["me zone:Europe/Rome", "me density:brief"].map((text) =>
      fake.slash({ command: "/pulse", text: `settings ${text}`, user }),
    );
    await Promise.all(asked.map((each) => each.answer()));
    expect(calls("users.info")).toBe(1);
  });
});

describe("the creator of a channel", () => {
  it("manages it where managers do, and others do not", async () => {
    const { fake, person, says, calls } = await office();
    const maker = person("member");
    const other = person("member");
    const channel = fake.world.addChannel("made", { members: [fake.world.bot], creator: maker });
    expect(await says(maker, SUBSCRIBES, channel)).toContain("monday");
    // By default every member may, so that the creator is not asked after.
    expect(calls("conversations.info")).toBe(0);
    await says(person("admin"), "settings workspace managers:managers");
    expect(await says(other, SUBSCRIBES, channel)).toContain(
      "Only admins and the channel's creator",
    );
    expect(await says(maker, "digest new weekdays 08:30", channel)).toContain("08:30");
    expect(calls("conversations.info")).toBe(1);
  });
});

describe("without the scopes", () => {
  it("everybody is a member, as it is said once at the start and in no answer", async () => {
    const without = ALL_SCOPES.filter((scope) => !/^(users|channels|groups):read$/.test(scope));
    const { person, says, lines, calls } = await office(without);
    expect(lines.filter((line) => line.includes("users:read"))).toHaveLength(1);
    expect(await says(person("admin"), WORKSPACE)).toContain("Only admins may");
    const guest = person("guest");
    expect(await says(guest, SUBSCRIBES)).not.toContain("Guests");
    await says(guest, "settings me zone:Europe/Rome");
    // A refusal is remembered as long as an answer.
    expect(calls("users.info")).toBe(2);
  });
  it("somebody of another workspace is an outsider all the same", async () => {
    const { person, says } = await office(["commands", "chat:write"]);
    const other = person("member", { teamId: "T0OTHER01" });
    expect(await says(other, SUBSCRIBES)).toContain("Guests and people of other workspaces");
  });
});

describe("a Slack that is slow to say who somebody is", () => {
  it("holds up no acknowledgement, changes nothing, and knows it the next time", async () => {
    const { fake, real, person, says, lines, calls } = await office();
    const boss = person("admin");
    const slow = Promise.withResolvers<void>();
    fake.trouble("users.info", slow.promise);
    const asked = fake.slash({ command: "/pulse", text: WORKSPACE, user: boss });
    expect(await asked.acked()).toEqual({});
    expect((await asked.answer()).allText).toContain("did not tell me in time who you are");
    expect(real.book.list("settings")).toEqual([]);
    expect(lines.join()).toContain("slack-standing");
    slow.resolve();
    expect(await says(boss, WORKSPACE)).toContain("Saved for everyone here");
    expect(calls("users.info")).toBe(1);
  });
  it.each(["internal_error", "ratelimited"])("is not taken for a member's: %s", async (error) => {
    const { fake, person, says } = await office();
    const boss = person("admin");
    fake.trouble("users.info", { error });
    expect(await says(boss, WORKSPACE)).toContain("did not tell me in time who you are");
    expect(await says(boss, WORKSPACE)).toContain("Saved for everyone here");
  });
});
