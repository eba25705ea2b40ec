/** Curves as SVG: in a row, in the detail strip, and several in one frame. */
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit";
import { type BoardState, type Curve, type Field, stateWords } from "../src/protocol.js";
import { type Scale, scaleBetween, stepTicks, ticksBetween, tickText } from "./scale.js";

export const sparkWidth = 62;
const sparkHeight = 18;

function pathOf(steps: ArrayLike<number>, values: ArrayLike<number>, x: Scale, y: Scale): string {
  const points: string[] = [];
  for (let place = 0; place < steps.length; place++) {
    const [step, value] = [steps[place] ?? 0, values[place] ?? Number.NaN];
    points.push(`${place === 0 ? "M" : "L"}${x(step).toFixed(1)} ${y(value).toFixed(1)}`);
  }
  return points.join("");
}

function bandOf({ steps, low, high }: Field, x: Scale, y: Scale): string {
  if (steps.length === 0) return "";
  const back = pathOf(steps.slice().reverse(), low.slice().reverse(), x, y).replace("M", "L");
  return `${pathOf(steps, high, x, y)}${back}Z`;
}

function across(field: Field, from: number, to: number): Scale {
  return scaleBetween({ min: field.firstStep, max: field.lastStep, log: false }, from, to);
}

interface End {
  readonly step: number;
  readonly value: number;
}

function endOf({ steps, values }: Curve): End | undefined {
  const [step, value] = [steps.at(-1), values.at(-1)];
  return step === undefined || value === undefined ? undefined : { step, value };
}

const sparkBands = new WeakMap<Field, string>();
const sparkPaths = new WeakMap<Curve, { readonly field: Field; readonly path: string }>();

/** The band is the same in every row, and a curve in every frame. */
function sparkPathsOf(
  curve: Curve,
  field: Field,
  x: Scale,
  y: Scale,
): { band: string; path: string } {
  const band = sparkBands.get(field) ?? bandOf(field, x, y);
  sparkBands.set(field, band);
  const known = sparkPaths.get(curve);
  if (known?.field === field) return { band, path: known.path };
  const path = pathOf(curve.steps, curve.values, x, y);
  sparkPaths.set(curve, { field, path });
  return { band, path };
}

/** A curve of a row: its length is progress, its shade the middle 80% of the field. */
export function sparkline(
  curve: Curve,
  field: Field,
  objective: string,
): SVGTemplateResult | TemplateResult {
  const x = across(field, 2, sparkWidth - 3);
  const y = scaleBetween(field, sparkHeight - 2.5, 2);
  const end = endOf(curve);
  if (end === undefined) return html``;
  const { band, path } = sparkPathsOf(curve, field, x, y);
  return html`<svg width=${sparkWidth} height=${sparkHeight} role="img" aria-label="${objective} up to step ${end.step}">
    <path class="band" d=${band}></path>
    <path class="curve" d=${path}></path>
    <circle cx=${x(end.step).toFixed(1)} cy=${y(end.value).toFixed(1)} r="1.75" fill="currentColor"></circle>
  </svg>`;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly right: number;
  readonly bottom: number;
}

const left = 40;

function frameOf(field: Field, width: number, height: number, margin: number): Frame {
  const [right, bottom] = [width - margin, height - 20];
  return {
    width,
    height,
    right,
    bottom,
    x: across(field, left + 4, right),
    y: scaleBetween(field, bottom, 8),
  };
}

function axes(field: Field, { x, y, right, bottom, height, width }: Frame): SVGTemplateResult {
  const most = Math.max(2, Math.floor((bottom - 8) / 26));
  return svg`${ticksBetween(field.min, field.max, field.log, most).map(
    (tick) => svg`<path class="axis" d="M${left} ${Math.round(y(tick)) + 0.5}H${right}"></path>
      <text class="tick" x=${left - 6} y=${y(tick) + 4} text-anchor="end">${tickText(tick)}</text>`,
  )}${stepTicks(field.firstStep, field.lastStep, Math.max(2, Math.floor(width / 90))).map(
    (tick) =>
      svg`<text class="tick" x=${x(tick)} y=${height - 4} text-anchor=${tick === field.lastStep ? "end" : "middle"}>${tickText(tick)}</text>`,
  )}<path class="band" d=${bandOf(field, x, y)}></path>`;
}

