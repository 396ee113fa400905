import { DiscordAPIError, HTTPError } from "discord.js";

/**
 * What a failed request to Discord means for the answer it carried:
 * - `late`: the interaction is over or was answered already; nothing can be said any more
 * - `rejected`: Discord does not take this form of the message; a plainer one may pass
 * - `not-allowed`: we may not speak there
 * - `unreachable`: nobody knows whether it arrived
 */
export type Failure = "late" | "rejected" | "not-allowed" | "unreachable";

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const LATE = new Set<number | string>([10_062, 40_060, 50_027, 10_015, 10_008]);

export function failureOf(error: unknown): Failure {
  if (error instanceof DiscordAPIError) {
    if (LATE.has(error.code)) return "late";
    return error.status === 400 || error.status === 413 ? "rejected" : "not-allowed";
  }
  return error instanceof HTTPError && error.status >= 500 ? "rejected" : "unreachable";
}

/** The interaction has its first response already. */
export function isAcknowledged(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === 40_060;
}

/** What may be logged of it: Discord's code and field names, never what we sent. */
export function failureDetail(error: unknown): Readonly<Record<string, string | number>> {
  if (error instanceof DiscordAPIError)
    return { code: error.code, status: error.status, fields: faultyFields(error.rawError) };
  if (error instanceof HTTPError) return { status: error.status };
  return { error: error instanceof Error ? error.name : typeof error };
}

/** `data.components.0.content: BASE_TYPE_MAX_LENGTH`, for each field Discord complained about. */
export function faultyFields(raw: unknown, path = ""): string {
  if (typeof raw !== "object" || raw === null) return "";
  return Object.entries(raw)
    .flatMap(([key, value]: [string, unknown]) => {
      if (key === "_errors" && Array.isArray(value)) {
        return value.map(
          (each: { readonly code?: unknown }) =>
            `${path}: ${typeof each.code === "string" ? each.code : "?"}`,
        );
      }
      const inner = faultyFields(
        value,
        key === "errors" ? path : path === "" ? key : `${path}.${key}`,
      );
      return inner === "" ? [] : [inner];
    })
    .join(", ");
}
