import { again } from "../command/again.ts";
import { countryNamed } from "../command/country.ts";
import type { Context } from "../command/define.ts";
import { questionText } from "../command/question-text.ts";
import { Fault } from "../fault.ts";
import { periodLabel } from "../market/calendar.ts";
import type { PayLevel } from "../market/facts.ts";
import { PAY_KEYS } from "../market/pay-groups.ts";
import type { PayGroupName, PayKey } from "../market/pay-groups.ts";
import { payRanking, RANKED_FROM } from "../market/pay-ranking.ts";
import type { PayRanking, RankedPay } from "../market/pay-ranking.ts";
import { hasPay } from "../market/pay-table.ts";
import { payBasisOf } from "../market/pay.ts";
import { parsePeriod, periodBetween, parseDay } from "../market/period.ts";
import { familyName } from "../market/roles.ts";
import type { Action, Reply, Table } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { count, list, plural, round, usd } from "../reply/words.ts";
import { paySources } from "./for-file.ts";
import { PAY_DEFINITION, payBasis, payScope } from "./pay-scope.ts";
import type { PayScope } from "./pay-scope.ts";

/** What a ranking can be by: one of the keys, or all three together. */
export const RANKED_BY = [...PAY_KEYS, "group"] as const;
type RankedBy = (typeof RANKED_BY)[number];

