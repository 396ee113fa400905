import type { Logger } from "@slack/bolt";
import { App, LogLevel, SocketModeReceiver } from "@slack/bolt";
import type { FakeSlack } from "./fake-slack.ts";

/**
 * Bolt's own app, connected to the fake by nothing but settings. Only a receiver of one's own takes
 * the wait before it connects again, which is five seconds otherwise.
 */
export function genuineApp({ settings }: FakeSlack): App {
  const clientOptions = { slackApiUrl: settings.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: settings.appToken,
    clientPingTimeout: 100,
    logger: silent,
    installerOptions: { clientOptions },
  });
  return new App({ token: settings.botToken, receiver, logger: silent, clientOptions });
}

const nothing = (): void => undefined;

/** Refusals are what the tests are about; they need not be told twice. */
export const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
