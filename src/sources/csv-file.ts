import { openCsvReader } from "./csv-reader.ts";
import type { CsvColumns } from "./csv-reader.ts";
import { tableBytes } from "./text-file.ts";
import type { OpenedFile } from "./text-file.ts";

/**
 * A file read as delimited text: UTF-8, or UTF-16 with a byte order mark. `keeps` names the columns to keep, by their place
 * in the header, and may throw. Throws a Fault (`bad_file`, `too_large`, `unsupported`) saying what to do.
 */
export async function csvFile(
  file: OpenedFile,
  keeps: (header: readonly string[]) => ReadonlySet<number>,
): Promise<CsvColumns> {
  const reader = openCsvReader(keeps);
  for await (const bytes of tableBytes(file, () => reader.records)) reader.push(bytes);
  return reader.done();
}
