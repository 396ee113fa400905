import type { Action, Choice, Reply } from "../../reply/reply.ts";
import { buttonValue } from "../say.ts";
import type { ActionsBlock, Button, Option, Select } from "./block.ts";
import { plainObject, weight } from "./block.ts";
import { andMore } from "./blocks.ts";
import { plainLine, webAddress } from "./escape.ts";
import { BUDGET, LIMITS } from "./limits.ts";

/** The start of every action id of ours that carries a command; links need no answer but an acknowledgement. */
export const RUN_ACTION = "run";
export const LINK_ACTION = "link";

export interface Controls {
  readonly blocks: readonly ActionsBlock[];
  /** What could not be offered, in words. */
  readonly left: readonly string[];
}

/** Buttons in order of use, then menus, within Slack's limits; what has no room is named. */
export function controls(reply: Reply, keep: (command: string) => string): Controls {
  const left: string[] = [];
  const elements: (Button | Select)[] = [];
  let room = BUDGET.controls;
  const offer = (element: Button | Select | undefined, label: string): void => {
    if (element === undefined || weight(element) > room || elements.length >= LIMITS.actions)
      left.push(label);
    else {
      room -= weight(element);
      elements.push(element);
    }
  };
  for (const [at, action] of reply.actions.entries()) offer(button(action, at, keep), action.label);
  for (const [at, choice] of reply.choices.entries()) {
    if (choice.options.length === 0) continue;
    const { select, missing } = menu(choice, at, room, keep);
    offer(select, choice.placeholder);
    if (select !== undefined && missing > 0)
      left.push(`${andMore(missing)} under ${choice.placeholder}`);
  }
  const blocks: ActionsBlock[] =
    elements.length === 0 ? [] : [{ type: "actions", block_id: "controls", elements }];
  return { blocks, left: left.length === 0 ? [] : [`Not offered here: ${left.join(" · ")}`] };
}

function button(action: Action, at: number, keep: (command: string) => string): Button | undefined {
  const text = plainObject(plainLine(action.label, LIMITS.buttonText));
  if ("run" in action) {
    const value = buttonValue(action.run, LIMITS.buttonValue, keep);
    return {
      type: "button",
      action_id: `${RUN_ACTION}:${at}`,
      text,
      value,
      ...(action.style && { style: action.style }),
    };
  }
  const url = webAddress(action.url);
  return url === undefined
    ? undefined
    : { type: "button", action_id: `${LINK_ACTION}:${at}`, text, url };
}

/** A menu with as many options as there is room for; undefined when there is room for none. */
function menu(
  choice: Choice,
  at: number,
  room: number,
  keep: (command: string) => string,
): { readonly select: Select | undefined; readonly missing: number } {
  const placeholder = plainObject(plainLine(choice.placeholder, LIMITS.placeholder));
  const options: Option[] = [];
  let left = room - weight(placeholder);
  for (const option of choice.options.slice(0, LIMITS.options)) {
    const dressed = menuOption(option, keep);
    left -= weight(dressed);
    if (left < 0) break;
    options.push(dressed);
  }
  const missing = choice.options.length - options.length;
  return {
    select:
      options.length === 0
        ? undefined
        : { type: "static_select", action_id: `${RUN_ACTION}:menu:${at}`, placeholder, options },
    missing,
  };
}

function menuOption(
  { label, run, detail }: Choice["options"][number],
  keep: (command: string) => string,
): Option {
  return {
    text: plainObject(plainLine(label, LIMITS.optionText)),
    value: buttonValue(run, LIMITS.optionValue, keep),
    ...(detail !== undefined && { description: plainObject(plainLine(detail, LIMITS.optionText)) }),
  };
}
