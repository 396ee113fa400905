import { existsSync, readFileSync } from "node:fs";
import type { Json } from "../discord/json.ts";
import { isRecord, listOf, recordOf } from "../discord/json.ts";
import { isSaid } from "./args.ts";

const DOCUMENT = new URL("../../../../shared/specs/slack-methods.json", import.meta.url);

/** Slack's own list of its methods and their arguments lies beside this checkout. */
export const hasMethodDescriptions = existsSync(DOCUMENT);

/** What a call does that Slack's own description does not know. */
export type Describe = (method: string, args: Json) => readonly string[];

/** In every call, or taken by Slack though its description leaves it out. */
const ALWAYS = new Set(["token", "team_id"]);
const UNDOCUMENTED: Readonly<Record<string, readonly string[]>> = {
  "chat.postMessage": ["client_msg_id"],
};

let shared: Describe | undefined;

/** Reads the description once a process. */
export function methodDescriptions(): Describe {
  shared ??= hasMethodDescriptions ? read() : () => [];
  return shared;
}

function read(): Describe {
  const document = recordOf(JSON.parse(readFileSync(DOCUMENT, "utf8")));
  const known = new Set(listOf(document.known_methods));
  const described = recordOf(document.methods);
  return (method, args) => {
    if (!known.has(method)) return [`${method}: no such method`];
    const declared = recordOf(described[method]).args;
    if (!isRecord(declared)) return [];
    const unknown = Object.keys(args).filter(
      (name) => !(name in declared) && !ALWAYS.has(name) && !UNDOCUMENTED[method]?.includes(name),
    );
    const missing = Object.entries(declared)
      .filter(([name, each]) => recordOf(each).required === true && !isSaid(args[name]))
      .map(([name]) => name);
    return [
      ...unknown.map((name) => `${method}: unknown argument ${name}`),
      ...missing.map((name) => `${method}: required argument ${name} is missing`),
    ];
  };
}
