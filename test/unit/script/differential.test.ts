import { execFileSync } from "node:child_process";
import { expect } from "chai";
import fc from "fast-check";
import { acceptanceOf } from "../../../src/script/acceptance.js";
import { readingOf } from "./reading.js";

/** Names that are beginnings of each other, and that differ by a hyphen. */
const names = [
  "lr",
  "lr-decay",
  "lr_decay",
  "learning-rate",
  "batch_size",
  "batch-size",
  "b",
  "seed",
];
const asked = [...names, "lr-", "learning", "learning_rate", "batch", "bat", "x", "no-amp", "amp"];

const kinds = ["type=float", "type=int, default=3", 'action="store_true"', 'nargs="+"'];

const option = fc.record({
  name: fc.constantFrom(...names),
  dashes: fc.constantFrom("--", "--", "--", "-"),
  kind: fc.constantFrom(...kinds),
});
const options = fc.uniqueArray(option, { maxLength: 5, selector: ({ name }) => name });

const shape = fc.record({
  own: options,
  added: options,
  looped: fc.uniqueArray(fc.constantFrom("seed", "amp", "x"), { maxLength: 2 }),
  isOpen: fc.boolean(),
  abbreviates: fc.boolean(),
  way: fc.constantFrom("plain", "function", "group", "parent", "subclass"),
});

type Shape = typeof shape extends fc.Arbitrary<infer Value> ? Value : never;

const lines = (to: string, all: Shape["own"], taken: Set<string>, pad = "") =>
  all
    .filter(({ name, dashes }) => !taken.has(dashes + name) && taken.add(dashes + name))
    .map(({ name, dashes, kind }) => `${pad}${to}.add_argument("${dashes}${name}", ${kind})\n`)
    .join("");

function scriptOf({ own, added, looped, isOpen, abbreviates, way }: Shape): string {
  const taken = new Set(looped.map((name) => `--${name}`));
  const keywords = abbreviates ? "" : "allow_abbrev=False";
  const makes: Readonly<Record<Shape["way"], () => string>> = {
    plain: () => `p = argparse.ArgumentParser(${keywords})\n${lines("p", added, taken)}`,
    function: () =>
      `def add(to):\n    pass\n${lines("to", added, taken, "    ")}p = argparse.ArgumentParser(${keywords})\nadd(p)\n`,
    group: () =>
      `p = argparse.ArgumentParser(${keywords})\ng = p.add_argument_group("g")\n${lines("g", added, taken)}`,
    parent: () =>
      `q = argparse.ArgumentParser(add_help=False)\n${lines("q", added, taken)}p = argparse.ArgumentParser(${["parents=[q]", keywords].filter(Boolean).join(", ")})\n`,
    subclass: () =>
      `class P(argparse.ArgumentParser):\n    def __init__(self, **kwargs):\n        super().__init__(**kwargs)\n${lines("self", added, taken, "        ")}p = P(${keywords})\n`,
  };
  const loop = `for name in ${JSON.stringify(looped)}:\n    p.add_argument(f"--{name}")\n`;
  const parse = isOpen ? "p.parse_known_args()" : "p.parse_args()";
  return `import argparse\n${makes[way]()}${lines("p", own, taken)}${loop}args = ${parse}\n`;
}

describe("names that argparse takes", () => {
  it("are those that Python itself takes, for scripts made at random", function () {
    this.timeout(120_000);
    const scripts = fc.sample(shape, { numRuns: 150, seed: 11 }).map(scriptOf);
    const refused = askPython(scripts);
    for (const [at, script] of scripts.entries()) {
      const reading = readingOf(script);
      const said = asked.filter(
        (name) =>
          acceptanceOf(reading, name, { style: "hyphens", words: [] }).verdict === "refused",
      );
      expect(said, script).to.deep.equal(refused[at]);
    }
  });
});

/** The names that each script ends at, because no option has them or more than one begins with them. */
function askPython(scripts: readonly string[]): readonly (readonly string[])[] {
  const program = `
import contextlib, io, json, sys
scripts, names = json.load(sys.stdin)
def refuses(script, name):
    sys.argv = ["train.py", f"--{name}=1"]
    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            exec(compile(script, "train.py", "exec"), {"__name__": "__main__"})
    except SystemExit:
        pass
    return "unrecognized arguments" in said.getvalue() or "ambiguous option" in said.getvalue()
print(json.dumps([[name for name in names if refuses(script, name)] for script in scripts]))
`;
  const input = JSON.stringify([scripts, asked]);
  return JSON.parse(execFileSync("python3", ["-c", program], { input, encoding: "utf8" }));
}
