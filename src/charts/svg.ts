import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GraphicComponent, GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Chart, Theme } from "./chart.ts";
import { drawing } from "./draw.ts";
import { SIZE } from "./theme.ts";

use([BarChart, LineChart, GridComponent, GraphicComponent, AriaComponent, SVGRenderer]);

/** A chart as SVG, 800 wide. Loads ECharts: only the worker and tests import this file. */
export function chartSvg(chart: Chart, theme: Theme): string {
  const { option, height } = drawing(chart, theme);
  const picture = init(null, null, {
    renderer: "svg",
    ssr: true,
    width: SIZE.width,
    height: Math.ceil(height),
  });
  try {
    picture.setOption(option);
    return picture.renderToSVGString();
  } finally {
    picture.dispose();
  }
}
