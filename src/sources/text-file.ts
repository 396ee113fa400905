import { isUtf8 } from "node:buffer";
import { createHash, type Hash } from "node:crypto";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { TextDecoder } from "node:util";
import { Fault } from "../fault.ts";
import { decodedText } from "./decoded-text.ts";

const READ_BYTES = 1 << 18;
/** A gzip of zeros inflates a thousandfold. */
const BYTES_MAX = 1 << 30;
const SNIFF_BYTES = 8192;
const LF = 0x0a;
const CR = 0x0d;
const LINE_BYTES_MAX = 8 << 20;

export interface OpenedFile {
  /** Bytes on disk. */
  readonly size: number;
  /** The beginning of the content, unzipped: some kilobytes. */
  readonly start: Buffer;
  /** The content, unzipped, from its beginning on; can be gone through once. A piece is good until the next one is asked for. */
  readonly bytes: AsyncIterable<Buffer>;
  /** Of the bytes on disk, hex; known once they are through. */
  readonly sha256: () => string;
  /** Gives the file back, gone through or not. Safe to call twice. */
  readonly close: () => Promise<void>;
}

/**
 * Opens a file of text, plain or gzip, whatever its name ends in. `onBytes` hears how many bytes of the file were read.
 * Throws a Fault (`not_found`, `bad_file`, `unsupported`) for what is no text by its first bytes.
 */
export async function openFile(
  path: string,
  onBytes: (bytes: number) => void = () => {},
): Promise<OpenedFile> {
  const { first, size } = await firstBytes(path);
  refuseByMagic(first);
  const hash = createHash("sha256");
  const onDisk = bytesOf(path, hash, onBytes);
  const chunks = limited(isGzip(first) ? inflated(copied(onDisk)) : onDisk)[Symbol.asyncIterator]();
  const next = await chunks.next();
  if (next.done) throw emptyFault();
  return {
    size,
    start: Buffer.from(next.value.subarray(0, SNIFF_BYTES)),
    bytes: continued(next.value, chunks),
    sha256: () => hash.copy().digest("hex"),
    close: async () => {
      await chunks.return?.(undefined);
    },
  };
}

/**
 * The content as checked UTF-8 without byte order mark, whole lines at a time; a piece is good until the next one is asked
 * for. `rows` says how many rows the pieces so far held, to name the one where it ends to be text. Throws a Fault for what is
 * no table.
 */
export function tableBytes(
  { start, bytes }: OpenedFile,
  rows: () => number,
): AsyncIterable<Buffer> {
  refuseNoTable(start);
  return checkedUtf8(bytes, rows);
}

/** The whole content as text. Throws a Fault (`too_large`, `bad_file`) above so many bytes and for what is no text. */
export async function wholeText({ bytes }: OpenedFile, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > most)
      throw new Fault(
        "too_large",
        `The file holds more than ${most >> 20} MB of text.`,
        "Split it and import the parts.",
      );
    chunks.push(Buffer.from(chunk));
  }
  return decodedText(Buffer.concat(chunks));
}

export function emptyFault(): Fault {
  return new Fault("bad_file", "No rows found (the file is empty).", "Export it again.");
}

async function* continued(first: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  } finally {
    // Whoever stops half way leaves the file open otherwise.
    await chunks.return?.(undefined);
  }
}

async function firstBytes(
  path: string,
): Promise<{ readonly first: Buffer; readonly size: number }> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new Fault(
      "not_found",
      `The file cannot be read (${error.code ?? "unknown"}).`,
      "Check the path.",
    );
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile())
      throw new Fault("bad_file", "That is not a file.", "Give the path of a file.");
    const bytes = Buffer.alloc(SNIFF_BYTES);
    const { bytesRead } = await file.read(bytes, 0, SNIFF_BYTES, 0);
    return { first: bytes.subarray(0, bytesRead), size: stat.size };
  } finally {
    await file.close();
  }
}

const SAVE_AS_CSV = "Open it in a spreadsheet and save it as CSV (UTF-8).";
const MAGICS = [
  ["504b0304", "an Excel, OpenDocument or zip file"],
  ["d0cf11e0", "an old or encrypted Excel file"],
  ["25504446", "a PDF"],
  ["50415231", "a Parquet file"],
  ["28b52ffd", "a zstd archive"],
] as const;

/** A file is what its first bytes say, whatever its name ends in. */
function refuseByMagic(bytes: Buffer): void {
  if (bytes.length === 0) throw emptyFault();
  const start = bytes.toString("hex", 0, 4);
  for (const [magic, what] of MAGICS) {
    if (start === magic) throw new Fault("unsupported", `This is ${what}, not CSV.`, SAVE_AS_CSV);
  }
}

