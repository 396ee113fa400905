import { decide } from "../alerts/decide.ts";
import type { Notice } from "../alerts/decide.ts";
import { decideEvent, eventTruth } from "../alerts/events.ts";
import { LEVEL, isHushed, keptRule, stateIn, watchNames } from "../alerts/kept-rule.ts";
import { measure } from "../alerts/metrics.ts";
import type { NewFact } from "../alerts/new-fact.ts";
import { learnedFacts } from "../alerts/learned-facts.ts";
import { quietUntil } from "../alerts/quiet.ts";
import type { EventRule, LevelRule, Options } from "../alerts/rule.ts";
import { noticeReply } from "../alerts/say.ts";
import { correctionReply, eventsReply } from "../alerts/say-events.ts";
import type { AlertState } from "../alerts/state.ts";
import { isForgotten } from "../authority/forget.ts";
import { watchSets } from "../authority/watch-set.ts";
import { dayOf } from "../clock.ts";
import { targetOf } from "../command/target.ts";
import { newPost, plannedChange } from "../delivery/post.ts";
import { postKeys } from "../delivery/post-key.ts";
import type { Log } from "../log.ts";
import { addDays } from "../market/calendar.ts";
import type { Market } from "../market/market.ts";
import type { Reply } from "../reply/reply.ts";
import type { Book, Change, Stored } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import type { Mark, Rule, Target } from "../stores/records.ts";

export interface Looking {
  readonly book: Book;
  readonly market: Market;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly log: Log;
}

/**
 * Looks at every rule once and writes down what it has to say: the new state of the rule and its messages in one commit,
 * so that neither is there without the other. Looking twice at the same facts says nothing twice.
 *
 * @returns how many messages were planned
 */
export async function planAlerts(looking: Looking): Promise<number> {
  let planned = 0;
  for (const stored of looking.book.list("rules")) {
    try {
      planned += await lookAt(stored, looking);
    } catch (error) {
      // One rule that cannot be looked at must not keep the others from speaking.
      looking.log.error(
        {
          event: "alert.failed",
          rule: stored.value.id,
          error: error instanceof Error ? error.message : "unknown",
        },
        "a rule could not be looked at",
      );
    }
  }
  return planned;
}

async function lookAt({ value: rule }: Stored<Rule>, looking: Looking): Promise<number> {
  const { book, market, now } = looking;
  if (
    rule.paused !== null ||
    isForgotten(rule.owner) ||
    (rule.expiresAt !== null && rule.expiresAt <= now)
  )
    return 0;
  const spec = keptRule(
    rule,
    watchNames(
      watchSets(book, rule.tenant).map(({ value }) => value),
      market,
    ),
  );
  if (spec === undefined) return 0;
  const changes =
    spec.kind === "level" ? levelChanges(rule, spec, looking) : eventChanges(rule, spec, looking);
  if (changes.length === 0) return 0;
  const outcome = await book.commit(changes);
  return outcome === "done" ? changes.filter(({ table }) => table === "posts").length : 0;
}

function levelChanges(
  rule: Rule,
  spec: LevelRule,
  { book, market, now }: Looking,
): readonly Change[] {
  const today = dayOf(now);
  const key = keyOf(rule.tenant, rule.id, LEVEL);
  const mark = book.get("marks", key);
  const state = stateIn(mark?.value);
  const measured = measure(spec, market, today);
  const told = state?.told ?? null;
  const retold = told === null ? undefined : measure(spec, market, told.on, today).value;
  const decided = decide(spec, measured, state, {
    today,
    now,
    hushed: isHushed(rule, now, state),
    ...(retold !== undefined && { retold }),
  });
  if (decided.notice === null && mark !== undefined && sameState(state, decided.state)) return [];
  const { notice } = decided;
  const openedBy =
    notice !== null && !notice.inThread ? notice.step : (mark?.value.openedBy ?? null);
  const saying = { id: rule.id, market, today, text: rule.text };
  return [
    markChange(key, rule, LEVEL, decided.state, openedBy, mark),
    ...(notice === null
      ? []
      : posts(
          rule,
          spec.options,
          LEVEL,
          notice,
          noticeReply(spec, notice, measured, decided.state, saying),
          openedBy,
          now,
        )),
  ];
}

