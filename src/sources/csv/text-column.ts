import { fitted, grown } from "./fitted.ts";

const LF = 0x0a;
const PIECE_BITS = 20;
const PIECE_BYTES = 1 << PIECE_BITS;
/** When nearly each of so many rows has a text of its own, repeats are not looked for any more. */
const TRIED = 1 << 15;
const OWN_RATIO_MIN = 0.95;
/** From so many texts on, their bytes are far. */
const FAR_TEXTS = 1 << 12;
const NO_SLOTS = new Int32Array(0);

/** Numbers by row, two bytes each as long as that is enough. */
export type Codes = Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
const SHORT_CODES = 1 << 16;

/**
 * The texts of a column, each row by the number of its text. Equal texts share a number while texts do repeat; in a column
 * of web addresses, which hardly do, one may stand there twice. Plain data, so that a thread can hand it on.
 */
export interface TextColumn {
  readonly codes: Codes;
  /** Texts in their order, as UTF-8, each with a line feed behind it; none goes on into the next piece. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  /** Of each text where it begins, pieces thought to be whole and end to end, its bytes, and a hash. */
  readonly texts: Int32Array<ArrayBuffer>;
  /** Whether no text has a line feed in it. */
  readonly areLines: boolean;
}

export function textCount({ texts }: TextColumn): number {
  return texts.length / 3;
}

export function textOf({ pieces, texts }: TextColumn, code: number): string {
  const start = texts[3 * code]!;
  const from = start & (PIECE_BYTES - 1);
  return decoded(pieces[start >>> PIECE_BITS]!, from, from + texts[3 * code + 1]!);
}

/** The texts of some rows as lines, where each row has the text after that of the row before; undefined elsewhere. */
export function linesOf(
  { codes, pieces, texts, areLines }: TextColumn,
  from: number,
  to: number,
): string | undefined {
  const first = codes[from]!;
  if (!areLines) return undefined;
  for (let row = from; row < to; row++) if (codes[row] !== first + row - from) return undefined;
  const start = texts[3 * first]!;
  const last = 3 * (first + to - 1 - from);
  const end = texts[last]! + texts[last + 1]!;
  const lastPiece = texts[last]! >>> PIECE_BITS;
  let lines = "";
  for (let at = start >>> PIECE_BITS; at <= lastPiece; at++) {
    const piece = pieces[at]!;
    const shift = at << PIECE_BITS;
    lines += decoded(piece, Math.max(0, start - shift), Math.min(piece.length, end - shift));
  }
  return lines;
}

function decoded(piece: Uint8Array<ArrayBuffer>, from: number, to: number): string {
  // A piece that another thread handed on is a buffer no more.
  return (
    Buffer.isBuffer(piece) ? piece : Buffer.from(piece.buffer, piece.byteOffset, piece.length)
  ).toString("utf8", from, to);
}

/** Where a column's cells stand in some bytes. */
export interface ColumnCells {
  readonly bytes: Uint8Array;
  /** Whether a line feed may stand in a cell. */
  readonly mayBreak: boolean;
  /** Of each cell its first byte, the one after its last, and a hash of its text. */
  readonly places: Int32Array;
}

/** A column that is being read. */
export interface OpenTextColumn {
  /** Takes the next rows. */
  add(cells: ColumnCells): void;
  /** The column of all rows; nothing can be added then. */
  done(): TextColumn;
}

export function openTextColumn(): OpenTextColumn {
  return new Growing();
}

/* A class, since a closure's variables cost twice as much to reach in the innermost loop. */
class Growing implements OpenTextColumn {
  #codes: Codes = new Uint16Array(1 << 10);
  /** Of the rows that are taken together, the number that a row's text may have, or less than 0; and where that text begins. */
  #guesses = new Int32Array(0);
  #starts = new Int32Array(0);
  #rows = 0;
  /** Of each text its start, its length and its hash, side by side: far apart, each would be a look into cold memory. */
  #texts = new Int32Array(3 << 8);
  #size = 0;
  /** By hash, or the next free one after it: a text's number plus one. Three of four stay free, so that most texts are in the first one looked at. */
  #slots = new Int32Array(1 << 9);
  #pieces: Uint8Array<ArrayBuffer>[] = [];
  /** Bytes given away, up to the end of a piece where a text did not fit. */
  #end = 0;
  #repeats = true;
  #areLines = true;

