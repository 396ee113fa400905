/** What one promise came to under its faults. */
export interface Figure {
  readonly id: string;
  readonly promise: string;
  /** What was done to it, and how often. */
  readonly injected: string;
  /** How many cases were tried; 0 where this machine does not allow the fault, and `detail` says why. */
  readonly count: number;
  readonly violations: number;
  /** The first violations, or what was seen. */
  readonly detail: string | Readonly<Record<string, number | string>>;
}

export type Form = "quick" | "full";

/** What every program takes besides its own options: the same seed gives the same faults. */
export interface Seeded {
  readonly seed: number;
}

/** A program that stops in good order when its time is over, and says how far it came. */
export interface Timed {
  /** Undefined: as long as it takes. */
  readonly minutes?: number | undefined;
}

/** Whether so many minutes from now are over. */
export function deadline(minutes = Infinity): () => boolean {
  const until = performance.now() + minutes * 60_000;
  return () => performance.now() >= until;
}

/** A promise, and the program that tries to break it. */
export interface Program {
  readonly id: string;
  /** In a sentence. */
  readonly promise: string;
  /** What is done to it, where its sets of options make one figure together. */
  readonly faults: string | undefined;
  readonly seed: number;
  /** How many sets of options each form has. */
  readonly sets: Readonly<Record<Form, number>>;
  /** One figure after the other, one for each set of options. */
  readonly figures: (form: Form, options: Seeded & Timed) => AsyncIterable<Figure>;
}

/** Puts a program into the list; its code is loaded only when it is played. */
export function program<Options>({
  id,
  promise,
  faults,
  seed = 1,
  load,
  quick,
  full,
}: {
  readonly id: string;
  readonly promise: string;
  readonly faults?: string;
  readonly seed?: number;
  readonly load: () => Promise<(options: Options & Seeded & Timed) => Figure | Promise<Figure>>;
  readonly quick: readonly Options[];
  readonly full: readonly Options[];
}): Program {
  return {
    id,
    promise,
    faults,
    seed,
    sets: { quick: quick.length, full: full.length },
    async *figures(form, given) {
      const play = await load();
      for (const options of form === "full" ? full : quick) yield play({ ...options, ...given });
    },
  };
}

/** Figures of one program as one: counts and numbers are added up, and what went wrong is told of the first that did. */
export function folded({ promise, faults }: Program, figures: readonly Figure[]): Figure {
  const [first, ...others] = figures;
  if (first === undefined) throw new Error("There is nothing to fold.");
  const injected = faults ?? first.injected;
  const broken = figures.find(({ violations }) => violations > 0);
  const sum = (numberIn: (figure: Figure) => number): number =>
    figures.reduce((total, figure) => total + numberIn(figure), 0);
  return {
    id: first.id,
    promise,
    injected,
    count: sum(({ count }) => count),
    violations: sum(({ violations }) => violations),
    detail: broken?.detail ?? (others.length === 0 ? first.detail : addedUp(figures)),
  };
}

function addedUp(figures: readonly Figure[]): Figure["detail"] {
  const numbers = new Map<string, number>([["runs", figures.length]]);
  for (const { detail } of figures)
    for (const [name, value] of Object.entries(typeof detail === "string" ? {} : detail))
      if (typeof value === "number" && name !== "seed") {
        const before = numbers.get(name) ?? 0;
        // Times do not add up; the longest is the one that counts.
        numbers.set(name, name.endsWith(" ms") ? Math.max(before, value) : before + value);
      }
  return Object.fromEntries(numbers);
}
