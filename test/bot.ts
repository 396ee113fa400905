import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands } from "../commands/index.ts";
import { requireRead } from "../src/authority/standing.ts";
import type { Draw } from "../src/charts/chart.ts";
import type { Clock } from "../src/clock.ts";
import { createBot } from "../src/command/answer.ts";
import type { Answered } from "../src/command/answer.ts";
import type { Invocation } from "../src/command/bot.ts";
import { recentQuestions } from "../src/command/recent.ts";
import { openFacts } from "../src/facts.ts";
import type { SourceStanding } from "../src/market/source-health.ts";
import type { Market } from "../src/market/market.ts";
import { importFile } from "../src/sources/import.ts";
import type { ImportReport } from "../src/sources/import.ts";
import type { Book } from "../src/stores/book.ts";
import { memoryKeys } from "../src/stores/button-keys.ts";
import { memoryBook } from "../src/stores/memory-book.ts";

/** The day tests are asked on, unless they say otherwise. */
export const TODAY = Date.UTC(2026, 10, 22, 12);

export interface TestBot {
  readonly bot: ReturnType<typeof createBot>;
  readonly market: Market;
  readonly book: Book;
  readonly imported: readonly ImportReport[];
  /** One question from a terminal. */
  ask(text: string): Promise<Answered>;
  /** One question with who, where and how of one's own. */
  answer(
    invocation: Partial<Invocation> & { readonly text: string },
  ): ReturnType<ReturnType<typeof createBot>["answer"]>;
  /** Failures that were ours; a story that ends well leaves none. */
  readonly broken: readonly unknown[];
}

/** A whole bot in memory, over a data folder of its own: the bundled facts, or some imported files. */
export async function testBot({
  files = [],
  clock = () => TODAY,
  draw = async () => new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
  book = memoryBook(),
  standings,
  dir = mkdtempSync(join(tmpdir(), "pulse-test-")),
}: {
  files?: readonly string[];
  clock?: Clock;
  draw?: Draw;
  book?: Book;
  /** A data folder that is there already. */
  dir?: string;
  standings?: () => Promise<readonly SourceStanding[]>;
} = {}): Promise<TestBot> {
  const imported: ImportReport[] = [];
  for (const file of files) imported.push(await importFile(file, { dir, now: clock() }));
  const facts = await openFacts(dir);
  const broken: unknown[] = [];
  const bot = createBot({
    market: () => facts.market,
    judge: (verdict) => facts.judge(verdict),
    ...(standings !== undefined && { standings }),
    book,
    commands,
    admit: requireRead,
    draw,
    clock,
    recent: recentQuestions(),
    keys: memoryKeys(),
    onBroken: (_reference, error) => broken.push(error),
  });
  const local = {
    caller: { id: "local", tenant: "local" },
    place: { kind: "terminal", id: "terminal" },
    via: "typed",
  } as const;
  return {
    bot,
    get market() {
      return facts.market;
    },
    book,
    imported,
    broken,
    ask: (text) => bot.ask({ ...local, text }),
    answer: (invocation) => bot.answer({ ...local, ...invocation }),
  };
}
