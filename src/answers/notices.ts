import { daysBetween } from "../market/calendar.ts";
import type { Company } from "../market/company.ts";
import type { Day } from "../market/facts.ts";
import type { LayoffFilter } from "../market/layoffs.ts";
import type { Market } from "../market/market.ts";
import { noticeDay, notices, noticeTotals } from "../market/notices.ts";
import type { NoticeReach, NoticeRow, NoticeTotals } from "../market/notices.ts";
import { US_STATES } from "../market/us-states.ts";
import type { Block } from "../reply/reply.ts";
import { age, list, longDay, plural } from "../reply/words.ts";

/** A list that is a week old is as new as lists are. */
const LIST_GAP_DAYS = 8;
/** A small state may have no notice for weeks. */
const STATE_GAP_DAYS = 30;

/** The line under figures of notices: what they are, from whom, and how far what is known of each reaches. */
export function noticesNote(market: Market, reach: readonly NoticeReach[]): string {
  const from = list(
    market.sources.flatMap(({ id, publisher }) => {
      const states = inOrder(reach.filter(({ source }) => source === id));
      return states.length === 0 ? [] : [`${publisher} (${reachWords(states)})`];
    }),
  );
  return `WARN notices: people at one place who may lose their job. The news counts the same people, so they are never added to layoffs.${from === "" ? "" : ` Source: ${from}.`}`;
}

/** "Washington to 11 Mar 2022", or the states of the oldest and the newest word of a list where they lie apart. */
function reachWords(states: readonly NoticeReach[]): string {
  const [oldest, newest] = [states[0]!, states.at(-1)!];
  const words = ({ state, learnedOn }: NoticeReach) =>
    `${US_STATES.get(state) ?? state} to ${longDay(learnedOn)}`;
  if (states.length === 1) return words(newest);
  return daysBetween(oldest.learnedOn, newest.learnedOn) <= STATE_GAP_DAYS
    ? `to ${longDay(newest.learnedOn)}`
    : `from ${words(oldest)}, up to ${words(newest)}`;
}

/** What is missing of the notices that are asked for from a day on; nothing where the lists reach there. */
export function missingNotices(
  reach: readonly NoticeReach[],
  from: Day,
  state: string | undefined,
): readonly string[] {
  const listed = inOrder(reach).at(-1);
  const own = inOrder(reach.filter((each) => each.state === state)).at(-1);
  if (listed === undefined) return [];
  const gap = daysBetween(listed.learnedOn, from);
  if (gap > LIST_GAP_DAYS && (state === undefined || own?.learnedOn === listed.learnedOn))
    return [
      `What is read here ends ${longDay(listed.learnedOn)}, ${age(gap)} before ${longDay(from)}: nothing filed since is known here, and notices are filed some 60 days ahead.`,
    ];
  const ownGap = own === undefined ? 0 : daysBetween(own.learnedOn, from);
  return ownGap > STATE_GAP_DAYS
    ? [
        `The newest that is known of ${US_STATES.get(own!.state) ?? own!.state} is of ${longDay(own!.learnedOn)}, ${age(ownGap)} before ${longDay(from)}: nothing filed since is known here.`,
      ]
    : [];
}

function inOrder(reach: readonly NoticeReach[]): readonly NoticeReach[] {
  return reach.toSorted((a, b) => (a.learnedOn < b.learnedOn ? -1 : 1));
}

/** A company's notices of the days its layoffs are asked for, as known then. */
export function noticesUnder(
  market: Market,
  company: Company,
  { from, to, asof }: Pick<LayoffFilter, "from" | "to" | "asof">,
): readonly NoticeRow[] {
  return notices(market, {
    employer: company,
    ...(from !== undefined && { noticedFrom: from }),
    ...(to !== undefined && { noticedTo: to }),
    ...(asof !== undefined && { asof }),
  });
}

/**
 * A company's notices of the days its layoffs are asked for, as known then, as one line under them with its figures; nothing
 * where none is known.
 */
export function noticesLine(
  market: Market,
  company: Company,
  filter: Pick<LayoffFilter, "from" | "to" | "asof">,
): { readonly blocks: readonly Block[]; readonly figures: NoticeTotals | null } {
  const rows = noticesUnder(market, company, filter);
  if (rows.length === 0) return { blocks: [], figures: null };
  const sum = noticeTotals(rows);
  const last = rows.map(noticeDay).toSorted().at(-1)!;
  return {
    figures: sum,
    blocks: [
      {
        kind: "bullets",
        items: [
          [
            { bold: "WARN notices: " },
            `${plural(sum.notices, "notice")}, at least ${plural(sum.people, "person", "people")}${sum.unknownSize > 0 ? ` (${plural(sum.unknownSize, "notice")} did not say)` : ""}, last of ${longDay(last)}; the news counts the same people, so they are not added`,
          ],
        ],
      },
    ],
  };
}
