import type { Audit, Button, Digest, Mark, Post, Rule, Settings, Slot, Watch } from "./records.ts";

/** What the book holds, by table. Every key begins with its tenant, so that no code can forget whose it is. */
export interface Tables {
  readonly rules: Rule;
  readonly digests: Digest;
  readonly watches: Watch;
  readonly settings: Settings;
  /** What was last told of a rule's subject: the alert state machine's memory. */
  readonly marks: Mark;
  /** One line for each period of a digest that was dealt with: shown, or skipped with a reason. */
  readonly slots: Slot;
  /** The outbox: every message we decided to show, and what became of it. */
  readonly posts: Post;
  readonly audit: Audit;
  /** Commands too long for a platform's button, under their short keys. */
  readonly buttons: Button;
}
export type TableName = keyof Tables;

/** One record to write, or (`value: null`) to delete. */
export type Change = {
  [Name in TableName]: {
    readonly table: Name;
    readonly key: string;
    readonly value: Tables[Name] | null;
    /** The commit is refused as a conflict unless this holds. */
    readonly expect?: "absent" | "present" | { readonly version: number };
  };
}[TableName];

/**
 * What to change, worked out when its turn has come: while it runs, the book reads as if all commits given before it were
 * done. It may be asked more than once, must not wait for anything, and what it throws rejects the commit.
 */
export type ChangePlan = () => readonly Change[];

/**
 * Small state that must never be lost, half written or written twice. Reading is from memory and at once. A commit is
 * all its changes or none; when it resolves with `done` it survives a crash and a power cut; a `conflict` changed nothing.
 */
export interface Book {
  get<Name extends TableName>(table: Name, key: string): Stored<Tables[Name]> | undefined;
  /** Every record whose key starts with the prefix, in order of keys. */
  list<Name extends TableName>(table: Name, prefix?: string): readonly Stored<Tables[Name]>[];
  /** Rejects with a Fault (`store_readonly`) when the disk refuses; memory then is as before. */
  commit(changes: readonly Change[] | ChangePlan): Promise<"done" | "conflict">;
  close(): Promise<void>;
}

/** A record with its key and a version that grows with every write of it, from 1. */
export type Stored<Value> = {
  readonly key: string;
  readonly version: number;
  readonly value: Value;
};

/** `slack:T1|r7k2`: keys are the tenant and then whatever tells records of one table apart. */
export function keyOf(tenant: string, ...parts: readonly string[]): string {
  return [tenant, ...parts].map((part) => part.replaceAll("|", "/")).join("|");
}
