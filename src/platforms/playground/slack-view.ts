import type { ReplyFile } from "../../reply/reply.ts";
import type { SlackDress } from "./dress.ts";
import { html, type Html, type Part } from "./html.ts";
import { fields, items, list, text, type Fields } from "./json.ts";
import { fileLink, pictureTag, type Look } from "./shelf-view.ts";
import { linkButton, menu, pressButton, scrollingTable } from "./press.ts";
import { slackChart } from "./slack-chart.ts";
import { richText, slackText } from "./slack-text.ts";

/**
 * A Slack message as Slack would show it. Drawn by hand: slack-blocks-to-jsx draws nothing for `data_table`,
 * throws on `raw_number`, and its buttons and menus do nothing without a script, while every one here is a link.
 */
export function slackView(message: SlackDress, files: readonly ReplyFile[], look: Look): Html {
  const charts = new Map(message.pictures.map((picture) => [picture.blockId, picture.chart]));
  return html`${message.blocks.map((block) => {
    const own = fields(block);
    const chart = charts.get(text(own.block_id));
    return chart
      ? html`<div class="picture">${pictureTag(chart, text(own.alt_text), look)}</div>`
      : blockView(own);
  })}${files.map(fileLink)}`;
}

function blockView(block: Fields): Html {
  switch (block.type) {
    case "header":
      return html`<p class="header">${slackText(block.text)}</p>`;
    case "section":
      return section(block);
    case "context":
      return html`<div class="context">
        ${list(block.elements).map((element) => html`<span>${slackText(element)}</span>`)}
      </div>`;
    case "actions":
      return html`<div class="actions">${list(block.elements).map(element)}</div>`;
    case "rich_text":
      return html`<div class="rich">${richText(list(block.elements))}</div>`;
    case "data_table":
      return table(block);
    case "data_visualization":
      return slackChart(block);
    default:
      return html`<p class="missing">
        A block of the kind “${text(block.type)}” stands here; this preview cannot draw it.
      </p>`;
  }
}

function section(block: Fields): Html {
  return html`<div class="section">
    ${block.text !== undefined && html`<div>${slackText(block.text)}</div>`}
    ${block.fields !== undefined && html`<div class="fields">${list(block.fields).map((field) => html`<div>${slackText(field)}</div>`)}</div>`}
  </div>`;
}

/** Buttons and menus: each is a link that sends what Slack would send. */
function element(element: Fields): Html {
  const label = slackText(element.text);
  const style = element.style === "primary" || element.style === "danger" ? element.style : "";
  if (element.type === "button") {
    return element.url === undefined
      ? pressButton(text(element.value), label, style)
      : linkButton(text(element.url), label, style);
  }
  const options = list(element.options).map((option) => ({
    label: text(fields(option.text).text),
    detail: text(fields(option.description).text),
    value: text(option.value),
  }));
  return menu(text(fields(element.placeholder).text), options);
}

function table(block: Fields): Html {
  const rows = items(block.rows).map(list);
  const [head = [], ...body] = rows;
  const numeric = head.map((_, at) => body.some((row) => row[at]?.type === "raw_number"));
  const side = (at: number): Part =>
    numeric[at] === true
      ? html` class="right"`
      : body.some((row) => text(row[at]?.text).length > 36) && html` class="long"`;
  return scrollingTable(
    text(block.caption) || "Table",
    html`<thead>
      <tr>
        ${head.map((cell, at) => html`<th scope="col" ${side(at)}>${cellView(cell)}</th>`)}
      </tr>
    </thead>`,
    html`<tbody>
      ${body.map(
        (row) =>
          html`<tr>
            ${row.map((cell, at) => (at === 0 ? html`<th scope="row" ${side(at)}>${cellView(cell)}</th>` : html`<td${side(at)}>${cellView(cell)}</td>`))}
          </tr>`,
      )}
    </tbody>`,
  );
}

function cellView(cell: Fields): Html {
  if (cell.type === "rich_text") return richText(list(cell.elements));
  return html`${text(cell.text) || text(cell.value)}`;
}
