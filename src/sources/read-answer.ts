import { z } from "zod";
import { Fault } from "../fault.ts";
import type { Reason } from "../fault.ts";
import { sourcesOf } from "./catalogue.ts";
import { refuseHostile } from "./hostile.ts";
import type { ParseAbout, Parsed, SourceDef } from "./source.ts";

/** What a worker is asked: the catalogue's file, the source's id, and its answer. */
export interface ReadTask {
  /** A file that exports `SOURCES`. */
  readonly catalogue: string;
  readonly source: string;
  readonly text: string;
  readonly about: ParseAbout;
}

/** What comes back over a thread's border, which a Fault does not cross as one. */
export type ReadOutcome =
  | { readonly parsed: Parsed }
  | {
      readonly fault: { readonly reason: Reason; readonly message: string; readonly right: string };
    };

/** Reads one answer of a source; pure. Throws a Fault for what is no answer of it, and only a Fault. */
export function readAnswer(def: SourceDef, text: string, about: ParseAbout): Parsed {
  if (text.trim() === "")
    throw new Fault("bad_file", "The answer is empty.", "Look at the address in a browser.");
  refuseHostile(text);
  try {
    return def.parse(text, about);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(
      "bad_file",
      `The answer is not of the shape that ${def.id} reads (${whatIsWrong(error).slice(0, 200)}).`,
      "If the source changed its form, its connector has to follow.",
    );
  }
}

function whatIsWrong(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return `${issue?.path.join(".") || "the whole"}: ${issue?.message}`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** `readAnswer` in a worker thread. */
export async function readInWorker({
  catalogue,
  source,
  text,
  about,
}: ReadTask): Promise<ReadOutcome> {
  const sources = await sourcesOf(new URL(catalogue));
  const def = sources.find(({ id }) => id === source);
  if (def === undefined) throw new Error(`${catalogue} has no source ${source}`);
  try {
    return { parsed: readAnswer(def, text, about) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { fault: { reason: error.reason, message: error.message, right: error.right } };
  }
}
