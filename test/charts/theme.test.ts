import { describe, expect, it } from "vitest";
import { COLOURS } from "../../src/charts/theme.ts";

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(Object.entries(COLOURS))("the %s theme", (_name, colours) => {
  it.each([
    ["ink", colours.ink],
    ["soft", colours.soft],
    ["alert", colours.alert],
    ...colours.series.map((colour, at): [string, string] => [`series ${at + 1}`, colour]),
  ] satisfies [string, string][])(
    "has text in %s with a contrast of 4.5 or more",
    (_use, colour) => {
      expect(contrast(colour, colours.background)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it("has quiet bars that still stand out, and a line that stands out from them", () => {
    expect(contrast(colours.quiet, colours.background)).toBeGreaterThanOrEqual(2.3);
    expect(contrast(colours.quiet, colours.series[0]!)).toBeGreaterThanOrEqual(1.7);
  });
});
