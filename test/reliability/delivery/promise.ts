/** What a promise's test found out, in the words of the table it goes into. */
export interface Figure {
  readonly id: string;
  readonly promise: string;
  /** What was done to it, and how often. */
  readonly injected: string;
  /** How many things were promised. */
  readonly count: number;
  /** How many of them were not kept. */
  readonly violations: number;
  readonly detail: Readonly<Record<string, number | string>>;
}

/** A seeded source of chance, so that what went wrong can be seen again: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How often each thing stands in what people see; the judge asks nobody but them. */
export function copiesOf(titles: readonly string[], texts: readonly string[]): number[] {
  return titles.map((title) => texts.filter((text) => text.includes(title)).length);
}
