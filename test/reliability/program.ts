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

/** A promise, and the program that tries to break it. */
export interface Program {
  readonly id: string;
  /** In a sentence. */
  readonly promise: string;
  readonly seed: number;
  /** One figure after the other, one for each set of options. */
  readonly figures: (form: Form, seed: number) => AsyncIterable<Figure>;
}

/** Puts a program into the list; its code is loaded only when it is played. */
export function program<Options>({
  id,
  promise,
  seed = 1,
  load,
  quick,
  full,
}: {
  readonly id: string;
  readonly promise: string;
  readonly seed?: number;
  readonly load: () => Promise<(options: Options & Seeded) => Figure | Promise<Figure>>;
  readonly quick: readonly Options[];
  readonly full: readonly Options[];
}): Program {
  return {
    id,
    promise,
    seed,
    async *figures(form, withSeed) {
      const play = await load();
      for (const options of form === "full" ? full : quick)
        yield play({ ...options, seed: withSeed });
    },
  };
}
