import { Fault } from "../fault.ts";
import { parsePeriod } from "../market/period.ts";
import type { Context } from "./define.ts";
import { anchorDay } from "./scope.ts";

interface Typed {
  readonly company?: string | undefined;
  readonly period?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Lets people type the time bare: `google 2023` or just `2023Q4`; a company of that very name wins. */
export function splitPeriod<T extends Typed>(
  typed: T,
  context: Pick<Context, "market" | "today">,
): T {
  const { company } = typed;
  if (
    company === undefined ||
    typed.period !== undefined ||
    typed.from !== undefined ||
    typed.to !== undefined
  )
    return typed;
  if (context.market.companies.resolve(company).kind === "one") return typed;
  const words = company.split(" ");
  const anchor = anchorDay(context.market, context.today);
  for (let length = Math.min(3, words.length); length > 0; length--) {
    const period = words.slice(-length).join(" ");
    if (!isPeriod(period, anchor)) continue;
    const rest = words.slice(0, -length).join(" ");
    return { ...typed, company: rest === "" ? undefined : rest, period };
  }
  return typed;
}

function isPeriod(text: string, today: string): boolean {
  try {
    parsePeriod(text, today);
    return true;
  } catch (fault) {
    if (fault instanceof Fault) return false;
    throw fault;
  }
}
