import { clip, oneLine } from "../../reply/fit.ts";
import type { Action, Choice } from "../../reply/reply.ts";
import { buttonValue } from "../say.ts";
import type { Row } from "./component.ts";
import { button, componentCount, linkButton, row, select } from "./component.ts";
import { LIMITS } from "./limits.ts";
import { webAddress } from "./markdown.ts";

export interface Controls {
  readonly rows: readonly Row[];
  /** Labels of the buttons and menus that found no room, or lead to an address Discord refuses. */
  readonly left: readonly string[];
}

/** Buttons and menus in at most `room` components, in their order; a menu's options beyond 25 are counted in its placeholder. */
export function controls(
  {
    actions,
    choices,
  }: { readonly actions: readonly Action[]; readonly choices: readonly Choice[] },
  room: number,
  keep: (command: string) => string,
): Controls {
  const ids = uniqueIds(keep);
  const left: string[] = [];
  const rows: Row[] = [];
  const fits = (more: Row): boolean => componentCount({ components: [...rows, more] }) - 1 <= room;

  const buttons = actions.flatMap((action) => {
    const made = buttonOf(action, ids);
    if (made === undefined) left.push(action.label);
    return made === undefined ? [] : [{ made, label: action.label }];
  });
  for (let start = 0; start < buttons.length; start += LIMITS.buttonsInRow) {
    const inRow = buttons.slice(start, start + LIMITS.buttonsInRow);
    while (inRow.length > 0 && !fits(row(inRow.map(({ made }) => made))))
      left.push(inRow.pop()!.label);
    if (inRow.length > 0) rows.push(row(inRow.map(({ made }) => made)));
  }
  for (const [index, choice] of choices.entries()) {
    if (choice.options.length === 0) continue;
    const menu = row([menuOf(choice, index, keep)]);
    if (fits(menu)) rows.push(menu);
    else left.push(choice.placeholder);
  }
  return { rows, left };
}

function buttonOf(action: Action, idFor: (command: string) => string) {
  const label = clip(oneLine(action.label), LIMITS.buttonLabel) || "…";
  if ("run" in action) return button(label, idFor(action.run), action.style ?? "plain");
  const url = webAddress(action.url);
  return url === undefined || url.length > LIMITS.buttonUrl ? undefined : linkButton(label, url);
}

function menuOf(choice: Choice, index: number, keep: (command: string) => string) {
  const idFor = uniqueIds(keep);
  const options = choice.options.slice(0, LIMITS.selectOptions).map(({ label, run, detail }) => ({
    label: clip(oneLine(label), LIMITS.selectText) || "…",
    value: idFor(run),
    ...(detail !== undefined &&
      oneLine(detail) !== "" && { description: clip(oneLine(detail), LIMITS.selectText) }),
  }));
  const beyond = choice.options.length - options.length;
  const counted = beyond > 0 ? ` … and ${beyond} more` : "";
  const placeholder =
    clip(oneLine(choice.placeholder), LIMITS.selectPlaceholder - counted.length) + counted;
  return select(`menu:${index}`, placeholder, options);
}

/**
 * Discord refuses two controls with one id, and two of ours may well run the same command: the second one
 * runs it with a blank at its end, which means the same.
 */
function uniqueIds(keep: (command: string) => string): (command: string) => string {
  const used = new Set<string>();
  return (command) => {
    let typed = command;
    let id = buttonValue(typed, LIMITS.customId, keep);
    while (used.has(id)) {
      typed += " ";
      id = buttonValue(typed, LIMITS.customId, keep);
    }
    used.add(id);
    return id;
  };
}