/** Facts learned since the rule was made; each is told once by a rule, all that are new now in one message. */
function eventChanges(
  rule: Rule,
  spec: EventRule,
  { book, market, now }: Looking,
): readonly Change[] {
  const today = dayOf(now);
  const facts = stableFacts(
    learnedFacts(market, addDays(dayOf(rule.createdAt), -REPORTED_WITHIN_DAYS), today).filter(
      ({ event }) => event === spec.event,
    ),
  );
  const first = book.get("marks", keyOf(rule.tenant, rule.id, SEEN));
  const changes: Change[] = [];
  const fresh: NewFact[] = [];
  for (const fact of facts) {
    const key = keyOf(rule.tenant, rule.id, fact.id);
    const mark = book.get("marks", key);
    const state = stateIn(mark?.value);
    const tooOld =
      spec.options.maxAgeDays !== null &&
      fact.row.announcedOn < addDays(today, -spec.options.maxAgeDays);
    const decided = decideEvent(
      spec,
      fact,
      tooOld ? 0 : eventTruth(spec, fact, market.companies),
      state,
      { today, now },
    );
    // What was known before, or came while the rule was to be still, counts as told: it is not made up for later.
    const silent = first === undefined || isHushed(rule, now, state);
    const { state: next, notice } = silent ? { ...decided, notice: null } : decided;
    if (notice === null && mark !== undefined && sameState(state, next)) continue;
    changes.push(
      markChange(
        key,
        rule,
        fact.id,
        next,
        notice?.step === "opened" ? "opened" : (mark?.value.openedBy ?? null),
        mark,
      ),
    );
    if (notice === null) continue;
    if (notice.reason === "first") fresh.push(fact);
    else
      changes.push(
        ...posts(
          rule,
          spec.options,
          fact.id,
          notice,
          correctionReply(spec, fact, notice, { id: rule.id, market, today, text: rule.text }),
          null,
          now,
        ),
      );
  }
  if (first === undefined)
    changes.push(
      markChange(
        keyOf(rule.tenant, rule.id, SEEN),
        rule,
        SEEN,
        { ...BLANK, since: today },
        null,
        undefined,
      ),
    );
  const [newest] = fresh;
  if (newest !== undefined) {
    const notice: Notice = {
      reason: "first",
      step: "opened",
      episode: 1,
      value: newest.traits.people,
      toldBefore: null,
      since: today,
      authorOnly: false,
      inThread: false,
      closes: false,
    };
    const said = eventsReply(
      {
        rule: spec,
        facts: fresh,
        unknownSize: fresh.filter((fact) => fact.row.people === null).length,
      },
      { id: rule.id, market, today, text: rule.text },
    );
    changes.push(...posts(rule, spec.options, newest.id, notice, said, null, now));
  }
  return changes;
}

/** A tracker may be read so many days after it learned: what it learned shortly before a rule was made may be news to us. */
const REPORTED_WITHIN_DAYS = 14;
/** The mark that says a rule on events has been looked at: what was known before it was made is nothing new. */
const SEEN = "seen";
const BLANK: AlertState = {
  phase: "ok",
  since: "",
  episode: 0,
  quietUntil: null,
  lastValue: null,
  toldValue: null,
  told: null,
  interrupted: null,
};

/** Facts under ids that stay when the table is built anew: company, day, and which of its like it is. */
function stableFacts(facts: readonly NewFact[]): readonly NewFact[] {
  const like = new Map<string, number>();
  return facts.map((fact) => {
    const name = `${fact.event}:${fact.row.companyKey}:${fact.row.announcedOn}`;
    const at = (like.get(name) ?? 0) + 1;
    like.set(name, at);
    return { ...fact, id: `${name}:${at}` };
  });
}

/** One message for each place that is told; quiet hours hold it or drop it. */
function posts(
  rule: Rule,
  options: Options,
  subject: string,
  notice: Notice,
  reply: Reply,
  openedBy: string | null,
  now: number,
): Change[] {
  if (options.digestOnly) return [];
  const quiet = options.quiet === null ? null : quietUntil(options.quiet, now);
  if (quiet !== null && options.quiet?.mode === "drop") return [];
  const owner: Target = { ...rule.home, kind: "dm", id: rule.owner };
  return (notice.authorOnly ? [owner] : targetsOf(rule, options, owner)).map((target) => {
    const about = `${subject}@${target.id}`;
    return plannedChange(
      newPost({
        postKey: postKeys.alert(rule.id, about, notice.episode, notice.step),
        target,
        kind: notice.reason === "corrected" ? "correction" : "alert",
        reply,
        subscription: rule.id,
        now,
        ...(quiet !== null &&
          options.quiet?.mode === "hold" && { notBefore: quiet, reason: "quiet" as const }),
        ...(notice.inThread && {
          inReplyTo: postKeys.alert(rule.id, about, notice.episode, openedBy ?? "opened"),
        }),
      }),
    );
  });
}

function targetsOf(rule: Rule, { notify }: Options, owner: Target): readonly Target[] {
  if (notify.length === 0) return [rule.home];
  const place = { kind: rule.home.kind, id: rule.home.id };
  const found = notify.map((word) =>
    /^@?me$/i.test(word)
      ? owner
      : /^#?here$/i.test(word)
        ? rule.home
        : targetOf(word, { id: rule.owner, tenant: rule.tenant }, place),
  );
  return [...new Map(found.map((target) => [target.id, target])).values()];
}

function markChange(
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

function sameState(a: AlertState | null, b: AlertState): boolean {
  return (
    a !== null &&
    JSON.stringify({ ...a, lastValue: null }) === JSON.stringify({ ...b, lastValue: null }) &&
    a.lastValue === b.lastValue
  );
}
