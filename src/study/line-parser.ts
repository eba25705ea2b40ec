/**
 * Parses a line of the journal, and of what repeats from line to line only the first.
 *
 * A line begins with its operation and its writer, and a trial of ours ends with its
 * distributions, which are most of its length. Where these are the same text as in an earlier
 * line they are cut off before the rest is parsed. That is sound: a bracket is put in the place of
 * either, and if the rest is an object then, what was cut off stood outside every string of it.
 */
import { isObject, parseJson } from "./json.js";
import { copied } from "./report-scanner.js";

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

  /** Undefined for what is no JSON object, by Python's reading either. */
  parse(line: string): Line | undefined {
    const head = this.#headOf(line);
    const tail = head?.operation === 4 ? this.#tailOf(line) : undefined;
    if (head !== undefined) {
      const rest = line.slice(head.text.length, tail === undefined ? undefined : -tail.text.length);
      const fields = parsedObject(tail === undefined ? `{${rest}` : `{${rest}}`);
      if (fields !== undefined) {
        const distributions = tail === undefined ? fields["distributions"] : tail.distributions;
        return { operation: head.operation, writer: head.writer, fields, distributions };
      }
    }
    const fields = parsedObject(line);
    return fields === undefined
      ? undefined
      : {
          operation: fields["op_code"],
          writer: fields["worker_id"],
          fields,
          distributions: fields["distributions"],
        };
  }

  #headOf(line: string): Head | undefined {
    const operation = line.charCodeAt(operationAt) - zero;
    const known = this.#heads[operation];
    if (known !== undefined && line.startsWith(known.text)) return known;
    const match = headPattern.exec(line);
    const [text, , writer] = match ?? [];
    if (text === undefined || writer === undefined) return undefined;
    const head = { text: copied(text), operation, writer: copied(writer) };
    this.#heads[operation] = head;
    return head;
  }

  #tailOf(line: string): Tail | undefined {
    const known = this.#tail;
    // A slice is compared as a block of memory, which `endsWith` does letter by letter.
    if (known !== undefined && line.slice(-known.text.length) === known.text) return known;
    this.#tail = learnTail(line);
    return this.#tail;
  }
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
