/** Values that readers of YAML 1.2, as most editors and tools but PyYAML are, take for others. */
import type { MisreadForm } from "./problem.js";
import type { ReadScalar } from "./pyyaml.js";
import type { ScalarType } from "./tree.js";

export interface Misread {
  readonly form: MisreadForm;
  /** What YAML 1.2 makes of it. */
  readonly otherwise: string;
}

/** Of a plain scalar; undefined where YAML 1.2 agrees with PyYAML. */
export function misreadOf(
  source: string,
  type: ScalarType,
  value: ReadScalar["value"],
): Misread | undefined {
  switch (type) {
    case "boolean":
      if (/^(?:true|false)$/i.test(source)) return undefined;
      return { form: "word", otherwise: "text" };
    case "integer":
    case "float":
      return misreadNumber(source, value);
    case "text":
      if (/^0o[0-7]+$/.test(source)) {
        return { form: "octal-prefix", otherwise: String(Number(source)) };
      }
      if (/^[-+]?0\d+$/.test(source)) {
        return { form: "leading-zero", otherwise: String(Number(source)) };
      }
      return undefined;
    default:
      return undefined;
  }
}

function misreadNumber(source: string, value: ReadScalar["value"]): Misread | undefined {
  if (source.includes(":")) return { form: "sixties", otherwise: "text" };
  if (/^[-+]?0b/.test(source)) return { form: "binary", otherwise: "text" };
  if (/^[-+]?0[0-7_]+$/.test(source) && value !== Number(source)) {
    return { form: "leading-zero", otherwise: String(Number(source.replaceAll("_", ""))) };
  }
  return source.includes("_") ? { form: "underscores", otherwise: "text" } : undefined;
}
