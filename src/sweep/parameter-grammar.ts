/** The grammar of `parameters:`: every definition of a parameter that W&B knows. */
import * as z from "zod";
import type { Json } from "../space/value.js";
import { withFacts } from "./facts.js";

/** Any value: what a reader of YAML gives is JSON already. */
const anyValue = (): z.ZodType<Json> => z.unknown() as z.ZodType<Json>;

const number = z.number();
const positive = z.number().positive();

/** What bounds and steps are called elsewhere. */
const lower = ["low", "lower", "lower_bound", "minimum", "from", "start", "lo"];
const upper = ["high", "upper", "upper_bound", "maximum", "to", "end", "stop", "hi"];
const means = ["mean", "loc", "center"];
const deviations = ["std", "stddev", "sd", "scale", "standard_deviation"];

const min = withFacts(number.clone(), { description: "The lowest value.", aliases: lower });
const max = withFacts(number.clone(), { description: "The highest value.", aliases: upper });
const minValue = withFacts(positive.clone(), {
  description: "The lowest value itself; above 0.",
  aliases: lower,
});
const minExponent = withFacts(
  number.clone(),
  "The natural logarithm of the lowest value: -9.21 stands for 1e-4.",
);
const maxExponent = withFacts(
  number.clone(),
  "The natural logarithm of the highest value: -2.3 stands for 0.1.",
);
const q = withFacts(positive.clone().default(1), {
  description: "The step that values are rounded to. Rounding may leave the bounds.",
  aliases: ["step", "quantum", "quantization", "interval"],
});
const mu = withFacts(number.clone().default(0), { description: "The mean.", aliases: means });
const sigma = withFacts(z.number().min(0).default(1), {
  description: "The standard deviation; above 0.",
  aliases: deviations,
});
const lnMu = withFacts(
  number.clone().default(0),
  "The mean of the natural logarithm of the values.",
);
const lnSigma = withFacts(
  z.number().min(0).default(1),
  "The standard deviation of the natural logarithm of the values; above 0.",
);
const shapeA = withFacts(
  z.number().min(0).default(1),
  "The first shape parameter; a larger one draws values towards 1.",
);
const shapeB = withFacts(
  z.number().min(0).default(1),
  "The second shape parameter; a larger one draws values towards 0.",
);

const needless = "What `values`, `value`, or `min` and `max` say already.";
const named = "How values are spread.";
const namings = ["type", "dist", "distr", "prior", "sampling"];

function distribution<N extends string>(name: N): z.ZodLiteral<N> {
  return withFacts(z.literal(name), { description: named, aliases: namings });
}

function inferred<N extends string>(name: N): z.ZodOptional<z.ZodLiteral<N>> {
  return withFacts(z.literal(name).optional(), { description: needless, aliases: namings });
}

function define<S extends z.ZodObject>(description: string, schema: S, deprecated?: string): S {
  return withFacts(schema, deprecated === undefined ? description : { description, deprecated });
}

const values = withFacts(z.array(anyValue()).min(1), {
  description: "The values to choose from.",
  aliases: ["choices", "options", "categories", "candidates", "list"],
});

