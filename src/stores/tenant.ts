import { keyOf } from "./book.ts";
import type { Target } from "./records.ts";

/** The platform a tenant lives on, told by how its key begins. */
export function platformOf(tenant: string): Target["platform"] {
  if (tenant === "local") return "local";
  return tenant.startsWith("discord:") ? "discord" : "slack";
}

/** A tenant that is one person and nobody else: their direct messages on Discord, or the terminal. */
export function isPersonal(tenant: string): boolean {
  return tenant === "local" || tenant.startsWith("discord:dm:");
}

/** What every key of a tenant begins with. It ends in the separator, so that `slack:T1` never reads `slack:T12`. */
export function keysOf(tenant: string, ...parts: readonly string[]): string {
  return keyOf(tenant, ...parts, "");
}
