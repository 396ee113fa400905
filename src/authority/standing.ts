import type { Caller, Standing } from "../command/bot.ts";
import type { At } from "./may.ts";
import { permitted, requireMay } from "./may.ts";
import type { Act } from "./table.ts";

const MEMBER: Standing = { admin: false, manager: false, outsider: false, roles: [] };
const MANAGER: Standing = { ...MEMBER, manager: true };
const ADMIN: Standing = { ...MEMBER, admin: true };
const OUTSIDER: Standing = { ...MEMBER, outsider: true };

/**
 * The caller with what the platform knows of them. It is asked only where the answer would depend on it: whether a
 * member may read in a channel does not, whether they may change what everyone sees does. Rejects with the Fault of an
 * inquiry that found nothing out.
 */
export async function knownCaller(act: Act, at: At): Promise<Caller> {
  const { caller } = at;
  const { inquiry } = caller;
  if (inquiry === undefined) return caller;
  const outcomes = (standings: readonly Standing[]): number =>
    new Set(
      standings.map((standing) => {
        const permission = permitted(act, { ...at, caller: { ...caller, standing } });
        return permission.allowed || permission.reason;
      }),
    ).size;
  if (outcomes([ADMIN, MANAGER, MEMBER, OUTSIDER]) === 1) return caller;
  const standing = (await inquiry.person()) ?? caller.standing ?? MEMBER;
  if (standing.admin || standing.outsider || outcomes([MANAGER, MEMBER]) === 1)
    return { ...caller, standing };
  return { ...caller, standing: { ...standing, manager: await inquiry.managesChannel() } };
}

/** Throws a Fault (`not_allowed`, `wrong_place`) unless the caller may ask here at all. */
export async function requireRead(at: At): Promise<void> {
  // Reading changes nothing, so an inquiry without an answer keeps nobody from it.
  const caller = await knownCaller("read", at).catch(() => at.caller);
  requireMay("read", { ...at, caller });
}

/** Whether the caller may, for what is done in a larger or a smaller way; nothing is written down. */
export async function isAllowed(act: Act, at: At): Promise<boolean> {
  return permitted(act, { ...at, caller: await knownCaller(act, at) }).allowed;
}
