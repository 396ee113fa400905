import { ApiFault } from "./api-fault.ts";
import type { Channel } from "./world.ts";

/** The scopes the fake's app has unless a test says otherwise. */
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

/** What the app's tokens may do, and whether they still may. */
export class Access {
  readonly botToken = "xoxb-100-200-fakeBotToken";
  readonly appToken = "xapp-1-A0PULSE01-300-fakeAppToken";
  /** Why the bot's token is refused, once it is. */
  refusal?: "token_revoked" | "account_inactive";
  readonly #scopes: Set<string>;

  constructor(scopes: readonly string[]) {
    this.#scopes = new Set(scopes);
  }

  get scopes(): readonly string[] {
    return [...this.#scopes];
  }

  has(scope: string): boolean {
    return this.#scopes.has(scope);
  }

  withdraw(scope: string): void {
    this.#scopes.delete(scope);
  }

  /** Throws unless the token is one of this kind that is still good. */
  check(token: string, kind: "bot" | "app"): void {
    if (token === "") throw new ApiFault("not_authed");
    if (token !== this.botToken && token !== this.appToken) throw new ApiFault("invalid_auth");
    if (token === this.botToken && this.refusal !== undefined) throw new ApiFault(this.refusal);
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