/** A name of `parameters:` or of a group. */
export const parameterName = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** By the name of the distribution; `group` has none. In the order of completion lists. */
export const definitions = {
  categorical: define(
    "One of a list, all alike.",
    z.strictObject({ values, distribution: inferred("categorical") }),
  ),
  categorical_w_probabilities: define(
    "One of a list, each with a probability of its own.",
    z.strictObject({
      values,
      probabilities: withFacts(z.array(z.number().min(0)).min(1), {
        description: "The probability of each value; they sum to 1.",
        aliases: ["weights", "probs"],
      }),
      distribution: inferred("categorical_w_probabilities"),
    }),
  ),
  constant: define(
    "The same value in every trial.",
    z.strictObject({
      value: withFacts(anyValue(), {
        description: "The value that every trial gets.",
        aliases: ["default", "constant", "fixed", "val"],
      }),
      distribution: inferred("constant"),
    }),
  ),
  int_uniform: define(
    "A whole number, all alike, both ends included.",
    z.strictObject({
      min: withFacts(z.number().int(), {
        description: "The lowest value, a whole number.",
        aliases: lower,
      }),
      max: withFacts(z.number().int(), {
        description: "The highest value, a whole number; included.",
        aliases: upper,
      }),
      distribution: inferred("int_uniform"),
    }),
  ),
  uniform: define(
    "A number between two bounds, all alike.",
    z.strictObject({ min, max, distribution: inferred("uniform") }),
  ),
  log_uniform_values: define(
    "A number between two bounds, every factor of ten alike: for learning rates and other scales.",
    z.strictObject({ distribution: distribution("log_uniform_values"), min: minValue, max }),
  ),
  q_uniform: define(
    "A number between two bounds, in steps of `q`.",
    z.strictObject({ distribution: distribution("q_uniform"), min, max, q }),
  ),
  q_log_uniform_values: define(
    "A number between two bounds, every factor of ten alike, in steps of `q`: for sizes.",
    z.strictObject({ distribution: distribution("q_log_uniform_values"), min: minValue, max, q }),
  ),
  inv_log_uniform_values: define(
    "As `log_uniform_values`, drawn from the other end.",
    z.strictObject({ distribution: distribution("inv_log_uniform_values"), min: minValue, max }),
  ),
  normal: define(
    "A number around a mean, without bounds.",
    z.strictObject({ distribution: distribution("normal"), mu, sigma }),
  ),
  log_normal: define(
    "A positive number whose logarithm is normal.",
    z.strictObject({ distribution: distribution("log_normal"), mu: lnMu, sigma: lnSigma }),
  ),
  q_normal: define(
    "A number around a mean, without bounds, in steps of `q`.",
    z.strictObject({ distribution: distribution("q_normal"), mu, sigma, q }),
  ),
  q_log_normal: define(
    "A positive number whose logarithm is normal, in steps of `q`.",
    z.strictObject({ distribution: distribution("q_log_normal"), mu: lnMu, sigma: lnSigma, q }),
  ),
  beta: define(
    "A number between 0 and 1, its weight shifted by two shapes.",
    z.strictObject({ distribution: distribution("beta"), a: shapeA, b: shapeB }),
  ),
  q_beta: define(
    "A number between 0 and 1, its weight shifted by two shapes, in steps of `q`.",
    z.strictObject({ distribution: distribution("q_beta"), a: shapeA, b: shapeB, q }),
  ),
  log_uniform: define(
    "A number whose natural logarithm lies between `min` and `max`.",
    z.strictObject({
      distribution: distribution("log_uniform"),
      min: minExponent,
      max: maxExponent,
    }),
    "log_uniform_values",
  ),
  q_log_uniform: define(
    "A number whose natural logarithm lies between `min` and `max`, in steps of `q`.",
    z.strictObject({
      distribution: distribution("q_log_uniform"),
      min: minExponent,
      max: maxExponent,
      q,
    }),
    "q_log_uniform_values",
  ),
  inv_log_uniform: define(
    "A number, the natural logarithm of whose inverse lies between `min` and `max`.",
    z.strictObject({
      distribution: distribution("inv_log_uniform"),
      min: withFacts(number.clone(), "The natural logarithm of the inverse of the highest value."),
      max: withFacts(number.clone(), "The natural logarithm of the inverse of the lowest value."),
    }),
    "inv_log_uniform_values",
  ),
  group: define(
    "Parameters that belong together; a script gets them as a nested object.",
    z.strictObject({
      get parameters() {
        return parameters;
      },
    }),
  ),
};

export type DefinitionName = keyof typeof definitions;
export type DistributionName = Exclude<DefinitionName, "group">;

export const definitionNames = Object.keys(definitions) as readonly DefinitionName[];
export const distributionNames = definitionNames.filter(
  (name): name is DistributionName => name !== "group",
);

const { categorical, categorical_w_probabilities, ...others } = definitions;

export const parameter: z.ZodType = withFacts(
  z.union([categorical, categorical_w_probabilities, ...Object.values(others)]),
  "How the values of one parameter are chosen.",
);

export const parameters: z.ZodRecord<z.ZodString, z.ZodType> = withFacts(
  z.record(z.string().regex(parameterName), parameter),
  {
    description: "What is varied from trial to trial, by name.",
    aliases: ["params", "hyperparameters", "hyper_parameters", "hparams", "search_space"],
    minProperties: 1,
  },
);
