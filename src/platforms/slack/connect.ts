import type { Logger } from "@slack/bolt";
import type { SocketModeReceiver } from "@slack/bolt";
import { webApi } from "@slack/bolt";
import type { Log } from "../../log.ts";
import { ConnectError } from "../platform.ts";
import type { Scope } from "./manifest.ts";
import { SCOPES } from "./manifest.ts";

export interface SlackSettings {
  readonly botToken: string;
  readonly appToken: string;
  /** Only requests over HTTP are signed; Socket Mode needs none. */
  readonly signingSecret?: string;
  /** Another address of Slack's Web API. */
  readonly apiUrl?: string;
  /** Opens Slack's socket, as through a proxy; requests go the way of every `fetch`. */
  readonly dispatcher?: ConstructorParameters<typeof SocketModeReceiver>[0]["dispatcher"];
}

/** Who we are in the workspace. */
export interface Identity {
  readonly team: string;
  readonly teamId: string;
  readonly botId: string;
  readonly botUserId: string;
}

/** Slack takes 3 s for itself on a bad day; what takes longer has an outcome nobody knows. */
const TIMEOUT_MS = 10_000;

/**
 * A client that never repeats a call by itself. The library's own policy posts a message up to eleven
 * times when the answer is lost, and one 429 holds up every channel.
 */
export function openClient(
  token: string,
  { apiUrl }: SlackSettings,
  logger: Logger,
): webApi.WebClient {
  return new webApi.WebClient(token, clientOptions(apiUrl, logger));
}

export function clientOptions(apiUrl: string | undefined, logger: Logger): webApi.WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    logger,
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
  };
}

/** Asks Slack who we are and whether we may connect. Throws a ConnectError an operator can act on. */
export async function checkAccess(
  settings: SlackSettings,
  logger: Logger,
  log: Log,
): Promise<Identity> {
  checkShapes(settings);
  const answer = await asked("SLACK_BOT_TOKEN", () =>
    openClient(settings.botToken, settings, logger).auth.test(),
  );
  checkScopes(answer.response_metadata?.scopes, log);
  // The socket client tries for ever on most refusals; asked here once, a refusal has words.
  await asked("SLACK_APP_TOKEN", () =>
    openClient(settings.appToken, settings, logger).apps.connections.open({}),
  );
  return {
    team: answer.team ?? "",
    teamId: answer.team_id ?? "",
    botId: answer.bot_id ?? "",
    botUserId: answer.user_id ?? "",
  };
}

type TokenName = "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN";

/** Tokens say by their first letters what they are; two in each other's place are seen before anything is sent. */
function checkShapes({ botToken, appToken }: SlackSettings): void {
  if (botToken.startsWith("xapp-") || appToken.startsWith("xoxb-")) {
    throw new ConnectError(
      "swapped_token",
      "The Slack tokens are in each other's place: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-.",
    );
  }
  if (/^xox[a-z]-/.test(botToken) && !botToken.startsWith("xoxb-")) {
    throw new ConnectError(
      "bad_token",
      "SLACK_BOT_TOKEN is not a bot token: copy the one that begins with xoxb- from OAuth & Permissions.",
    );
  }
  if (appToken.startsWith("xox")) {
    throw new ConnectError(
      "bad_token",
      "SLACK_APP_TOKEN is not an app-level token: make one that begins with xapp- under Basic Information.",
    );
  }
}

/** Without these there is no answer at all; the others only take a part away. */
const NEEDED: readonly Scope[] = ["commands", "chat:write"];

function checkScopes(granted: readonly string[] | undefined, log: Log): void {
  if (granted === undefined) return;
  const missing = Object.entries(SCOPES).filter(([scope]) => !granted.includes(scope));
  const needed = missing
    .filter(([scope]) => NEEDED.some((name) => name === scope))
    .map(([scope]) => scope);
  if (needed.length > 0) throw missingScope(needed.join(" and "));
  for (const [scope, without] of missing)
    log.warn({ event: "missing-scope", scope }, `Slack has not granted ${scope}: no ${without}`);
}

async function asked<Answer>(token: TokenName, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw connectError(token, error);
  }
}

/** The library's error as ours. It is not passed on as the cause: it holds the headers of the request. */
function connectError(token: TokenName, error: unknown): ConnectError {
  if (!(error instanceof webApi.WebAPIPlatformError)) {
    return new ConnectError(
      "unreachable",
      "Slack cannot be reached from here; trying again later.",
    );
  }
  const code = error.data.error;
  const where = token === "SLACK_BOT_TOKEN" ? "OAuth & Permissions" : "Basic Information";
  switch (code) {
    case "invalid_auth":
    case "not_authed":
      return new ConnectError(
        "bad_token",
        `Slack does not know ${token}; copy it again from ${where}.`,
      );
    case "token_revoked":
    case "token_expired":
    case "account_inactive":
      return new ConnectError(
        "bad_token",
        `${token} is no longer valid (${code}); install the app again and copy the new token from ${where}.`,
      );
    case "not_allowed_token_type":
      return new ConnectError(
        "swapped_token",
        `${token} is a token of another kind; SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-.`,
      );
    case "missing_scope":
      return token === "SLACK_APP_TOKEN"
        ? new ConnectError(
            "missing_scope",
            "SLACK_APP_TOKEN may not open connections; give it connections:write under Basic Information.",
          )
        : missingScope("what it needs");
    case "ratelimited":
    case "internal_error":
    case "fatal_error":
    case "service_unavailable":
    case "request_timeout":
      return new ConnectError(
        "unreachable",
        `Slack is not answering as it should (${code}); trying again later.`,
      );
    default:
      return new ConnectError(
        "refused",
        `Slack refused ${token} (${/^\w{1,60}$/.test(code) ? code : "without a reason"}).`,
      );
  }
}

function missingScope(what: string): ConnectError {
  return new ConnectError(
    "missing_scope",
    `Slack has not granted ${what}; install the app again from the manifest.`,
  );
}
