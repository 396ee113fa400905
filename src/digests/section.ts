import type { Block, Figures } from "../reply/reply.ts";
import type { Telling } from "./telling.ts";

/** One part of a digest that can be chosen by name. */
export interface Section {
  /** As typed in `sections:`. */
  readonly name: string;
  /** For help and the edit form. */
  readonly summary: string;
  /** Its headline as a message of its own in the thread of a deep digest; without one it stays in the first message. */
  readonly heading?: string;
  /** It speaks of something else than layoffs, so that the line on what they are based on is not its own. */
  readonly isApart?: true;
  readonly content: (told: Telling) => SectionContent;
}

/** What a section says; `figures` stand under the section's name, `notes` are small print. */
export interface SectionContent {
  readonly blocks: readonly Block[];
  readonly figures: Figures;
  readonly notes: readonly string[];
}

export const NOTHING: SectionContent = { blocks: [], figures: {}, notes: [] };
