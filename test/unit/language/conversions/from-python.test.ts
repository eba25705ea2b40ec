/** Each folder of test/fixtures/conversions/python: a script, the sweep that stands in it, and what is said. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { sweepsInPython } from "../../../../src/language/conversions/from-python.js";
import { noteMessage } from "../../../../src/language/conversions/notes.js";
import type { Json } from "../../../../src/space/value.js";
import { parseSweep } from "../../../../src/sweep/parse.js";
import { type TextNode, toJson } from "../../../../src/sweep/tree.js";
import { askPython } from "../../../support/ask-python.js";

const folder = path.join(import.meta.dirname, "../../../fixtures/conversions/python");

function scriptIn(name: string): { readonly file: string; readonly text: string } {
  const file = readdirSync(path.join(folder, name)).find((each) => each.endsWith(".py")) ?? "";
  return { file, text: readFileSync(path.join(folder, name, file), "utf8") };
}

function sweepsOf(name: string): string {
  const { file, text } = scriptIn(name);
  return sweepsInPython(file, text)
    .map(({ text: sweep, notes }) => {
      const said = notes.map((note) => `# ${noteMessage(note)}\n`).join("");
      return sweep + said;
    })
    .join("---\n");
}

/** Runs the scripts with a stand-in for wandb, which keeps what it is handed. */
const program = `
import copy, types, sys
answer = []
for text in question:
    seen = []
    fake = types.ModuleType("wandb")
    fake.sweep = lambda sweep, **options: seen.append(copy.deepcopy(sweep))
    fake.agent = lambda *given, **options: None
    sys.modules["wandb"] = fake
    exec(text, {"__name__": "__main__"})
    answer.append(seen)
`;

function recordOf(root: TextNode | undefined): Record<string, Json> {
  return root === undefined ? {} : (toJson(root) as Record<string, Json>);
}

describe("a sweep that stands in Python", () => {
  for (const name of readdirSync(folder)) {
    it(`is found: ${name}`, () => {
      const found = sweepsOf(name);
      const file = path.join(folder, name, "sweep.yaml");
      if (process.env["ACCEPT"] === "1") writeFileSync(file, found);
      expect(found).to.equal(readFileSync(file, "utf8"));
    });
  }

  it("is a sweep without errors where all of it is known", () => {
    for (const name of ["step-by-step", "literal", "calls", "constants", "in-a-function"]) {
      const { file, text } = scriptIn(name);
      for (const sweep of sweepsInPython(file, text)) {
        const errors = parseSweep(sweep.text).problems.filter(
          ({ severity }) => severity === "error",
        );
        expect(errors, `${name}: ${sweep.text}`).to.deep.equal([]);
      }
    }
  });

  it("is what Python itself hands to W&B", function () {
    this.timeout(30_000);
    const names = ["step-by-step", "literal", "calls", "constants", "two"];
    const handed = askPython(
      program,
      names.map((name) => scriptIn(name).text),
    ) as readonly Json[][];
    for (const [index, name] of names.entries()) {
      const { file, text } = scriptIn(name);
      const found = sweepsInPython(file, text).map((sweep) => {
        const { root } = parseSweep(sweep.text).document;
        const { program: _, project: __, entity: ___, ...rest } = recordOf(root);
        return rest;
      });
      const wanted = handed[index]?.map((config) => {
        const { program: _, ...rest } = config as Record<string, Json>;
        return rest;
      });
      expect(found, name).to.deep.equal(wanted);
    }
  });

  it("says where it stands and what it is called", () => {
    const { text } = scriptIn("two");
    const [first, second] = sweepsInPython("tune.py", text);
    expect(text.slice(first?.place.start, first?.place.end)).to.equal("wandb.sweep(base)");
    expect(second).to.include({ name: "base" });
    expect(second?.place.start).to.equal(text.lastIndexOf("wandb.sweep"));
  });

  it("is found in a notebook, between what is no Python", () => {
    const cell = (cell_type: string, ...source: readonly string[]) => ({ cell_type, source });
    const notebook = JSON.stringify({
      cells: [
        cell("markdown", "# config = {'method': 'bayes'}"),
        cell("code", "%matplotlib inline\n", "!pip install wandb\n", "import wandb\n"),
        cell("code", "%%bash\n", "echo config = {}"),
        cell("code", "config = {'method': 'grid', 'parameters': {'x': {'values': [1, 2]}}}"),
        { cell_type: "code", source: "sweep_id = wandb.sweep(config, project='demo')" },
      ],
    });
    const [found] = sweepsInPython("tutorial.ipynb", notebook);
    expect(found?.text).to.equal(
      "method: grid\nparameters:\n  x:\n    values: [1, 2]\nproject: demo\n",
    );
    expect(found?.notes.map(({ code }) => code)).to.deep.equal(["no-program"]);
    expect(sweepsInPython("broken.ipynb", "{")).to.deep.equal([]);
  });

  it("is not found in other files", () => {
    expect(sweepsInPython("a.py", "x = {'method': 'grid'}\nwandb.sweep(load())\n")).to.deep.equal(
      [],
    );
  });

  it("is looked for in any text without failing", () => {
    const { text } = scriptIn("constants");
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.string({ maxLength: 3 }), (at, length, between) => {
        const start = at % text.length;
        const cut = text.slice(0, start) + between + text.slice(start + (length % 40));
        sweepsInPython("tune.py", cut);
      }),
      { numRuns: 150 },
    );
  });
});
