import { ApiFault } from "./api-fault.ts";
import type { Channel } from "./world.ts";

/** The scopes the fake's bot has unless a test says otherwise. */
export const ALL_SCOPES = [
  "app_mentions:read",
  "channels:history",
  "channels:read",
  "chat:write",
  "commands",
  "files:read",
  "files:write",
  "groups:history",
  "groups:read",
  "im:history",
  "im:read",
  "im:write",
  "users:read",
] as const;

/** Why a token is refused once it is good no more; the second one after the app was removed. */
export type Refusal = "token_revoked" | "account_inactive";

/** What the app's tokens may do, and whether they still may. */
export class Access {
  readonly botToken = "xoxb-100-200-fakeBotToken";
  readonly appToken = "xapp-1-A0PULSE01-300-fakeAppToken";
  readonly #refusals = new Map<string, Refusal>();
  readonly #scopes: Set<string>;
  readonly #appScopes = new Set(["connections:write"]);

  constructor(scopes: readonly string[]) {
    this.#scopes = new Set(scopes);
  }

  get scopes(): readonly string[] {
    return [...this.#scopes];
  }

  has(scope: string): boolean {
    return this.#scopes.has(scope) || this.#appScopes.has(scope);
  }

  withdraw(scope: string): void {
    this.#scopes.delete(scope);
    this.#appScopes.delete(scope);
  }

  /** From now on this token is refused. */
  revoke(kind: "bot" | "app", refusal: Refusal): void {
    this.#refusals.set(kind === "bot" ? this.botToken : this.appToken, refusal);
  }

  /** Throws unless the token is one of this kind that is still good. */
  check(token: string, kind: "bot" | "app"): void {
    if (token === "") throw new ApiFault("not_authed");
    if (token !== this.botToken && token !== this.appToken) throw new ApiFault("invalid_auth");
    const refusal = this.#refusals.get(token);
    if (refusal !== undefined) throw new ApiFault(refusal);
    if ((token === this.botToken) !== (kind === "bot"))
      throw new ApiFault("not_allowed_token_type");
  }

  need(scope: string): void {
    if (this.has(scope)) return;
    throw new ApiFault("missing_scope", {
      more: { needed: scope, provided: this.scopes.join(",") },
    });
  }
}

/** `channels:history`, `groups:history` or `im:history`. */
export function scopeFor(channel: Channel, deed: "history" | "read"): string {
  const family = { public: "channels", private: "groups", im: "im" }[channel.kind];
  return `${family}:${deed}`;
}
