import type { Day } from "../market/facts.ts";
import type { Action } from "../reply/reply.ts";
import type { DaySpan } from "./telling.ts";

/** Every button is a command one could type. A preview has no digest to edit or mute. */
export function buttons(
  {
    span,
    asof,
    filterText,
  }: { readonly span: DaySpan; readonly asof: Day; readonly filterText: string },
  id: string | undefined,
): readonly Action[] {
  const question = ["layoffs", filterText, `from:${span.from}`, `to:${span.to}`, `asof:${asof}`]
    .filter(Boolean)
    .join(" ");
  return [
    { label: "Full table", run: `/${question} rows:all` },
    { label: "Export", run: `/export ${question}` },
    ...(id === undefined
      ? []
      : [
          { label: "Edit digest", run: `/digest edit ${id}` },
          { label: "Mute 1 week", run: `/digest mute ${id}` },
        ]),
  ];
}
