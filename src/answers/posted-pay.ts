import type { Context } from "../command/define.ts";
import type { PostedPay } from "../market/facts.ts";
import type { Reply } from "../reply/reply.ts";
import { reply } from "../reply/reply.ts";
import { count, plural, usd } from "../reply/words.ts";
import { sourceCell } from "./events-table.ts";

export interface PostedPayArgs {
  readonly ai?: boolean | undefined;
  readonly company?: string | undefined;
  readonly title?: string | undefined;
}

/** Posted ranges, highest first: what an advertisement offered, not what anyone is paid. */
export function postedPay(args: PostedPayArgs, limit: number, { market }: Context): Reply {
  const fitting = market.postedPay.filter((pay) => fits(pay, args)).sort((a, b) => b.max - a.max);
  const shown = fitting.slice(0, limit);
  const about = [args.ai === true ? "AI roles" : "", args.company ?? "", args.title ?? ""]
    .filter(Boolean)
    .join(", ");
  return reply(
    `Highest posted pay${about === "" ? "" : `, ${about}`}: ${plural(fitting.length, "known posting")}`,
    {
      blocks:
        shown.length === 0
          ? [
              {
                kind: "text",
                words:
                  "No known posting fits. The bundled facts hold a few that the press reported.",
              },
            ]
          : [
              {
                kind: "table",
                caption: "Posted base pay a year, highest first",
                columns: [
                  { title: "Company", align: "left" },
                  { title: "Role", align: "left" },
                  { title: "Up to", align: "right" },
                  { title: "Posted", align: "left" },
                  { title: "Source", align: "left" },
                ],
                rows: shown.map((pay) => [
                  pay.company,
                  pay.title,
                  { text: money(pay), value: pay.max },
                  pay.postedOn,
                  pay.url === null ? pay.publisher : sourceCell(pay.url),
                ]),
                more: fitting.length - shown.length,
              },
            ],
      figures: {
        n: fitting.length,
        items: shown.map(({ company, title, max, currency }) => ({
          company,
          title,
          max,
          currency,
        })),
      },
      notes: [
        "Posted base pay, not paid: equity and bonus are not in it. The bundled facts hold a few press-reported postings, not job boards.",
      ],
      actions: [{ label: "Reported pay", run: "/salary ai-engineer" }],
    },
  );
}

function fits(pay: PostedPay, { ai, company, title }: PostedPayArgs): boolean {
  const has = (text: string, words: string) => text.toLowerCase().includes(words.toLowerCase());
  return (
    (ai === undefined || pay.ai === ai) &&
    (company === undefined || has(pay.company, company)) &&
    (title === undefined || has(pay.title, title))
  );
}

function money(pay: PostedPay): string {
  return pay.currency === "USD" ? usd(pay.max) : `${count(pay.max)} ${pay.currency}`;
}
