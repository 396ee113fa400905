import { z } from "zod";
import { REASONS } from "../fault.ts";
import type { Block, Figure, Reply } from "../reply/reply.ts";
import { sealedPart } from "./sealed-part.ts";

type ChartOf = Extract<Block, { readonly kind: "chart" }>["chart"];

const inline = z.union([
  z.string(),
  z.strictObject({ bold: z.string() }),
  z.strictObject({ code: z.string() }),
  z.strictObject({ link: z.string(), text: z.string() }),
]);
const words = z.union([z.string(), z.array(inline)]);

const seriesChart = z.strictObject({
  kind: z.enum(["bars", "lines", "grouped"]),
  title: z.string(),
  subtitle: z.string(),
  unit: z.string(),
  categories: z.array(z.string()),
  series: z.array(
    z.strictObject({
      name: z.string(),
      values: z.array(z.number().nullable()),
      as: z.exactOptional(z.literal("line")),
      isWhole: z.exactOptional(z.literal(true)),
    }),
  ),
  threshold: z.exactOptional(z.strictObject({ value: z.number(), label: z.string() })),
  lastIncomplete: z.boolean(),
  marks: z.exactOptional(z.array(z.strictObject({ category: z.string(), label: z.string() }))),
});
const rangeChart = z.strictObject({
  kind: z.literal("ranges"),
  title: z.string(),
  subtitle: z.string(),
  unit: z.string(),
  rows: z.array(
    z.strictObject({
      label: z.string(),
      low: z.number(),
      middle: z.number(),
      high: z.number(),
      note: z.exactOptional(z.string()),
    }),
  ),
});
const chart = z.union([seriesChart, rangeChart]) satisfies z.ZodType<ChartOf>;

const cell = z.union([
  z.string(),
  z.strictObject({
    text: z.string(),
    value: z.exactOptional(z.number()),
    link: z.exactOptional(z.string()),
  }),
]);
const block = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), words }),
  z.strictObject({ kind: z.literal("bullets"), items: z.array(words) }),
  z.strictObject({
    kind: z.literal("figures"),
    items: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  }),
  z.strictObject({
    kind: z.literal("meters"),
    items: z.array(z.strictObject({ label: z.string(), ratio: z.number(), text: z.string() })),
  }),
  z.strictObject({
    kind: z.literal("table"),
    caption: z.string(),
    columns: z.array(z.strictObject({ title: z.string(), align: z.enum(["left", "right"]) })),
    rows: z.array(z.array(cell)),
    more: z.number(),
  }),
  z.strictObject({ kind: z.literal("chart"), chart }),
  z.strictObject({ kind: z.literal("code"), text: z.string() }),
]);

const figure: z.ZodType<Figure> = z.lazy(() =>
  z.union([
    z.number(),
    z.string(),
    z.boolean(),
    z.null(),
    z.array(figure),
    z.record(z.string(), figure),
  ]),
);

const action = z.union([
  z.strictObject({
    label: z.string(),
    run: z.string(),
    style: z.exactOptional(z.enum(["primary", "danger"])),
  }),
  z.strictObject({ label: z.string(), url: z.string() }),
]);
const choice = z.strictObject({
  placeholder: z.string(),
  options: z.array(
    z.strictObject({
      label: z.string(),
      run: z.string(),
      detail: z.exactOptional(z.string()),
    }),
  ),
});

const form = z.strictObject({
  title: z.string(),
  submit: z.string(),
  run: z.string(),
  fields: z.array(
    z.strictObject({
      name: z.string(),
      label: z.string(),
      hint: z.exactOptional(z.string()),
      kind: z.enum(["text", "lines", "choice"]),
      value: z.exactOptional(z.string()),
      options: z.exactOptional(z.array(z.strictObject({ label: z.string(), value: z.string() }))),
      optional: z.exactOptional(z.boolean()),
    }),
  ),
  fault: z.exactOptional(z.strictObject({ field: z.string(), words: z.string() })),
});

/** A reply as it rests in a post, field by field: what is not declared is refused. */
export const replyPart = sealedPart(
  z.strictObject({
    title: z.string(),
    blocks: sealedPart(z.array(block)),
    actions: z.array(action),
    choices: z.array(choice),
    figures: sealedPart(z.record(z.string(), figure)),
    notes: z.array(z.string()),
    audience: z.enum(["asker", "everyone"]),
    reason: z.exactOptional(z.enum(REASONS)),
    files: z.array(
      z.strictObject({
        name: z.string(),
        mediaType: z.string(),
        content: z.string(),
        encoding: z.enum(["utf8", "base64"]),
      }),
    ),
    sources: z.exactOptional(z.array(z.string())),
    form: z.exactOptional(form),
  }),
) satisfies z.ZodType<Reply>;
