import { authorise } from "../../src/authority/change.ts";
import { subscriptionNamed } from "../../src/authority/not-found.ts";
import type { Context } from "../../src/command/define.ts";
import type { Change, Stored } from "../../src/stores/book.ts";
import type { Digest } from "../../src/stores/records.ts";
import { keysOf } from "../../src/stores/tenant.ts";

/** The digests of this place, and the asker's own. */
export function visible({ book, caller, place }: Context): readonly Stored<Digest>[] {
  return book
    .list("digests", keysOf(caller.tenant))
    .filter(
      ({ value }) =>
        value.target.id === place.id ||
        (value.target.kind === "dm" && value.target.id === caller.id) ||
        value.owner === caller.id,
    );
}

/** One of them by its id; a Fault where it is not to be seen from here. */
export function one(id: string | undefined, context: Context): Stored<Digest> {
  return subscriptionNamed(id, visible(context), "digest");
}

/** Throws a Fault unless the asker may do that to the digest; what goes to oneself is one's own. */
export function authoriseFor(
  value: Digest,
  act: "subscribe-channel" | "delete-channel" | "mute-channel-24h",
  context: Context,
): Promise<void> {
  return authorise(context, isOwn(value, context) ? "subscribe-self" : act, value.id);
}

/** What goes to the asker's own direct messages. */
export function isOwn({ target }: Digest, { caller }: Context): boolean {
  return target.kind === "dm" && target.id === caller.id;
}

/** Writes a digest's next state down; refused as a conflict when anyone else wrote it meanwhile. */
export function put(value: Digest, before: Stored<Digest>): Change {
  return { table: "digests", key: before.key, value, expect: { version: before.version } };
}

/** A digest as one line of the log of changes. */
export function summary({ schedule, density, sections, filter, target }: Digest): string {
  return [schedule, density, sections.join(","), filter, `${target.kind} ${target.id}`]
    .filter(Boolean)
    .join(" · ");
}