function refuseNoTable(bytes: Buffer): void {
  const text = bytes.toString("utf8").replace("\uFEFF", "").trimStart();
  if (/^<(!doctype|html|\?xml)/i.test(text))
    throw new Fault("bad_file", "This is a web page, not CSV.", "Download the file itself.");
  if (/^[{[]/.test(text))
    throw new Fault(
      "unsupported",
      "This is JSON that no source I know answers with.",
      "I read JSON of job boards (Greenhouse, Ashby, Lever), SEC submissions, BLS JOLTS and Challenger totals; tables as CSV.",
    );
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** The next bytes are read while the last ones are worked on. */
async function* bytesOf(
  path: string,
  hash: Hash,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  // Two buffers for the whole file: what is thrown away by the quarter of a megabyte would stand in memory for long.
  let [next, free] = [Buffer.allocUnsafe(READ_BYTES), Buffer.allocUnsafe(READ_BYTES)];
  const file = await open(path);
  let coming = file.read(next, 0, READ_BYTES, 0);
  try {
    for (let read = 0; ;) {
      const { bytesRead } = await coming;
      if (bytesRead === 0) return;
      read += bytesRead;
      coming = file.read(free, 0, READ_BYTES, read);
      [next, free] = [free, next];
      const chunk = free.subarray(0, bytesRead);
      hash.update(chunk);
      onBytes(read);
      yield chunk;
    }
  } finally {
    // What is being read into a buffer of a closed file would be an error nobody hears.
    await coming.catch(() => undefined);
    await file.close();
  }
}

/** Copies, for whoever takes the next piece before the last one is done with. */
async function* copied(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

async function* inflated(zipped: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  // Whatever fails on the way destroys the stream, so the loop below throws it.
  const fed = pipeline(zipped, gunzip).catch(() => undefined);
  let first = true;
  try {
    // A stream without an encoding gives Buffers, which its type leaves open.
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      if (first && isGzip(chunk))
        throw new Fault("bad_file", "The file is zipped twice.", "Unzip it once.");
      if (first) refuseByMagic(chunk);
      first = false;
      yield chunk;
    }
    await fed;
  } catch (error) {
    throw error instanceof Fault
      ? error
      : new Fault("bad_file", "The gzip file is damaged.", "Download it again.");
  }
}

async function* limited(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > BYTES_MAX)
      throw new Fault(
        "too_large",
        "The file holds more than 1 GB of text.",
        "Split it and import the parts.",
      );
    yield chunk;
  }
}

/** Whole lines of UTF-8, every byte vouched for: a wrong character would otherwise become another company. */
async function* checkedUtf8(
  chunks: AsyncIterable<Buffer>,
  rows: () => number,
): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let utf16: TextDecoder | undefined;
  let first = true;

  function checked(bytes: Buffer): Buffer {
    if (!isUtf8(bytes)) throw notUtf8(bytes, rows() + 1);
    if (bytes.includes(0))
      throw new Fault(
        "bad_file",
        `The file has NUL bytes (after row ${rows()}), so it is no text.`,
        SAVE_AS_CSV,
      );
    return bytes;
  }

  for await (const raw of chunks) {
    let chunk = raw;
    if (first) {
      first = false;
      const mark = raw.toString("hex", 0, 2);
      if (mark === "fffe") utf16 = new TextDecoder("utf-16le", { fatal: true });
      else if (mark === "feff") utf16 = new TextDecoder("utf-16be", { fatal: true });
      else if (raw.toString("hex", 0, 3) === "efbbbf") chunk = raw.subarray(3);
    }
    if (utf16) chunk = decodedUtf16(utf16, chunk, true);
    const end = Math.max(chunk.lastIndexOf(LF), chunk.lastIndexOf(CR)) + 1;
    if (end === 0) {
      held.push(Buffer.from(chunk));
      if (held.reduce((sum, each) => sum + each.length, 0) > LINE_BYTES_MAX) {
        throw new Fault(
          "too_large",
          `Row ${rows() + 1} is longer than 8 MB.`,
          "Is this a table with one row a line?",
        );
      }
      continue;
    }
    // What is held ends with the first line, and only that line is put together.
    const line = held.length === 0 ? 0 : firstLine(chunk);
    if (line > 0) yield checked(Buffer.concat([...held, chunk.subarray(0, line)]));
    if (end > line) yield checked(chunk.subarray(line, end));
    held = [Buffer.from(chunk.subarray(end))];
  }
  if (utf16) held.push(decodedUtf16(utf16, Buffer.alloc(0), false));
  const rest = Buffer.concat(held);
  if (rest.length > 0) yield checked(rest);
}

/** Bytes up to the first end of a line, that included. */
function firstLine(bytes: Buffer): number {
  return bytes.findIndex((byte) => byte === LF || byte === CR) + 1;
}

function decodedUtf16(decoder: TextDecoder, chunk: Buffer, more: boolean): Buffer {
  try {
    return Buffer.from(decoder.decode(chunk, { stream: more }));
  } catch {
    throw new Fault("bad_file", "The file says it is UTF-16 and is not.", SAVE_AS_CSV);
  }
}

/** `row` is that of the first byte; the row of the first wrong line is found line by line. */
function notUtf8(bytes: Buffer, row: number): Fault {
  let start = 0;
  let line = row;
  for (
    let end = bytes.indexOf(LF);
    end >= 0 && isUtf8(bytes.subarray(start, end));
    end = bytes.indexOf(LF, start)
  ) {
    start = end + 1;
    line += 1;
  }
  return new Fault("bad_file", `Row ${line} is not UTF-8.`, SAVE_AS_CSV);
}
