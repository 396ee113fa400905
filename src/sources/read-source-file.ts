import { Fault } from "../fault.ts";
import { beginningOf } from "./decoded-text.ts";
import { fileSample, HEAD_CHARS, looksJson } from "./file-sample.ts";
import type { Reading } from "./reading.ts";
import type { ParseAbout, Parsed, SourceDef } from "./source.ts";
import { wholeText } from "./text-file.ts";
import type { OpenedFile } from "./text-file.ts";

/** An answer of a source as a file may be this large, unzipped. */
const FILE_BYTES_MAX = 64 << 20;

/** A file that one of the sources answers with. */
export interface SourceFile {
  readonly def: SourceDef;
  /** Can be called once. */
  read(reading: Reading, about: ParseAbout): Promise<Parsed>;
}

/**
 * The source whose answer a file is, by its shape; undefined where none says so, and then the file's bytes are still to be
 * read. Throws a Fault where more than one says so, and (`bad_file`, `too_large`) for JSON that cannot be read.
 */
export async function recognised(
  name: string,
  file: OpenedFile,
  sources: readonly SourceDef[],
): Promise<SourceFile | undefined> {
  const start = beginningOf(file.start);
  // JSON is no table, so nobody else is to read its bytes: they may be gone through here.
  const whole =
    looksJson(start) && sources.length > 0 ? await wholeText(file, FILE_BYTES_MAX) : undefined;
  const sample = fileSample(name, start.slice(0, HEAD_CHARS), whole);
  const fitting = sources.filter((source) => source.fits(sample));
  const [def, other] = fitting;
  if (def === undefined) return undefined;
  if (other !== undefined)
    throw new Fault(
      "ambiguous",
      `This may be of ${fitting.map(({ id }) => id).join(" or ")}.`,
      "Its shape does not tell which, so nothing was taken.",
    );
  return {
    def,
    read: async (reading, about) =>
      reading.read(def.id, whole ?? (await wholeText(file, FILE_BYTES_MAX)), about),
  };
}
