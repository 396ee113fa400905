/** One field Discord complains about: `components.0.label: BASE_TYPE_MAX_LENGTH`. */
export interface Problem {
  readonly path: string;
  readonly code: string;
}

/** An error answer as Discord words it: https://docs.discord.com/developers/topics/opcodes-and-status-codes */
export class ApiFault extends Error {
  readonly status: number;
  readonly code: number;
  readonly problems: readonly Problem[];
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: number,
    code: number,
    message: string,
    problems: readonly Problem[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = problems;
    this.headers = headers;
  }

  body(): object {
    return {
      message: this.message,
      code: this.code,
      ...(this.problems.length > 0 && { errors: errorTree(this.problems) }),
    };
  }
}

/** The faults the fake gives, by name; the words and codes are Discord's own. */
export const FAULTS = {
  unauthorized: () => new ApiFault(401, 0, "401: Unauthorized"),
  unknownRoute: () => new ApiFault(404, 0, "404: Not Found"),
  methodNotAllowed: () => new ApiFault(405, 0, "405: Method Not Allowed"),
  internal: () => new ApiFault(500, 0, "500: Internal Server Error"),
  brokenJson: () => new ApiFault(400, 50_109, "The request body contains invalid JSON."),
  unknownChannel: () => new ApiFault(404, 10_003, "Unknown Channel"),
  unknownMessage: () => new ApiFault(404, 10_008, "Unknown Message"),
  unknownWebhook: () => new ApiFault(404, 10_015, "Unknown Webhook"),
  unknownInteraction: () => new ApiFault(404, 10_062, "Unknown interaction"),
  alreadyAcknowledged: () =>
    new ApiFault(400, 40_060, "Interaction has already been acknowledged."),
  invalidWebhookToken: () => new ApiFault(401, 50_027, "Invalid Webhook Token"),
  missingAccess: () => new ApiFault(403, 50_001, "Missing Access"),
  missingPermissions: () => new ApiFault(403, 50_013, "Missing Permissions"),
  notYourMessage: () => new ApiFault(403, 50_005, "Cannot edit a message authored by another user"),
  closedDirectMessages: () => new ApiFault(403, 50_007, "Cannot send messages to this user"),
  notYourApplication: () =>
    new ApiFault(403, 20_012, "You are not authorized to perform this action on this application"),
  emptyMessage: () => new ApiFault(400, 50_006, "Cannot send an empty message"),
  tooLarge: () =>
    new ApiFault(413, 40_005, "Request entity too large. Try sending something smaller in size"),
  tooManyCreates: () =>
    new ApiFault(
      400,
      30_034,
      "Max number of daily application command creates has been reached (200)",
    ),
  rateLimited: (retryAfterS: number, isGlobal = false) =>
    new ApiFault(429, 0, "You are being rate limited.", [], {
      "retry-after": String(Math.max(1, Math.ceil(retryAfterS))),
      "x-ratelimit-reset-after": retryAfterS.toFixed(3),
      ...(isGlobal ? { "x-ratelimit-global": "true" } : {}),
      "x-ratelimit-scope": isGlobal ? "global" : "user",
    }),
  invalid: (problems: readonly Problem[]) =>
    new ApiFault(400, 50_035, "Invalid Form Body", problems),
} as const;

/** Throws Discord's "Invalid Form Body" when something is wrong. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw FAULTS.invalid(problems);
}

/** Where Discord puts the faults of a field, beside those of its inner fields. */
const ERRORS = "_errors";

function errorTree(problems: readonly Problem[]): object {
  const tree: Tree = {};
  for (const { path, code } of problems) {
    let node = tree;
    for (const key of path.split(".")) {
      const next = node[key];
      const inner: Tree = isTree(next) ? next : {};
      node[key] = inner;
      node = inner;
    }
    const earlier = node[ERRORS];
    node[ERRORS] = [...(Array.isArray(earlier) ? earlier : []), { code, message: code }];
  }
  return tree;
}

interface Tree {
  [key: string]: Tree | readonly object[];
}

function isTree(node: Tree[string] | undefined): node is Tree {
  return node !== undefined && !Array.isArray(node);
}
