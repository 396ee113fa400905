import type { Parsed } from "../sources/source.ts";
import type { Stored } from "../stores/facts-log.ts";

/**
 * How many entries the facts hold of what an answer says it lists wholly: what its last believed answer listed, where nothing
 * else is kept of that answer. Null for an answer that is a part, and for lists compared row by row, which take nothing down
 * on the word of a part themselves.
 */
export function listedIn(
  { entries }: Pick<Stored, "entries">,
  source: string,
  { wholeOf }: Pick<Parsed, "wholeOf">,
): number | null {
  if (wholeOf === null) return null;
  const beginning = `${source}|${wholeOf}`;
  let listed = 0;
  for (const shelf of Object.values(entries))
    for (const { key, versions } of shelf)
      if (key.startsWith(beginning) && versions.at(-1)?.values !== null) listed += 1;
  return listed;
}
