import { z } from "zod";
import type { SourceDef } from "./source.ts";

/** The file that exports the sources there are, as `SOURCES`. */
export const CATALOGUE = new URL("./connectors/index.ts", import.meta.url);

const MODULE = z.object({
  SOURCES: z.array(
    z.custom<SourceDef>((value) => typeof value === "object" && value !== null && "parse" in value),
  ),
});

/** The sources that a catalogue's file exports; by its address, since a function does not cross into a thread. */
export async function sourcesOf(catalogue: URL): Promise<readonly SourceDef[]> {
  const module: unknown = await import(catalogue.href);
  return MODULE.parse(module).SOURCES;
}
