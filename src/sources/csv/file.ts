import { openColumnsInThread } from "./columns-in-thread.ts";
import type { ColumnsInThread } from "./columns-in-thread.ts";
import { openColumns } from "./columns.ts";
import type { OpenColumns } from "./columns.ts";
import { openCsvReader } from "./reader.ts";
import type { CellTaker, CsvColumns } from "./reader.ts";
import { tableBytes } from "../text-file.ts";
import type { OpenedFile } from "../text-file.ts";

/** From here on a file's columns are worth a thread of their own. */
const THREAD_BYTES = 8 << 20;

/**
 * A file read as delimited text: UTF-8, or UTF-16 with a byte order mark. `keeps` names the columns to keep, by their place
 * in the header, and may throw. Throws a Fault (`bad_file`, `too_large`, `unsupported`) saying what to do. A file of more than
 * `threadBytes` is read by two threads.
 */
export async function csvFile(
  file: OpenedFile,
  keeps: (header: readonly string[]) => ReadonlySet<number>,
  threadBytes = THREAD_BYTES,
): Promise<CsvColumns> {
  let columns: OpenColumns | ColumnsInThread | undefined;
  let thread: ColumnsInThread | undefined;
  const taker: CellTaker = {
    begin(header) {
      const places = keeps(header);
      const kept = header.map((_, place) => places.has(place));
      if (file.size > threadBytes) columns = thread = openColumnsInThread(kept);
      else columns = openColumns(kept);
    },
    take: (cells) => columns!.take(cells),
  };
  const reader = openCsvReader(taker);
  try {
    for await (const bytes of tableBytes(file, () => reader.records)) {
      reader.push(bytes);
      await thread?.ready();
    }
    const records = reader.done();
    return { ...records, columns: await columns!.done() };
  } finally {
    await thread?.close();
  }
}
