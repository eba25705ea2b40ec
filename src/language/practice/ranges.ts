/**
 * Ranges around a script's own default: the width rules, as functions of the default alone. Each is
 * undefined where no range of its kind can stand around it.
 */
import { identity } from "../../space/distribution.js";
import type { Json } from "../../space/value.js";
import type { Fields, Width } from "./family.js";

export function fieldsAround(
  width: Width,
  preset: Json,
  usual: Fields | undefined,
): Fields | undefined {
  // A word that the script refuses ends the trial, and nobody knows what it takes.
  if (width.rule === "words") return undefined;
  if (width.rule === "usual-values") return withPreset(usual, preset);
  return typeof preset === "number" && Number.isFinite(preset)
    ? aroundNumber(width, preset)
    : undefined;
}

type NumberWidth = Exclude<Width, { rule: "words" | "usual-values" }>;

function aroundNumber(width: NumberWidth, preset: number): Fields | undefined {
  const within = (value: number): number => Math.min(width.max, Math.max(width.min, value));
  switch (width.rule) {
    case "scale": {
      if (!(preset > 0)) return undefined;
      const [min, max] = [preset / width.factor, preset * width.factor].map(within);
      return between("log_uniform_values", min, max);
    }
    case "near-one":
      return nearOne(width, preset);
    case "fraction":
      return between("uniform", within(preset - 0.3), within(preset + 0.3));
    case "sizes": {
      if (!(preset > 0)) return undefined;
      const sizes = width.factors.map((factor) => within(Math.round(preset * factor)));
      const values = [...new Set(sizes)];
      return values.length > 1 ? { values } : undefined;
    }
    case "count":
      return preset < width.min
        ? undefined
        : between("int_uniform", within(Math.round(preset) - 2), within(Math.round(preset) + 2));
    case "large-count": {
      if (preset < width.min) return undefined;
      const [min, max] = [Math.round(preset / 4), Math.round(preset * 4)].map(within);
      if (min === undefined || max === undefined || min >= max) return undefined;
      return { distribution: "q_log_uniform_values", min, max, q: 1 };
    }
  }
}

function between(
  distribution: "int_uniform" | "uniform" | "log_uniform_values",
  min: number | undefined,
  max: number | undefined,
): Fields | undefined {
  if (min === undefined || max === undefined) return undefined;
  const [from, to] = [rounded(min), rounded(max)];
  return from < to ? { distribution, min: from, max: to } : undefined;
}

function nearOne({ min, max }: NumberWidth, preset: number): Fields | undefined {
  const distance = 1 - preset;
  if (!(distance > 0 && distance < 1)) return undefined;
  const values = [5, 2, 1, 0.5, 0.2]
    .map((factor) => rounded(1 - distance * factor, 6))
    .filter((value) => value >= min && value <= max);
  return values.length > 1 ? { values } : undefined;
}

/** The default always is among them. */
function withPreset(usual: Fields | undefined, preset: Json): Fields | undefined {
  if (usual === undefined || !("values" in usual) || preset === null) return usual;
  if (typeof preset !== typeof usual.values[0]) return usual;
  if (usual.values.some((value) => identity(value) === identity(preset))) return usual;
  const values = [...usual.values, preset];
  return { values: typeof preset === "number" ? values.sort(byNumber) : values };
}

function byNumber(a: Json, b: Json): number {
  return Number(a) - Number(b);
}

/** More alternatives than this are a study of their own. */
const mostChoices = 4;

/** Some of what the script accepts: its default, and those that are preferred (in lower case). */
export function fieldsAmong(
  choices: readonly Json[],
  preferred: readonly string[],
  preset: Json | undefined,
): Fields | undefined {
  if (choices.length < 2) return undefined;
  const wanted = choices.filter(
    (choice) => choice === preset || preferred.includes(String(choice).toLowerCase()),
  );
  const from = wanted.length > 1 ? wanted : choices;
  const at = from.indexOf(preset ?? null);
  const start = Math.max(0, Math.min(at - 1, from.length - mostChoices));
  return { values: from.slice(start, start + mostChoices) };
}

/**
 * The same range for a grid, which has no steps for a continuous parameter: five values by factors,
 * or three alike, and the default among them.
 */
export function asGrid(fields: Fields, preset?: Json): Fields {
  if ("values" in fields || fields.distribution === "int_uniform") return fields;
  const { distribution, min, max } = fields;
  const isWhole = "q" in fields;
  const inner =
    distribution === "uniform" || distribution === "q_uniform"
      ? [rounded((min + max) / 2)]
      : [0.25, 0.5, 0.75].map((part) => rounded(min ** (1 - part) * max ** part, 1));
  const values = [min, ...inner, max].map((value) => (isWhole ? Math.round(value) : value));
  const isWithin = typeof preset === "number" && preset > min && preset < max;
  return { values: [...new Set(isWithin ? [...values, preset] : values)].sort(byNumber) };
}

/** Digits that a person would write. */
function rounded(value: number, digits = 2): number {
  return Number(value.toPrecision(digits));
}
