import { readFileSync } from "node:fs";
import { z } from "zod";
import { Fault } from "../../fault.ts";
import type { Answer, Asking } from "../source.ts";

export type BoardKind = "greenhouse" | "ashby" | "lever";

/** A public job board of a company. */
export interface JobBoard {
  readonly board: BoardKind;
  /** Its name in the board's addresses. */
  readonly token: string;
  readonly company: string;
  /** Brands that a department on this board may be: its jobs are that brand's. */
  readonly brands: readonly string[];
  readonly byDefault: boolean;
}

const file = z.object({
  boards: z.array(
    z.strictObject({
      board: z.enum(["greenhouse", "ashby", "lever"]),
      token: z.string().regex(/^[\w.-]+$/),
      company: z.string().min(1),
      brands: z.array(z.string()).default([]),
      byDefault: z.boolean().default(false),
    }),
  ),
});

let known: readonly JobBoard[] | undefined;

/** The boards of data/job-boards.json, read once. */
export function jobBoards(): readonly JobBoard[] {
  const from = new URL("../../../data/job-boards.json", import.meta.url);
  return (known ??= file.parse(JSON.parse(readFileSync(from, "utf8"))).boards);
}

export function jobBoard(kind: BoardKind, token: string): JobBoard | undefined {
  return jobBoards().find((each) => each.board === kind && each.token === token);
}

/**
 * The tokens to ask: the setting `boards` as tokens ("openai,ramp"), `all` for the whole list, and the marked ones of the
 * list without it. Throws a Fault for what cannot be a token.
 */
export function boardsToAsk(kind: BoardKind, { boards }: Asking["settings"]): readonly string[] {
  const mine = jobBoards().filter(({ board }) => board === kind);
  const asked = (boards ?? "").split(/[\s,]+/).filter((token) => token !== "");
  if (asked.length === 0)
    return mine.filter(({ byDefault }) => byDefault).map(({ token }) => token);
  if (asked.length === 1 && asked[0]!.toLowerCase() === "all")
    return mine.map(({ token }) => token);
  const wrong = asked.find((token) => !/^[\w.-]{1,80}$/.test(token));
  if (wrong !== undefined)
    throw new Fault(
      "bad_argument",
      `${JSON.stringify(wrong.slice(0, 40))} is no board's name.`,
      "It is the last part of the board's address, such as gitlab.",
    );
  return asked;
}

/** So many boards in a row that do not answer mean that nobody does. */
const GIVEN_UP_AFTER = 3;
/** A board of a thousand jobs with their texts has some 15 MB. */
const MOST_BYTES = 40 << 20;

/** What the setting of a source of boards is for. */
export const BOARD_SETTINGS = {
  boards:
    "Boards to ask by their names in the address (openai,ramp), or all; some of data/job-boards.json unless told",
};

/**
 * One answer a board, each in its turn. A board that does not answer is told of and does not keep the others from being
 * asked, until three in a row do not.
 */
export async function* askBoards(
  kind: BoardKind,
  addressOf: (token: string) => string,
  { get, settings, missed }: Asking,
): AsyncGenerator<Answer> {
  let inARow = 0;
  for (const token of boardsToAsk(kind, settings)) {
    const url = addressOf(token);
    try {
      const text = await get(url, { accept: ["application/json"], most: MOST_BYTES });
      inARow = 0;
      if (text !== null) yield { url, text, topic: token };
    } catch (error) {
      inARow += 1;
      if (missed === undefined || inARow === GIVEN_UP_AFTER) throw error;
      missed(token, error);
    }
  }
}
