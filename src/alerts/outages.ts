import { DAY_MS, dayText } from "../market/calendar.ts";
import type { SourceStanding } from "../market/source-health.ts";
import { sourceState } from "../market/source-health.ts";
import type { OutageFact } from "./new-fact.ts";

/** A source that has stopped bringing what it should. */
export interface Outage {
  readonly source: string;
  readonly state: "stale" | "failing" | "suspicious";
  /** The instant of its last good answer, ISO 8601; null where there was none. */
  readonly lastGoodAt: string | null;
  /** What is wrong, in words. */
  readonly why: string;
}

/** So many turns in a row must bring nothing before a source counts as failing: one or two mend themselves. */
const FAILING_FROM = 3;

/** The sources that are stale, failing or suspicious now, by what they did when asked. One trouble keeps its id until the next good answer. */
export function outagesOf(
  standings: readonly SourceStanding[],
  now: number,
): readonly OutageFact[] {
  return standings.flatMap((standing) => outageOf(standing, now) ?? []);
}

function outageOf(standing: SourceStanding, now: number): OutageFact | undefined {
  const { health, staleAfterHours, isUnasked } = standing;
  // After a stop or a restore a source has only not been asked, which is no trouble of its own.
  if (isUnasked === true) return undefined;
  const state = sourceState(standing, now);
  if (health === null || state === "off" || state === "waiting" || state === "ok") return undefined;
  if (state === "failing" && health.failures < FAILING_FROM) return undefined;
  const why = {
    suspicious: health.suspicious?.why ?? "",
    stale: `no good answer for ${staleAfterHours} hours${health.error === null ? "" : `; ${health.error}`}`,
    failing: `${health.failures} turns in a row brought nothing${health.error === null ? "" : `; ${health.error}`}`,
  }[state];
  return outageFact(
    standing,
    { source: standing.id, state, lastGoodAt: health.succeededAt, why },
    now,
  );
}

/** The source whose trouble has this id. */
export function sourceOf(id: string): string {
  return id.slice(0, id.lastIndexOf("|"));
}

/**
 * A trouble that was told, as it is now under the id it was told by: as it has become, or over since the source brought a good
 * answer. Undefined while nothing more is known: the source is not asked any more, or is on its way to failing again.
 */
export function troubleNow(
  id: string,
  standings: readonly SourceStanding[],
  now: number,
): OutageFact | undefined {
  const standing = standings.find((each) => each.id === sourceOf(id));
  if (standing === undefined) return undefined;
  const outage = outageOf(standing, now);
  if (outage !== undefined) return { ...outage, id };
  if (sourceState(standing, now) !== "ok") return undefined;
  const over = { source: standing.id, state: "failing", lastGoodAt: null, why: "" } as const;
  return { ...outageFact(standing, over, now), id, withdrawn: true };
}

/** A source's trouble as a fact of the day it is looked at. */
function outageFact(
  { id, publisher }: Pick<SourceStanding, "id" | "publisher">,
  outage: Outage,
  now: number,
): OutageFact {
  const today = dayText(Math.floor(now / DAY_MS));
  return {
    event: "source_down",
    id: `${id}|${outage.lastGoodAt ?? "never"}`,
    name: `${publisher} (${id})`,
    on: outage.lastGoodAt?.slice(0, 10) ?? today,
    learnedOn: today,
    size: null,
    was: null,
    withdrawn: false,
    traits: {
      companyKey: "",
      sector: null,
      country: null,
      state: null,
      stage: null,
      reason: null,
      source: id,
      people: null,
      percent: null,
    },
    outage,
  };
}
