import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { linesOf } from "./shown.js";

/** Every script that the tests of this folder are about. */
const scripts = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".test.ts"))
  .flatMap((name) => {
    const text = readFileSync(join(import.meta.dirname, name), "utf8");
    return [...text.matchAll(/`(\n[^`]*(?:import|defaults:)[^`]*)`/g)].map(
      (found) => found[1] ?? "",
    );
  });

const edits = [
  "(",
  ")",
  "[",
  "]",
  ",",
  ":",
  "\n",
  '"',
  "*",
  "=",
  "@",
  "  ",
  "#",
  "${",
  "null",
  "- ",
];

const mutated = fc
  .record({
    script: fc.constantFrom(...scripts),
    cuts: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(12),
        put: fc.constantFrom("", ...edits),
      }),
      { maxLength: 4 },
    ),
    end: fc.double({ min: 0.3, max: 1, noNaN: true }),
  })
  .map(({ script, cuts, end }) => {
    let text = script;
    for (const { at, length, put } of cuts) {
      const start = Math.floor(at * text.length);
      text = text.slice(0, start) + put + text.slice(start + length);
    }
    return text.slice(0, Math.ceil(text.length * end));
  });

describe("reading libraries from half-typed texts", () => {
  it("never throws, whatever stands in the program and beside it", () => {
    fc.assert(
      fc.property(mutated, mutated, (program, beside) => {
        linesOf({
          "train.py": program,
          "model.py": beside,
          "data.py": beside,
          "options.py": beside,
          "conf/config.yaml": beside,
          "conf/model/resnet.yaml": beside,
        });
      }),
      { numRuns: 1_000 },
    );
  }).timeout(60_000);
});
