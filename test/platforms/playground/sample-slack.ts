import type { Dressers } from "../../../src/platforms/playground/dress.ts";
import { cellText, bareText, type Action, type Block } from "../../../src/reply/reply.ts";

/** Slack messages by a simple renderer of the tests' own, with the blocks the preview has to know. */
export const sampleSlack: Dressers["renderSlack"] = (reply, { keep }) => {
  const pictures: { chart: Extract<Block, { kind: "chart" }>["chart"]; blockId: string }[] = [];
  const value = (run: string) => (run.length > 140 ? `key:${keep(run)}` : `run:${run}`);
  const button = (action: Action) => ({
    type: "button",
    text: { type: "plain_text", text: action.label },
    ...("url" in action ? { url: action.url } : { value: value(action.run), ...(action.style && { style: action.style }) }),
  });
  const blockOf = (block: Block, at: number): object => {
    if (block.kind === "table") {
      return {
        type: "data_table",
        caption: block.caption,
        rows: [
          block.columns.map((column) => ({ type: "raw_text", text: column.title })),
          ...block.rows.map((row) =>
            row.map((cell) =>
              typeof cell === "object" && cell.value !== undefined
                ? { type: "raw_number", value: cell.value, text: cell.text }
                : { type: "raw_text", text: cellText(cell) },
            ),
          ),
        ],
      };
    }
    if (block.kind === "chart") {
      const { chart } = block;
      if (chart.kind === "ranges") {
        pictures.push({ chart, blockId: `picture-${at}` });
        return { type: "image", block_id: `picture-${at}`, alt_text: chart.title };
      }
      return {
        type: "data_visualization",
        title: chart.title,
        chart: {
          type: chart.kind === "lines" ? "line" : "bar",
          axis_config: { categories: chart.categories, y_label: chart.unit },
          series: chart.series.map((one) => ({
            name: one.name,
            data: one.values.flatMap((number, which) => (number === null ? [] : [{ label: chart.categories[which], value: number }])),
          })),
        },
      };
    }
    return { type: "section", text: { type: "mrkdwn", text: escaped(textOf(block)) } };
  };
  const choices = reply.choices.map((choice) => ({
    type: "static_select",
    placeholder: { type: "plain_text", text: choice.placeholder },
    options: choice.options.map((option) => ({
      text: { type: "plain_text", text: option.label },
      ...(option.detail && { description: { type: "plain_text", text: option.detail } }),
      value: value(option.run),
    })),
  }));
  const controls = [...reply.actions.map(button), ...choices];
  return {
    text: reply.title,
    blocks: [
      { type: "header", text: { type: "plain_text", text: reply.title } },
      ...reply.blocks.map(blockOf),
      ...(controls.length > 0 ? [{ type: "actions", elements: controls }] : []),
      ...reply.notes.map((note) => ({ type: "context", elements: [{ type: "mrkdwn", text: escaped(note) }] })),
    ],
    pictures,
  };
};

function textOf(block: Exclude<Block, { kind: "table" | "chart" }>): string {
  switch (block.kind) {
    case "text":
      return bareText(block.words);
    case "bullets":
      return block.items.map((item) => `• ${bareText(item)}`).join("\n");
    case "figures":
      return block.items.map((item) => `${item.label} ${item.value}`).join(" · ");
    case "meters":
      return `\`\`\`${block.items.map((item) => `${item.label} ${"█".repeat(Math.ceil(item.ratio * 15))} ${item.text}`).join("\n")}\`\`\``;
    case "code":
      return `\`\`\`${block.text}\`\`\``;
  }
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
