import type { Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import type { Caller, Invocation } from "./bot.ts";

const DOUBLE_ENTER_MS = 30_000;
const PER_MINUTE = 20;
const CALLERS_KEPT = 2_000;
const QUESTIONS_KEPT = 5;

/** What each caller asked lately: for double Enters, for pacing, and for their own tab. Kept in memory only. */
export interface RecentQuestions {
  /** A reply instead of an answer when the question is a double Enter or one too many; undefined to go on. */
  hold(invocation: Invocation, nowMs: number): Reply | undefined;
  /** Lets a question be asked again at once, because its answer said so. */
  release(invocation: Invocation): void;
  /** Notes an answered question. */
  remember(invocation: Invocation, nowMs: number): void;
  /** The caller's last questions, newest first. */
  of(caller: Caller): readonly string[];
}

interface Past {
  readonly questions: readonly string[];
  /** Instants of the last minute's questions. */
  readonly asked: readonly number[];
  readonly typed: ReadonlyMap<string, number>;
}

const NOTHING: Past = { questions: [], asked: [], typed: new Map() };

export function recentQuestions(): RecentQuestions {
  const past = new Map<string, Past>();

  function keep(key: string, value: Past): void {
    past.delete(key);
    past.set(key, value);
    const [oldest] = past.keys();
    if (past.size > CALLERS_KEPT && oldest !== undefined) past.delete(oldest);
  }

  return {
    hold(invocation, nowMs) {
      if (!isShared(invocation)) return undefined;
      const key = keyOf(invocation.caller);
      const before = past.get(key) ?? NOTHING;
      const asked = before.asked.filter((instant) => nowMs - instant < 60_000);
      if (asked.length >= PER_MINUTE) {
        const seconds = Math.ceil((60_000 - (nowMs - asked[0]!)) / 1000);
        return reply(`That is ${PER_MINUTE} questions in a minute; try again in ${seconds} s.`, {
          reason: "rate_limited",
        });
      }
      const question = questionOf(invocation);
      const twice =
        invocation.via === "typed" &&
        nowMs - (before.typed.get(question) ?? Number.NEGATIVE_INFINITY) < DOUBLE_ENTER_MS;
      const typed = new Map(
        [...before.typed].filter(([, instant]) => nowMs - instant < DOUBLE_ENTER_MS),
      );
      if (invocation.via === "typed" && !twice) typed.set(question, nowMs);
      keep(key, { ...before, asked: [...asked, nowMs], typed });
      return twice
        ? reply("Asked twice within half a minute: the answer is just above.", {
            figures: { repeated: true },
          })
        : undefined;
    },
    release(invocation) {
      const key = keyOf(invocation.caller);
      const before = past.get(key);
      if (before === undefined) return;
      const question = questionOf(invocation);
      const typed = new Map([...before.typed].filter(([each]) => each !== question));
      keep(key, { ...before, typed });
    },
    remember(invocation) {
      if (invocation.place.id === "home") return;
      const key = keyOf(invocation.caller);
      const before = past.get(key) ?? NOTHING;
      const text = invocation.text.trim();
      keep(key, {
        ...before,
        questions: [text, ...before.questions.filter((other) => other !== text)].slice(
          0,
          QUESTIONS_KEPT,
        ),
      });
    },
    of: (caller) => past.get(keyOf(caller))?.questions ?? [],
  };
}

/** A terminal and a local page belong to one person, who may repeat and hurry as they like. */
function isShared({ place }: Invocation): boolean {
  return place.kind === "channel" || place.kind === "dm";
}

function questionOf({ place, text }: Invocation): string {
  return `${place.id} ${text.trim()}`;
}

function keyOf(caller: Caller): string {
  return `${caller.tenant} ${caller.id}`;
}
