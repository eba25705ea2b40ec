/**
 * Parses a line of the journal, and of what repeats from line to line only the first.
 *
 * A line begins with its operation and its writer, and a trial of ours ends with its
 * distributions, which are most of its length. Where these are the same text as in an earlier
 * line they are cut off before the rest is parsed. That is sound: a bracket is put in the place of
 * either, and if the rest is an object then, what was cut off stood outside every string of it.
 */
import { isObject, parseJson } from "./json.js";
import { Operation } from "./records.js";

export interface Line {
  readonly operation: unknown;
  readonly writer: unknown;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Of a trial. */
  readonly distributions: unknown;
}

interface Head {
  readonly text: string;
  readonly operation: number;
  readonly writer: string;
}

interface Tail {
  readonly text: string;
  readonly distributions: unknown;
}

const headPattern = /^\{"op_code":(\d),"worker_id":"([^"\\]*)",/;
const tailStart = ',"distributions":{';

export class LineParser {
  /** By the digit of the operation. */
  readonly #heads: Head[] = [];
  #tail: Tail | undefined;

  /** Of the line from `from` to `end`; undefined for what is no JSON object, by Python's reading either. */
  parse(lines: string, from: number, end: number): Line | undefined {
    return this.#parseRest(lines, from, end) ?? parsedWhole(lines.slice(from, end));
  }

  #parseRest(lines: string, from: number, end: number): Line | undefined {
    const head = this.#headOf(lines, from, end);
    if (head === undefined) return undefined;
    const { operation, writer } = head;
    const restAt = from + head.text.length;
    const tail = operation === Operation.createTrial ? this.#tailOf(lines, from, end) : undefined;
    if (tail !== undefined) {
      const fields = parsedObject(`{${lines.slice(restAt, end - tail.text.length)}}`);
      if (fields === undefined) return undefined;
      return { operation, writer, fields, distributions: tail.distributions };
    }
    const fields = parsedObject(`{${lines.slice(restAt, end)}`);
    if (fields === undefined) return undefined;
    return { operation, writer, fields, distributions: fields["distributions"] };
  }

  #headOf(lines: string, from: number, end: number): Head | undefined {
    const operation = lines.charCodeAt(from + operationAt) - zero;
    const known = this.#heads[operation];
    // A slice is compared as a block of memory, which `startsWith` does letter by letter.
    if (known !== undefined && lines.slice(from, from + known.text.length) === known.text) {
      return known;
    }
    const match = headPattern.exec(lines.slice(from, end));
    const [text, , writer] = match ?? [];
    if (text === undefined || writer === undefined) return undefined;
    const head = { text: copied(text), operation, writer: copied(writer) };
    this.#heads[operation] = head;
    return head;
  }

  #tailOf(lines: string, from: number, end: number): Tail | undefined {
    const known = this.#tail;
    if (known !== undefined && lines.slice(end - known.text.length, end) === known.text) {
      return known;
    }
    this.#tail = learnTail(lines.slice(from, end));
    return this.#tail;
  }
}

function parsedWhole(line: string): Line | undefined {
  const fields = parsedObject(line);
  if (fields === undefined) return undefined;
  return {
    operation: fields["op_code"],
    writer: fields["worker_id"],
    fields,
    distributions: fields["distributions"],
  };
}

const operationAt = '{"op_code":'.length;
const zero = 0x30;

/** Undefined unless the line ends in its distributions, as our own lines do. */
function learnTail(line: string): Tail | undefined {
  const at = line.lastIndexOf(tailStart);
  if (at === -1) return undefined;
  const text = copied(line.slice(at));
  const members = parsedObject(`{${text.slice(1)}`);
  return members === undefined ? undefined : { text, distributions: members["distributions"] };
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A slice of a text keeps the whole of it in memory, here megabytes of journal; a copy does not. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}
