import { html, type Html } from "./html.ts";
import { fields, items, list, number, text } from "./json.ts";
import { scrollingTable } from "./press.ts";

interface Line {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
}

const WIDTH = 560;
const HEIGHT = 250;
const LEFT = 66;
const RIGHT = 20;
const TOP = 12;
const BOTTOM = 26;
const PLOT_WIDTH = WIDTH - LEFT - RIGHT;
const PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;

/** Slack draws `data_visualization` itself; this draws the same numbers in its look, with the table behind them. */
export function slackChart(block: unknown): Html {
  const { title, chart } = fields(block);
  const { type, series, axis_config: axis } = fields(chart);
  const { categories, y_label: unit } = fields(axis);
  const labels = items(categories).map(text);
  const rows = list(series).map((one) => ({
    name: text(one.name),
    values: valuesOf(one.data, labels),
  }));
  return html`<figure class="chart">
    <figcaption>${text(title)}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true" focusable="false">
      ${scale(rows, labels, type === "line" ? linesDrawn : barsDrawn)}
      <text transform="translate(12 ${TOP + PLOT_HEIGHT / 2}) rotate(-90)" text-anchor="middle">
        ${text(unit)}
      </text>
    </svg>
    <p class="legend" aria-hidden="true">
      ${rows.map((row, at) => html`<span><i class="hue-${at % 6}"></i>${row.name}</span>`)}
    </p>
    <details class="numbers">
      <summary>Numbers</summary>
      ${numbersOf(text(title), text(unit), labels, rows)}
    </details>
  </figure>`;
}

function valuesOf(data: unknown, labels: readonly string[]): readonly (number | undefined)[] {
  const points = new Map(list(data).map((point) => [text(point.label), number(point.value)]));
  return labels.map((label) => points.get(label));
}

type Drawing = (rows: readonly Line[], count: number, y: (value: number) => number) => Html;

function scale(rows: readonly Line[], labels: readonly string[], drawn: Drawing): Html {
  const known = rows.flatMap((row) => row.values).filter((value) => value !== undefined);
  const ticks = niceTicks(Math.min(0, ...known), Math.max(0, ...known));
  const low = ticks.at(0) ?? 0;
  const high = ticks.at(-1) ?? 1;
  const y = (value: number) => round(TOP + PLOT_HEIGHT * (1 - (value - low) / (high - low)));
  const everyNth = Math.ceil(labels.length / 7);
  const step = PLOT_WIDTH / Math.max(1, labels.length);
  return html`${ticks.map(
    (tick) =>
      html`<line
          class="grid"
          x1="${LEFT}"
          x2="${WIDTH - RIGHT}"
          y1="${y(tick)}"
          y2="${y(tick)}"
        /><text x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${shortNumber(tick)}</text>`,
  )}${drawn(rows, labels.length, y)}${labels.map(
    (label, at) =>
      at % everyNth === 0 &&
      html`<text x="${round(LEFT + step * (at + 0.5))}" y="${HEIGHT - 8}" text-anchor="middle"
        >${label}</text
      >`,
  )}`;
}

function barsDrawn(rows: readonly Line[], count: number, y: (value: number) => number): Html {
  const step = PLOT_WIDTH / Math.max(1, count);
  const width = Math.min(34, (step * 0.72) / Math.max(1, rows.length));
  return html`${rows.map((row, which) =>
    row.values.map((value, at) => {
      if (value === undefined) return undefined;
      const x = LEFT + step * (at + 0.5) + width * (which - rows.length / 2);
      const height = Math.max(Math.abs(y(value) - y(0)), value === 0 ? 0 : 1);
      return html`<rect
        class="hue-${which % 6}"
        x="${round(x)}"
        y="${Math.min(y(value), y(0))}"
        width="${round(width * 0.92)}"
        height="${round(height)}"
        rx="2"
      />`;
    }),
  )}`;
}

function linesDrawn(rows: readonly Line[], count: number, y: (value: number) => number): Html {
  const step = PLOT_WIDTH / Math.max(1, count);
  return html`${rows.map((row, which) => {
    const points = row.values.map((value, at) =>
      value === undefined ? undefined : `${round(LEFT + step * (at + 0.5))} ${y(value)}`,
    );
    // A hole starts a new stroke: joining across it would draw a value nobody knows.
    const path = points
      .map((point, at) =>
        point === undefined ? "" : `${at > 0 && points[at - 1] !== undefined ? "L" : "M"}${point}`,
      )
      .join("");
    return html`<path class="stroke-${which % 6}" d="${path}" />`;
  })}`;
}

function numbersOf(
  title: string,
  unit: string,
  labels: readonly string[],
  rows: readonly Line[],
): Html {
  const head = html`<thead>
    <tr>
      <th scope="col">${unit}</th>
      ${rows.map((row) => html`<th scope="col" class="right">${row.name}</th>`)}
    </tr>
  </thead>`;
  const body = html`<tbody>
    ${labels.map(
      (label, at) =>
        html`<tr>
          <th scope="row">${label}</th>
          ${rows.map((row) => html`<td class="right">${row.values[at]?.toLocaleString("en-US") ?? "–"}</td>`)}
        </tr>`,
    )}
  </tbody>`;
  return scrollingTable(title, head, body);
}

/** Some five round steps that hold both ends. */
function niceTicks(low: number, high: number): readonly number[] {
  const raw = (high - low || 1) / 5;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= raw) ?? 10) * magnitude;
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
}

function shortNumber(value: number): string {
  return new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 }).format(
    value,
  );
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
