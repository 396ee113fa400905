/** A sentence ends at its mark before a capital, a bracket or a quote; not behind "Inc." or an initial. */
const END = /[.!?;][)"”’]*\s+(?=[\p{Lu}(“"•·~\d])|\n+/gu;
const SHORTENED = /(?:^|[\s(])(?:Inc|Corp|Co|Ltd|No|St|Mr|Ms|Dr|vs|approx|Sec|\p{Lu}|U\.S)$/u;

/** The sentences of a text in their order, each cut at `charsMax` characters. */
export function sentencesOf(text: string, charsMax: number): string[] {
  const found: string[] = [];
  let from = 0;
  for (const end of text.matchAll(END)) {
    if (
      end[0].startsWith(".") &&
      SHORTENED.test(text.slice(Math.max(from, end.index - 12), end.index))
    )
      continue;
    found.push(text.slice(from, end.index + end[0].length));
    from = end.index + end[0].length;
  }
  found.push(text.slice(from));
  return found
    .map((sentence) => sentence.trim().slice(0, charsMax))
    .filter((sentence) => sentence !== "");
}
