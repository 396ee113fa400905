import { ruleCard } from "../../src/alerts/say-rule.ts";
import { snoozeUntil } from "../../src/alerts/snooze.ts";
import { commitPlan } from "../../src/authority/change.ts";
import { channelOf, effectiveSettings } from "../../src/authority/settings.ts";
import type { Context } from "../../src/command/define.ts";
import { DAY_MS } from "../../src/market/calendar.ts";
import type { Reply } from "../../src/reply/reply.ts";
import type { Rule } from "../../src/stores/records.ts";
import { authoriseFor, one, put, specOf, stateOf } from "./rules.ts";

/** Keeps a rule still for a time or without an end, or lets it speak again. */
export async function hushed(
  what: "snooze" | "mute" | "resume",
  rest: string,
  context: Context,
): Promise<Reply> {
  const [id = "", ...until] = rest.split(" ");
  const before = one(id, context);
  const { now, caller, book, place } = context;
  const zone = effectiveSettings(book, caller.tenant, channelOf(place), caller.id).zone.value;
  const end = what === "snooze" ? snoozeUntil(until.join(" ") || "8h", now, zone) : null;
  // Everybody may have a day's quiet; longer, or without an end, is for those who manage here.
  const isShort = typeof end === "number" && end - now <= DAY_MS;
  await authoriseFor(before.value, context, isShort ? "mute-channel-24h" : "subscribe-channel");
  const value: Rule = {
    ...before.value,
    changedAt: now,
    ...(end !== null && { snooze: { until: end, by: caller.id } }),
    ...(what === "mute" && { mutedBy: caller.id }),
    ...(what === "resume" && { mutedBy: null, snooze: null, paused: null }),
  };
  return commitPlan(context, () => ({
    changes: [put(value, before)],
    line: {
      act: `alert-${what}`,
      object: value.id,
      before: null,
      after: value.snooze === null ? null : String(value.snooze.until),
    },
    reply: () => ruleCard(value, specOf(value, context), stateOf(value, context)),
  }));
}
