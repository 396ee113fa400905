import { outboxLine } from "../../../src/delivery/outbox.ts";
import { PAUSES } from "../../../src/delivery/sender.ts";
import type { Refusal } from "../../../src/delivery/sender.ts";
import { DISCORD_REFUSALS } from "../../../src/platforms/discord/send-faults.ts";
import { SLACK_REFUSALS } from "../../../src/platforms/slack/send-faults.ts";
import { keyOf } from "../../../src/stores/book.ts";
import { memoryBook } from "../../../src/stores/memory-book.ts";
import { addRule, HOUR, MINUTE, openCrew, plan, postOf, runUntil } from "../../delivery/crew.ts";
import { movedTime } from "../../delivery/moved-time.ts";
import type { Mode, Stage } from "../../delivery/stage.ts";
import { openStage } from "../../delivery/stage.ts";
import type { Figure } from "./promise.ts";

/** Every code by which a platform can refuse a post for good, and what we take it for. */
export const CODES: readonly {
  readonly mode: Mode;
  readonly code: string;
  readonly refusal: Refusal;
}[] = [
  ...Object.entries(SLACK_REFUSALS).map(([code, refusal]) => ({
    mode: "slack-history" as const,
    code,
    refusal,
  })),
  ...Object.entries(DISCORD_REFUSALS).map(([code, refusal]) => ({
    mode: "discord" as const,
    code,
    refusal,
  })),
  { mode: "slack-history", code: "a_code_of_tomorrow", refusal: "unlisted" },
  { mode: "discord", code: "99999", refusal: "unlisted" },
];

/** Every failed delivery is visible: in the log with its reason, and to its owner, once. */
export async function p32(codes: typeof CODES = CODES): Promise<Figure> {
  const silent: string[] = [];
  for (const each of codes) if (!(await isVisible(each))) silent.push(`${each.mode}:${each.code}`);
  return {
    id: "P32",
    promise: "Every failed delivery is visible",
    injected: `${codes.length} permanent codes`,
    count: codes.length,
    violations: silent.length,
    detail: { silent: silent.join(" ") },
  };
}

async function isVisible({ mode, code, refusal }: (typeof CODES)[number]): Promise<boolean> {
  const time = movedTime();
  time.rule();
  const stage = await openStage(mode, time);
  try {
    const book = memoryBook();
    const owner = stage.dm("owner");
    const target = stage.channel("market");
    const rule = await addRule(book, target, { owner: owner.id });
    await plan(book, {
      postKey: "alert:r1:x:1:opened",
      target,
      subscription: rule.id,
      now: time.clock(),
    });
    // A fault of the form is answered with a plainer one first: Slack has two dresses before the plain one.
    for (let each = 0; each < (refusal === "bad-form" ? 3 : 1); each += 1) refuseOnce(stage, code);
    const { delivery, paused } = openCrew(book, [stage.sender()], time);
    await runUntil(delivery, time, time.clock() + 30 * MINUTE);
    const line = outboxLine(postOf(book, stage.tenant, "alert:r1:x:1:opened"), time.clock());
    const isListed = line.why === refusal && ["held", "failed"].includes(line.word);
    const pause = PAUSES[refusal];
    const isPaused =
      book.get("rules", keyOf(stage.tenant, rule.id))?.value.paused?.reason ===
      (pause ?? undefined);
    const isHeard = paused.length === (pause === null ? 0 : 1);
    // Without a token nobody can be told until there is one again.
    if (pause === "token-revoked")
      await delivery.reconnected(mode === "discord" ? "discord" : "slack");
    await runUntil(delivery, time, time.clock() + HOUR);
    await delivery.close();
    const told = stage
      .visible()
      .filter(({ text }) => /Paused: alert r1|Not shown: a message of alert r1/.test(text));
    return isListed && isPaused && isHeard && told.length === 1;
  } finally {
    time.release();
    await stage.close();
  }
}

function refuseOnce({ slack, discord }: Stage, code: string): void {
  slack?.trouble("chat.postMessage", { error: code });
  discord?.trouble("POST", /\/messages$/, {
    status: code === "40001" || code === "50014" ? 401 : 403,
    body: { code: Number(code), message: "Refused" },
  });
}
