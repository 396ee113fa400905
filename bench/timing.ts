/** What one contender took, microseconds a question. */
export interface Times {
  readonly median: number;
  readonly p99: number;
  readonly questions: number;
}

export interface Runner {
  readonly name: string;
  /** Questions asked in each round. */
  readonly perRound: number;
  ask(question: number): unknown;
}

/** Everybody in turn, round by round, in one process: what disturbs the machine disturbs all alike. */
export async function race(
  runners: readonly Runner[],
  rounds: number,
): Promise<ReadonlyMap<string, Times>> {
  const taken = new Map<string, number[]>(runners.map(({ name }) => [name, []]));
  for (const runner of runners)
    for (let question = 0; question < runner.perRound; question++) await runner.ask(question);
  for (let round = 0; round < rounds; round++) {
    for (const runner of runners) {
      const times = taken.get(runner.name)!;
      for (let turn = 0; turn < runner.perRound; turn++) {
        const question = round * runner.perRound + turn;
        const started = performance.now();
        const answer = runner.ask(question);
        if (answer instanceof Promise) await answer;
        times.push((performance.now() - started) * 1_000);
      }
    }
  }
  return new Map([...taken].map(([name, times]) => [name, timesOf(times)]));
}

export function timesOf(times: readonly number[]): Times {
  const sorted = [...times].sort((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)]!,
    p99: sorted[Math.floor(sorted.length * 0.99)]!,
    questions: sorted.length,
  };
}
