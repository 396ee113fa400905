export { chance as seeded } from "../store/chance.ts";

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

/** How often each thing stands in what people see; the judge asks nobody but them. */
export function copiesOf(titles: readonly string[], texts: readonly string[]): number[] {
  return titles.map((title) => texts.filter((text) => text.includes(title)).length);
}
