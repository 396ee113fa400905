/** A pure function of one text that remembers its newest answers: every beat asks the same few of thousands of digests. */
export function remembered<Answer>(
  make: (text: string) => Answer,
  most = 5_000,
): (text: string) => Answer {
  const answers = new Map<string, Answer>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    if (answers.size >= most) answers.clear();
    const answer = make(text);
    answers.set(text, answer);
    return answer;
  };
}
