import { z } from "zod";
import { choice, words } from "../src/command/args.ts";
import { defineCommand } from "../src/command/define.ts";
import type { Context } from "../src/command/define.ts";
import { again } from "../src/command/again.ts";
import { parseQuestion } from "../src/command/parse.ts";
import { questionText } from "../src/command/question-text.ts";
import { Fault } from "../src/fault.ts";
import { csvOf } from "../src/reply/csv.ts";
import type { Reply, ReplyFile } from "../src/reply/reply.ts";
import { reply } from "../src/reply/reply.ts";
import { count, list, plural } from "../src/reply/words.ts";

/** Named so, since `export` is a word of the language. */
export const exportFile = defineCommand({
  name: "export",
  summary: "Any answer as a file with its licence lines and its question",
  args: z.object({
    question: words(
      "The question to export, as you would type it",
      { example: "layoffs google" },
      400,
    ),
    format: choice("csv (every row), json (figures and rows) or png (the chart)", [
      "csv",
      "json",
      "png",
    ]),
  }),
  bare: ["question"],
  keepsUnknownKeys: true,
  examples: [
    "/export layoffs google",
    "/export layoffs period:2023 format:csv",
    "/export trend layoffs format:png",
    "/export salary ai-engineer format:json",
  ],
  run: async ({ question, format = "csv" }, context) => {
    if (question === undefined)
      throw new Fault("missing_argument", "Which question should go into the file?", "", [
        "/export layoffs google",
      ]);
    const { asked, answer } = await exported(question, format, context);
    if (answer.reason !== undefined) return answer;
    const name = `market-pulse-${question
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .toLowerCase()
      .slice(0, 60)}-${context.today}`;
    const { sources } = context.market;
    const licences = sources
      .filter(({ id }) => answer.sources?.includes(id) ?? true)
      .map((source) => `${source.publisher}, ${source.title}: ${source.licence}`);
    const file = await fileOf(format, name, asked, answer, licences, context);
    return reply(answer.title, {
      blocks: [
        {
          kind: "text",
          words: `The file ${file.name} holds ${contents(format, answer)}, its question and the licence lines of the sources it is made of.`,
        },
      ],
      files: [file],
      figures: { ...answer.figures, file: file.name },
      notes: answer.notes,
      actions: (["csv", "json", "png"] as const)
        .filter((other) => other !== format)
        .map((other) => ({ label: `As ${other}`, run: again(context, { format: other }) })),
    });
  },
});

/** The answer to the question inside; a refusal of it offers what to export instead. */
async function exported(
  question: string,
  format: "csv" | "json" | "png",
  context: Context,
): Promise<{ readonly asked: string; readonly answer: Reply }> {
  try {
    const asked = asksEverything(question, format, context);
    return { asked, answer: await context.ask(asked) };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw new Fault(
      fault.reason,
      fault.message,
      fault.right,
      fault.tries.map((text) =>
        text.startsWith("/help") ? text : again(context, { question: text.replace(/^\//, "") }),
      ),
    );
  }
}

/** The question with all its rows for a table, with its chart for a picture. */
function asksEverything(
  question: string,
  format: "csv" | "json" | "png",
  context: Context,
): string {
  const { command, asked } = parseQuestion(
    question.startsWith("/") ? question : `/${question}`,
    context.commands,
  );
  const has = (name: string) => command.args.shape[name] !== undefined;
  return questionText(command, asked, {
    ...(format !== "png" && has("rows") && !isNumber(asked.words["rows"]) && { rows: "all" }),
    ...(format === "png" && has("chart") && { chart: "yes" }),
  });
}

/** So many rows, and not just that rows are wanted. */
function isNumber(typed: string | undefined): boolean {
  return /^[1-9]\d*$/.test(typed ?? "");
}

async function fileOf(
  format: "csv" | "json" | "png",
  name: string,
  asked: string,
  answer: Reply,
  licences: readonly string[],
  context: Context,
): Promise<ReplyFile> {
  switch (format) {
    case "csv": {
      const table = answer.blocks.filter((block) => block.kind === "table").at(-1);
      if (table === undefined)
        throw new Fault("unsupported", "That answer has no table.", "It can be exported as json.", [
          again(context, { format: "json" }),
        ]);
      return {
        name: `${name}.csv`,
        mediaType: "text/csv",
        encoding: "utf8",
        content: csvOf(table, [
          `question: ${asked}`,
          answer.title,
          ...answer.notes,
          ...licences.map((line) => `licence: ${line}`),
        ]),
      };
    }
    case "json": {
      const tables = answer.blocks.filter((block) => block.kind === "table");
      return {
        name: `${name}.json`,
        mediaType: "application/json",
        encoding: "utf8",
        content: `${JSON.stringify({ question: asked, title: answer.title, figures: answer.figures, notes: answer.notes, licences, tables }, null, 2)}\n`,
      };
    }
    case "png": {
      const chart = answer.blocks.find((block) => block.kind === "chart");
      if (chart === undefined)
        throw new Fault(
          "unsupported",
          "That answer has no chart.",
          "Trends and comparisons have one.",
          ["/export trend layoffs format:png"],
        );
      const picture = await context.draw(chart.chart, "light");
      return {
        name: `${name}.png`,
        mediaType: "image/png",
        encoding: "base64",
        content: Buffer.from(picture).toString("base64"),
      };
    }
  }
}

/** What the file holds, and what of the answer it does not. */
function contents(format: "csv" | "json" | "png", answer: Reply): string {
  const tables = answer.blocks.filter((block) => block.kind === "table");
  const table = tables.at(-1);
  if (format === "png") return "the chart";
  if (format === "json" || table === undefined) return "every figure";
  const rows =
    table.more === 0
      ? plural(table.rows.length, "row")
      : `${count(table.rows.length)} of ${plural(table.rows.length + table.more, "row")}`;
  const others = tables.slice(0, -1).map(({ caption }) => `“${caption}”`);
  return `${rows} of “${table.caption}”${others.length === 0 ? "" : ` (json also holds ${list(others)})`}`;
}
