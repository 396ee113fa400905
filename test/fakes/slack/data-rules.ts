import { isRecord, listOf, recordOf, textOf } from "../discord/json.ts";
import type { Problem } from "./api-fault.ts";
import { richText } from "./element-rules.ts";
import type { Rule } from "./shapes.ts";
import { both, list, number, problem, shape, text, typed, whole } from "./shapes.ts";

const COLUMNS = 20;
const TABLE_ROWS = 100;
const DATA_ROWS = 100;
/** Over the cells of all tables of a message. */
const CELLS_TOGETHER = 10_000;

const plainCells: Readonly<Record<string, Rule>> = {
  raw_text: shape({ text: text(Number.POSITIVE_INFINITY) }),
  raw_number: shape({ value: number, text: text(Number.POSITIVE_INFINITY) }),
};
const cell = typed({ ...plainCells, rich_text: richText });
const row = list(cell, COLUMNS);

const isEven: Rule = (value, at) => {
  const widths = listOf(recordOf(value).rows).map((each) => listOf(each).length);
  const uneven = widths.findIndex((width) => width !== widths[0]);
  return uneven < 0
    ? []
    : [problem("all rows must have the same number of cells", `${at}/rows/${uneven}`)];
};

const hasPlainHead: Rule = (value, at) =>
  listOf(listOf(recordOf(value).rows)[0]).flatMap((each, column) =>
    typed(plainCells)(each, `${at}/rows/0/${column}`),
  );

/** https://docs.slack.dev/reference/block-kit/blocks/table-block */
export const table = shape(
  { rows: list(row, TABLE_ROWS) },
  { block_id: text(255), column_settings: list(() => [], COLUMNS) },
);

/** https://docs.slack.dev/reference/block-kit/blocks/data-table-block */
export const dataTable = both(
  shape(
    { caption: text(Number.POSITIVE_INFINITY), rows: list(row, DATA_ROWS + 1, 2) },
    {
      block_id: text(255),
      page_size: whole(1, 100),
      row_header_column_index: whole(0, COLUMNS - 1),
    },
  ),
  both(isEven, hasPlainHead),
);

const label = text(20);
const axisLabel = text(50);
const series = list(shape({ name: label, data: list(shape({ label, value: number }), 20) }), 6);
const seriesChart = both(
  shape({
    series,
    axis_config: shape({ categories: list(label, 20) }, { x_label: axisLabel, y_label: axisLabel }),
  }),
  (value, at) => [...matchingCategories(value, at), ...distinctNames(value, at)],
);

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export const dataVisualization = shape(
  {
    title: text(50),
    chart: typed({
      bar: seriesChart,
      line: seriesChart,
      area: seriesChart,
      pie: shape({ segments: list(shape({ label, value: positive }), 6) }),
    }),
  },
  { block_id: text(255) },
);

/** What only all tables of a message together show. */
export function tableProblems(blocks: readonly unknown[]): readonly Problem[] {
  let total = 0;
  for (const [index, block] of blocks.entries()) {
    if (!isTable(block)) continue;
    total += wordCount(recordOf(block).rows);
    if (total > CELLS_TOGETHER)
      return [
        problem(`tables must total less than ${CELLS_TOGETHER + 1} characters`, `/blocks/${index}`),
      ];
  }
  return [];
}

function isTable(block: unknown): boolean {
  const { type } = recordOf(block);
  return type === "table" || type === "data_table";
}

function wordCount(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + wordCount(each), 0);
  if (!isRecord(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, each]) => sum + (name === "text" ? (textOf(each)?.length ?? 0) : wordCount(each)),
    0,
  );
}

/** Every series has each category once. */
function matchingCategories(value: unknown, at: string): readonly Problem[] {
  const { series, axis_config } = recordOf(value);
  const categories = listOf(recordOf(axis_config).categories);
  return listOf(series).flatMap((each, index) => {
    const labels = listOf(recordOf(each).data).map((point) => recordOf(point).label);
    const isMatch =
      labels.length === categories.length &&
      new Set(labels).size === labels.length &&
      labels.every((one) => categories.includes(one));
    return isMatch
      ? []
      : [problem("data points must match the axis categories", `${at}/series/${index}/data`)];
  });
}

function distinctNames(value: unknown, at: string): readonly Problem[] {
  const names = listOf(recordOf(value).series).map((each) => recordOf(each).name);
  const again = names.findIndex((name, index) => names.indexOf(name) !== index);
  return again < 0 ? [] : [problem("series names must be unique", `${at}/series/${again}/name`)];
}

function positive(value: unknown, at: string): readonly Problem[] {
  return typeof value === "number" && value > 0 ? [] : [problem("must be greater than 0", at)];
}
