import { webApi } from "@slack/bolt";

/** What became of one try to show something. */
export type Outcome =
  | { readonly status: "sent"; readonly ts?: string }
  /** Slack does not take these blocks; others it may. */
  | { readonly status: "refused" }
  /** This way is closed: a used address, a channel we are not in. */
  | { readonly status: "closed"; readonly error: string }
  | { readonly status: "later"; readonly seconds: number }
  /** It may have been shown or not. */
  | { readonly status: "unknown" };

const BLOCKS_REFUSED =
  /invalid_blocks|msg_blocks_too_long|invalid_attachments|msg_too_long|invalid_arguments|no_text/;

/** A Web API call as an outcome. */
export async function outcomeOf(
  call: () => Promise<{ readonly ts?: string | undefined }>,
): Promise<Outcome> {
  try {
    const { ts } = await call();
    return { status: "sent", ...(ts !== undefined && { ts }) };
  } catch (error) {
    if (error instanceof webApi.WebAPIRateLimitedError)
      return { status: "later", seconds: error.retryAfter };
    if (!(error instanceof webApi.WebAPIPlatformError)) return { status: "unknown" };
    const code = error.data.error;
    if (BLOCKS_REFUSED.test(code)) return { status: "refused" };
    return /^(internal_error|fatal_error|request_timeout)$/.test(code)
      ? { status: "unknown" }
      : { status: "closed", error: code };
  }
}

const TIMEOUT_MS = 10_000;

/**
 * Posts to the address Slack gave for one answer: five times within 30 minutes. Read by hand, because
 * the library's `respond` tells a used address and refused blocks by the same 404.
 */
export async function respondTo(url: string, body: object): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = (await response.text()).slice(0, 500);
    if (response.ok && !text.includes('"ok":false')) return { status: "sent" };
    if (response.status === 429)
      return { status: "later", seconds: Number(response.headers.get("retry-after")) || 1 };
    if (response.status >= 500) return { status: "unknown" };
    return BLOCKS_REFUSED.test(text)
      ? { status: "refused" }
      : { status: "closed", error: /[a-z]+(_[a-z]+)+/.exec(text)?.[0] ?? String(response.status) };
  } catch {
    return { status: "unknown" };
  }
}

/** Slack's answer addresses are at one host; anything else in a request is not from Slack. */
export function isResponseUrl(url: string, apiUrl: string | undefined): boolean {
  const parsed = URL.parse(url);
  return (
    parsed !== null &&
    (apiUrl !== undefined ||
      (parsed.protocol === "https:" && /^hooks\.slack(-gov)?\.com$/.test(parsed.hostname)))
  );
}
