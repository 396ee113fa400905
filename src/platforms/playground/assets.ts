import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Answer } from "./http.ts";

const ASSETS = {
  "/page.css": [new URL("assets/page.css", import.meta.url), "text/css; charset=utf-8"],
  "/answer.css": [new URL("assets/answer.css", import.meta.url), "text/css; charset=utf-8"],
  "/message.css": [new URL("assets/message.css", import.meta.url), "text/css; charset=utf-8"],
  "/slack.css": [new URL("assets/slack.css", import.meta.url), "text/css; charset=utf-8"],
  "/discord.css": [new URL("assets/discord.css", import.meta.url), "text/css; charset=utf-8"],
  "/page.js": [new URL("assets/page.js", import.meta.url), "text/javascript; charset=utf-8"],
  "/icon.svg": [new URL("assets/icon.svg", import.meta.url), "image/svg+xml"],
  "/inter-400.ttf": [inter("400Regular/Inter_400Regular.ttf"), "font/ttf"],
  "/inter-600.ttf": [inter("600SemiBold/Inter_600SemiBold.ttf"), "font/ttf"],
} as const;

export interface Assets {
  /** Ten hex digits of the SHA-256 over all of them. */
  readonly version: string;
  get(path: string): Answer | undefined;
}

/** Reads the few files of the page once; the fonts come from their package, never from the network. */
export async function loadAssets(): Promise<Assets> {
  const hash = createHash("sha256");
  const answers = new Map<string, Answer>();
  for (const [path, [file, type]] of Object.entries(ASSETS)) {
    const body = await readFile(file);
    hash.update(body);
    answers.set(path, { status: 200, type, body, headers: { "cache-control": "max-age=86400" } });
  }
  return { version: hash.digest("hex").slice(0, 10), get: (path) => answers.get(path) };
}

function inter(file: string): URL {
  return new URL(import.meta.resolve(`@expo-google-fonts/inter/${file}`));
}
