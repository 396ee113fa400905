/** A slash command as one would type it: `/pulse layoffs google`, `/layoffs google`. */
export function slashText(command: string, text: string): string {
  return `${command} ${text}`.trim();
}

/** A message to the bot as a question: mentions of anyone taken out, Slack's marks undone. Empty means "the market, please". */
export function spokenText(text: string): string {
  return text
    .replace(/<@[A-Z0-9]+(?:\|[^>]*)?>/g, " ")
    .replace(/<(https?:\/\/[^|>]+)(?:\|[^>]*)?>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();
}

/** Tells whether a delivery is seen for the first time, remembering the last `most`: Slack repeats what it thinks was lost. */
export function firstTimes(most: number): (key: string | undefined) => boolean {
  const seen = new Set<string>();
  return (key) => {
    if (key === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > most && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}
