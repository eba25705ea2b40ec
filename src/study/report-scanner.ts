/**
 * Reads the lines that report a value without parsing them as JSON.
 *
 * In a study with curves nine lines of ten are such lines, all of one form: Optuna writes the same
 * keys in the same order as we do. Whatever deviates is left to the parser.
 */

const start = '{"op_code":7,"worker_id":"';
const beforeTrial = '","trial_id":';
const beforeStep = ',"step":';
const beforeValue = ',"intermediate_value":';
const digitAt = '{"op_code":'.length;
const zero = 0x30;
const seven = 0x37;
const nine = 0x39;
const minus = 0x2d;
const bracket = 0x7d;

export class ReportScanner {
  trialId = 0;
  step = 0;
  value = 0;
  /** The line up to its trial, for the writer that was seen last. */
  #head = "";
  #at = 0;

  /** True when the line from `from` to `end` was a report, whose fields are then set. */
  scan(text: string, from: number, end: number): boolean {
    if (text.charCodeAt(from + digitAt) !== seven || text.charCodeAt(end - 1) !== bracket) {
      return false;
    }
    // A slice is compared as a block of memory, which `startsWith` does letter by letter.
    if (text.slice(from, from + this.#head.length) !== this.#head || this.#head === "") {
      if (!this.#learnHead(text, from, end)) return false;
    }
    this.#at = from + this.#head.length;
    this.trialId = this.#integer(text);
    if (this.trialId < 0 || !text.startsWith(beforeStep, this.#at)) return false;
    this.#at += beforeStep.length;
    this.step = this.#integer(text);
    if (this.step < 0 || !text.startsWith(beforeValue, this.#at)) return false;
    const valueAt = this.#at + beforeValue.length;
    const first = text.charCodeAt(valueAt);
    if (first !== minus && (first < zero || first > nine)) return false;
    this.value = Number(text.slice(valueAt, end - 1));
    return !Number.isNaN(this.value);
  }

  /** Only for names without escapes, of which nothing needs to be decided but where they end. */
  #learnHead(text: string, from: number, end: number): boolean {
    if (!text.startsWith(start, from)) return false;
    const at = text.indexOf('"', from + start.length);
    if (at === -1 || at > end || !text.startsWith(beforeTrial, at)) return false;
    const head = text.slice(from, at + beforeTrial.length);
    if (head.includes("\\")) return false;
    this.#head = copied(head);
    return true;
  }

  /** Moves on behind the digits; −1 where there are none, or more than a number holds exactly. */
  #integer(text: string): number {
    let value = 0;
    const first = this.#at;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (!(code >= zero && code <= nine)) break;
      value = value * 10 + code - zero;
      this.#at += 1;
    }
    const digits = this.#at - first;
    return digits === 0 || digits > 15 ? -1 : value;
  }
}

/** A slice of a text keeps the whole of it in memory, here megabytes of journal; a copy does not. */
export function copied(text: string): string {
  return Buffer.from(text).toString();
}