export interface PayRankingArgs {
  readonly by: RankedBy;
  readonly role?: string | undefined;
  readonly level?: PayLevel | undefined;
  readonly country?: string | undefined;
  readonly ai?: boolean | undefined;
  readonly period?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Roles, levels, countries or all three together by their median reported pay, highest first. */
export function rankedPay(args: PayRankingArgs, limit: number, context: Context): Reply {
  refuseOneOfRanked(args, context);
  const { by } = args;
  const keys: readonly PayKey[] = by === "group" ? PAY_KEYS : [by];
  const period = periodOf(args, context);
  const days = { from: period?.from, to: period?.to };
  const isOfRows = payBasisOf(context.market, days) === "rows";
  if (by === "country" && !isOfRows)
    throw new Fault(
      "unsupported",
      "Countries cannot be ranked: the published quarters are of the United States only.",
      hasPay(context.market.pay)
        ? "The imported rows do not cover that time; without it they have the others."
        : "An imported pay dump has the others; roles and levels can be ranked.",
      [again(context, { by: "role", role: undefined }), again(context, { by: "level" })],
    );
  const everywhere = isOfRows && keys.includes("country") ? "all" : undefined;
  const scope = payScope({ ...args, country: args.country ?? everywhere }, context);
  const query = { ...scope.query, ...days };
  const ranking = payRanking(context.market, query, keys);
  const [best] = ranking.ranked;
  const when = period?.label ?? (ranking.to === null ? "" : periodLabel("quarter", ranking.to));
  const who = scope.who.replace(/^All/, "all");
  const about = `by ${list(keys)}, ${who}${when === "" ? "" : `, ${when}`}`;
  if (best === undefined) throw nothingRanked(about, ranking, context);
  const shown = ranking.ranked.slice(0, limit);
  return reply(
    `Median reported pay ${about}: ${nameWords(best)} ${usd(best.median)}, n ${count(best.n)}`,
    {
      blocks: [rankingTable(shown, ranking.ranked.length, keys)],
      figures: {
        groups: ranking.ranked.length,
        n: ranking.ranked.reduce((sum, { n }) => sum + n, 0),
        leftOutGroups: ranking.leftOut.groups,
        leftOut: ranking.leftOut.salaries,
        basis: ranking.basis,
        from: ranking.from,
        to: ranking.to,
        items: shown.map((group) => ({
          name: nameWords(group),
          role: group.role,
          level: group.level,
          country: group.country,
          n: group.n,
          median: round(group.median),
        })),
      },
      ...paySources([ranking], context.market),
      notes: [
        ...ranking.notes,
        ...leftOutNotes(ranking),
        ...mixNotes(scope, keys),
        PAY_DEFINITION,
        payBasis(ranking, context),
      ],
      actions: actions(args, best, scope, isOfRows, context),
    },
  );
}

function refuseOneOfRanked({ by }: PayRankingArgs, context: Context): void {
  if (by !== "group" && (context.asked.words[by] ?? "all") !== "all")
    throw new Fault(
      "bad_argument",
      `by:${by} ranks every ${by}, and ${by}: names one.`,
      `Leave out ${by}:, or rank by something else.`,
      [
        again(context, { [by]: undefined }),
        ...PAY_KEYS.filter((key) => context.asked.words[key] === undefined).map((key) =>
          again(context, { by: key }),
        ),
      ],
    );
}

function periodOf({ period, from, to }: PayRankingArgs, { today }: Context) {
  if (period !== undefined) return parsePeriod(period, today);
  if (from === undefined && to === undefined) return undefined;
  return periodBetween(
    from === undefined ? undefined : parseDay(from, today, "start"),
    to === undefined ? undefined : parseDay(to, today, "end"),
    today,
  );
}

function rankingTable(shown: readonly RankedPay[], all: number, keys: readonly PayKey[]): Table {
  const titles = { role: "Role", level: "Level", country: "Country" };
  return {
    kind: "table",
    caption: "Median reported pay, USD per year",
    columns: [
      { title: "#", align: "right" },
      ...keys.map((key) => ({ title: titles[key], align: "left" as const })),
      { title: "Median", align: "right" },
      { title: "n", align: "right" },
    ],
    rows: shown.map((group, at) => [
      { text: String(at + 1), value: at + 1 },
      ...keys.map((key) => keyWords(group, key)),
      { text: usd(group.median), value: round(group.median) },
      { text: count(group.n), value: group.n },
    ]),
    more: all - shown.length,
  };
}

function keyWords({ role, level, country }: PayGroupName, key: PayKey): string {
  switch (key) {
    case "role":
      return role === null ? "" : familyName(role);
    case "level":
      return level ?? "";
    case "country":
      return country === null ? "" : (countryNamed(country) ?? country);
  }
}

function nameWords(group: PayGroupName): string {
  return PAY_KEYS.map((key) => keyWords(group, key))
    .filter(Boolean)
    .join(", ");
}

function leftOutNotes({ leftOut: { groups, salaries } }: PayRanking): string[] {
  return groups === 0
    ? []
    : [
        `A group is ranked from ${RANKED_FROM} salaries on; ${plural(groups, "group")} with ${plural(salaries, "salary", "salaries")} ${groups === 1 ? "is" : "are"} left out.`,
      ];
}

/** Groups are not alike in what they were not told apart by. */
function mixNotes({ role, query }: PayScope, keys: readonly PayKey[]): string[] {
  const mixed = [
    ...(keys.includes("role") || role.family !== "all" ? [] : ["roles (role:)"]),
    ...(keys.includes("level") || query.level !== undefined ? [] : ["levels (level:)"]),
    ...(keys.includes("country") || query.country !== undefined ? [] : ["countries (country:)"]),
  ];
  return mixed.length === 0
    ? []
    : [
        `The groups differ in their mix of ${list(mixed)}, which may be why one stands above another; naming one holds it still.`,
      ];
}

function actions(
  { by }: PayRankingArgs,
  best: RankedPay,
  { query, role }: PayScope,
  isOfRows: boolean,
  context: Context,
): Action[] {
  const { words } = context.asked;
  const card = questionText(
    { bare: ["role"] },
    { command: "salary", words: {} },
    {
      role: best.role ?? words["role"] ?? role.family,
      level: best.level ?? query.level,
      country: best.country ?? query.country ?? "all",
      period: words["period"],
    },
  );
  return [
    { label: nameWords(best), run: card },
    ...PAY_KEYS.filter(
      (key) => key !== by && words[key] === undefined && (key !== "country" || isOfRows),
    ).map((key) => ({ label: `By ${key}`, run: again(context, { by: key }) })),
    ...(by === "group"
      ? []
      : [{ label: "By all three together", run: again(context, { by: "group" }) }]),
  ];
}

/** The ranking that a pay card's group stands in: by country, or by role where only one country is published. */
export function rankingAction(by: "role" | "country", { asked }: Context): Action {
  const { role, level, country, period } = asked.words;
  return {
    label: `By ${by}`,
    run: questionText(
      { bare: ["what"] },
      { command: "top", words: {} },
      {
        what: "pay",
        by,
        role: by === "role" ? undefined : role,
        level,
        country: by === "country" ? undefined : country,
        period,
      },
    ),
  };
}

function nothingRanked(about: string, { leftOut, notes }: PayRanking, context: Context): Fault {
  const known =
    leftOut.salaries === 0
      ? "No reported pay"
      : `Only ${plural(leftOut.salaries, "salary", "salaries")} in ${plural(leftOut.groups, "group")}, none of ${RANKED_FROM} or more,`;
  return new Fault(
    "not_found",
    `${known} ${about}.`,
    notes[0] ?? "Widen it: leave out the role, the level, the country or the period.",
    [
      again(context, {
        role: undefined,
        level: undefined,
        country: undefined,
        period: undefined,
        from: undefined,
        to: undefined,
      }),
    ],
  );
}
