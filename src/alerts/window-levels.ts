import { dayNumber } from "../market/calendar.ts";
import { groupOrder } from "../market/group-order.ts";
import type { Ledger } from "../market/layoff-ledger.ts";
import type { Market } from "../market/market.ts";
import type { Day } from "../market/facts.ts";
import { traitsCursor } from "./ledger-traits.ts";
import type { LevelRule } from "./rule.ts";
import { MAYBE, NO, truthOf } from "./truth.ts";
import { windowFigure } from "./window-figures.ts";

/** A figure on one day, by what was known on that day. */
export interface Level {
  readonly value: number | null;
  readonly n: number;
  /** Layoffs in the window whose size was not reported. */
  readonly unknownSize: number;
}

/**
 * The figure of a window rule for every day from one to another, each by what had been learned on that day and no later.
 * A version of a layoff counts on the days on which it both was the newest known and had been announced within the window:
 * one stretch of days. So each version is looked at once, enters the window once and leaves it once, whatever the number
 * of days.
 */
export function windowLevels(
  rule: LevelRule,
  market: Market,
  from: Day,
  to: Day,
): readonly Level[] {
  const first = dayNumber(from);
  const days = dayNumber(to) - first + 1;
  if (!(days > 0)) return [];
  const { ledger } = market.layoffs();
  const stays = staysIn(rule, market, ledger, first, days);
  const figure = windowFigure(rule.metric, market, ledger);
  const people = ledger.versions.people.all();
  const company = ledger.versions.company.all();
  const [starts, ends] = [groupOrder(stays.start, days), groupOrder(stays.end, days + 1)];
  const levels: Level[] = [];
  let [entered, left, unknownSize] = [0, 0, 0];
  for (let day = 0; day < days; day++) {
    for (; left < ends.ends[day]!; left++) {
      const stay = ends.order[left]!;
      const version = stays.version[stay]!;
      if (people[version]! < 0) unknownSize--;
      if (stays.counted[stay] === 1) figure.drop(people[version]!, company[version]!);
    }
    for (; entered < starts.ends[day]!; entered++) {
      const stay = starts.order[entered]!;
      const version = stays.version[stay]!;
      if (people[version]! < 0) unknownSize++;
      if (stays.counted[stay] === 1) figure.add(people[version]!, company[version]!);
    }
    levels.push({ value: figure.value(first + day), n: figure.n(), unknownSize });
  }
  return levels;
}

/** The versions that stand in some window, and the days they come and go, counted from the first day. */
interface Stays {
  readonly version: Int32Array;
  readonly start: Int32Array;
  /** The first day it no longer counts. */
  readonly end: Int32Array;
  /** 0 where only its unknown size is told of: it may or may not pass the filter. */
  readonly counted: Uint8Array;
}

function staysIn(
  rule: LevelRule,
  market: Market,
  ledger: Ledger,
  first: number,
  days: number,
): Stays {
  const { sightings, versions } = ledger;
  const window = rule.metric.windowDays ?? 1;
  const truth = truthOf(rule.filter, market.companies);
  const traits = traitsCursor(ledger);
  const learned = sightings.learned.all();
  const withdrawn = sightings.withdrawn.all();
  const firstVersion = sightings.firstVersion.all();
  const from = versions.from.all();
  const announced = versions.announced.all();
  const found: Stays & { size: number } = {
    version: new Int32Array(announced.length),
    start: new Int32Array(announced.length),
    end: new Int32Array(announced.length),
    counted: new Uint8Array(announced.length),
    size: 0,
  };
  for (let sighting = 0; sighting < firstVersion.length - 1; sighting++) {
    const [low, high] = [firstVersion[sighting]!, firstVersion[sighting + 1]!];
    for (let version = low; version < high; version++) {
      // The first version holds from the day the layoff was learned, whatever day it bears itself.
      const shown =
        version === low ? learned[sighting]! : Math.max(learned[sighting]!, from[version]!);
      const hidden = Math.min(
        withdrawn[sighting]!,
        version + 1 < high ? from[version + 1]! : Infinity,
      );
      const start = Math.max(shown, announced[version]!, first);
      const end = Math.min(hidden, announced[version]! + window, first + days);
      if (start >= end) continue;
      const passed = truth(traits.at(version));
      if (passed === NO) continue;
      const stay = found.size++;
      found.version[stay] = version;
      found.start[stay] = start - first;
      found.end[stay] = end - first;
      found.counted[stay] = passed === MAYBE && rule.options.unknown !== "include" ? 0 : 1;
    }
  }
  return {
    version: found.version.subarray(0, found.size),
    start: found.start.subarray(0, found.size),
    end: found.end.subarray(0, found.size),
    counted: found.counted.subarray(0, found.size),
  };
}
