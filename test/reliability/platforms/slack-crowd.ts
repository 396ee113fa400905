import { setTimeout as wait } from "node:timers/promises";
import { silentLog } from "../../../src/log.ts";
import { slackPlatform } from "../../../src/platforms/slack/index.ts";
import { TODAY } from "../../bot.ts";
import type { Asked } from "../../fakes/slack/asked.ts";
import { openFakeSlack } from "../../fakes/slack/fake-slack.ts";
import type { Dialog } from "../../fakes/slack/dialogs.ts";
import type { Crowd, Happened } from "./crowd.ts";

/** Slack with people who type, press, fill in dialogs and mention the bot; every tenth is slowly told apart. */
export async function openSlackCrowd(slowestMs: number): Promise<Crowd> {
  const fake = await openFakeSlack({ now: TODAY });
  const { world } = fake;
  const people = (count: number) =>
    Array.from({ length: count }, (_, at) => world.addUser(`p${at}`));
  const rooms = new Map<string, ReturnType<typeof world.addChannel>>();
  const roomOf = (id: string) => {
    const room = rooms.get(id) ?? world.addChannel(`room-${rooms.size}`);
    rooms.set(id, room);
    return room;
  };

  return {
    connect: (bot) =>
      slackPlatform({ bot, settings: fake.settings, log: silentLog, clock: () => world.now() }),
    async ready(each) {
      const owner = world.addUser("owner");
      const card = await fake
        .slash({ command: "/pulse", text: SHARED, user: owner, channel: roomOf("card") })
        .answer();
      const writers = people(each);
      const dialogs: Dialog[] = [];
      for (const user of writers) {
        fake.slash({ command: "/pulse", text: "alert build", user });
        dialogs.push(await fake.dialog(user));
      }
      for (let at = 0; at < each / 10; at += 1)
        fake.trouble("users.info", wait((slowestMs * at) / (each / 10)));
      return [
        () =>
          people(each).map((user, at) =>
            happened(
              "command",
              fake.slash({ command: "/pulse", text: `layoffs rows:${at + 1}`, user }),
            ),
          ),
        () =>
          people(each).map((user) =>
            happened("saving command", fake.slash({ command: "/pulse", text: SAVING, user })),
          ),
        () => people(each).map((user) => happened("button", fake.press(card, "Why?", { user }))),
        () => dialogs.map((dialog) => happened("form", fake.submit(dialog, { Threshold: "50k" }))),
        () =>
          people(each).map((user) =>
            happened(
              "mention",
              fake.mention({
                text: "export trend layoffs format:png",
                user,
                channel: roomOf(user.id),
              }),
            ),
          ),
      ];
    },
    advance: (ms) => fake.advance(ms),
    complaints: () => [
      ...fake.notes.filter((note) => /timeout|undelivered|^ack|dispatch/.test(note)),
      ...fake.socket.deliveries
        .filter(({ attempts }) => attempts > 1)
        .map(({ kind, attempts }) => `${kind} sent ${attempts} times`),
      ...fake.violations,
    ],
    close: () => fake.close(),
  };
}

const SHARED = "top cuts limit:3 share:yes";
const SAVING = "settings me zone:Europe/Berlin";

function happened(kind: string, asked: Asked): Happened {
  return {
    kind,
    isTaken: () => asked.delivery.acked !== undefined,
    said: () =>
      asked
        .shown()
        .map(({ allText, files }) => allText || files.map(({ name }) => name).join())
        .find((text) => !text.startsWith("Working on it")),
  };
}
