import type { Notice } from "../alerts/decide.ts";
import { quietUntil } from "../alerts/quiet.ts";
import type { Options } from "../alerts/rule.ts";
import type { AlertState } from "../alerts/state.ts";
import { effectiveSettings } from "../authority/settings.ts";
import { targetOf } from "../command/target.ts";
import { newPost, plannedChange, REASON } from "../delivery/post.ts";
import { postKeys } from "../delivery/post-key.ts";
import type { Reply } from "../reply/reply.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import type { Mark, Rule, Target } from "../stores/records.ts";
import { gathered } from "./storm.ts";

/** Something a rule has to say of one subject. */
export interface Saying {
  readonly rule: Rule;
  readonly options: Options;
  /** The value that is watched, or one event. */
  readonly subject: string;
  readonly notice: Pick<Notice, "step" | "episode" | "inThread"> & {
    readonly reason: Notice["reason"] | "escalated";
    readonly authorOnly?: boolean;
  };
  readonly reply: Reply;
  /** The message that opened the episode, for words in its thread. */
  readonly opened: { readonly subject: string; readonly step: string };
  readonly book: Book;
  readonly now: number;
}

/**
 * One message for each place that is told; quiet hours, the rule's own or the place's, hold it, drop it or let it come
 * without a sound. A rule that speaks in digests only writes it down as not sent: the place's digest lists it.
 */
export function alertPosts(saying: Saying): Change[] {
  const { rule, options, notice } = saying;
  const targets = notice.authorOnly === true ? [ownerOf(rule)] : targetsOf(rule, options);
  return targets.flatMap((target) => alertPost(target, saying));
}

/** The message for one place. */
export function alertPost(
  target: Target,
  { rule, options, subject, notice, reply, opened, book, now }: Saying,
): Change[] {
  const quiet = options.quiet ?? quietOf(target, book);
  const until = quiet === null ? null : quietUntil(quiet, now);
  const mode = until === null ? null : quiet?.mode;
  if (mode === "drop") return [];
  const at = (what: string) => `${what}@${target.id}`;
  const post = newPost({
    postKey: postKeys.alert(rule.id, at(subject), notice.episode, notice.step),
    target,
    kind: notice.reason === "corrected" ? "correction" : "alert",
    reply,
    subscription: rule.id,
    now,
    ...(until !== null && mode === "hold" && { notBefore: until, reason: "quiet" as const }),
    ...(mode === "silent" && { silent: true }),
    ...(notice.inThread && {
      inReplyTo: postKeys.alert(rule.id, at(opened.subject), notice.episode, opened.step),
    }),
  });
  if (options.digestOnly)
    return [
      plannedChange({ ...post, status: "skipped", reason: REASON.digestOnly, settledAt: now }),
    ];
  return post.kind === "alert" && post.inReplyTo === null
    ? [...gathered(post, book, now)]
    : [plannedChange(post)];
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

function targetsOf(rule: Rule, { notify }: Options): readonly Target[] {
  if (notify.length === 0) return [rule.home];
  const found = notify.map((word) => targetFor(word, rule));
  return [...new Map(found.map((target) => [target.id, target])).values()];
}

/** What a word of a rule (`me`, `here`, `#market`) points at: its author, or as seen from where it was made. */
export function targetFor(word: string, rule: Rule): Target {
  if (/^@?me$/i.test(word)) return ownerOf(rule);
  if (/^#?here$/i.test(word)) return rule.home;
  const { owner, tenant, home } = rule;
  return targetOf(word, { id: owner, tenant }, { kind: home.kind, id: home.id });
}

function ownerOf({ home, owner }: Rule): Target {
  return { ...home, kind: "dm", id: owner };
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
