/**
 * Whether a YAML file is meant to be a sweep, told from its name and its first lines without
 * parsing: this decides whether the parser is loaded at all.
 */

/** How many lines of a document are looked at; a sweep names its method and program at its head. */
export const linesLookedAt = 200;

const sweepName = /(^|[./\\_-])sweep[^/\\]*\.ya?ml$/i;
const modeline = /^#[ \t]*sweepdeck\b/m;
const deckKey = /^["']?sweepdeck["']?[ \t]*:/m;
const methodKey = /^["']?method["']?[ \t]*:[ \t]*(?:["']?(?:grid|random|bayes|custom)\b|$)/m;
const parametersKey = /^["']?parameters["']?[ \t]*:/m;
const programKey = /^["']?program["']?[ \t]*:/m;
const topKey = /^(?:[A-Za-z_"'][^\n:#]*:(?=[ \t\r\n]|$)|[-{[])/gm;
// Jinja and other templates are no YAML before they are filled in.
const template = /^[ \t]*\{[%{]/m;

/**
 * `head` is the text, or the first `linesLookedAt` lines of it. A file named like a sweep is one
 * unless its keys say otherwise: other tools have a `sweep.yaml` too.
 */
export function isSweep(fileName: string, head: string): boolean {
  if (modeline.test(head) || deckKey.test(head)) return true;
  const hasMethod = methodKey.test(head);
  // Pipelines and API descriptions have parameters too, but neither a method nor a program beside.
  if (parametersKey.test(head)) return hasMethod || programKey.test(head) || named(fileName, head);
  return hasMethod ? programKey.test(head) || sweepName.test(fileName) : named(fileName, head);
}

/** Named like a sweep, with nothing in it that a sweep would not begin with. */
function named(fileName: string, head: string): boolean {
  if (!sweepName.test(fileName) || template.test(head)) return false;
  const keys = [...head.matchAll(topKey)].map(([key]) => key.replaceAll(/["':\s]/g, ""));
  return keys.length < 2 || keys.some((key) => sweepKeys.has(key));
}

const sweepKeys = new Set(["method", "program", "parameters", "metric", "command", "run_cap"]);
