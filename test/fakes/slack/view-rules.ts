import type { Json } from "../discord/json.ts";
import { listOf, recordOf } from "../discord/json.ts";
import type { Problem } from "./api-fault.ts";
import { blockProblems } from "./block-rules.ts";
import { plainText } from "./element-rules.ts";
import type { Rule } from "./shapes.ts";
import { oneOf, problem, shape, text, truth } from "./shapes.ts";

const isChecked: Rule = () => [];
const common: Readonly<Record<string, Rule>> = {
  blocks: isChecked,
  private_metadata: text(3_000, { min: 0 }),
  callback_id: text(255, { min: 0 }),
  external_id: text(255, { min: 0 }),
};
const home = shape({ type: oneOf("home"), blocks: isChecked }, common);
const modal = shape(
  { type: oneOf("modal"), title: plainText(24), blocks: isChecked },
  {
    ...common,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: truth,
    notify_on_close: truth,
    submit_disabled: truth,
  },
);

/** What Slack finds wrong in a view: https://docs.slack.dev/reference/views */
export function viewProblems(
  view: Json,
  kind: "home" | "modal",
  isFileReady: (id: string) => boolean,
): readonly Problem[] {
  const blocks = listOf(view.blocks);
  const asks = blocks.some((each) => recordOf(each).type === "input");
  return [
    ...(kind === "home" ? home : modal)(view, "/view"),
    ...(kind === "modal" && asks && view.submit === undefined
      ? [problem("missing required field: submit", "/view")]
      : []),
    ...blockProblems(blocks, { surface: kind, isFileReady }).map(({ message, at }) =>
      problem(message, `/view${at}`),
    ),
  ];
}
