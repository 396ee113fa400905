import type { Caller, Place, Standing } from "../command/bot.ts";
import type { Book } from "../stores/book.ts";
import { may, requireMay } from "./may.ts";
import { channelOf, managersIn } from "./settings.ts";
import type { Act } from "./table.ts";

interface At {
  readonly book: Book;
  readonly caller: Caller;
  readonly place: Place;
}

const MEMBER: Standing = { admin: false, manager: false, outsider: false, roles: [] };
const MANAGER: Standing = { ...MEMBER, manager: true };
const ADMIN: Standing = { ...MEMBER, admin: true };
const OUTSIDER: Standing = { ...MEMBER, outsider: true };

/**
 * The caller with what the platform knows of them. It is asked only where the answer would depend on it: whether a
 * member may read in a channel does not, whether they may change what everyone sees does. Rejects with the Fault of an
 * inquiry that found nothing out.
 */
export async function knownCaller(act: Act, { book, caller, place }: At): Promise<Caller> {
  const { inquiry } = caller;
  if (inquiry === undefined) return caller;
  const managers = managersIn(book, caller.tenant, channelOf(place));
  const outcomes = (standings: readonly Standing[]): number =>
    new Set(
      standings.map((standing) => {
        const permission = may(act, { ...caller, standing }, place, managers);
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
