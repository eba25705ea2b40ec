/** The distribution of a parameter as a small picture, with the script's default marked in it. */
import { identity } from "../space/distribution.js";
import type { Distribution } from "../space/space.js";
import type { Json } from "../space/value.js";
import { short } from "./distribution-words.js";
import { type Choice, type Histogram, histogramOf, onScale, type Scale } from "./histogram.js";
import { element, label, type Palette, palettes, picture, px, type Theme } from "./svg.js";

export interface DrawingOptions {
  readonly theme: Theme;
  /** What the script itself uses; undefined where that is not known. */
  readonly default?: Json | undefined;
}

const width = 320;
const margin = 12;
const barsTop = 20;
const barsHeight = 52;
const axisY = barsTop + barsHeight;
const numbersHeight = axisY + 20;
const rowHeight = 18;
const rowsDrawn = 8;

/** SVG; undefined where there is nothing to see, as of a constant. */
export function drawingOf(
  distribution: Distribution,
  { theme, default: preset }: DrawingOptions,
): string | undefined {
  const histogram = histogramOf(distribution);
  if (histogram === undefined) return undefined;
  const palette = palettes[theme];
  return histogram.kind === "choices"
    ? choicesDrawing(histogram.choices, palette, preset)
    : numbersDrawing(histogram, palette, preset);
}

function choicesDrawing(
  choices: readonly Choice[],
  palette: Palette,
  preset: Json | undefined,
): string {
  const shown = choices.slice(0, rowsDrawn);
  const highest = Math.max(...choices.map(({ probability }) => probability));
  const rows = shown.flatMap((choice, index) => choiceRow(choice, index, highest, palette, preset));
  const more = choices.length - shown.length;
  const height = (shown.length + (more > 0 ? 1 : 0)) * rowHeight + 4;
  if (more > 0) {
    const y = shown.length * rowHeight + 13;
    rows.push(label({ x: margin, y, fill: palette.faint }, `and ${more} more`));
  }
  return picture(width, height, rows);
}

function choiceRow(
  { value, probability }: Choice,
  index: number,
  highest: number,
  palette: Palette,
  preset: Json | undefined,
): string[] {
  const top = index * rowHeight + 3;
  const y = top + 10;
  const isDefault = preset !== undefined && identity(preset) === identity(value);
  const length = highest > 0 ? (probability / highest) * 90 : 0;
  const share = `${short(probability * 100)} %${isDefault ? " ◂ default" : ""}`;
  return [
    label({ x: 118, y, fill: palette.text, "text-anchor": "end" }, clipped(value)),
    element("rect", { x: 126, y: top, width: px(length), height: 12, rx: 1, fill: palette.bar }),
    label({ x: px(132 + length), y, fill: isDefault ? palette.mark : palette.faint }, share),
  ];
}

function clipped(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 18 ? `${text.slice(0, 17)}…` : text;
}

type Numbers = Extract<Histogram, { readonly kind: "numbers" }>;

function numbersDrawing(numbers: Numbers, palette: Palette, preset: Json | undefined): string {
  const { heights } = numbers;
  const placeOf = placing(numbers);
  const barWidth = (width - 2 * margin) / heights.length;
  const gap = heights.length > 20 ? 1 : 2;
  const bars = heights.map((relative, index) => {
    const height = px(relative * barsHeight);
    const x = px(margin + index * barWidth);
    const y = px(axisY - height);
    return element("rect", { x, y, width: px(barWidth - gap), height, fill: palette.bar });
  });
  const line = { x1: margin, x2: width - margin, y1: axisY, y2: axisY, stroke: palette.faint };
  return picture(width, numbersHeight, [
    ...bars,
    element("line", line),
    ...ticksOf(numbers).map((tick) => tickLabel(tick, placeOf(tick), palette)),
    ...(numbers.scale === "log" ? [scaleNote(palette)] : []),
    ...(typeof preset === "number" ? defaultMark(numbers, placeOf, preset, palette) : []),
  ]);
}

/** From a value to its distance from the left, in pixels. */
function placing({ scale, min, max, step, heights }: Numbers): (value: number) => number {
  // Where a bar is a value, the value is at the middle of the bar.
  const half = step === undefined ? 0 : (width - 2 * margin) / heights.length / 2;
  const [from, to] = [onScale(min, scale), onScale(max, scale)];
  const span = width - 2 * (margin + half);
  return (value) => {
    const place = (onScale(value, scale) - from) / (to - from);
    // A bound that is rounded for its label may lie a little outside.
    return margin + half + Math.max(0, Math.min(1, place)) * span;
  };
}

function tickLabel(value: number, x: number, palette: Palette): string {
  const anchor = x < margin + 20 ? "start" : x > width - margin - 20 ? "end" : "middle";
  const at = { x: px(x), y: axisY + 14, fill: palette.text, "text-anchor": anchor };
  return label(at, short(value));
}

function scaleNote(palette: Palette): string {
  return label(
    { x: width - margin, y: 12, fill: palette.faint, "text-anchor": "end" },
    "log scale",
  );
}

function ticksOf({ scale, min, max, step }: Numbers): readonly number[] {
  const decades = scale === "log" ? decadesBetween(min, max) : [];
  if (decades.length >= 2) return decades;
  if (step !== undefined && (max - min) / step < 2) return [min, max];
  return [min, middleOf(min, max, scale, step), max].map((tick) => rounded(tick, max - min));
}

/** Powers of ten, at most five, the first and the last among them. */
function decadesBetween(min: number, max: number): readonly number[] {
  const first = Math.ceil(Math.log10(min) - 1e-3);
  const last = Math.floor(Math.log10(max) + 1e-3);
  const stride = Math.max(1, Math.ceil((last - first) / 4));
  const found: number[] = [];
  for (let power = first; power <= last; power += stride) found.push(Number(`1e${power}`));
  return found;
}

function middleOf(min: number, max: number, scale: Scale, step: number | undefined): number {
  if (scale === "log") return Math.sqrt(min * max);
  const middle = (min + max) / 2;
  return step === undefined ? middle : min + Math.round((middle - min) / step) * step;
}

/** To three digits, and to zero what is nothing beside the span. */
function rounded(value: number, span: number): number {
  return Math.abs(value) < span * 1e-9 ? 0 : Number(value.toPrecision(3));
}

function defaultMark(
  numbers: Numbers,
  placeOf: (value: number) => number,
  preset: number,
  palette: Palette,
): string[] {
  const { min, max, scale } = numbers;
  const text = `default ${short(preset)}`;
  const slack = (max - min) * 0.01;
  // Zero has no place on a logarithmic scale.
  const isBelow = preset < min - slack || (scale === "log" && preset <= 0);
  const isAbove = preset > max + slack;
  if (isBelow) return [label({ x: margin, y: 12, fill: palette.mark }, `◂ ${text}`)];
  if (isAbove) {
    const x = scale === "log" ? width - margin - 60 : width - margin;
    return [label({ x, y: 12, fill: palette.mark, "text-anchor": "end" }, `${text} ▸`)];
  }
  const x = px(Math.min(width - margin, Math.max(margin, placeOf(preset))));
  const stroke = { x1: x, x2: x, y1: 15, y2: axisY, stroke: palette.mark, "stroke-width": 2 };
  // The name stands on the side where there is room, clear of the note on the scale.
  const atLeft = x > (scale === "log" ? 150 : 220);
  const at = { x: px(atLeft ? x - 5 : x + 5), y: 12, "text-anchor": atLeft ? "end" : "start" };
  return [element("line", stroke), label({ ...at, fill: palette.mark }, text)];
}
