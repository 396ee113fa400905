import { authorisePosts, commitPlan } from "../../src/authority/change.ts";
import type { Context } from "../../src/command/define.ts";
import type { ScopeArgs } from "../../src/command/scope.ts";
import { targetOf } from "../../src/command/target.ts";
import { digestCard } from "../../src/digests/card.ts";
import { digestForm } from "../../src/digests/form.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { parseSchedule } from "../../src/schedule/parse.ts";
import { scheduleText } from "../../src/schedule/schedule.ts";
import type { Digest } from "../../src/stores/records.ts";
import { authoriseFor, one, put, summary } from "./kept.ts";
import { filterText, sectionNames } from "./typed.ts";

/** What may be typed for a digest; `rest` is its id and, after it, the schedule. */
export interface EditArgs extends Pick<ScopeArgs, "sector" | "country" | "stage"> {
  readonly rest?: string | undefined;
  readonly to?: string | undefined;
  readonly density?: Digest["density"] | undefined;
  readonly sections?: string | undefined;
}

/** Changes what was typed of a digest; with nothing but its id, asks back in a form. */
export async function edited(args: EditArgs, context: Context): Promise<Reply> {
  const [id, ...words] = (args.rest ?? "").split(" ");
  const before = one(id, context);
  await authoriseFor(before.value, "subscribe-channel", context);
  const { to, density, sections, sector, country, stage } = args;
  const filters = [sector, country, stage];
  const isAsked = [to, density, sections, ...filters].some((word) => word !== undefined);
  if (words.length === 0 && !isAsked) return digestForm(before.value);
  const zone = parseSchedule(before.value.schedule, "UTC").zone;
  const schedule =
    words.length === 0 ? before.value.schedule : scheduleText(parseSchedule(words.join(" "), zone));
  const target =
    to === undefined ? before.value.target : targetOf(to, context.caller, context.place);
  if (target.id !== before.value.target.id)
    await authorisePosts(context, [target], before.value.id);
  const value: Digest = {
    ...before.value,
    schedule,
    density: density ?? before.value.density,
    sections: sections === undefined ? before.value.sections : sectionNames(sections),
    filter: filters.every((word) => word === undefined)
      ? before.value.filter
      : filterText(args, context),
    target,
    changedAt: context.now,
    revision: before.value.revision + 1,
  };
  const change = { before: summary(before.value), after: summary(value) };
  if (change.before === change.after)
    return digestCard(`Digest ${value.id} is so already.`, before.value, context);
  return commitPlan(context, () => ({
    changes: [put(value, before)],
    line: { act: "digest-edit", object: value.id, ...change },
    reply: () => digestCard(`Digest ${value.id} now comes ${value.schedule}.`, value, context),
  }));
}
