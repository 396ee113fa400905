import type { SourceDef } from "../sources/source.ts";
import type { SourceRecord } from "./health-file.ts";

const MINUTE_MS = 60_000;
/** After a failure it is tried again sooner than its turn, then less and less often. */
const AGAIN_MINUTES = 15;

/** Whether a source should be asked now: its turn has come, and nobody asked to be left alone. */
export function isDue(
  { everyMinutes }: Pick<SourceDef, "everyMinutes">,
  record: SourceRecord | undefined,
  now: number,
): boolean {
  if (everyMinutes === null) return false;
  if (record === undefined) return true;
  if (isLeftAlone(record, now)) return false;
  const { failures } = record;
  const minutes =
    failures === 0 ? everyMinutes : Math.min(everyMinutes, AGAIN_MINUTES * 2 ** (failures - 1));
  return now - Date.parse(record.triedAt) >= minutes * MINUTE_MS;
}

/** Whether its server asked not to be asked before a moment that is still to come. */
export function isLeftAlone(record: SourceRecord | undefined, now: number): boolean {
  return (record?.notBefore ?? null) !== null && now < Date.parse(record?.notBefore ?? "");
}
