/**
 * What the grammar says of itself beside types: the text of hovers, completions and of the
 * reference, kept with each schema.
 */
import * as z from "zod";

export interface Facts {
  readonly description: string;
  /** Of each value of an enumeration. */
  readonly values?: Readonly<Record<string, string>>;
  /** What a key is called elsewhere: it is meant where one of these stands. */
  readonly aliases?: readonly string[];
  /** The same for each value of an enumeration. */
  readonly valueAliases?: Readonly<Record<string, readonly string[]>>;
  /** What to write instead. */
  readonly deprecated?: string;
  /** Accepted, not honoured yet: what happens instead. */
  readonly notYet?: string;
  /** As `notYet`, of single values of an enumeration. */
  readonly valuesNotYet?: Readonly<Record<string, string>>;
  /** Accepted for W&B's sake; why it does nothing here. */
  readonly notUsed?: string;
  /** What text must look like, where it is bound to a form: "a duration such as `90s`". */
  readonly form?: string;
  readonly minProperties?: number;
  /** Written without a value, it counts as absent. */
  readonly mayBeNull?: true;
}

const registry = z.registry<Facts>();

export function withFacts<S extends z.ZodType>(schema: S, facts: Facts | string): S {
  registry.add(schema, typeof facts === "string" ? { description: facts } : facts);
  return schema;
}

export function factsOf(schema: z.ZodType): Facts | undefined {
  return registry.get(schema);
}

/** JSON Schema of the grammar (draft 2020-12), for editors that know nothing of us. */
export function jsonSchemaOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, {
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const facts = registry.get(zodSchema);
      if (facts === undefined) return;
      jsonSchema.description = facts.description;
      if (facts.deprecated !== undefined) jsonSchema.deprecated = true;
      if (facts.minProperties !== undefined) jsonSchema.minProperties = facts.minProperties;
    },
  });
}
