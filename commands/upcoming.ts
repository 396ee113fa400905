import { z } from "zod";
import { mostRows } from "../src/answers/for-file.ts";
import { peopleCell, sourceCell } from "../src/answers/events-table.ts";
import { missingNotices, noticesNote } from "../src/answers/notices.ts";
import { again } from "../src/command/again.ts";
import { words } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { commonArgs } from "../src/command/filter-args.ts";
import { Fault, cite } from "../src/fault.ts";
import { addDays, isDay } from "../src/market/calendar.ts";
import type { Company } from "../src/market/company.ts";
import { noticeReach, notices, noticeTotals, statesRead } from "../src/market/notices.ts";
import { parseAsof } from "../src/market/period.ts";
import { nearest } from "../src/market/nearest.ts";
import { stateCode, US_STATES } from "../src/market/us-states.ts";
import type { Reply } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { list, longDay, plural } from "../src/reply/words.ts";

const LISTED = 20;
const DAYS_AHEAD = 60;

export const upcoming = defineCommand({
  name: "upcoming",
  summary: "Layoffs ahead: WARN notices whose effective date is still to come",
  args: z.object({
    state: words("State of the United States: CA, Washington", { example: "CA" }),
    company: words("Only this employer's notices", { complete: "company", example: "boeing" }),
    within: words("How far ahead: 60d, 8w, 3m (60 days unless told)", { example: "8w" }),
    asof: words("From that day on, as it was known then", { example: "2026-08-08" }),
    share: commonArgs.share,
  }),
  bare: ["state"],
  examples: [
    "/upcoming",
    "/upcoming CA",
    "/upcoming state:WA within:8w",
    "/upcoming company:boeing",
  ],
  run: (args, context) => {
    const { market, today } = context;
    const state = args.state === undefined ? undefined : stateNamed(args.state, context);
    const from = args.asof === undefined ? today : dayNamed(args.asof, context);
    const to = addDays(from, args.within === undefined ? DAYS_AHEAD : daysIn(args.within, context));
    const rows = notices(market, {
      effectiveFrom: from,
      effectiveTo: to,
      ...(state !== undefined && { state }),
      ...(args.company !== undefined && { employer: employerNamed(args.company, context) }),
      ...(args.asof !== undefined && { asof: from }),
    });
    const listed = mostRows(context, LISTED);
    const sum = noticeTotals(rows);
    const where = state === undefined ? "" : ` in ${US_STATES.get(state)}`;
    const who = args.company === undefined ? "" : ` by ${args.company}`;
    const span = `${longDay(from)} to ${longDay(to)}`;
    if (market.entries.notices.length === 0) return nothingRead();
    const read = statesRead(market);
    const reach = noticeReach(market, from);
    const asked = reach.filter((each) => state === undefined || each.state === state);
    if (state !== undefined && !read.includes(state)) return stateNotRead(state, read);
    return reply(
      rows.length === 0
        ? `No known notice${who}${where} takes effect from ${span}`
        : `${plural(sum.notices, "notice")}${who}${where} ${sum.notices === 1 ? "takes" : "take"} effect from ${span}: at least ${plural(sum.people, "person", "people")}${sum.unknownSize > 0 ? `, and ${plural(sum.unknownSize, "notice")} of unknown size` : ""}`,
      {
        blocks:
          rows.length === 0
            ? [
                {
                  kind: "text",
                  words:
                    "States publish notices days to weeks after they are filed, and only large employers file.",
                },
              ]
            : [
                {
                  kind: "table",
                  caption: "Notices by the day they take effect",
                  columns: [
                    { title: "Effective", align: "left" },
                    { title: "Employer", align: "left" },
                    { title: "People", align: "right" },
                    { title: "Where", align: "left" },
                    { title: "Notice", align: "left" },
                    { title: "Source", align: "left" },
                  ],
                  rows: rows
                    .slice(0, listed)
                    .map((row) => [
                      row.effectiveOn ?? "–",
                      row.company,
                      peopleCell(row.people),
                      [row.place, row.state].filter((part) => part !== null).join(", "),
                      row.noticedOn ?? "–",
                      row.url === null ? row.source : sourceCell(row.url),
                    ]),
                  more: Math.max(0, rows.length - listed),
                },
              ],
        sources: [...new Set(rows.map(({ source }) => source))],
        figures: {
          ...sum,
          from,
          to,
          items: rows.map(({ effectiveOn, company, people, state: code, noticedOn, source }) => ({
            effectiveOn,
            company,
            people,
            state: code,
            noticedOn,
            source,
          })),
        },
        notes: [
          ...missingNotices(reach, from, state),
          noticesNote(market, asked),
          ...(state === undefined ? [coverage(read)] : []),
        ],
        actions: [
          { label: "Four weeks", run: again(context, { within: "4w" }) },
          { label: "Half a year", run: again(context, { within: "26w" }) },
          { label: "Sources", run: "/sources" },
        ],
      },
    );
  },
});

