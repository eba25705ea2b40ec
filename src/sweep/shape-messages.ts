/** What is said of keys and values that the grammar does not know. */
import type { ShapeProblem } from "./problem.js";
import { allOf, code, count, kindInWords, oneOf, type Sentences, subject } from "./wording.js";

export const shapeSentences: Sentences<ShapeProblem> = {
  "file-empty": () => "The file is empty. A sweep needs at least `method` and `parameters`.",
  "unknown-key": ({ key, where, allowed, closest, belongsTo = [] }) => {
    if (closest === undefined && belongsTo.length > 0 && !allowed.includes("parameters")) {
      const others = allowed.filter((each) => each !== "distribution");
      return `\`${key}\` does not go with ${oneOf(code(others))} in ${subject(where)}. Delete it, or use \`distribution: ${belongsTo[0]}\`.`;
    }
    const is = `${subject(where, "A sweep file")} has no key \`${key}\`.`;
    if (closest !== undefined) return `${is} Did you mean \`${closest}\`?`;
    // A longer list tells nothing.
    return allowed.length > 8
      ? `${is} Correct or delete it.`
      : `${is} It may have ${oneOf(code(allowed))}.`;
  },
  "missing-key": ({ key, where }) => `${subject(where)} has no \`${key}\`. Add it.`,
  "wrong-type": ({ where, expected, found }) =>
    `${subject(where)} is ${kindInWords(found)}. It must be ${oneOf(expected)}.`,
  "unknown-value": ({ where, value, allowed, closest }) => {
    if (value === false && allowed.includes("false")) {
      return `${subject(where)} is false, and takes the text. Write "false", in quotes.`;
    }
    const written = JSON.stringify(value).replaceAll('"', "");
    if (where === "metric.goal" && closest === "minimize") return `Write \`goal: ${closest}\`.`;
    // It drops a goal that it does not know.
    const instead = where === "metric.goal" ? ": W&B would drop it, and silently minimize" : "";
    const is = `${subject(where)} cannot be \`${written}\`${instead}.`;
    return closest === undefined
      ? `${is} Use ${oneOf(code(allowed))}.`
      : `${is} Did you mean \`${closest}\`?`;
  },
  "out-of-bounds": ({ where, value, minimum, maximum, exclusive }) => {
    const [limit, over] = minimum === undefined ? [maximum, "below"] : [minimum, "above"];
    const must = exclusive ? `${over} ${limit}` : `${limit} or ${over}`;
    const why = minimum === 0 && where.endsWith(".min") ? ": a logarithmic scale has no 0" : "";
    return `${subject(where)} is ${value}. It must be ${must}${why}.`;
  },
  "not-finite": ({ where, text }) =>
    `${subject(where)} is \`${text}\`. It must be a finite number.`,
  "not-whole": ({ where, text }) => `${subject(where)} is \`${text}\`. It must be a whole number.`,
  "not-of-the-form": ({ where, value, form }) =>
    `${subject(where)} is \`${value}\`. Write ${form}.`,
  "too-few": ({ where, minimum, found }) =>
    `${subject(where)} has ${found === 0 ? "no entries" : count(found, "entry", "entries")}. It needs at least ${minimum}.`,
  "misplaced-key": ({ key, home, others }) => {
    if (home === "") {
      return `\`${key}\` belongs to the file, not to its parameters. Move it out of \`parameters\`.`;
    }
    const keys = [key, ...others.map((other) => other.key)];
    const it = keys.length === 1 ? "belongs" : "belong";
    return `${allOf(code(keys))} ${it} below \`${home}\`. Move ${keys.length === 1 ? "it" : "them"} there, indented.`;
  },
  "null-block": ({ key }) =>
    `\`${key}\` is empty, and counts as absent. Fill it, or delete it: W&B reports it.`,
  "not-supported-yet": ({ key, instead }) =>
    `\`${key}\` is not supported yet. Meanwhile, ${instead}.`,
};
