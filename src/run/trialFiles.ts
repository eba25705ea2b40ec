/** What a trial is given: its parameters, as JSON for everyone and as W&B's own file for `wandb.config`. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Json } from "../space/value.js";
import { writeWhole } from "../study/files.js";
import { isList, pythonJson, pythonNumber } from "./pythonJson.js";

/** Writes `config.json` and `config.yaml` into the trial's folder. */
export function writeTrialFiles(
  trialDirectory: string,
  configuration: Readonly<Record<string, Json>>,
): void {
  mkdirSync(trialDirectory, { recursive: true });
  writeWhole(path.join(trialDirectory, "config.json"), `${pythonJson(configuration)}\n`, "quick");
  writeWhole(path.join(trialDirectory, "config.yaml"), wandbParameters(configuration), "quick");
}

/**
 * The file that wandb reads at WANDB_SWEEP_PARAM_PATH: `{name: {value: …}}`, each parameter a line
 * of flow style. Names are quoted, for `on` and `y` would be booleans.
 */
export function wandbParameters(configuration: Readonly<Record<string, Json>>): string {
  const lines = Object.entries(configuration).map(
    ([name, value]) => `${yamlString(name)}: {value: ${yamlFlow(value)}}\n`,
  );
  return `wandb_version: 1\n${lines.join("")}`;
}

/** A value as PyYAML reads it back. */
function yamlFlow(value: Json): string {
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number") return yamlNumber(value);
  if (typeof value === "string") return yamlString(value);
  if (isList(value)) return `[${value.map(yamlFlow).join(", ")}]`;
  const entries = Object.entries(value).map(
    ([key, inner]) => `${yamlString(key)}: ${yamlFlow(inner)}`,
  );
  return `{${entries.join(", ")}}`;
}

/** PyYAML takes `1e-07` for text: an exponent needs a dot before it. */
function yamlNumber(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  return pythonNumber(value).replace(/^(-?\d+)e/, "$1.0e");
}

/** In double quotes, with what YAML's reader refuses written as escapes; JSON leaves some of it raw. */
function yamlString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
