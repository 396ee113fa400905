import { z } from "zod";
import { edited } from "./digest/edit.ts";
import { authoriseFor, isOwn, one, put, summary, visible } from "./digest/kept.ts";
import { filterText, sectionNames } from "./digest/typed.ts";
import { digestCard, digestList, lastSpan } from "../src/digests/card.ts";
import { digestSent, digestWords } from "../src/digests/words.ts";
import { authorisePosts, commitPlan } from "../src/authority/change.ts";
import { freeId } from "../src/authority/free-id.ts";
import { requireRoom } from "../src/authority/quota.ts";
import { channelOf, effectiveSettings } from "../src/authority/settings.ts";
import { isAllowed } from "../src/authority/standing.ts";
import { choice, words } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { groupArgs } from "../src/command/filter-args.ts";
import { anchorDay } from "../src/command/scope.ts";
import { targetOf, targetWords } from "../src/command/target.ts";
import { DENSITIES, SECTIONS } from "../src/digests/index.ts";
import { firedAlerts } from "../src/delivery/fired.ts";
import { digestExpiry, digestPosts, keyOfPost, plannedChange } from "../src/delivery/post.ts";
import { postKeys } from "../src/delivery/post-key.ts";
import { DAY_MS } from "../src/market/calendar.ts";
import type { Day } from "../src/market/facts.ts";
import { parseAsof } from "../src/market/period.ts";
import type { Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { parseSchedule } from "../src/schedule/parse.ts";
import { scheduleText } from "../src/schedule/schedule.ts";
import { nextRuns } from "../src/schedule/slots.ts";
import type { Stored } from "../src/stores/book.ts";
import { keyOf } from "../src/stores/book.ts";
import type { Digest } from "../src/stores/records.ts";

const DEEDS = [
  "list",
  "new",
  "show",
  "edit",
  "preview",
  "run",
  "pause",
  "resume",
  "mute",
  "delete",
] as const;
const USUAL = "every monday 09:00";

const shape = z.object({
  what: choice("What to do; the digests here when left out", DEEDS),
  rest: words(
    "For new and edit the schedule in words, otherwise the digest's id",
    { example: "every monday 09:00 Europe/Berlin" },
    200,
  ),
  to: words("Where it goes: here, me, or a channel's mention", { example: "here" }),
  density: choice("How much it says", DENSITIES),
  sections: words(`Which parts, in words: ${SECTIONS.map(({ name }) => name).join(", ")}`, {
    example: "numbers,chart",
  }),
  sector: groupArgs.sector,
  country: groupArgs.country,
  stage: groupArgs.stage,
  asof: words("For preview: as it would have been on that day", { example: "2024-03-17" }),
});
type Args = z.infer<typeof shape>;

export const digest = defineCommand({
  name: "digest",
  summary: "Standing summaries: a week or month of the market, on a schedule in words",
  args: shape,
  bare: ["what", "rest"],
  examples: [
    "/digest list",
    "/digest preview",
    "/digest new every monday 09:00 Europe/Berlin",
    "/digest new weekdays 08:30 density:brief sector:finance",
  ],
  run: async (args, context) => {
    switch (args.what) {
      case undefined:
      case "list":
        return digestList(
          visible(context).map(({ value }) => value),
          context,
        );
      case "new":
        return made(args, context);
      case "preview":
        return previewed(args, context);
      case "show":
        return shown(one(args.rest, context).value, context);
      case "edit":
        return edited(args, context);
      case "run":
        return ranNow(one(args.rest, context), context);
      case "pause":
      case "resume":
      case "mute":
        return switched(args.what, one(args.rest, context), context);
      case "delete":
        return deleted(one(args.rest, context), context);
    }
  },
});

async function made(args: Args, context: Context): Promise<Reply> {
  const { book, caller, place, now } = context;
  const target = targetOf(args.to, caller, place);
  await authorisePosts(context, [target], "digest");
  const settings = effectiveSettings(book, caller.tenant, channelOf(place), caller.id);
  const schedule = scheduleText(parseSchedule(args.rest ?? USUAL, settings.zone.value));
  const { tenant } = caller;
  const asked: Omit<Digest, "id"> = {
    tenant,
    owner: caller.id,
    target,
    schedule,
    sections: sectionNames(args.sections),
    density: args.density ?? settings.density.value,
    filter: filterText(args, context),
    createdAt: now,
    changedAt: now,
    revision: 1,
    paused: null,
    mutedUntil: null,
  };
  return commitPlan(context, () => {
    const twin = visible(context).find(
      ({ value: other }) =>
        other.schedule === schedule &&
        other.filter === asked.filter &&
        other.target.id === target.id,
    );
    if (twin !== undefined)
      return digestCard(
        `Already there: digest ${twin.value.id} comes ${twin.value.schedule}.`,
        twin.value,
        context,
      );
    requireRoom(book, tenant, { kind: "digest", target });
    const madeOf = [tenant, target.id, schedule, String(now)];
    const value: Digest = { id: freeId(book, tenant, "digest", madeOf), ...asked };
    return {
      changes: [{ table: "digests", key: keyOf(tenant, value.id), value, expect: "absent" }],
      line: { act: "digest-new", object: value.id, before: null, after: summary(value) },
      reply: () =>
        digestCard(
          `Digest ${value.id} comes ${schedule}, to ${targetWords(target, place)}.`,
          value,
          context,
        ),
    };
  });
}

/** What a digest would say: of the last week that is over, as it was known on its last day. */
function previewed(args: Args, context: Context): Reply {
  const stored = args.rest === undefined ? undefined : one(args.rest, context).value;
  const typed = args.asof === undefined ? undefined : parseAsof(args.asof, context.today);
  const anchor = typed ?? anchorDay(context.market, context.today);
  const density =
    args.density ??
    stored?.density ??
    effectiveSettings(
      context.book,
      context.caller.tenant,
      channelOf(context.place),
      context.caller.id,
    ).density.value;
  const filter = stored?.filter ?? filterText(args, context);
  const sections =
    args.sections === undefined ? (stored?.sections ?? []) : sectionNames(args.sections);
  const window = spanFor(density, anchor);
  const place = stored?.target ?? targetOf(args.to, context.caller, context.place);
  const said = digestWords({
    digest: { density, sections, filter },
    window,
    market: context.market,
    today: context.today,
    fired: firedAlerts(context.book)(place, window),
  });
  return { ...said, audience: "asker" };
}

async function ranNow(before: Stored<Digest>, context: Context): Promise<Reply> {
  const { value } = before;
  await authoriseFor(value, "subscribe-channel", context);
  const { now, market, today, book } = context;
  const window = spanFor(value.density, anchorDay(market, today));
  const { head, parts, told } = digestSent({
    digest: value,
    window,
    market,
    today,
    fired: firedAlerts(book)(value.target, window),
    id: value.id,
  });
  const next = nextRuns(parseSchedule(value.schedule, "UTC"), now, 1)[0]?.dueAt ?? now;
  const posts = digestPosts({
    postKey: postKeys.digest(value.id, value.revision, `now-${Math.floor(now / 60_000)}`),
    target: value.target,
    reply: head,
    parts,
    subscription: value.id,
    now,
    expiresAt: digestExpiry(now, next),
    told,
  });
  const onItsWay = `Digest ${value.id} is on its way to ${targetWords(value.target, context.place)}`;
  return commitPlan(context, () => {
    // Asked for again within the minute it is the same message.
    if (posts.some((post) => book.get("posts", keyOfPost(post)) !== undefined))
      return digestCard(`${onItsWay} already.`, value, context);
    return {
      changes: posts.map(plannedChange),
      line: { act: "digest-run", object: value.id, before: null, after: null },
      reply: () => digestCard(`${onItsWay}.`, value, context),
    };
  });
}

async function switched(
  what: "pause" | "resume" | "mute",
  before: Stored<Digest>,
  context: Context,
): Promise<Reply> {
  // Everybody may have a day's quiet; a week's is for those who manage here.
  const isDay =
    what === "mute" &&
    !isOwn(before.value, context) &&
    !(await isAllowed("subscribe-channel", context));
  await authoriseFor(before.value, isDay ? "mute-channel-24h" : "subscribe-channel", context);
  const { now, caller } = context;
  const quietUntil = Math.max(before.value.mutedUntil ?? 0, now + (isDay ? 1 : 7) * DAY_MS);
  const value: Digest = {
    ...before.value,
    changedAt: now,
    ...(what === "pause" && { paused: { reason: "by-owner" as const, since: now, by: caller.id } }),
    ...(what === "resume" && { paused: null, mutedUntil: null }),
    ...(what === "mute" && { mutedUntil: quietUntil }),
  };
  const quiet = `is quiet for a ${quietUntil - now > DAY_MS ? "week" : "day"}`;
  const done = { pause: "is paused", resume: "goes on", mute: quiet }[what];
  const isSo = {
    pause: before.value.paused !== null,
    resume: before.value.paused === null && (before.value.mutedUntil ?? 0) <= now,
    mute: false,
  }[what];
  if (isSo) return digestCard(`Digest ${value.id} ${done} already.`, before.value, context);
  return commitPlan(context, () => ({
    changes: [put(value, before)],
    line: { act: `digest-${what}`, object: value.id, before: null, after: null },
    reply: () => digestCard(`Digest ${value.id} ${done}.`, value, context),
  }));
}

async function deleted(before: Stored<Digest>, context: Context): Promise<Reply> {
  const { value } = before;
  await authoriseFor(value, "delete-channel", context);
  const again = [
    `/digest new ${value.schedule} density:${value.density}`,
    ...(value.sections.length === 0 ? [] : [`sections:${value.sections.join(",")}`]),
    ...(value.filter === "" ? [] : [value.filter]),
  ].join(" ");
  return commitPlan(context, () => ({
    changes: [
      { table: "digests", key: before.key, value: null, expect: { version: before.version } },
    ],
    line: { act: "digest-delete", object: value.id, before: summary(value), after: null },
    reply: () =>
      reply(`Digest ${value.id} is gone.`, {
        blocks: [
          { kind: "text", words: ["It came ", value.schedule, ". Nothing of it will be sent."] },
        ],
        figures: { id: value.id },
        actions: [{ label: "Undo", run: again }],
      }),
  }));
}

function shown(value: Digest, context: Context): Reply {
  return digestCard(`Digest ${value.id}: ${value.schedule}`, value, context);
}

/** The days a digest asked for now speaks of. */
function spanFor(density: Digest["density"], by: Day) {
  return lastSpan(density === "leadership" ? "month" : "week", by);
}
