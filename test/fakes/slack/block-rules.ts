import { listOf, recordOf } from "../discord/json.ts";
import type { Problem } from "./api-fault.ts";

export type Surface = "message" | "home" | "modal";

export interface Look {
  readonly surface: Surface;
  readonly isFileReady: (id: string) => boolean;
}

/** Everything Slack finds wrong in blocks, in order; none when it takes them. */
export function blockProblems(blocks: readonly unknown[], _look: Look): readonly Problem[] {
  if (blocks.length > 50) return [{ message: "no more than 50 items allowed", at: "/blocks" }];
  return [];
}

/** How many characters the blocks take together. */
export function blockWeight(blocks: readonly unknown[]): number {
  return JSON.stringify(blocks).length / 2;
}

export function tableCount(blocks: readonly unknown[]): number {
  return listOf(blocks).filter((block) => recordOf(block).type === "table").length;
}
