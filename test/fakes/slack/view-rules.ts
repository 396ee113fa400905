import { listOf } from "../discord/json.ts";
import type { Json } from "../discord/json.ts";
import type { Problem } from "./api-fault.ts";
import { blockProblems } from "./block-rules.ts";

/** What Slack finds wrong in a view. */
export function viewProblems(
  view: Json,
  kind: "home" | "modal",
  isFileReady: (id: string) => boolean,
): readonly Problem[] {
  return blockProblems(listOf(view.blocks), { surface: kind, isFileReady });
}
