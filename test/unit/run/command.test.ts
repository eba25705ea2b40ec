import { execFileSync } from "node:child_process";
import { expect } from "chai";
import fc from "fast-check";
import {
  buildCommand,
  type CommandInputs,
  pythonText,
  usesMacro,
} from "../../../src/run/command.js";
import { parsePythonJson, pythonJson } from "../../../src/run/pythonJson.js";
import { wandbParameters } from "../../../src/run/trialFiles.js";
import type { Json } from "../../../src/space/value.js";
import { peerPython } from "../../support/peers.js";

const words = (command: readonly string[], more: Partial<CommandInputs> = {}) =>
  buildCommand({
    command,
    configuration: {
      lr: 0.00001,
      layers: 2,
      bias: true,
      norm: false,
      act: null,
      name: "it's a",
      opt: { name: "adam", betas: [0.9, 0.999] },
    },
    interpreter: "/venv/bin/python",
    program: "train.py",
    environment: { NAME: "value", SWEEPDECK_TRIAL: "7" },
    configurationFile: "/study/trials/0007/config.json",
    ...more,
  });

describe("the command line, as W&B's agent builds it", () => {
  it("is env, interpreter, program and arguments where the file has no command", () => {
    expect(words([])).to.deep.equal([
      "/usr/bin/env",
      "/venv/bin/python",
      "train.py",
      "--lr=1e-05",
      "--layers=2",
      "--bias=True",
      "--norm=False",
      "--act=None",
      "--name=it's a",
      "--opt={'name': 'adam', 'betas': [0.9, 0.999]}",
    ]);
  });

  const macros: Readonly<Record<string, readonly string[]>> = {
    "${args_no_hyphens}": ["lr=1e-05", "layers=2", "bias=True"],
    "${args_no_equals}": ["--lr", "1e-05", "--layers", "2", "--bias", "True"],
    "${args_append_hydra}": ["+lr=1e-05", "+layers=2", "+bias=True"],
    "${args_override_hydra}": ["++lr=1e-05", "++layers=2", "++bias=True"],
    "${args_json_file}": ["/study/trials/0007/config.json"],
    "${program}": ["train.py"],
    "${interpreter}": ["/venv/bin/python"],
    "${env}": ["/usr/bin/env"],
  };
  for (const [macro, expected] of Object.entries(macros)) {
    it(`expands ${macro}`, () => {
      expect(words([macro]).slice(0, expected.length)).to.deep.equal(expected);
    });
  }

  it("gives booleans as flags, and leaves the false ones out, with ${args_no_boolean_flags}", () => {
    expect(words(["${args_no_boolean_flags}"]).slice(0, 4)).to.deep.equal([
      "--lr=1e-05",
      "--layers=2",
      "--bias",
      "--act=None",
    ]);
  });

  it("gives one argument of JSON with ${args_json}", () => {
    expect(words(["--config", "${args_json}"])).to.deep.equal([
      "--config",
      `{"lr": 1e-05, "layers": 2, "bias": true, "norm": false, "act": null, "name": "it's a", "opt": {"name": "adam", "betas": [0.9, 0.999]}}`,
    ]);
  });

  it("replaces environment variables inside words too, by the bare name where there is none", () => {
    expect(
      words(["--out=${envvar:NAME}/${envvar:SWEEPDECK_TRIAL}", "${envvar:MISSING}"]),
    ).to.deep.equal(["--out=value/7", "MISSING"]);
  });

  it("drops unknown macros, and leaves alone what is in the middle of a word", () => {
    expect(
      words(["${unknown}", "${envvar:lower}", "a=${lr}", "${now:%Y}", "${a} ${b}", "x"]),
    ).to.deep.equal(["a=${lr}", "x"]);
  });

  it("says which macros a command uses, the default command's included", () => {
    expect(usesMacro([], "interpreter")).to.equal(true);
    expect(usesMacro(["python", "train.py", "${args}"], "interpreter")).to.equal(false);
  });
});

/** Old characters alone: which of the newest are printable depends on Python's version of Unicode. */
const text = fc.string({
  unit: fc.constantFrom(
    ..."aZ09 _-.:'\"\\\n\r\t\u0000\u001b\u007f\u0085\u00a0\u00adé名😀\u2028\ufeff\uffff",
  ),
});

/** What JSON can carry, with the numbers and characters that notations differ on. */
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(
      null,
      true,
      false,
      0.1,
      1e-5,
      1.5e-7,
      1e-4,
      123456.789,
      1e16,
      1e21,
      -0.5,
      1e300,
    ),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
    fc.integer(),
    text,
    fc.constantFrom(
      "it's",
      'say "x"',
      "both ' and \"",
      "tab\tnew\nline\\",
      "\u0000\u001b\u007f\u0085\u00a0\u00ad",
      "\u2028\ufeff",
      "é名😀",
      "1e-5",
      "on",
      "null",
      "12:30",
      "",
    ),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  ),
})).value;

function python(program: string, input: string): string {
  const header =
    "import sys, json\nsys.stdout.reconfigure(encoding='utf-8', errors='surrogatepass')\n";
  return execFileSync(peerPython(), ["-c", header + program], {
    input,
    encoding: "utf8",
    maxBuffer: 1e8,
  });
}

describe("Python's notation", function () {
  this.timeout(20_000);
  const samples = fc.sample(json, { numRuns: 1500, seed: 4 });

  it("is that of str(), for what is put after --name=", () => {
    const theirs: string[] = JSON.parse(
      python("print(json.dumps([str(v) for v in json.load(sys.stdin)]))", JSON.stringify(samples)),
    );
    expect(samples.map(pythonText)).to.deep.equal(theirs);
  });

  it("is that of json.dumps, for config.json and ${args_json}", () => {
    const theirs: string[] = JSON.parse(
      python(
        "print(json.dumps([json.dumps(v) for v in json.load(sys.stdin)]))",
        JSON.stringify(samples),
      ),
    );
    expect(samples.map(pythonJson)).to.deep.equal(theirs);
  });

  it("is read back with its tokens for numbers that JSON lacks", () => {
    const value = {
      a: [Number.NaN, Number.NEGATIVE_INFINITY],
      NaN: "NaN, -Infinity",
      b: Number.POSITIVE_INFINITY,
    };
    expect(pythonJson(value)).to.equal(
      '{"a": [NaN, -Infinity], "NaN": "NaN, -Infinity", "b": Infinity}',
    );
    expect(parsePythonJson(pythonJson(value))).to.deep.equal(value);
    expect(parsePythonJson("{NaN}")).to.equal(undefined);
  });

  it("gives wandb the values back through PyYAML", function () {
    this.timeout(60_000);
    const files = samples.map((value) => wandbParameters({ on: value, "a.b": 1, "1e-5": 0.00001 }));
    const program = `
import yaml
files, values = json.load(sys.stdin)
for text, value in zip(files, values):
    read = yaml.safe_load(text)
    want = {"wandb_version": 1, "on": {"value": value}, "a.b": {"value": 1}, "1e-5": {"value": 1e-5}}
    assert read == want and repr(read) == repr(want), (text, read, want)
print("same")`;
    expect(python(program, JSON.stringify([files, samples]))).to.equal("same\n");
    const special = wandbParameters({ a: Number.NaN, b: Number.NEGATIVE_INFINITY });
    expect(python("import yaml; print(yaml.safe_load(sys.stdin))", special)).to.equal(
      "{'wandb_version': 1, 'a': {'value': nan}, 'b': {'value': -inf}}\n",
    );
  });
});
