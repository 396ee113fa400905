import { textWidth, wrapped } from "./lettering.ts";
import { SIZE, type Colours } from "./theme.ts";

/** A rectangle in picture units, from the upper left. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What we place ourselves, around and over what ECharts lays out; its own words for a `graphic` element. */
export type Shape =
  | {
      readonly type: "text";
      readonly x: number;
      readonly y: number;
      readonly z: number;
      readonly style: TextStyle;
    }
  | { readonly type: "line"; readonly z: number; readonly shape: Ends; readonly style: StrokeStyle }
  | { readonly type: "rect"; readonly z: number; readonly shape: Corner; readonly style: FillStyle }
  | {
      readonly type: "polygon";
      readonly z: number;
      readonly shape: { readonly points: number[][] };
      readonly style: FillStyle;
    };

interface TextStyle {
  readonly text: string;
  readonly fill: string;
  readonly fontSize: number;
  readonly fontWeight: 400 | 600;
  readonly fontFamily: "Inter";
  readonly align: "left" | "right" | "center";
  readonly verticalAlign: "top" | "middle" | "bottom";
  readonly stroke?: string;
  readonly lineWidth?: number;
}
interface Ends {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}
interface Corner {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly r?: number;
}
interface StrokeStyle {
  readonly stroke: string;
  readonly lineWidth: number;
  readonly lineDash?: number[];
}
interface FillStyle {
  readonly fill: string;
  readonly stroke?: string;
  readonly lineWidth?: number;
}

/** What a colour or a pattern in the plot means. */
export interface Key {
  readonly sign: "bar" | "line" | "hatched" | "dashed" | "mark";
  readonly colour: string;
  readonly text: string;
}

/** The head of a picture: title, subtitle and key, one under the other. `bottom` is where the plot's own part may begin. */
export function head(
  {
    title,
    subtitle,
    keys,
  }: { readonly title: string; readonly subtitle: string; readonly keys: readonly Key[] },
  colours: Colours,
): { readonly shapes: readonly Shape[]; readonly bottom: number } {
  const shapes: Shape[] = [];
  const room = SIZE.width - 2 * SIZE.side;
  let y: number = SIZE.top;
  for (const line of wrapped(title, SIZE.title, room, 2, true)) {
    shapes.push(
      words(line, SIZE.side, y, {
        size: SIZE.title,
        colour: colours.ink,
        bold: true,
        vertical: "top",
      }),
    );
    y += 26;
  }
  y += 2;
  for (const line of wrapped(subtitle, SIZE.subtitle, room, 2)) {
    shapes.push(
      words(line, SIZE.side, y, { size: SIZE.subtitle, colour: colours.soft, vertical: "top" }),
    );
    y += 19;
  }
  if (keys.length === 0) return { shapes, bottom: y };
  y += 16;
  let x: number = SIZE.side;
  for (const key of keys) {
    const [line = ""] = wrapped(key.text, SIZE.subtitle, 220, 1);
    const width = 22 + textWidth(line, SIZE.subtitle) + 18;
    if (x > SIZE.side && x + width > SIZE.width - SIZE.side) {
      x = SIZE.side;
      y += 22;
    }
    shapes.push(
      ...sign(key, x, y, colours),
      words(line, x + 22, y, { size: SIZE.subtitle, colour: colours.soft }),
    );
    x += width;
  }
  return { shapes, bottom: y + 10 };
}

function sign({ sign, colour }: Key, x: number, y: number, colours: Colours): Shape[] {
  switch (sign) {
    case "bar":
      return [rect({ x, y: y - 6, width: 13, height: 12, r: 2.5 }, colour)];
    case "line":
      return [line(x, y, x + 15, y, { stroke: colour, lineWidth: 3 })];
    case "dashed":
      return [line(x, y, x + 15, y, { stroke: colour, lineWidth: 2.5, lineDash: [4, 3] })];
    case "mark":
      return [triangle(x + 6.5, y + 5, colour)];
    case "hatched":
      return [
        {
          ...rect({ x: x + 0.5, y: y - 6, width: 12, height: 12, r: 2 }, colours.background),
          style: { fill: colours.background, stroke: colour, lineWidth: 1.2 },
        },
        line(x + 1, y + 1, x + 8, y - 6, { stroke: colour, lineWidth: 1.4 }),
        line(x + 2, y + 6, x + 12, y - 4, { stroke: colour, lineWidth: 1.4 }),
        line(x + 8, y + 6, x + 12, y + 2, { stroke: colour, lineWidth: 1.4 }),
      ];
    default:
      return sign satisfies never;
  }
}

/** Small print under the plot. */
export function footnotes(
  notes: readonly string[],
  top: number,
  colours: Colours,
): { readonly shapes: readonly Shape[]; readonly bottom: number } {
  const lines = notes.flatMap((note) => wrapped(note, SIZE.small, SIZE.width - 2 * SIZE.side, 2));
  const shapes = lines.map((text, at) =>
    words(text, SIZE.side, top + 10 + at * 16, {
      size: SIZE.small,
      colour: colours.soft,
      vertical: "top",
    }),
  );
  return { shapes, bottom: lines.length === 0 ? top : top + 10 + lines.length * 16 };
}

/** One line of text. `over` gives it a rim of the background's colour, so that it reads over bars and lines. */
export function words(
  text: string,
  x: number,
  y: number,
  look: {
    readonly size: number;
    readonly colour: string;
    readonly bold?: boolean;
    readonly align?: TextStyle["align"];
    readonly vertical?: TextStyle["verticalAlign"];
    readonly over?: string;
  },
): Shape {
  const { size, colour, bold = false, align = "left", vertical = "middle", over } = look;
  const rim = over === undefined ? {} : { stroke: over, lineWidth: 3 };
  const style = {
    text,
    fill: colour,
    fontSize: size,
    fontWeight: bold ? 600 : 400,
    fontFamily: "Inter",
  } as const;
  return { type: "text", x, y, z: 20, style: { ...style, align, verticalAlign: vertical, ...rim } };
}

export function line(x1: number, y1: number, x2: number, y2: number, style: StrokeStyle): Shape {
  return { type: "line", z: 15, shape: { x1, y1, x2, y2 }, style };
}

export function rect(shape: Corner, fill: string): Shape & { readonly type: "rect" } {
  return { type: "rect", z: 10, shape, style: { fill } };
}

/** A small triangle that points down at (x, y). */
export function triangle(x: number, y: number, fill: string): Shape {
  const points = [
    [x - 5, y - 9],
    [x + 5, y - 9],
    [x, y],
  ];
  return { type: "polygon", z: 18, shape: { points }, style: { fill } };
}
