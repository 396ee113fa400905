import type { Notice } from "../alerts/decide.ts";
import { quietUntil } from "../alerts/quiet.ts";
import type { Options } from "../alerts/rule.ts";
import type { AlertState } from "../alerts/state.ts";
import { effectiveSettings } from "../authority/settings.ts";
import { targetOf } from "../command/target.ts";
import { newPost, plannedChange } from "../delivery/post.ts";
import { postKeys } from "../delivery/post-key.ts";
import type { Reply } from "../reply/reply.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import type { Mark, Rule, Target } from "../stores/records.ts";

/** Something a rule has to say of one subject. */
export interface Saying {
  readonly rule: Rule;
  readonly options: Options;
  /** The value that is watched, or one event. */
  readonly subject: string;
  readonly notice: Pick<Notice, "reason" | "step" | "episode" | "authorOnly" | "inThread">;
  readonly reply: Reply;
  /** The message that opened the episode, for words in its thread. */
  readonly opened: { readonly subject: string; readonly step: string };
  readonly book: Book;
  readonly now: number;
}

/** One message for each place that is told; quiet hours, the rule's own or the place's, hold it or drop it. */
export function alertPosts(saying: Saying): Change[] {
  const { rule, options, notice } = saying;
  if (options.digestOnly) return [];
  const owner: Target = { ...rule.home, kind: "dm", id: rule.owner };
  const targets = notice.authorOnly ? [owner] : targetsOf(rule, options, owner);
  return targets.flatMap((target) => postTo(target, saying));
}

function postTo(
  target: Target,
  { rule, options, subject, notice, reply, opened, book, now }: Saying,
): Change[] {
  const quiet = options.quiet ?? quietOf(target, book);
  const until = quiet === null ? null : quietUntil(quiet, now);
  if (until !== null && quiet?.mode === "drop") return [];
  const at = (what: string) => `${what}@${target.id}`;
  const post = newPost({
    postKey: postKeys.alert(rule.id, at(subject), notice.episode, notice.step),
    target,
    kind: notice.reason === "corrected" ? "correction" : "alert",
    reply,
    subscription: rule.id,
    now,
    ...(until !== null && quiet?.mode === "hold" && { notBefore: until, reason: "quiet" as const }),
    ...(notice.inThread && {
      inReplyTo: postKeys.alert(rule.id, at(opened.subject), notice.episode, opened.step),
    }),
  });
  return [plannedChange(post)];
}

/** The quiet hours that were set for a channel or a person. */
export function quietOf({ tenant, kind, id }: Target, book: Book): Options["quiet"] {
  const { quiet, zone } = effectiveSettings(
    book,
    tenant,
    kind === "channel" ? id : undefined,
    kind === "dm" ? id : undefined,
  );
  return quiet.value === null ? null : { ...quiet.value, zone: zone.value };
}

function targetsOf(rule: Rule, { notify }: Options, owner: Target): readonly Target[] {
  if (notify.length === 0) return [rule.home];
  const caller = { id: rule.owner, tenant: rule.tenant };
  const place = { kind: rule.home.kind, id: rule.home.id };
  const found = notify.map((word) => {
    if (/^@?me$/i.test(word)) return owner;
    return /^#?here$/i.test(word) ? rule.home : targetOf(word, caller, place);
  });
  return [...new Map(found.map((target) => [target.id, target])).values()];
}

/** The new state of one subject, refused as a conflict when somebody else wrote it meanwhile. */
export function markChange(
  key: string,
  rule: Rule,
  subject: string,
  state: AlertState,
  openedBy: string | null,
  before: Stored<Mark> | undefined,
): Change {
  const {
    phase,
    since,
    episode,
    quietUntil: until,
    lastValue,
    toldValue,
    told,
    interrupted,
  } = state;
  const value: Mark = {
    rule: rule.id,
    tenant: rule.tenant,
    subject,
    phase,
    since,
    episode,
    quietUntil: until,
    lastValue,
    toldValue,
    told: told ?? null,
    interrupted: interrupted ?? null,
    openedBy,
    cursor: since,
    revision: rule.revision,
  };
  return {
    table: "marks",
    key,
    value,
    expect: before === undefined ? "absent" : { version: before.version },
  };
}

export function sameState(a: AlertState | null, b: AlertState): boolean {
  return (
    a !== null &&
    JSON.stringify(a) ===
      JSON.stringify({ ...b, told: b.told ?? null, interrupted: b.interrupted ?? null })
  );
}
