import { Fault } from "../../fault.ts";

/** For a list of which a part would be taken for the whole. */
export function cutFault(row: number): Fault {
  return new Fault(
    "bad_file",
    `The file seems cut off in row ${row}: that row is too short and its line does not end.`,
    "Download it again, whole.",
  );
}

/** For one of which a part can be taken as such. */
export function cutNotice(row: number): string {
  return `The file seems cut off in row ${row}: I take it for a part, so no row counts as taken down. Download it again, whole, and import it once more.`;
}
