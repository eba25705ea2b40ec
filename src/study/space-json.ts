/** A space as the journal keeps it: the parameters as the sweep declares them. */
import * as z from "zod";
import { ownValue } from "../space/record.js";
import type { Distribution, Parameter, Space } from "../space/space.js";
import type { Json } from "../space/value.js";
import type { Attributes } from "./records.js";

export const spaceAttribute = "sweepdeck:space";

export function spaceJson({ parameters }: Space): Json {
  return parameters.map(parameterJson);
}

function parameterJson({ name, path, distribution }: Parameter): Json {
  return { name, path: [...path], distribution: { ...distribution } };
}

const number = z.custom<number>((value) => typeof value === "number");
const json = z.custom<Json>((value) => value !== undefined);

const distributionSchema: z.ZodType<Distribution> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("constant"), value: json }),
  z
    .object({
      kind: z.literal("categorical"),
      values: z.array(json),
      probabilities: z.array(number).optional(),
    })
    .transform(({ probabilities, ...rest }) =>
      probabilities === undefined ? rest : { ...rest, probabilities },
    ),
  z.object({ kind: z.literal("int_uniform"), min: number, max: number }),
  z.object({
    kind: z.enum([
      "uniform",
      "log_uniform_values",
      "inv_log_uniform_values",
      "log_uniform",
      "inv_log_uniform",
    ]),
    min: number,
    max: number,
  }),
  z.object({
    kind: z.enum(["q_uniform", "q_log_uniform_values", "q_log_uniform"]),
    min: number,
    max: number,
    q: number,
  }),
  z.object({ kind: z.enum(["normal", "log_normal"]), mu: number, sigma: number }),
  z.object({ kind: z.enum(["q_normal", "q_log_normal"]), mu: number, sigma: number, q: number }),
  z.object({ kind: z.literal("beta"), a: number, b: number }),
  z.object({ kind: z.literal("q_beta"), a: number, b: number, q: number }),
]);

const spaceSchema: z.ZodType<readonly Parameter[]> = z.array(
  z.object({ name: z.string(), path: z.array(z.string()), distribution: distributionSchema }),
);

/** The space that a study's attributes describe; undefined where they are not ours, or not as we write them. */
export function decodeSpace(studyAttributes: Attributes): Space | undefined {
  const parsed = spaceSchema.safeParse(ownValue(studyAttributes, spaceAttribute));
  return parsed.success ? { parameters: parsed.data } : undefined;
}
