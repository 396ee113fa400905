import { silentLog } from "../../../src/log.ts";
import { discordPlatform } from "../../../src/platforms/discord/index.ts";
import { TODAY } from "../../bot.ts";
import type { Asked } from "../../fakes/discord/asking.ts";
import { openFakeDiscord } from "../../fakes/discord/fake-discord.ts";
import type { Modal } from "../../fakes/discord/modals.ts";
import type { Crowd, Happened } from "./crowd.ts";

/** Discord with people who type, press, fill in modals and read suggestions. */
export async function openDiscordCrowd(): Promise<Crowd> {
  const fake = await openFakeDiscord({ now: TODAY });
  const { world } = fake;
  const people = (count: number) =>
    Array.from({ length: count }, (_, at) => world.addUser(`p${at}`));
  const refused: string[] = [];

  return {
    connect: (bot) =>
      discordPlatform({
        bot,
        settings: fake.settings,
        // What Discord refuses is seen in what people are shown; the code says why.
        log: { ...silentLog, warn: note, error: note },
        clock: () => world.now(),
      }),
    async ready(each) {
      const owner = world.addUser("owner");
      const share = { what: "cuts", limit: 3, share: true };
      const card = await fake.slash({ name: "top", options: share, user: owner }).answer();
      const modals: Modal[] = [];
      for (const user of people(each))
        modals.push(await fake.slash({ name: "alert", options: { what: "build" }, user }).modal());
      return [
        // A picture to draw for each.
        () => people(each).map((user) => happened("command", fake.slash({ name: "trend", user }))),
        () =>
          people(each).map((user) =>
            happened(
              "saving command",
              fake.slash({
                name: "settings",
                options: { scope: "me", zone: "Europe/Berlin" },
                user,
              }),
            ),
          ),
        () => people(each).map((user) => happened("button", fake.press(card, "Why?", { user }))),
        () => modals.map((modal) => happened("form", fake.submit(modal, { Threshold: "50k" }))),
        () =>
          people(each).map((user) =>
            happened(
              "suggestion",
              fake.autocomplete({ name: "layoffs", option: "company", typed: "goo", user }),
            ),
          ),
      ];
    },
    advance: (ms) => fake.advance(ms),
    complaints: () => [...refused, ...fake.violations],
    close: () => fake.close(),
  };

  function note(line: object): void {
    refused.push(JSON.stringify(line).slice(0, 200));
  }
}

function happened(kind: string, asked: Asked): Happened {
  return {
    kind,
    isTaken: () => asked.stands().isTaken,
    said: () => {
      const { answer } = asked.stands();
      return answer === undefined || "text" in answer ? answer?.text : JSON.stringify(answer);
    },
  };
}
