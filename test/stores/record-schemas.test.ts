import { expect, expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type { Reply } from "../../src/reply/reply.ts";
import type { TableName, Tables } from "../../src/stores/book.ts";
import { recordSchema, tableNames } from "../../src/stores/record-schemas.ts";
import type { replyPart } from "../../src/stores/reply-schema.ts";

/** With every field there and writable, so that a field only one of two types knows makes them differ. */
type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { -readonly [Name in keyof T]-?: Whole<T[Name]> }
    : T;
type SchemaOf<Name extends TableName> = NonNullable<
  Extract<z.output<typeof recordSchema>, { table: Name }>["value"]
>;
type SchemaTables = { [Name in Exclude<TableName, "posts">]: SchemaOf<Name> };

it("the schemas know every field that the records have, and no other", () => {
  // Held by the type checker: a field added to a record and forgotten here would make commits fail.
  expectTypeOf<Whole<SchemaTables>>().toEqualTypeOf<Whole<Omit<Tables, "posts">>>();
  expectTypeOf<Whole<Omit<SchemaOf<"posts">, "reply">>>().toEqualTypeOf<
    Whole<Omit<Tables["posts"], "reply">>
  >();
  type SchemaReply = Omit<z.output<typeof replyPart>, "figures">;
  expectTypeOf<Whole<Reply["blocks"]>>().toExtend<Whole<SchemaReply["blocks"]>>();
  expectTypeOf<Whole<SchemaReply["blocks"]>>().toExtend<Whole<Reply["blocks"]>>();
  expectTypeOf<Whole<Omit<Reply, "blocks" | "figures">>>().toEqualTypeOf<
    Whole<Omit<SchemaReply, "blocks">>
  >();
  expect([...tableNames].sort()).toEqual([
    "audit",
    "buttons",
    "digests",
    "marks",
    "posts",
    "rules",
    "settings",
    "slots",
    "watches",
  ]);
});
