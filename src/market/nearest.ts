const LONGEST = 60;

/** The known words close to a mistyped one, closest first: those that start with it, then by edit distance. */
export function nearest(typed: string, known: readonly string[], limit = 5): readonly string[] {
  const word = typed.toLowerCase().slice(0, LONGEST);
  if (word === "") return [];
  return known
    .map((candidate) => ({ candidate, distance: distanceTo(word, candidate.toLowerCase()) }))
    .filter(
      ({ candidate, distance }) =>
        distance <= Math.max(1, Math.floor(Math.min(word.length, candidate.length) / 3)),
    )
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

function distanceTo(word: string, candidate: string): number {
  if (word.length >= 2 && candidate.startsWith(word)) return 0.5;
  return editDistance(word, candidate.slice(0, LONGEST));
}

/** Optimal string alignment distance: insert, delete, replace, or swap two neighbours (Damerau 1964). */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(last[j]! + 1, current[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, beforeLast[j - 2]! + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
