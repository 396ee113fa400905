import { setTimeout as wait } from "node:timers/promises";
import { webApi } from "@slack/bolt";
import type { Clock } from "../../clock.ts";
import type { Inquiry, Standing } from "../../command/bot.ts";
import { Fault } from "../../fault.ts";
import type { Log } from "../../log.ts";

/** Nobody stays what they were for longer than this. */
const KEPT_MS = 5 * 60_000;
const KEPT = 5_000;
/** A person waits for the answer, and a dialog must open within three seconds of their press. */
const PATIENCE_MS = 1_500;

/** What Slack says of people and channels, which its requests do not: admins, guests, a channel's creator. */
export interface Register {
  inquiry(user: string, channel: string): Inquiry;
}

interface Parts {
  readonly client: webApi.WebClient;
  readonly teamId: string;
  readonly clock: Clock;
  readonly log: Log;
}

export function slackRegister({ client, teamId, clock, log }: Parts): Register {
  const people = recently(clock, async (user: string) => {
    const answer = await unlessForbidden(client.users.info({ user }));
    return answer?.user && standingOf(answer.user, teamId);
  });
  const creators = recently(clock, async (channel: string) => {
    const answer = await unlessForbidden(client.conversations.info({ channel }));
    return answer?.channel?.creator;
  });

  /** What comes too late for one question is there for the next. */
  async function inTime<Found>(asked: Promise<Found>): Promise<Found> {
    const patience = new AbortController();
    const late = wait(PATIENCE_MS, undefined, { ref: false, signal: patience.signal }).then(() => {
      throw new Error("no answer in time");
    });
    try {
      return await Promise.race([asked, late]);
    } catch (error) {
      const why = error instanceof Error ? error.message.slice(0, 100) : "unknown";
      log.warn({ event: "slack-standing", error: why }, "Slack did not say who somebody is");
      throw new Fault(
        "busy",
        "Slack did not tell me in time who you are here. Nothing was changed.",
        "Try again in a moment.",
      );
    } finally {
      patience.abort();
    }
  }

  return {
    inquiry: (user, channel) => ({
      person: () => inTime(people(user)),
      managesChannel: async () => (await inTime(creators(channel))) === user,
    }),
  };
}

/** Guests, and people of workspaces that are not ours, are outsiders whatever they are at home. */
function standingOf(user: NonNullable<webApi.UsersInfoResponse["user"]>, teamId: string): Standing {
  // In an organisation of several workspaces a colleague may come from another one and belong to ours as well.
  const teams = [user.team_id, ...(user.teams ?? []), ...(user.enterprise_user?.teams ?? [])];
  return {
    admin: user.is_admin === true || user.is_owner === true || user.is_primary_owner === true,
    manager: false,
    outsider:
      user.is_restricted === true ||
      user.is_ultra_restricted === true ||
      user.is_stranger === true ||
      !teams.includes(teamId),
    roles: [],
  };
}

/** What is not granted, or not shown to us, is not known; every other failure is one. */
async function unlessForbidden<Answer>(call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    const code = error instanceof webApi.WebAPIPlatformError ? error.data.error : "";
    if (code === "missing_scope" || code === "channel_not_found") return undefined;
    throw error;
  }
}

/** Remembers what was found for a while, counted from the asking; two who ask at once ask once. A failure is not kept. */
function recently<Found>(
  clock: Clock,
  ask: (id: string) => Promise<Found>,
): (id: string) => Promise<Found> {
  const kept = new Map<string, { readonly at: number; readonly found: Promise<Found> }>();
  return (id) => {
    const now = clock();
    const before = kept.get(id);
    if (before !== undefined && before.at <= now && now - before.at < KEPT_MS) return before.found;
    const found = ask(id);
    kept.delete(id);
    kept.set(id, { at: now, found });
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    found.catch(() => {
      if (kept.get(id)?.found === found) kept.delete(id);
    });
    return found;
  };
}
