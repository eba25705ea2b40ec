/**
 * Whether a YAML file is meant to be a sweep, told from its name and its first lines without
 * parsing: this decides whether the parser is loaded at all.
 */

import { headLength } from "./outline.js";

/** How many lines of a document are looked at; a sweep names its method and program at its head. */
export const linesLookedAt = 200;

const sweepName = /(^|[./\\_-])sweep[^/\\]*\.ya?ml$/i;
const modeline = /^#[ \t]*sweepdeck\b/m;
const deck = topKey("sweepdeck");
const methodOfSweep = topKey("method", "[ \\t]*[\"']?(?:grid|random|bayes|custom)\\b");
const parameters = topKey("parameters");
const program = topKey("program");
// Jinja and the like are no YAML before they are filled in.
const template = /^[ \t]*\{[%{]/m;
const anyTopKey = /^["']?([A-Za-z_][\w.-]*)["']?[ \t]*:(?=[ \t\r\n]|$)/gm;
/** How a key of a sweep begins, misspelt as it may be. */
const beginning = /^(?:meth|param|hyper|hp|prog|metr|comm|early|run_|name|desc|proj|ent)/;
const sweepKeys = new Set(["method", "program", "parameters", "metric", "command", "run_cap"]);

function topKey(name: string, value = ""): RegExp {
  return new RegExp(`^["']?${name}["']?[ \\t]*:${value}`, "m");
}

/**
 * `text` is all of it, or the first `linesLookedAt` lines of it. A file named like a sweep is one
 * unless its keys say otherwise: other tools have a `sweep.yaml` too.
 */
export function looksLikeSweep(fileName: string, text: string): boolean {
  const head = text.slice(headLength(text));
  if (modeline.test(head) || deck.test(head) || methodOfSweep.test(head)) return true;
  // Pipelines and API descriptions have parameters too, but no program beside them.
  if (parameters.test(head) && program.test(head)) return true;
  return sweepName.test(fileName) && !isOfAnotherTool(head);
}

/** A key may be half-typed, so one alone says nothing unless much stands below it. */
function isOfAnotherTool(head: string): boolean {
  if (template.test(head)) return true;
  const keys = [...head.matchAll(anyTopKey)].map(([, key = ""]) => key);
  const [only = "", second] = keys;
  if (second !== undefined) return !keys.some((key) => sweepKeys.has(key));
  const lines = head.split("\n").filter((line) => /^[^#\s]|^\s+[^#\s]/.test(line));
  return only !== "" && lines.length > 3 && !beginning.test(only);
}
