import { createHash } from "node:crypto";
import type { Verdict } from "../market/facts.ts";
import type { Batch } from "../stores/facts-log.ts";

/** What a person says of two reports, or of one's figure, as a batch of its own; null takes back what was said. */
export function verdictBatch(
  { a, b, says }: Pick<Verdict, "a" | "b"> & { readonly says: Verdict["says"] | null },
  now: number,
): Batch {
  const [first = a, second = null] = b === null ? [a] : [a, b].sort();
  const importedAt = new Date(now).toISOString();
  return {
    record: {
      file: "review",
      layout: "review",
      source: "operator",
      sha256: createHash("sha256")
        .update(JSON.stringify([first, second, says, now]))
        .digest("hex"),
      asOfOn: importedAt.slice(0, 10),
      rows: 1,
      importedAt,
    },
    changes: [{ kind: "verdict", a: first, b: second, says }],
  };
}
