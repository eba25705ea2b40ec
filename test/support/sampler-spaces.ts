/** The search spaces that every sampler is shown, each with what makes it hard. */
import { hasGrid } from "../../src/space/grid.js";
import { type SearchSpace, searchSpaceOf } from "../../src/space/search-space.js";
import type { Space } from "../../src/space/space.js";
import { sweepOf } from "./said.js";

const texts = {
  "constants only": `
  x: {value: 1}
  y: {value: [a, b]}`,
  "a single choice": `
  x: {values: [only]}
  y: {values: [2, 2, 2]}`,
  "one choice of many": `
  x: {values: [a, b, c, d, e, f, g, h, null, true, 0, -0.5, [1, 2], {a: 1}]}`,
  "one number": `
  x: {min: 0.0, max: 1.0}`,
  "whole numbers": `
  a: {min: -3, max: 3}
  b: {min: 0, max: 1}
  c: {min: 1, max: 1000000000}`,
  "steps, ordinary and logarithmic": `
  a: {distribution: q_uniform, min: 0, max: 1, q: 0.1}
  b: {distribution: q_log_uniform_values, min: 1, max: 1000, q: 8}
  c: {distribution: q_normal, mu: 0, sigma: 3, q: 1}`,
  "a grid of steps": `
  a: {distribution: q_uniform, min: 0, max: 1, q: 0.25}
  b: {min: 1, max: 4}
  c: {values: [16, 32, 64, 128]}`,
  "logarithmic numbers": `
  a: {distribution: log_uniform_values, min: 0.00001, max: 1}
  b: {distribution: log_uniform, min: -9, max: 0}
  c: {distribution: inv_log_uniform_values, min: 0.01, max: 100}`,
  "bells and shares": `
  a: {distribution: normal, mu: 100, sigma: 0.001}
  b: {distribution: log_normal, mu: 0, sigma: 2}
  c: {distribution: beta, a: 0.5, b: 5}
  d: {distribution: q_beta, a: 2, b: 2, q: 0.1}`,
  "huge ranges": `
  a: {min: -1.0e+300, max: 1.0e+300}
  b: {distribution: log_uniform_values, min: 1.0e-300, max: 1.0e+300}
  c: {min: -9007199254740991, max: 9007199254740991}`,
  "tiny ranges": `
  a: {min: 1.0, max: 1.000000000000001}
  b: {distribution: log_uniform_values, min: 1.0e-300, max: 1.1e-300}
  c: {distribution: uniform, min: -5.0e-324, max: 5.0e-324}`,
  "weighted choices": `
  a: {values: [1, 2, 3], probabilities: [0.98, 0, 0.02]}
  b: {values: [x, y], probabilities: [0.5, 0.5]}`,
  conditions: `
  model: {values: [linear, tree, net]}
  depth: {min: 1, max: 6}
  lr: {distribution: log_uniform_values, min: 0.0001, max: 1}
  momentum: {min: 0.0, max: 1.0}
sweepdeck:
  conditions:
    depth: {model: tree}
    lr: {model: net}
    momentum: {model: net, lr: ">= 0.01"}`,
  "conditions on a grid": `
  model: {values: [linear, tree, net]}
  depth: {min: 1, max: 6}
  width: {values: [8, 16, 32]}
sweepdeck:
  conditions:
    depth: {model: tree}
    width: {model: net}`,
  constraints: `
  width: {values: [8, 16, 32, 64, 128]}
  layers: {min: 1, max: 10}
  rate: {min: 0.0, max: 1.0}
sweepdeck:
  constraints: ["width * layers <= 256", "rate * layers < 3"]`,
  "constraints on a grid": `
  width: {values: [8, 16, 32, 64, 128]}
  layers: {min: 1, max: 10}
sweepdeck:
  constraints: ["width * layers <= 256"]`,
  "lists side by side": `
  warmup: {values: [0, 100, 500, 1000]}
  lr: {values: [0.1, 0.2, 0.3, 0.4]}
  wide: {min: 1, max: 8}
sweepdeck:
  zip: [[warmup, lr]]`,
  "twenty dimensions": Array.from(
    { length: 20 },
    (_, index) => `\n  x${index}: {min: 0.0, max: 1.0}`,
  ).join(""),
} as const;

/** By name. */
export const awkwardSpaces: ReadonlyMap<string, SearchSpace> = new Map(
  Object.entries(texts).map(([name, text]) => [name, searchOf(text)]),
);

/** Of a random sweep whose `parameters:` the text goes on after. */
export function searchOf(parameters: string): SearchSpace {
  const { space, deck } = sweepOf(
    `method: random\nmetric: {name: loss}\nparameters:${parameters}\n`,
  );
  const constraints = deck.constraints.map(({ expression }) => expression);
  return searchSpaceOf({ space, conditions: deck.conditions, constraints, zip: deck.zip });
}

/** What grid search accepts. */
export function isGrid({ parameters }: Space): boolean {
  return parameters.every(({ distribution }) => hasGrid(distribution));
}
