/** A distribution in words and in numbers, for people. */
import { quantile } from "../space/distribution.js";
import { stream } from "../space/random.js";
import type { Distribution } from "../space/space.js";
import type { Json } from "../space/value.js";

/** More values than this are not listed. */
const valuesListed = 12;

/** One sentence, in Markdown. */
export function inWords(distribution: Distribution): string {
  switch (distribution.kind) {
    case "constant":
      return `Always ${code(distribution.value)}.`;
    case "categorical":
      return oneOfValues(distribution.values, distribution.probabilities);
    case "int_uniform":
      return `A whole number ${fromTo(distribution.min, distribution.max)}, all alike.`;
    case "uniform":
    case "q_uniform":
      return `A number ${fromTo(distribution.min, distribution.max)}, all alike${inSteps(distribution)}.`;
    case "log_uniform_values":
    case "q_log_uniform_values":
    case "inv_log_uniform_values":
      return byFactors(distribution.min, distribution.max, distribution);
    case "log_uniform":
    case "q_log_uniform":
      return byFactors(Math.exp(distribution.min), Math.exp(distribution.max), distribution);
    case "inv_log_uniform":
      return byFactors(Math.exp(-distribution.max), Math.exp(-distribution.min), distribution);
    case "normal":
    case "q_normal": {
      const { mu, sigma } = distribution;
      return `A number around ${short(mu)}, with standard deviation ${short(sigma)}${inSteps(distribution)}.`;
    }
    case "log_normal":
    case "q_log_normal": {
      const { mu, sigma } = distribution;
      return `A positive number around ${short(Math.exp(mu))}, within a factor of ${short(Math.exp(sigma))} two times in three${inSteps(distribution)}.`;
    }
    case "beta":
    case "q_beta": {
      const { a, b } = distribution;
      return `A number from 0 to 1, around ${short(a / (a + b))}${inSteps(distribution)}.`;
    }
  }
}

export interface Figures {
  /** The values below which 5, 50 and 95 % of the draws lie. */
  readonly quantiles: readonly [string, string, string];
  /** The same ones each time they are asked for. */
  readonly samples: readonly string[];
}

/** Undefined where the words say it all. */
export function figuresOf(distribution: Distribution): Figures | undefined {
  if (distribution.kind === "constant" || distribution.kind === "categorical") return undefined;
  const at = (probability: number) => plain(quantile(distribution, probability));
  const draws = stream("hover");
  return {
    quantiles: [at(0.05), at(0.5), at(0.95)],
    samples: Array.from({ length: 5 }, () => at(draws.next())),
  };
}

function oneOfValues(values: readonly Json[], probabilities?: readonly number[]): string {
  const listed = values.slice(0, valuesListed).map((value, index) => {
    const weight = probabilities?.[index];
    return weight === undefined ? code(value) : `${code(value)} (${short(weight * 100)} %)`;
  });
  const more = values.length - listed.length;
  const rest = more > 0 ? ` and ${more} more` : "";
  return `One of ${listed.join(", ")}${rest}${probabilities === undefined ? ", all alike" : ""}.`;
}

function byFactors(min: number, max: number, distribution: Distribution): string {
  return `A number ${fromTo(min, max)}, every factor of ten alike${inSteps(distribution)}.`;
}

function inSteps(distribution: Distribution): string {
  return "q" in distribution ? `, in steps of ${short(distribution.q)}` : "";
}

function fromTo(min: number, max: number): string {
  return `from ${short(min)} to ${short(max)}`;
}

function code(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return `\`${text.replaceAll("`", "'")}\``;
}

function plain(value: Json): string {
  return typeof value === "number" ? short(value) : JSON.stringify(value);
}

/** Four digits, in the form that is shorter. */
export function short(value: number): string {
  const rounded = Number(value.toPrecision(4));
  const [usual, scientific] = [String(rounded), rounded.toExponential()];
  return scientific.length < usual.length ? scientific : usual;
}
