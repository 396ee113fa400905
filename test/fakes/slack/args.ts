import type { Json } from "../discord/json.ts";

/** Arguments are text in a form and typed in JSON; both are read alike. */
export function flag(value: unknown): boolean {
  return value === true || value === "true" || value === 1 || value === "1";
}

export function whole(value: unknown): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) ? number : undefined;
}

export function word(args: Json, name: string): string {
  const value = args[name];
  return typeof value === "string" ? value : "";
}

/** Given, and not empty: Slack reads an empty argument as none. */
export function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
