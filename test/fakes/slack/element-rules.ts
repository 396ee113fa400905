import { listOf, recordOf } from "../discord/json.ts";
import type { Rule } from "./shapes.ts";
import { both, list, oneOf, problem, shape, text, truth, typed, union } from "./shapes.ts";

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export function plainText(max: number): Rule {
  return shape({ type: oneOf("plain_text"), text: text(max) }, { emoji: truth });
}

export function anyText(max: number): Rule {
  return union({
    plain_text: plainText(max),
    mrkdwn: shape({ text: text(max) }, { verbatim: truth }),
  });
}

const OPTION_TEXT = 75;
const actionId = text(255);
const confirm = shape(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf("primary", "danger") },
);

const option = shape(
  { text: plainText(OPTION_TEXT), value: text(150) },
  { description: plainText(75), url: text(3_000) },
);

const button = shape(
  { text: plainText(75) },
  {
    action_id: actionId,
    value: text(2_000),
    url: text(3_000, { pattern: /^(https?|mailto|slack):/ }),
    style: oneOf("primary", "danger"),
    accessibility_label: text(75),
    confirm,
  },
);

const select = both(
  shape(
    {},
    {
      action_id: actionId,
      placeholder: plainText(150),
      options: list(option, 100),
      option_groups: list(shape({ label: plainText(75), options: list(option, 100) }), 100),
      initial_option: option,
      confirm,
      focus_on_load: truth,
    },
  ),
  (value, at) => {
    const { options, option_groups, initial_option } = recordOf(value);
    if (options === undefined && option_groups === undefined)
      return [problem("missing required field: options", at)];
    const offered = [
      ...listOf(options),
      ...listOf(option_groups).flatMap((group) => listOf(recordOf(group).options)),
    ];
    const isOffered = offered.some(
      (each) => recordOf(each).value === recordOf(initial_option).value,
    );
    return initial_option === undefined || isOffered
      ? []
      : [problem("must match one of the options", `${at}/initial_option`)];
  },
);

const choices = (max: number): Rule =>
  shape(
    { options: list(option, max) },
    {
      action_id: actionId,
      initial_options: list(option, max),
      initial_option: option,
      confirm,
      focus_on_load: truth,
    },
  );

const CONTROLS: Readonly<Record<string, Rule>> = {
  button,
  static_select: select,
  overflow: shape({ options: list(option, 5) }, { action_id: actionId, confirm }),
  checkboxes: choices(10),
  radio_buttons: choices(10),
  datepicker: shape(
    {},
    {
      action_id: actionId,
      placeholder: plainText(150),
      initial_date: text(10),
      confirm,
      focus_on_load: truth,
    },
  ),
};

/** What an actions block takes. */
export const control = union(CONTROLS);

/** What stands beside a section. */
export function accessory(image: Rule): Rule {
  return union({ ...CONTROLS, image });
}

/** What an input asks for. */
export const input = union({
  ...CONTROLS,
  plain_text_input: shape(
    {},
    {
      action_id: actionId,
      placeholder: plainText(150),
      initial_value: text(3_000),
      multiline: truth,
      focus_on_load: truth,
    },
  ),
});

const style = shape(
  {},
  { bold: truth, italic: truth, strike: truth, code: truth, underline: truth },
);
const piece = typed({
  text: shape({ text: text(Number.POSITIVE_INFINITY) }, { style }),
  link: shape({ url: text(3_000) }, { text: text(Number.POSITIVE_INFINITY), style, unsafe: truth }),
  user: shape({ user_id: text(20) }, { style }),
  channel: shape({ channel_id: text(20) }, { style }),
  emoji: shape({ name: text(100) }, { unicode: text(100), style }),
  date: shape(
    { timestamp: () => [], format: text(300) },
    { url: text(3_000), fallback: text(300), style },
  ),
});
const pieces = list(piece, Number.POSITIVE_INFINITY, 0);
const section = shape({ elements: pieces });

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block, also a cell of a table. */
export const richText = shape(
  {
    elements: list(
      typed({
        rich_text_section: section,
        rich_text_list: shape(
          {
            style: oneOf("bullet", "ordered"),
            elements: list(typed({ rich_text_section: section }), Number.POSITIVE_INFINITY),
          },
          { indent: () => [], offset: () => [], border: oneOf(0, 1) },
        ),
        rich_text_quote: shape({ elements: pieces }, { border: oneOf(0, 1) }),
        rich_text_preformatted: shape({ elements: pieces }, { border: oneOf(0, 1) }),
      }),
      Number.POSITIVE_INFINITY,
    ),
  },
  { block_id: text(255) },
);
