/** Blocks in few words, right or wrong as a test wants them. */
export const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
export const plain = (text: string) => ({ type: "plain_text" as const, text });
export const mrkdwn = (text: string) => ({ type: "mrkdwn" as const, text });
export const section = (text: string, more: object = {}) => ({
  type: "section",
  text: mrkdwn(text),
  ...more,
});
export const button = (more: object = {}) => ({
  type: "button",
  text: plain("Go"),
  ...more,
});
export const actions = (...elements: readonly object[]) => ({ type: "actions", elements });
export const options = (count: number) =>
  many(count, (n) => ({ text: plain(`${n}`), value: `${n}` }));
export const select = (more: object) =>
  section("Pick", { accessory: { type: "static_select", placeholder: plain("Pick"), ...more } });
export const image = (more: object) => ({ type: "image", alt_text: "A chart", ...more });
export const raw = (text: string) => ({ type: "raw_text", text });
export const table = (rows: number, columns: number, text = "x") => ({
  type: "table",
  rows: many(rows, () => many(columns, () => raw(text))),
});
export const dataTable = (rows: readonly (readonly object[])[], more: object = {}) => ({
  type: "data_table",
  caption: "Layoffs",
  rows,
  ...more,
});
export const chart = (more: object = {}, categories = ["2024", "2025"]) => ({
  type: "data_visualization",
  title: "Layoffs",
  chart: {
    type: "bar",
    series: [{ name: "People", data: categories.map((label) => ({ label, value: 1 })) }],
    axis_config: { categories, y_label: "people" },
    ...more,
  },
});
export const point = (label: string, value: unknown = 1) => ({ label, value });

/** What Slack says first where several shapes are allowed and none fits. */
export const LEAD = "failed to match all allowed schemas";
/** `[ERROR] message [json-pointer:/blocks/0/…]` */
export const error = (message: string, at = "") =>
  `[ERROR] ${message} [json-pointer:/blocks/0${at}]`;
