/**
 * The filter box: `lr:<1e-3 optimizer:sgd is:failed word`. Every clause must hold.
 *
 * `name:value` compares a column, `name:<x`, `<=`, `>`, `>=` and `name:a..b` a number, `is:` a
 * state. A bare number is a trial, a bare word is looked for in values and reasons. A leading `-`
 * turns a clause round, quotes keep spaces. A clause that cannot be read is left out and named, so
 * that the table does not empty while its filter is half typed.
 */
import type { BoardState } from "../../protocol.js";
import type { BoardRow } from "./boardRows.js";
import { type Column, cellText } from "./columns.js";

export type FilterProblem =
  | { readonly code: "unknown-column"; readonly name: string; readonly closest: string | null }
  | { readonly code: "not-a-number"; readonly name: string; readonly text: string }
  | { readonly code: "unknown-state"; readonly text: string };

export interface Filter {
  readonly accepts: (row: BoardRow) => boolean;
  readonly problems: readonly FilterProblem[];
  /** Whether nothing is asked, so that every row passes. */
  readonly empty: boolean;
}

type Predicate = (row: BoardRow) => boolean;

const stateNames: Readonly<Record<string, readonly BoardState[]>> = {
  running: ["running"],
  completed: ["complete"],
  complete: ["complete"],
  pruned: ["pruned"],
  "stopped-early": ["pruned"],
  failed: ["failed", "out-of-memory"],
  oom: ["out-of-memory"],
  stopped: ["stopped"],
  lost: ["lost"],
  paused: ["paused"],
  queued: ["waiting"],
};

export function parseFilter(text: string, columns: readonly Column[]): Filter {
  const problems: FilterProblem[] = [];
  const predicates: Predicate[] = [];
  for (const token of tokens(text)) {
    const turned = token.startsWith("-") && token.length > 1;
    const parsed = clause(turned ? token.slice(1) : token, columns);
    if (typeof parsed === "function") {
      predicates.push(turned ? (row) => !parsed(row) : parsed);
    } else if (parsed !== undefined) {
      problems.push(parsed);
    }
  }
  return {
    accepts: (row) => predicates.every((predicate) => predicate(row)),
    problems,
    empty: predicates.length === 0,
  };
}

/** The sentence for a filter that cannot be read. */
export function filterProblemText(problem: FilterProblem): string {
  switch (problem.code) {
    case "unknown-column":
      return problem.closest === null
        ? `No column is named ${problem.name}. Write a column's name, is:failed, or a word.`
        : `No column is named ${problem.name}: did you mean ${problem.closest}?`;
    case "not-a-number":
      return problem.text === ""
        ? `Write a number after ${problem.name}:, such as ${problem.name}:<0.1`
        : `${problem.text} is not a number: write ${problem.name}:<0.1 or ${problem.name}:0.1..0.5`;
    case "unknown-state":
      return `No state is named ${problem.text}: write is: with ${Object.keys(stateNames).join(", ")} or starred.`;
    default:
      return problem satisfies never;
  }
}

