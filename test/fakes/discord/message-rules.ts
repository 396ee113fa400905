import type { Problem } from "./api-fault.ts";
import { FAULTS, refuse } from "./api-fault.ts";
import { componentProblems, lengthProblem, textBytes } from "./component-rules.ts";
import type { Json } from "./json.ts";
import { isGiven, listOf, numberOf, recordOf, textOf } from "./json.ts";

export const MESSAGE_FLAGS = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  silent: 1 << 12,
  componentsV2: 1 << 15,
} as const;

export interface MessageContext {
  /** `data.` for a response to an interaction. */
  readonly prefix?: string;
  readonly isInteraction: boolean;
  /** Names of the files that came with the request. */
  readonly uploaded: readonly { readonly name: string; readonly size: number }[];
  /** The message an edit changes. */
  readonly before?: {
    readonly flags: number;
    readonly attachments: readonly { readonly id: string; readonly filename: string }[];
  };
}

const LARGEST_FILE = 10 * 1024 * 1024;

/** Takes a message body or throws what Discord answers to it. */
export function checkMessage(
  body: Json,
  { prefix = "", isInteraction, uploaded, before }: MessageContext,
): void {
  const at = (path: string): string => `${prefix}${path}`;
  const flags = numberOf(body.flags) ?? 0;
  const isV2 = ((flags | (before?.flags ?? 0)) & MESSAGE_FLAGS.componentsV2) !== 0;
  const components = listOf(body.components);
  if (uploaded.some(({ size }) => size > LARGEST_FILE)) throw FAULTS.tooLarge();

  const problems: Problem[] = [];
  const kept = keptAttachments(body, uploaded, before?.attachments ?? []);
  if (!isInteraction && (flags & MESSAGE_FLAGS.ephemeral) !== 0)
    problems.push({ path: at("flags"), code: "MESSAGE_FLAGS_INVALID" });
  if (isGiven(body.content)) problems.push(...lengthProblem(body.content, at("content"), 2_000));
  if (listOf(body.embeds).length > 10)
    problems.push({ path: at("embeds"), code: "BASE_TYPE_MAX_LENGTH" });
  if (isV2) {
    for (const field of ["content", "embeds", "poll", "sticker_ids"]) {
      const value = body[field];
      if (isGiven(value) && value !== "" && !(Array.isArray(value) && value.length === 0)) {
        problems.push({
          path: at(field),
          code: "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        });
      }
    }
  }
  problems.push(...kept.problems.map(({ path, code }) => ({ path: at(path), code })));
  problems.push(
    ...componentProblems(components, { path: at("components"), isV2, attached: kept.names }),
  );
  problems.push(...mentionProblems(recordOf(body.allowed_mentions), at("allowed_mentions")));
  if (isGiven(body.nonce) && String(body.nonce).length > 25)
    problems.push({ path: at("nonce"), code: "BASE_TYPE_MAX_LENGTH" });
  refuse(problems);
  if (textBytes(components) > 10_170) throw FAULTS.internal();

  const says =
    components.length > 0 ||
    kept.names.length > 0 ||
    (textOf(body.content) ?? "") !== "" ||
    listOf(body.embeds).length > 0;
  if (before === undefined && !says) throw FAULTS.emptyMessage();
}

/** The files a message has afterwards: those uploaded, and of the old ones those an edit lists (all when it lists none). */
export function keptAttachments(
  body: Json,
  uploaded: MessageContext["uploaded"],
  old: readonly { readonly id: string; readonly filename: string }[],
): {
  readonly names: readonly string[];
  readonly keptOld: readonly string[];
  readonly problems: readonly Problem[];
} {
  if (!Array.isArray(body.attachments)) {
    return {
      names: [...old.map(({ filename }) => filename), ...uploaded.map(({ name }) => name)],
      keptOld: old.map(({ id }) => id),
      problems: [],
    };
  }
  const problems: Problem[] = [];
  const listed = listOf(body.attachments).map((each) => recordOf(each));
  if (listed.length > 10) problems.push({ path: "attachments", code: "BASE_TYPE_MAX_LENGTH" });
  const keptOld = new Set<string>();
  for (const [index, { id, description }] of listed.entries()) {
    const known = old.find((each) => each.id === String(id));
    if (known) keptOld.add(known.id);
    else if (uploaded[Number(id)] === undefined)
      problems.push({ path: `attachments.${index}.id`, code: "ATTACHMENT_NOT_FOUND" });
    if (isGiven(description))
      problems.push(...lengthProblem(description, `attachments.${index}.description`, 1_024));
  }
  const names = [
    ...old.filter(({ id }) => keptOld.has(id)).map(({ filename }) => filename),
    ...uploaded.map(({ name }) => name),
  ];
  return { names, keptOld: [...keptOld], problems };
}

function mentionProblems(allowed: Json, path: string): readonly Problem[] {
  const parse = listOf(allowed.parse);
  const contradicts =
    (parse.includes("users") && listOf(allowed.users).length > 0) ||
    (parse.includes("roles") && listOf(allowed.roles).length > 0);
  return contradicts ? [{ path, code: "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE" }] : [];
}
