import { openDelivery } from "../../../src/delivery/worker.ts";
import { silentLog } from "../../../src/log.ts";
import { openInvalidMeter } from "../../../src/platforms/discord/invalid-meter.ts";
import { discordSender } from "../../../src/platforms/discord/send.ts";
import { slackSender } from "../../../src/platforms/slack/send.ts";
import { openJsonBook } from "../../../src/stores/json-book.ts";

/** What a delivery process of its own is told: where its book and its platform are, and how fast its clock goes. */
export interface Orders {
  readonly dir: string;
  readonly platform: "slack" | "discord";
  readonly apiUrl: string;
  readonly token: string;
  /** The instant of our clock at `realAt` of the real one; from there it goes `speed` times as fast. */
  readonly at: number;
  readonly realAt: number;
  readonly speed: number;
}

const orders: Orders = JSON.parse(process.argv[2] ?? "{}");
const realNow = Date.now;
const clock = (): number => Math.round(orders.at + (realNow() - orders.realAt) * orders.speed);
// Libraries that count seconds by themselves live as fast.
Date.now = clock;

const bot = {
  draw: async () => new TextEncoder().encode("png"),
  keep: (command: string) => command,
};
const book = await openJsonBook(orders.dir, { clock });
const { token, apiUrl } = orders;
const sender =
  orders.platform === "slack"
    ? slackSender({ bot, log: silentLog, settings: { botToken: token, apiUrl } })
    : discordSender({
        bot,
        log: silentLog,
        settings: { token, apiUrl },
        meter: openInvalidMeter(clock, silentLog),
      });
openDelivery({
  book,
  senders: [sender],
  clock,
  after: (ms, call) => {
    const timer = setTimeout(call, ms / orders.speed);
    return () => clearTimeout(timer);
  },
  log: silentLog,
});
process.stdout.write("ready\n");
