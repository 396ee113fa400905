import type { Caller, Place, Standing } from "../../src/command/bot.ts";
import type { Reply } from "../../src/reply/reply.ts";
import type { TestBot } from "../bot.ts";

const NOBODY: Standing = { admin: false, manager: false, outsider: false, roles: [] };

/** Somebody in a channel of a workspace, who presses and types through the whole bot. */
export function asker(
  bot: TestBot,
  id: string,
  {
    tenant = "slack:T1",
    place = { kind: "channel", id: "C1" },
    ...standing
  }: Partial<Standing> & { readonly tenant?: string; readonly place?: Place } = {},
): (text: string) => Promise<Reply> {
  const caller: Caller = { id, tenant, standing: { ...NOBODY, ...standing } };
  return (text) => bot.answer({ text, caller, place, via: "pressed" });
}

export const DM: Place = { kind: "dm", id: "D1" };

/** The commands a reply's buttons would run. */
export function buttons(reply: Reply): readonly string[] {
  return reply.actions.flatMap((action) => ("run" in action ? [action.run] : []));
}
