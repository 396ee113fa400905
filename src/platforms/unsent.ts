/** Faults that come before the first byte of a request: no name, no route, no connection, no trust. */
const BEFORE_THE_REQUEST = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/**
 * Whether a failed request provably never left us. Everything else (a reset, a timeout, half an answer) may have
 * done its work.
 */
export function isUnsent(error: unknown): boolean {
  const codes = codesOf(error);
  return codes.length > 0 && codes.every((code) => BEFORE_THE_REQUEST.has(code));
}

/** The codes at the bottom of an error: of its causes, and of each address that was tried. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.flatMap((each: unknown) =>
      codeOf(each) === undefined ? ["?"] : codesOf(each),
    );
  if (error.cause instanceof Error) return codesOf(error.cause);
  return [codeOf(error) ?? []].flat();
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}
