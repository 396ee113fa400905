import type { SourceDef } from "../source.ts";

/** Every place facts come from by themselves or as files of their own shape. */
export const SOURCES: readonly SourceDef[] = [];