/** Words by spaces; a part in double quotes keeps its own. */
function tokens(text: string): string[] {
  return [...text.matchAll(/(?:[^\s"]|"[^"]*"?)+/g)].map(([token]) => token.replaceAll('"', ""));
}

function clause(token: string, columns: readonly Column[]): Predicate | FilterProblem | undefined {
  const colon = token.indexOf(":");
  if (colon < 1) return token === "" ? undefined : wordPredicate(token, columns);
  const [name, wanted] = [token.slice(0, colon), token.slice(colon + 1)];
  if (name === "is") return statePredicate(wanted);
  const column = columnNamed(name, columns);
  if (column === undefined) {
    return { code: "unknown-column", name, closest: closestTitle(name, columns) };
  }
  return comparison(column, name, wanted);
}

function statePredicate(wanted: string): Predicate | FilterProblem | undefined {
  if (wanted === "") return undefined;
  if (wanted === "starred") return (row) => row.starred;
  const states = stateNames[wanted.toLowerCase()];
  if (states === undefined) return { code: "unknown-state", text: wanted };
  return (row) => states.includes(row.state);
}

function columnNamed(name: string, columns: readonly Column[]): Column | undefined {
  const lower = name.toLowerCase();
  const byTitle = (wanted: string, title: (column: Column) => string): Column | undefined =>
    columns.find((column) => filterable(column) && title(column) === wanted);
  return (
    byTitle(name, (column) => column.title) ??
    byTitle(lower, (column) => column.title.toLowerCase()) ??
    byTitle(lower, (column) => column.id.toLowerCase()) ??
    byTitle(lower, (column) => column.title.toLowerCase().split(".").at(-1) ?? "")
  );
}

function filterable(column: Column): boolean {
  return column.kind !== "mark" || column.id === "number";
}

function comparison(
  column: Column,
  name: string,
  wanted: string,
): Predicate | FilterProblem | undefined {
  if (wanted === "") return undefined;
  const value = (row: BoardRow): number | string | null =>
    column.id === "number" ? row.trial.number : column.read(row);
  const range = /^(.+?)\.\.(.+)$/.exec(wanted);
  const operator = /^(<=|>=|<|>|=)(.*)$/.exec(wanted);
  if (operator !== null) {
    const limit = numberIn(operator[2] ?? "");
    if (limit === undefined) return { code: "not-a-number", name, text: operator[2] ?? "" };
    return (row) => holds(value(row), operator[1] ?? "=", limit);
  }
  const [low, high] = [numberIn(range?.[1] ?? ""), numberIn(range?.[2] ?? "")];
  if (low !== undefined && high !== undefined) {
    return (row) => holds(value(row), ">=", low) && holds(value(row), "<=", high);
  }
  const number = numberIn(wanted);
  if (column.kind !== "word" && number === undefined) {
    return { code: "not-a-number", name, text: wanted };
  }
  const lower = wanted.toLowerCase();
  return (row) => {
    const found = value(row);
    return typeof found === "number"
      ? found === number
      : found?.toLowerCase().startsWith(lower) === true;
  };
}

function holds(value: number | string | null, operator: string, limit: number): boolean {
  if (typeof value !== "number" || Number.isNaN(value)) return false;
  switch (operator) {
    case "<":
      return value < limit;
    case "<=":
      return value <= limit;
    case ">":
      return value > limit;
    case ">=":
      return value >= limit;
    default:
      return value === limit;
  }
}

function numberIn(text: string): number | undefined {
  const value = Number(text);
  return text.trim() === "" || Number.isNaN(value) ? undefined : value;
}

function wordPredicate(word: string, columns: readonly Column[]): Predicate {
  if (/^\d+$/.test(word)) return (row) => row.trial.number === Number(word);
  const lower = word.toLowerCase();
  const searched = columns.filter((column) => column.kind === "word");
  return (row) =>
    row.note.toLowerCase().includes(lower) ||
    searched.some((column) => cellText(column, row).toLowerCase().includes(lower));
}

function closestTitle(name: string, columns: readonly Column[]): string | null {
  const lower = name.toLowerCase();
  const near = columns
    .filter(filterable)
    .map((column) => ({ title: column.title, away: distance(lower, column.title.toLowerCase()) }))
    .sort((a, b) => a.away - b.away)[0];
  return near !== undefined && near.away <= Math.max(1, Math.floor(name.length / 3))
    ? near.title
    : null;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (const [row, letter] of [...a].entries()) {
    const here = [row + 1];
    for (const [place, other] of [...b].entries()) {
      const change = (above[place] ?? 0) + (letter === other ? 0 : 1);
      here.push(Math.min(change, (above[place + 1] ?? 0) + 1, (here[place] ?? 0) + 1));
    }
    above = here;
  }
  return above[b.length] ?? 0;
}