function nothingRead(): Reply {
  return reply("No WARN notices are read here yet", {
    blocks: [
      {
        kind: "text",
        words: [
          "The operator turns them on with ",
          { code: "SOURCES=warn-bln" },
          ", or imports a list: ",
          { code: "npm run -s import -- FILE" },
        ],
      },
    ],
    figures: { notices: 0 },
    actions: [{ label: "Sources", run: "/sources" }],
  });
}

const STATES_NAMED = 10;

function coverage(read: readonly string[]): string {
  return read.length > STATES_NAMED
    ? `Notices of ${plural(read.length, "state")} are read.`
    : `Read are notices of ${stateNames(read)} alone.`;
}

function stateNames(codes: readonly string[]): string {
  return list(codes.map((code) => US_STATES.get(code) ?? code));
}

/** That nothing is read of a state says nothing of its layoffs. */
function stateNotRead(state: string, read: readonly string[]): Reply {
  return reply(`No notices of ${US_STATES.get(state)} are read here`, {
    blocks: [
      {
        kind: "text",
        words: `Which layoffs lie ahead there is not known. Read are ${stateNames(read)}.`,
      },
    ],
    figures: { notices: 0, statesRead: read },
    actions: [
      { label: "All that is read", run: "/upcoming" },
      { label: "Sources", run: "/sources" },
    ],
  });
}

/** A company we know by its names, else the employer as it was typed. */
function employerNamed(typed: string, { market }: Context): Company | string {
  const resolved = market.companies.resolve(typed);
  return resolved.kind === "one" ? resolved.company : typed;
}

function stateNamed(typed: string, context: Context): string {
  const code = stateCode(typed);
  if (code !== undefined) return code;
  throw new Fault(
    "bad_argument",
    `${cite(typed)} is no state of the United States.`,
    "Notices come from there only; write two letters or the name.",
    [
      ...nearest(typed, [...US_STATES.values()])
        .slice(0, 2)
        .map((state) => again(context, { state })),
      again(context, { state: "CA" }),
      ...(context.asked.words["company"] === undefined
        ? [again(context, { state: undefined, company: typed })]
        : []),
    ],
  );
}

function dayNamed(typed: string, context: Context): string {
  if (isDay(typed)) return parseAsof(typed, context.today);
  throw new Fault("bad_argument", `${cite(typed)} is not a day.`, "Write it as 2026-08-08.", [
    again(context, { asof: context.today }),
  ]);
}

const UNITS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

function daysIn(typed: string, context: Context): number {
  const [, count, unit = "d"] = /^(\d{1,3})\s*([dwmy])?$/i.exec(typed.trim()) ?? [];
  const days = Number(count) * UNITS[unit.toLowerCase()]!;
  if (count !== undefined && days > 0 && days <= 1_000) return days;
  throw new Fault(
    "bad_argument",
    `${cite(typed)} is no span ahead.`,
    "Write days, weeks, months of 30 days or years: 60d, 8w, 3m, 1y; at most 1,000 days.",
    [again(context, { within: "8w" })],
  );
}
