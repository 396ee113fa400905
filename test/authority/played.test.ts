import { beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { ACTS } from "../../src/authority/table.ts";
import type { Act } from "../../src/authority/table.ts";
import type { Caller, Invocation, Place, Standing } from "../../src/command/bot.ts";
import { argsOf } from "../../src/command/define.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { keysOf } from "../../src/stores/tenant.ts";
import { TODAY, testBot } from "../bot.ts";
import type { TestBot } from "../bot.ts";
import { literal } from "./hand-table.ts";

/**
 * What is typed, and the acts that it takes, in the order in which they are looked at. `RULE` and `DIGEST` are ids of what
 * an admin set up in the channel.
 */
const LINES: readonly (readonly [string, ...Act[]])[] = [
  ["/pulse", "read"],
  ["/layoffs google", "read"],
  ["/trend layoffs", "read"],
  ["/compare google,meta", "read"],
  ["/top cuts limit:3", "read"],
  ["/salary ai-engineer", "read"],
  ["/upcoming", "read"],
  ["/premium", "read"],
  ["/overlap", "read"],
  ['/reconcile "tech layoffs" 2023', "read"],
  ["/claim 1,000 people lost their jobs in 2023", "read"],
  ["/sources", "read"],
  ["/export layoffs google", "read"],
  ["/help", "read"],
  ["/help settings", "read"],
  ["/alert list", "read"],
  ["/alert build", "read"],
  ["/alert preview when people(7d) > 10000", "read"],
  ["/alert backtest when people(7d) > 10000 from:2024-01-01 to:2024-01-10", "read"],
  ["/alert new when people(7d) > 12345 notify me", "read", "subscribe-self"],
  ["/alert new when people(7d) > 12345 notify here", "read", "subscribe-channel"],
  ["/alert show RULE", "read"],
  ["/alert explain RULE", "read"],
  ["/alert log RULE", "read"],
  ["/alert test RULE", "read", "subscribe-self"],
  ["/alert snooze RULE 8h", "read", "mute-channel-24h"],
  ["/alert snooze RULE 3d", "read", "subscribe-channel"],
  ["/alert mute RULE", "read", "subscribe-channel"],
  ["/alert resume RULE", "read", "subscribe-channel"],
  ["/alert edit RULE when people(7d) > 20000 notify here", "read", "subscribe-channel"],
  ["/alert delete RULE", "read", "delete-channel"],
  ["/digest list", "read"],
  ["/digest preview", "read"],
  ["/digest new weekdays 08:30 to:me", "read", "subscribe-self"],
  ["/digest new weekdays 08:30 to:here", "read", "subscribe-channel"],
  ["/digest show DIGEST", "read"],
  ["/digest run DIGEST", "read", "subscribe-channel"],
  ["/digest edit DIGEST density:brief", "read", "subscribe-channel"],
  ["/digest pause DIGEST", "read", "subscribe-channel"],
  ["/digest resume DIGEST", "read", "subscribe-channel"],
  ["/digest mute DIGEST", "read", "mute-channel-24h"],
  ["/digest delete DIGEST", "read", "delete-channel"],
  ["/watch list", "read"],
  ["/watch show w", "read"],
  ["/watch add w meta", "read", "edit-watch"],
  ["/watch remove w", "read", "edit-watch"],
  ["/watch rename w v", "read", "edit-watch"],
  ["/settings", "read"],
  ["/settings me zone:Europe/Berlin", "read", "change-settings-me"],
  ["/settings channel density:brief", "read", "change-settings-channel"],
  ["/settings workspace density:brief", "read", "change-settings-workspace"],
  ["/settings workspace managers:anyone", "read", "change-settings-workspace"],
  [
    "/settings channel managers:anyone",
    "read",
    "change-settings-channel",
    "change-settings-workspace",
  ],
  ["/privacy", "privacy-me"],
  ["/privacy export", "privacy-me"],
  ["/privacy delete confirm:yes", "privacy-me"],
  ["/privacy show workspace", "view-audit"],
  ["/privacy export workspace", "export-all"],
  ["/privacy delete workspace confirm:yes", "delete-all"],
];

const RANKS = ["admin", "manager", "member", "outsider"] as const;
type Rank = (typeof RANKS)[number];
const CHANNEL: Place = { kind: "channel", id: "C1" };
const PLACES: readonly Place[] = [CHANNEL, { kind: "dm", id: "D1" }];
const MANAGERS = ["", "anyone", "admins", "managers", "U7"] as const;

let bot: TestBot;
let now = TODAY;
let tenants = 0;
beforeAll(async () => {
  bot = await testBot({ clock: () => (now += 5_000) });
});

interface Cell {
  readonly platform: "slack" | "discord";
  readonly place: Place;
  readonly rank: Rank;
  readonly managers: (typeof MANAGERS)[number];
  readonly via: Invocation["via"];
  readonly line: readonly [string, ...Act[]];
}

/** Discord's requests say what somebody is; Slack has to be asked. */
function callerOf(id: string, tenant: string, rank: Rank): Caller {
  const standing: Standing = {
    admin: rank === "admin",
    manager: rank === "manager",
    outsider: rank === "outsider",
    roles: [],
  };
  if (tenant.startsWith("discord:")) return { id, tenant, standing };
  return {
    id,
    tenant,
    inquiry: {
      person: () => Promise.resolve({ ...standing, manager: false }),
      managesChannel: () => Promise.resolve(standing.manager),
    },
  };
}

/** Plays one cell in a workspace of its own, which an admin has furnished. */
async function played({ platform, place, rank, managers, via, line }: Cell): Promise<Reply> {
  tenants += 1;
  const tenant = `${platform}:T${tenants}`;
  const admin = callerOf("U1", tenant, "admin");
  const furnish = (text: string): Promise<Reply> =>
    bot.answer({ text, caller: admin, place: CHANNEL, via: "pressed" });
  const [typed] = line;
  if (typed.includes("RULE")) await furnish("/alert new when people(7d) > 10000 notify here");
  if (typed.includes("DIGEST")) await furnish("/digest new every monday 09:00 to:here");
  if (typed.startsWith("/watch")) await furnish("/watch add w google,meta,amazon");
  if (typed === "/digest resume DIGEST")
    await furnish(`/digest pause ${bot.book.list("digests", keysOf(tenant))[0]!.value.id}`);
  if (managers !== "") await furnish(`/settings workspace managers:${managers}`);
  const text = typed
    .replace("RULE", () => bot.book.list("rules", keysOf(tenant))[0]!.value.id)
    .replace("DIGEST", () => bot.book.list("digests", keysOf(tenant))[0]!.value.id);
  return bot.answer({ text, caller: callerOf("U7", tenant, rank), place, via });
}

/** What the table wants: y, n, e, or f for what is not there to be found from here. */
function wanted({ platform, place, rank, managers, line }: Cell): string {
  const [typed, ...given] = line;
  // In a direct message "here" is the asker's own.
  const isMine = place.kind === "dm" && / here$|to:here$/.test(typed) && typed.includes(" new ");
  const acts = given.map((act) => (isMine && act === "subscribe-channel" ? "subscribe-self" : act));
  const letters = acts.map((act) => {
    const letter = literal.get(`${act} ${platform}-${place.kind}`)![RANKS.indexOf(rank)]!;
    if (letter !== "s") return letter;
    const set = managers === "" ? { slack: "anyone", discord: "managers" }[platform] : managers;
    if (set === "anyone" || set === "U7") return "y";
    return set === "managers" && rank === "manager" ? "y" : "n";
  });
  if (letters[0] === "y" && place.kind === "dm" && /RULE|DIGEST/.test(typed)) return "f";
  return letters.find((letter) => letter !== "y") ?? "y";
}

const LETTERS = new Map([
  [undefined, "y"],
  ["not_allowed", "n"],
  ["wrong_place", "e"],
  ["not_found", "f"],
]);

describe("every command, rank and place, through the whole bot", () => {
  const takesSetting = (line: readonly string[]): boolean =>
    line.some((act) => literal.get(`${act} slack-channel`)?.includes("s") === true);
  const cells = (["slack", "discord"] as const).flatMap((platform) =>
    PLACES.flatMap((place) =>
      RANKS.flatMap((rank) =>
        LINES.flatMap((line) =>
          MANAGERS.filter((managers) => managers === "" || takesSetting(line)).flatMap((managers) =>
            (["typed", "pressed"] as const).map((via): Cell => ({
              platform,
              place,
              rank,
              managers,
              via,
              line,
            })),
          ),
        ),
      ),
    ),
  );
  it("does what the table says", async () => {
    const deviations: string[] = [];
    for (const cell of cells) {
      const reply = await played(cell);
      const got = LETTERS.get(reply.reason) ?? `${reply.reason}: ${reply.title}`;
      if (got !== wanted(cell))
        deviations.push(
          `${cell.line[0]} (${cell.platform} ${cell.place.kind}, ${cell.rank}, managers:${cell.managers}, ${cell.via}): ${got}, not ${wanted(cell)}`,
        );
    }
    console.info(`commands played: ${cells.length} cells, ${deviations.length} deviations`);
    expect(deviations).toEqual([]);
    expect(bot.broken).toEqual([]);
  }, 120_000);

  it("leaves no command, no deed and no act of a chat unplayed", () => {
    const typed = LINES.map(([line]) => line);
    const deeds = commands.flatMap((command) => {
      const [first] = argsOf(command).filter(({ name }) => command.bare[0] === name);
      const choices = /^(alert|digest|watch|privacy|settings)$/.test(command.name)
        ? (first?.meta.choices ?? [])
        : [];
      return choices.length === 0
        ? [`/${command.name}`]
        : choices.map((choice) => `/${command.name} ${choice}`);
    });
    expect(deeds.length).toBeGreaterThan(30);
    const isPlayed = (deed: string): boolean =>
      typed.some((line) => line === deed || line.startsWith(`${deed} `)) ||
      (deed === "/privacy show" && typed.includes("/privacy"));
    expect(deeds.filter((deed) => !isPlayed(deed))).toEqual([]);
    const acts = new Set(LINES.flatMap(([, ...each]) => each));
    expect(ACTS.filter((act) => !acts.has(act))).toEqual(["operate"]);
  });
});

describe("what is posted in another channel than the one it is typed in", () => {
  const OTHER: Place = { kind: "channel", id: "C0OTHER99" };
  it.each([
    ["admin", "", "y"],
    ["admin", "admins", "y"],
    ["manager", "", "n"],
    ["manager", "managers", "n"],
    ["member", "", "n"],
    ["member", "anyone", "n"],
    ["member", "U7", "y"],
    ["member", "U8", "n"],
    ["outsider", "U7", "n"],
  ] as const)("%s, managers there: %j: %s", async (rank, managers, letter) => {
    for (const platform of ["slack", "discord"] as const) {
      tenants += 1;
      const tenant = `${platform}:T${tenants}`;
      const admin = callerOf("U1", tenant, "admin");
      const caller = callerOf("U7", tenant, rank);
      const at = (who: Caller, place: Place) => (text: string) =>
        bot.answer({ text, caller: who, place, via: "pressed" });
      const from = at(caller, CHANNEL);
      const furnish = at(admin, CHANNEL);
      await at(admin, OTHER)(`/settings channel managers:${managers || "default"}`);
      // Whoever may do everything where they stand has no more right elsewhere for it.
      await furnish("/settings channel managers:anyone");
      await furnish("/alert new when people(7d) > 10000 notify here");
      await furnish("/digest new every monday 09:00 to:here");
      const rule = bot.book.list("rules", keysOf(tenant))[0]!.value.id;
      const digest = bot.book.list("digests", keysOf(tenant))[0]!.value.id;
      for (const text of [
        "/alert new when people(7d) > 12345 notify <#C0OTHER99>",
        "/alert new when people(7d) > 12346 notify here, <#C0OTHER99>",
        `/alert edit ${rule} when people(7d) > 20000 notify here, <#C0OTHER99>`,
        "/digest new weekdays 08:30 to:<#C0OTHER99>",
        `/digest edit ${digest} to:<#C0OTHER99>`,
      ]) {
        const { reason } = await from(text);
        expect([platform, text, LETTERS.get(reason) ?? reason]).toEqual([platform, text, letter]);
      }
    }
  });
});

describe("a day's quiet", () => {
  it("is what a member may give a digest that others manage, and shortens no longer one", async () => {
    const tenant = "discord:T-quiet";
    const admin = callerOf("U1", tenant, "admin");
    const ask = (caller: Caller) => (text: string) =>
      bot.answer({ text, caller, place: CHANNEL, via: "pressed" });
    await ask(admin)("/digest new every monday 09:00 to:here");
    const { id } = bot.book.list("digests", keysOf(tenant))[0]!.value;
    const mute = async (rank: Rank) => {
      const said = await ask(callerOf("U7", tenant, rank))(`/digest mute ${id}`);
      const until = bot.book.list("digests", keysOf(tenant))[0]!.value.mutedUntil!;
      return [said.title, Math.round((until - now) / 86_400_000)];
    };
    expect(await mute("member")).toEqual([`Digest ${id} is quiet for a day.`, 1]);
    expect(await mute("manager")).toEqual([`Digest ${id} is quiet for a week.`, 7]);
    expect(await mute("member")).toEqual([`Digest ${id} is quiet for a week.`, 7]);
  });
});

describe("at the bot's own terminal and page", () => {
  it.each(["terminal", "page"] as const)("nothing is refused: %s", async (kind) => {
    const caller: Caller = { id: "local", tenant: "local" };
    const ask = (text: string) =>
      bot.answer({ text, caller, place: { kind, id: kind }, via: "typed" });
    for (const [line] of LINES.filter(([text]) => !/RULE|DIGEST|^.watch| w( |$)/.test(text)))
      expect([line, (await ask(line)).reason]).toEqual([line, undefined]);
  });
});

describe("a guest in a direct message", () => {
  const guest = callerOf("U9", "slack:T9", "outsider");
  it("is told to ask in a channel, and offered nothing that would be refused again", async () => {
    const reply = await bot.answer({
      text: "/pulse",
      caller: guest,
      place: PLACES[1]!,
      via: "typed",
    });
    expect(reply).toMatchObject({ reason: "wrong_place", title: "Guests ask in their channels." });
    expect(reply.actions).toEqual([]);
  });
  it("reads nothing in the app's own tab nor from a message handed over", async () => {
    expect((await bot.bot.home(guest)).reason).toBe("wrong_place");
    const about = await bot.bot.about("Google cut 12,000", guest, PLACES[1]!);
    expect(about.reason).toBe("wrong_place");
  });
});
