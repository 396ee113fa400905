import { later } from "../market/calendar.ts";
import type { Day, NoticeValues } from "../market/facts.ts";
import { employerName } from "../market/notices.ts";
import { foldedText } from "./layoff-values.ts";

/** How states mark a notice that replaces an earlier one, in front of the employer's name or behind it. */
const MARK =
  /^\W*(?:(?:up?dated|amended|revised)\b[\s*:)\]-]*|update\s*:\s*)|\s*[([*](?:up?dated|amended|revised)\b[^)\]]*[)\]]?\s*$|\s+-\s*(?:up?dated|amended|revised)\b.*$/iu;

/** An employer's name without the mark of an update: "*Updated* Acme, Inc." is Acme, Inc. */
export function unmarked(name: string): string {
  const plain = name.replace(MARK, "").trim();
  return plain === "" ? name : plain;
}

/** Whether a name as it was filed bears the mark of an update. */
export function isMarked(name: string): boolean {
  return unmarked(name) !== name.trim();
}

export interface ReadNotice {
  readonly id: string;
  /** The day it could be known; undefined where the list does not say. */
  readonly on: Day | undefined;
  readonly values: NoticeValues;
  readonly isUpdate: boolean;
}

export interface CurrentNotice {
  readonly notice: ReadNotice;
  /** The day on which an update that replaces it could be known; absent where none does. */
  readonly until?: Day | undefined;
}

/**
 * Notices with what an update replaces: an earlier notice of the same employer, place and effective day counts until the
 * update could be known, so that its people are not counted twice. One that never stood alone is left out. An update that
 * does not say how many keeps the number of the notice it replaces.
 */
export function withUpdates(notices: readonly ReadNotice[]): readonly CurrentNotice[] {
  const groups = Map.groupBy(notices, ({ values }) =>
    values.effectiveOn === null
      ? null
      : [
          values.state,
          employerName(values.company),
          foldedText(values.place ?? ""),
          values.effectiveOn,
        ].join("|"),
  );
  const found = new Map<ReadNotice, CurrentNotice | null>();
  for (const [name, group] of groups) {
    if (name === null || group.length === 1 || !group.some(({ isUpdate }) => isUpdate)) continue;
    for (const notice of group) {
      const updates = group.filter((other) => isReplaced(notice, other));
      const days = updates.flatMap(({ on }) => on ?? []).toSorted();
      const until = days[0];
      const neverAlone = updates.length > 0 && (until ?? "") <= (notice.on ?? "");
      const people = notice.values.people ?? replacedPeople(notice, group);
      found.set(
        notice,
        neverAlone
          ? null
          : {
              notice: { ...notice, values: { ...notice.values, people } },
              ...(until !== undefined && { until: later(until, notice.on ?? "") }),
            },
      );
    }
  }
  return notices.flatMap((notice) => {
    const current = found.get(notice);
    return current === null ? [] : [current ?? { notice }];
  });
}

/** Whether another notice of the same employer, place and effective day is the later word on it. */
function isReplaced(notice: ReadNotice, other: ReadNotice): boolean {
  if (other === notice || !other.isUpdate) return false;
  const [mine, theirs] = [notice.values.noticedOn, other.values.noticedOn];
  if (mine === null || theirs === null || mine === theirs) return !notice.isUpdate;
  return theirs > mine;
}

function replacedPeople(notice: ReadNotice, group: readonly ReadNotice[]): number | null {
  const earlier = group
    .filter((other) => isReplaced(other, notice) && other.values.people !== null)
    .toSorted((a, b) => ((a.values.noticedOn ?? "") < (b.values.noticedOn ?? "") ? 1 : -1));
  return earlier[0]?.values.people ?? null;
}