export function scaleWords(field: Field): string {
  return `by step${field.log ? ", log scale" : ""}, against the middle 80% of all trials`;
}

/** One curve with the value that counts. `text` is that value as the board writes it. */
export function curveChart(
  curve: Curve,
  field: Field,
  about: { readonly objective: string; readonly state: BoardState; readonly text: string },
  width: number,
  height: number,
): TemplateResult {
  const frame = frameOf(field, width, height, 36);
  const { counts } = curve;
  const { x, y } = frame;
  const atEdge = counts !== null && x(counts.step) > frame.right - 50;
  const label =
    counts &&
    svg`<text class="tick strong halo" x=${x(counts.step) + (atEdge ? -4 : 8)} y=${y(counts.value) + (atEdge ? -8 : -5)} text-anchor=${atEdge ? "end" : "start"}>${about.text}</text>
    <circle cx=${x(counts.step)} cy=${y(counts.value)} r="2.5" fill="currentColor"></circle>`;
  const where = counts === null ? "" : `, ${about.text} at step ${counts.step}`;
  return html`<svg class="chart" width=${width} height=${height} role="img" aria-label="${about.objective} ${scaleWords(field)}: ${stateWords[about.state].toLowerCase()}${where}">
    ${axes(field, frame)}
    <g class=${lineClass(about.state)}><path class="curve" d=${pathOf(curve.steps, curve.values, x, y)}></path>${label ?? nothing}</g>
  </svg>`;
}

function lineClass(state: BoardState): string {
  return state === "complete" || state === "running" ? `state-${state}` : "";
}

/** Hue and dash together: neither alone tells two lines apart for everybody. */
export const lineStyles = [
  { state: "state-running", dash: "" },
  { state: "state-complete", dash: "5 3" },
  { state: "state-out-of-memory", dash: "1.5 2.5" },
  { state: "line-fourth", dash: "8 3 2 3" },
  { state: "line-fifth", dash: "2 4" },
] as const;

/** Several trials in one frame, each named at the end of its line, with a dot where its value comes from. */
export function overlayChart(
  curves: readonly Curve[],
  field: Field,
  objective: string,
  width: number,
  height: number,
): TemplateResult {
  const frame = frameOf(field, width, height, 84);
  const { x, y } = frame;
  const labels = spread(
    curves.flatMap((curve) => {
      const end = endOf(curve);
      return end === undefined ? [] : [{ curve, end, y: y(end.value) + 4 }];
    }),
    height - 6,
  );
  return html`<svg class="chart" width=${width} height=${height} role="img" aria-label="${objective} of trials ${curves.map(({ trial }) => trial).join(", ")}, ${scaleWords(field)}">
    ${axes(field, frame)}
    ${curves.map((curve, place) => {
      const style = lineStyles[place % lineStyles.length] ?? lineStyles[0];
      return svg`<g class=${style.state}><path class="curve" stroke-dasharray=${style.dash} d=${pathOf(curve.steps, curve.values, x, y)}></path></g>`;
    })}
    ${labels.map(({ curve, end, y: at }) => {
      const style = lineStyles[curves.indexOf(curve) % lineStyles.length] ?? lineStyles[0];
      const { step, value } = curve.counts ?? end;
      return svg`<g class=${style.state}><circle cx=${x(step)} cy=${y(value)} r="2.5" fill="currentColor"></circle></g>
        <text class="strong halo" x=${x(end.step) + 8} y=${at}>trial ${curve.trial}</text>`;
    })}
  </svg>`;
}

const labelHeight = 14;

/** Labels of lines that end at the same step move apart, and none below the frame. */
function spread<Label extends { readonly end: End; readonly y: number }>(
  labels: readonly Label[],
  bottom: number,
): Label[] {
  const placed: Label[] = [];
  for (const label of labels.toSorted((a, b) => a.y - b.y)) {
    const above = placed.findLast(({ end }) => end.step === label.end.step);
    const y = above === undefined ? label.y : Math.max(label.y, above.y + labelHeight);
    placed.push({ ...label, y });
  }
  let floor = bottom;
  return placed.toReversed().map((label) => {
    const y = Math.min(label.y, floor);
    floor = y - labelHeight;
    return { ...label, y };
  });
}
