type Numbers = Int32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** The same numbers in an array of another length; what is not needed is given back at once. */
export function fitted<Kind extends Numbers>(array: Kind, length: number): Kind;
export function fitted(array: Numbers, length: number): Numbers {
  const buffer = array.buffer.transfer(length * array.BYTES_PER_ELEMENT);
  return array instanceof Int32Array ? new Int32Array(buffer) : new Uint16Array(buffer);
}

/** Twice as long. */
export function grown<Kind extends Numbers>(array: Kind): Kind {
  return fitted(array, 2 * array.length);
}