  add(cells: ColumnCells): void {
    const rows = cells.places.length / 3;
    this.#makeRoom(rows);
    this.#repeats &&= this.#rows < TRIED || this.#size < OWN_RATIO_MIN * this.#rows;
    if (this.#areLines && cells.mayBreak) this.#areLines = !breaks(cells);
    if (this.#repeats) this.#find(cells, rows);
    else this.#keep(cells, rows);
    this.#rows += rows;
  }

  #keep({ bytes, places }: ColumnCells, rows: number): void {
    this.#slots = NO_SLOTS;
    const [codes, first] = [this.#codes, this.#rows];
    for (let row = 0, at = 0; row < rows; row++, at += 3)
      codes[first + row] = this.#added(bytes, places[at]!, places[at + 1]!, places[at + 2]!);
  }

  #find(cells: ColumnCells, rows: number): void {
    this.#guess(cells, rows);
    const { bytes, places } = cells;
    const [guesses, starts, pieces] = [this.#guesses, this.#starts, this.#pieces];
    const [codes, first] = [this.#codes, this.#rows];
    for (let row = 0, at = 0; row < rows; row++, at += 3) {
      const from = places[at]!;
      const to = places[at + 1]!;
      let code = guesses[row]!;
      if (code >= 0) {
        const start = starts[row]!;
        const piece = pieces[start >>> PIECE_BITS]!;
        const shift = (start & (PIECE_BYTES - 1)) - from;
        let byte = from;
        while (byte < to && piece[shift + byte] === bytes[byte]) byte++;
        if (byte < to) code = -1;
      }
      codes[first + row] = code >= 0 ? code : this.#codeOf(bytes, from, to, places[at + 2]!);
    }
  }

  #makeRoom(rows: number): void {
    while (this.#rows + rows > this.#codes.length) this.#codes = grown(this.#codes);
    if (this.#codes instanceof Uint16Array && this.#size + rows > SHORT_CODES) {
      const wide = new Int32Array(this.#codes.length);
      wide.set(this.#codes);
      this.#codes = wide;
    }
  }

  /**
   * Guesses for each row the text in the slot of its hash, and drops the guess where hash, length or first byte differ. Each loop
   * looks into far memory, and none of its looks waits for another one: hence the many loops, and no branches in them.
   */
  #guess(cells: ColumnCells, rows: number): void {
    const { places } = cells;
    if (this.#guesses.length < rows)
      [this.#guesses, this.#starts] = [new Int32Array(rows), new Int32Array(rows)];
    const [guesses, starts, slots, texts] = [this.#guesses, this.#starts, this.#slots, this.#texts];
    const last = slots.length - 1;
    for (let row = 0, at = 2; row < rows; row++, at += 3)
      guesses[row] = slots[slotIn(places[at]!, last)]! - 1;
    for (let row = 0, at = 0; row < rows; row++, at += 3) {
      const guess = guesses[row]!;
      const text = 3 * orZero(guess);
      const length = places[at + 1]! - places[at]!;
      const differs = (texts[text + 2]! ^ places[at + 2]!) | (texts[text + 1]! ^ length);
      guesses[row] = guess | ((differs | -differs) >> 31);
      starts[row] = texts[text]!;
    }
    if (this.#size > FAR_TEXTS) this.#compareFirst(cells, rows);
  }

  #compareFirst({ bytes, places }: ColumnCells, rows: number): void {
    const [guesses, starts, pieces] = [this.#guesses, this.#starts, this.#pieces];
    for (let row = 0, at = 0; row < rows; row++, at += 3) {
      const [start, from] = [starts[row]!, places[at]!];
      const differs = pieces[start >>> PIECE_BITS]![start & (PIECE_BYTES - 1)]! ^ bytes[from]!;
      const isEmpty = (places[at + 1]! - from - 1) >> 31;
      guesses[row]! |= (-differs >> 31) & ~isEmpty;
    }
  }

  done(): TextColumn {
    return {
      codes: fitted(this.#codes, this.#rows),
      pieces: this.#pieces,
      texts: fitted(this.#texts, 3 * this.#size),
      areLines: this.#areLines,
    };
  }

  #codeOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const last = slots.length - 1;
    let slot = slotIn(hash, last);
    for (let code = slots[slot]! - 1; code >= 0; code = slots[slot]! - 1) {
      if (this.#isText(code, bytes, from, to, hash)) return code;
      slot = (slot + 1) & last;
    }
    slots[slot] = this.#size + 1;
    const code = this.#added(bytes, from, to, hash);
    if (4 * this.#size > slots.length) this.#spread();
    return code;
  }

  #isText(code: number, bytes: Uint8Array, from: number, to: number, hash: number): boolean {
    const texts = this.#texts;
    if (texts[3 * code + 2] !== hash || texts[3 * code + 1] !== to - from) return false;
    const start = texts[3 * code]!;
    const piece = this.#pieces[start >>> PIECE_BITS]!;
    const shift = (start & (PIECE_BYTES - 1)) - from;
    for (let byte = from; byte < to; byte++) if (piece[shift + byte] !== bytes[byte]) return false;
    return true;
  }

  #added(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const code = this.#size++;
    const given = this.#pieces.length << PIECE_BITS;
    if (this.#end + to - from >= given) this.#nextPiece();
    const piece = this.#pieces[this.#end >>> PIECE_BITS]!;
    const shift = (this.#end & (PIECE_BYTES - 1)) - from;
    for (let byte = from; byte < to; byte++) piece[shift + byte] = bytes[byte]!;
    piece[shift + to] = LF;
    if (3 * code === this.#texts.length) this.#texts = grown(this.#texts);
    this.#texts[3 * code] = this.#end;
    this.#texts[3 * code + 1] = to - from;
    this.#texts[3 * code + 2] = hash;
    this.#end += to - from + 1;
    return code;
  }

  #nextPiece(): void {
    const last = this.#pieces.length - 1;
    if (last >= 0)
      this.#pieces[last] = this.#pieces[last]!.subarray(0, this.#end - (last << PIECE_BITS));
    this.#end = this.#pieces.length << PIECE_BITS;
    this.#pieces.push(Buffer.alloc(PIECE_BYTES));
  }

  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const last = slots.length - 1;
    for (let code = 0; code < this.#size; code++) {
      const hash = this.#texts[3 * code + 2]!;
      let slot = slotIn(hash, last);
      while (slots[slot] !== 0) slot = (slot + 1) & last;
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

function breaks({ bytes, places }: ColumnCells): boolean {
  for (let at = 0; at < places.length; at += 3)
    if (bytes.subarray(places[at], places[at + 1]).includes(LF)) return true;
  return false;
}

/** The number itself, or 0 where it is less. */
function orZero(number: number): number {
  return number & ~(number >> 31);
}

/** FNV's high bits folded into the low ones that choose the slot. */
function slotIn(hash: number, last: number): number {
  return (hash ^ (hash >>> 15)) & last;
}
