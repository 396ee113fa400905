/** One thing Slack finds wrong inside of what was sent, and where. */
export interface Problem {
  readonly message: string;
  readonly at: string;
}

/** An answer that refuses, as Slack words it: HTTP 200 with `ok: false`, but for the rate limit. */
export class ApiFault extends Error {
  readonly error: string;
  readonly problems: readonly Problem[];
  readonly more: Readonly<Record<string, unknown>>;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    error: string,
    {
      problems = [],
      more = {},
      status = 200,
      headers = {},
    }: Partial<Pick<ApiFault, "problems" | "more" | "status" | "headers">> = {},
  ) {
    super(error);
    this.error = error;
    this.problems = problems;
    this.more = more;
    this.status = status;
    this.headers = headers;
  }

  body(): object {
    const messages = this.problems.map(problemText);
    return {
      ok: false,
      error: this.error,
      ...this.more,
      ...(messages.length > 0 && { errors: messages, response_metadata: { messages } }),
    };
  }
}

/** Throws what Slack answers when one of its limits a minute is passed. */
export function rateLimited(seconds: number): ApiFault {
  return new ApiFault("ratelimited", {
    status: 429,
    headers: { "retry-after": String(Math.max(1, Math.ceil(seconds))) },
  });
}

/** `invalid_arguments` with the field it is about. */
export function missingField(name: string): ApiFault {
  return new ApiFault("invalid_arguments", {
    problems: [{ message: `missing required field: ${name}`, at: "" }],
  });
}

function problemText({ message, at }: Problem): string {
  return `[ERROR] ${message}${at === "" ? "" : ` [json-pointer:${at}]`}`;
}
