import type { Day } from "../market/facts.ts";
import type { Action } from "../reply/reply.ts";
import type { DaySpan } from "./telling.ts";

/** Every button is a command one could type. An empty span has no table; a preview has no digest to edit or mute. */
export function buttons(
  {
    span,
    asof,
    filterText,
    now,
  }: {
    readonly span: DaySpan;
    readonly asof: Day;
    readonly filterText: string;
    readonly now: { readonly events: number };
  },
  id: string | undefined,
): readonly Action[] {
  const question = ["layoffs", filterText, `from:${span.from}`, `to:${span.to}`, `asof:${asof}`]
    .filter(Boolean)
    .join(" ");
  return [
    ...(now.events === 0
      ? []
      : [
          { label: "Full table", run: `/${question} rows:all` },
          { label: "Export", run: `/export ${question}` },
        ]),
    ...(id === undefined
      ? []
      : [
          { label: "Edit digest", run: `/digest edit ${id}` },
          { label: "Mute 1 week", run: `/digest mute ${id}` },
        ]),
  ];
}
