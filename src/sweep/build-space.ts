/** From the parameters of a sweep file to a flat space. */
import type * as z from "zod";
import type { Distribution, Parameter, Space } from "../space/space.js";
import type { Json } from "../space/value.js";
import { chooseDefinition } from "./parameter-definition.js";
import { type DistributionName, definitions } from "./parameter-grammar.js";
import { type MapNode, type TextNode, toJson, valueAt } from "./tree.js";

/** A definition with its defaults; undefined where its shape is wrong, which the checker reports. */
export function distributionOf(node: MapNode, name: DistributionName): Distribution | undefined {
  const json = toJson(node);
  switch (name) {
    case "constant": {
      const read = parsed(definitions.constant, json);
      return read && { kind: name, value: read.value };
    }
    case "categorical": {
      const read = parsed(definitions.categorical, json);
      return read && { kind: name, values: read.values };
    }
    case "categorical_w_probabilities": {
      const read = parsed(definitions.categorical_w_probabilities, json);
      return (
        read && { kind: "categorical", values: read.values, probabilities: read.probabilities }
      );
    }
    case "int_uniform":
    case "uniform":
    case "log_uniform_values":
    case "inv_log_uniform_values":
    case "log_uniform":
    case "inv_log_uniform": {
      const read = parsed(definitions[name], json);
      return read && { kind: name, min: read.min, max: read.max };
    }
    case "q_uniform":
    case "q_log_uniform_values":
    case "q_log_uniform": {
      const read = parsed(definitions[name], json);
      return read && { kind: name, min: read.min, max: read.max, q: read.q };
    }
    default:
      return unbounded(name, json);
  }
}

function unbounded(
  name: "normal" | "log_normal" | "q_normal" | "q_log_normal" | "beta" | "q_beta",
  json: Json,
): Distribution | undefined {
  switch (name) {
    case "normal":
    case "log_normal": {
      const read = parsed(definitions[name], json);
      return read && { kind: name, mu: read.mu, sigma: read.sigma };
    }
    case "q_normal":
    case "q_log_normal": {
      const read = parsed(definitions[name], json);
      return read && { kind: name, mu: read.mu, sigma: read.sigma, q: read.q };
    }
    case "beta": {
      const read = parsed(definitions.beta, json);
      return read && { kind: name, a: read.a, b: read.b };
    }
    case "q_beta": {
      const read = parsed(definitions.q_beta, json);
      return read && { kind: name, a: read.a, b: read.b, q: read.q };
    }
  }
}

function parsed<S extends z.ZodType>(schema: S, json: Json): z.output<S> | undefined {
  return schema.safeParse(json).data;
}

/** Parameters that are wrong in themselves are left out. */
export function spaceOf(parameters: TextNode | undefined): Space {
  const found = parameters === undefined ? [] : [...unnamed(parameters, [])];
  const withDots = new Map<string, number>();
  for (const { path } of found) {
    const name = path.join(".");
    withDots.set(name, (withDots.get(name) ?? 0) + 1);
  }
  return {
    parameters: found.map(({ path, distribution }) => {
      const name = path.join(".");
      // Names may hold dots themselves: of two paths that give the same name, the nested one differs.
      const clashes = path.length > 1 && (withDots.get(name) ?? 0) > 1;
      return { name: clashes ? path.join("/") : name, path, distribution };
    }),
  };
}

type Unnamed = Omit<Parameter, "name">;

function* unnamed(node: TextNode, above: readonly string[]): Generator<Unnamed> {
  if (node.kind !== "map") return;
  for (const { key, value } of node.entries) {
    if (value.kind !== "map") continue;
    const path = [...above, key];
    const choice = chooseDefinition(value);
    if (choice.kind !== "definition") continue;
    if (choice.name === "group") {
      const inner = valueAt(value, "parameters");
      if (inner !== undefined) yield* unnamed(inner, path);
      continue;
    }
    const distribution = distributionOf(value, choice.name);
    if (distribution !== undefined) yield { path, distribution };
  }
}
