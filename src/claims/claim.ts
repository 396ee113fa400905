import type { Company } from "../market/company.ts";
import type { PayLevel, PostedPay } from "../market/facts.ts";
import type { Role } from "../market/roles.ts";
import type { Amount } from "./amounts.ts";
import type { Time } from "./times.ts";

/** What a change is of. */
export type Moving = "people" | "events" | "companies" | "cut size" | "pay" | "AI share";

/** What a claim says is measured. */
export type About =
  /** `either` is "layoffs", which the press says of people and trackers of events. */
  | { readonly kind: "count"; readonly of: "people" | "events" | "companies" | "either" }
  | { readonly kind: "median cut" }
  /** "The biggest layoff of 2023". */
  | { readonly kind: "largest cut" }
  | { readonly kind: "staff share" }
  | { readonly kind: "pay"; readonly stat: "mean" | "median" | null }
  | { readonly kind: "posted pay" }
  | { readonly kind: "AI share" }
  /** What AI engineers are paid above other engineers. */
  | { readonly kind: "premium" }
  /** `direction` 0 is "moved", with neither up nor down said. */
  | {
      readonly kind: "change";
      readonly of: Moving;
      readonly direction: -1 | 0 | 1;
      readonly yearly: boolean;
    }
  /** Without a figure: it happened at all, it goes on, it moved that way, it stood still. */
  | { readonly kind: "happened" }
  | { readonly kind: "continues" }
  | {
      readonly kind: "moved";
      readonly of: Moving;
      readonly direction: -1 | 0 | 1;
      readonly yearly: boolean;
    }
  /** `why` is a whole sentence. */
  | { readonly kind: "unmeasured"; readonly why: string };

/** Which survey or tracker a total is of: tech, every sector, or cuts blamed on AI. */
export type Topic = "tech" | "all" | "ai";

export interface Subject {
  readonly companies: readonly Company[];
  /** The units a sentence names belong to the owner it names. */
  readonly withUnits: boolean;
  readonly countries: readonly string[];
  readonly industries: readonly string[];
  readonly topic: Topic;
  /** It says that tech is meant: rows of tech companies cannot disprove a total of all. */
  readonly saysTech: boolean;
  /** A country where people were, and not one where companies sit. */
  readonly isPlace: boolean;
  /** Somebody's published figure is meant: "Challenger". */
  readonly publisher?: string;
  /** Whose pay. */
  readonly role?: Role;
  readonly level?: PayLevel;
  /** Advertisements of the companies it names. */
  readonly postings: readonly PostedPay[];
  /** No AI titles: "other tech pay". */
  readonly withoutAi: boolean;
}

/** One thing a text claims, as it was read. */
export interface Claim {
  /** The words checked, at most 120 characters. */
  readonly text: string;
  /** Absent where no figure is claimed. */
  readonly amount?: Amount;
  readonly about: About;
  readonly time?: Time;
  /** A time it may be of or not, as it has none of its own: only what is so either way is said. */
  readonly perhaps?: Time;
  readonly subject: Subject;
  /** The sentence tells of what is to come, or may: what is not known of it is not disproved. */
  readonly isAhead?: true;
  /** Words that narrow the figure and are not checked: "in its Cloud division". */
  readonly unread?: string;
}
