import type { Answer, Asking } from "../source.ts";

/** The table at one address as the source's only answer; nothing where it has not changed, or no address is set. */
export async function* csvAt(
  { get }: Pick<Asking, "get">,
  url: string | undefined,
  most?: number,
): AsyncGenerator<Answer> {
  if (!url) return;
  const text = await get(url, {
    accept: ["text/csv", "text/plain"],
    ...(most !== undefined && { most }),
  });
  if (text !== null) yield { url, text };
}
