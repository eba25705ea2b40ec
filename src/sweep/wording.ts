/** The small words of messages. */
import type { Kind, ProblemFacts } from "./problem.js";

/** One sentence for each code of a group of problems. */
export type Sentences<P extends ProblemFacts> = {
  readonly [C in P["code"]]: (problem: Extract<P, { code: C }>) => string;
};

const kinds: Readonly<Record<Kind, string>> = {
  map: "a map",
  list: "a list",
  text: "text",
  number: "a number",
  boolean: "true or false",
  null: "empty",
  date: "a date",
};

export function kindInWords(kind: Kind): string {
  return kinds[kind];
}

/** The path of a key, or what stands for the whole file. */
export function subject(where: string, whole = "The file"): string {
  return where === "" ? whole : `\`${where}\``;
}

export function oneOf(words: readonly string[]): string {
  if (words.length <= 1) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

export function allOf(words: readonly string[]): string {
  if (words.length <= 1) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

export function code(words: readonly string[]): readonly string[] {
  return words.map((word) => `\`${word}\``);
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Few enough digits to read. */
export function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
