import { MODES } from "../../delivery/stage.ts";
import { HOUR, MINUTE } from "../../delivery/crew.ts";
import { p04 } from "./p04.ts";
import { p04Killed } from "./p04-killed.ts";
import { p05 } from "./p05.ts";
import { p09 } from "./p09.ts";
import { p10 } from "./p10.ts";
import { CORPUS, p16 } from "./p16.ts";
import { p30 } from "./p30.ts";
import { CODES, p32 } from "./p32.ts";
import type { Figure } from "./promise.ts";

export interface Program {
  readonly name: string;
  readonly run: () => Promise<Figure>;
}

const BOTH = ["slack-history", "discord"] as const;

/** Every promise of delivery with what is done to it: `quick` for each change, `full` for the figures we publish. */
export function programs(size: "quick" | "full"): readonly Program[] {
  const isFull = size === "full";
  const seeds = isFull ? [1, 2, 3, 4] : [1];
  const posts = isFull ? 400 : 60;
  const longestLife = isFull ? 300 : 100;
  return [
    ...MODES.filter((mode) => mode !== "slack-blind").flatMap((mode) =>
      seeds.map((seed) => ({
        name: `P4 on ${mode}, seed ${seed}`,
        run: () => p04({ mode, posts, seed, longestLife }),
      })),
    ),
    // So many kills that some post is met several times in a row: none of them may be taken for the cause.
    ...[1, 2, 3, 4, 5].map((seed) => ({
      name: `P4 on slack-history, killed nearly once a post, seed ${seed}`,
      run: () => p04({ mode: "slack-history", posts: isFull ? 400 : 100, seed, longestLife: 30 }),
    })),
    ...(isFull ? BOTH : []).map((mode) => ({
      name: `P4 on ${mode}, with kill -9`,
      run: () => p04Killed({ mode, posts: 400, seed: 1 }),
    })),
    ...seeds.map((seed) => ({
      name: `P5, seed ${seed}`,
      run: () => p05({ posts, seed, longestLife }),
    })),
    ...BOTH.flatMap((mode) =>
      [5 * MINUTE, 3 * HOUR, 26 * HOUR].flatMap((outageMs) =>
        (["down", "broken"] as const).map((kind) => ({
          name: `P9 on ${mode}, ${kind} for ${outageMs / MINUTE} minutes`,
          run: () => p09({ mode, kind, outageMs, alerts: isFull ? 200 : 40, seed: 1 }),
        })),
      ),
    ),
    ...BOTH.map((mode) => ({
      name: `P10 on ${mode}`,
      run: () => p10({ mode, channels: 20, rounds: isFull ? 20 : 4 }),
    })),
    ...BOTH.map((mode) => ({
      name: `P16 on ${mode}`,
      run: () => p16(mode, isFull ? CORPUS : CORPUS.filter((_, at) => at % 7 === 0)),
    })),
    ...BOTH.flatMap((mode) =>
      (isFull ? Array.from({ length: 50 }, (_, at) => at + 1) : [1, 2, 3]).map((seed) => ({
        name: `P30 on ${mode}, seed ${seed}`,
        run: () => p30({ mode, posts: 60, stops: 50, seed }),
      })),
    ),
    {
      name: "P32",
      run: () =>
        p32(isFull ? CODES : CODES.filter((_, at) => at % 4 === 0 || at >= CODES.length - 2)),
    },
  ];
}
