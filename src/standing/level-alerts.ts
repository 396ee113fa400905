import { decide } from "../alerts/decide.ts";
import { LEVEL, isHushed, stateIn } from "../alerts/kept-rule.ts";
import type { Measured } from "../alerts/measured.ts";
import { measure } from "../alerts/metrics.ts";
import type { LevelRule } from "../alerts/rule.ts";
import { noticeReply } from "../alerts/say.ts";
import { dayOf } from "../clock.ts";
import type { Day } from "../market/facts.ts";
import type { Market } from "../market/market.ts";
import type { Change } from "../stores/book.ts";
import { keyOf } from "../stores/book.ts";
import { alertPosts, markChange, sameState } from "./alert-posts.ts";
import type { Moment } from "./alerts.ts";
import type { Kept } from "./kept-rules.ts";

interface LevelLook {
  /** What one rule's figure changes now: its mark, and its messages. */
  changes(kept: Kept<LevelRule>): readonly Change[];
}

/** Looks at rules that watch a figure. A figure is measured once for as long as the facts and the day stay. */
export function levelLook(): (moment: Moment) => LevelLook {
  let of: { readonly market: Market; readonly today: Day } | undefined;
  let known = new WeakMap<LevelRule, Map<Day, Measured>>();
  return ({ book, market, now }) => {
    const today = dayOf(now);
    if (of?.market !== market || of.today !== today)
      [of, known] = [{ market, today }, new WeakMap()];
    return { changes: (kept) => levelChanges(kept) };

    function measured(rule: LevelRule, day: Day): Measured {
      const days = known.get(rule) ?? new Map<Day, Measured>();
      known.set(rule, days);
      const found = days.get(day) ?? measure(rule, market, day, today);
      days.set(day, found);
      return found;
    }

    function levelChanges({ stored: { value: rule }, rule: spec }: Kept<LevelRule>) {
      const key = keyOf(rule.tenant, rule.id, LEVEL);
      const mark = book.get("marks", key);
      const state = stateIn(mark?.value);
      const seen = measured(spec, today);
      const told = state?.told ?? null;
      const decided = decide(spec, seen, state, {
        today,
        now,
        hushed: isHushed(rule, now, state),
        ...(told !== null && { retold: measured(spec, told.on).value }),
      });
      const { notice } = decided;
      if (notice === null && mark !== undefined && sameState(state, decided.state)) return [];
      const openedBy =
        notice !== null && !notice.inThread ? notice.step : (mark?.value.openedBy ?? null);
      const changed = markChange(key, rule, LEVEL, decided.state, openedBy, mark);
      if (notice === null) return [changed];
      const reply = noticeReply(spec, notice, seen, decided.state, {
        id: rule.id,
        market,
        today,
        text: rule.text,
      });
      return [
        changed,
        ...alertPosts({
          rule,
          options: spec.options,
          subject: LEVEL,
          notice,
          reply,
          opened: { subject: LEVEL, step: openedBy ?? "opened" },
          book,
          now,
        }),
      ];
    }
  };
}
