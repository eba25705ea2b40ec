/** What must not be said of scripts that take their arguments in ways of their own. */
import { expect } from "chai";
import { findingsIn } from "../../../../src/language/findings.js";
import { nothingKnown } from "../../../../src/language/surroundings.js";
import { readScript } from "../../../../src/script/read-script.js";
import { parseSweep } from "../../../../src/sweep/parse.js";
import { sourceFiles } from "../../script/source-files.js";

/** Codes of errors and warnings. */
function saidOf(
  parameters: string,
  script: string,
  {
    words = "'${args}'",
    others = {},
  }: { readonly words?: string; readonly others?: Readonly<Record<string, string>> } = {},
): readonly string[] {
  const reading = readScript("train.py", sourceFiles({ "train.py": script, ...others }));
  if (reading === undefined) throw new Error("train.py was not read.");
  const sweep = `program: train.py
method: random
metric: {name: val_loss, goal: minimize}
command: [python, '\${program}', ${words}]
parameters:
${parameters}
`;
  const program = { kind: "read", path: "train.py", reading } as const;
  return findingsIn(parseSweep(sweep), { ...nothingKnown, program })
    .filter(({ severity }) => severity === "error" || severity === "warning")
    .map(({ code }) => code);
}

/** A parser's options, and what the script does with what it parsed. */
function parsing(options: string, then = "args = parser.parse_args()"): string {
  return `
import argparse, ast, json, os, subprocess, sys
parser = argparse.ArgumentParser()
${options}
${then}
print("val_loss=", 0.5)
`;
}

describe("a group that is passed as one argument", () => {
  const group = "  model: {parameters: {width: {values: [1, 2]}}}";

  it("is left in peace where an option of its name takes any text", () => {
    for (const type of ["json.loads", "ast.literal_eval", "str"]) {
      const script = parsing(`parser.add_argument("--model", type=${type})`);
      expect(saidOf(group, script), type).to.be.empty;
    }
  });

  it("is refused where none does, and where a name with a dot is meant", () => {
    const other = parsing('parser.add_argument("--net", type=json.loads)');
    expect(saidOf(group, other)).to.deep.equal(["parameter-refused"]);
    const number = parsing('parser.add_argument("--model", type=int)');
    expect(saidOf(group, number)).to.deep.equal(["parameter-refused"]);
    const whole = parsing('parser.add_argument("--model", type=json.loads)');
    expect(saidOf("  model.width: {values: [1, 2]}", whole)).to.deep.equal(["parameter-refused"]);
  });
});

describe("words of the form name=value", () => {
  const swept = "  optimizer.lr: {values: [0.1, 0.01]}";

  it("are left in peace behind an option or at a place that takes a list of them", () => {
    for (const [options, before] of [
      ['parser.add_argument("--cfg-options", nargs="+", action=DictAction)', "--cfg-options, "],
      ['parser.add_argument("--gin_bindings", nargs="*")', "--gin_bindings, "],
      ['parser.add_argument("--opts", nargs=argparse.REMAINDER)', "--opts, "],
      ['parser.add_argument("opts", nargs=argparse.REMAINDER)', ""],
      ['parser.add_argument("opts", nargs="*")', ""],
    ] as const) {
      const words = `${before}'\${args_no_hyphens}'`;
      expect(saidOf(swept, parsing(options), { words }), options).to.be.empty;
    }
  });

  it("are refused where no list is begun", () => {
    const script = parsing('parser.add_argument("--opts", nargs="+")');
    const words = "'${args_no_hyphens}'";
    expect(saidOf(swept, script, { words })).to.include("arguments-in-other-style");
  });
});

describe("a parameter that no option takes", () => {
  const known = 'parser.add_argument("--lr", type=float)';
  const swept = "  lr: {values: [0.1, 0.2]}\n  width: {values: [64, 128]}";

  it("is left in peace where the script uses the arguments that are left", () => {
    for (const then of [
      "args, rest = parser.parse_known_args()\nsubprocess.run(['python', 'inner.py', *rest])",
      "args, rest = parser.parse_known_args()\nsubprocess.run(['python', 'inner.py'] + rest)",
      "args, rest = parser.parse_known_args()\nos.execvp('inner', rest)",
      "args, rest = parser.parse_known_args()\nfor each in rest:\n    print(each.split('='))",
      "args, rest = parser.parse_known_args()\nfound = {k: v for k, v in zip(rest[::2], rest[1::2])}",
      "args, rest = parser.parse_known_args()\nos.system('inner ' + ' '.join(rest))",
      "args, rest = parser.parse_known_args()\nos.system(f'inner {rest[0]}')",
      "args = parser.parse_known_args()[0]\nfor each in sys.argv[1:]:\n    print(each)",
      "args, _ = parser.parse_known_args()\nfound = dict(a.split('=') for a in sys.argv[1:])",
      "args, _ = parser.parse_known_args()\nsubprocess.run(['inner'] + sys.argv[1:])",
    ]) {
      expect(saidOf(swept, parsing(known, then)), then).to.be.empty;
    }
  });

  it("is left in peace where a positional takes everything behind it", () => {
    const rest = 'parser.add_argument("inner")\nparser.add_argument("rest", nargs="...")';
    const then = "args = parser.parse_args()\nsubprocess.run([args.inner, *args.rest])";
    expect(saidOf(swept, parsing(`${known}\n${rest}`, then))).to.be.empty;
  });

  it("is left in peace where a parser of the script's own takes what it does not know", () => {
    const script = `
import argparse
class Parser(argparse.ArgumentParser):
    def parse_args(self, args=None, namespace=None):
        parsed, extras = super().parse_known_args(args, namespace)
        for name, value in zip(extras[::2], extras[1::2]):
            setattr(parsed, name.lstrip("-"), value)
        return parsed
parser = Parser()
parser.add_argument("--lr", type=float)
args = parser.parse_args()
print("val_loss=", args.lr)
`;
    expect(saidOf(swept, script)).to.be.empty;
  });

  it("is read nowhere where the script only looks at what is left", () => {
    for (const then of [
      "args, _ = parser.parse_known_args()",
      "args, rest = parser.parse_known_args()\nprint(len(rest), rest)\nprint(sys.argv[0])",
    ]) {
      expect(saidOf(swept, parsing(known, then)), then).to.deep.equal(["parameter-unread"]);
    }
  });
});

describe("a library that takes any name", () => {
  it("is Sacred, behind the word with", () => {
    for (const start of ["@ex.automain\ndef main():", "@ex.main\ndef main():"]) {
      const script = `
from sacred import Experiment
ex = Experiment("study")
@ex.config
def config():
    lr = 0.1
${start}
    print("val_loss=", 0.5)
${start.includes("auto") ? "" : "ex.run_commandline()"}
`;
      const words = "with, '${args_no_hyphens}'";
      expect(saidOf("  lr: {values: [0.1, 0.2]}", script, { words }), start).to.be.empty;
      expect(saidOf("  model.width: {values: [1, 2]}", script, { words }), start).to.be.empty;
    }
  });

  it("is Hydra where the command chooses another configuration", () => {
    const script = `
import hydra
@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(cfg):
    print("val_loss=", run(**cfg))
main()
`;
    const others = { "conf/config.yaml": "lr: 0.1\n", "conf/other.yaml": "momentum: 0.9\n" };
    const swept = "  momentum: {values: [0.8, 0.9]}";
    for (const before of ["--config-name=other", "--config-name, other", "-cn, other"]) {
      const words = `${before}, '\${args_no_hyphens}'`;
      expect(saidOf(swept, script, { words, others }), before).to.be.empty;
    }
    const words = "'${args_no_hyphens}'";
    expect(saidOf(swept, script, { words, others })).to.deep.equal(["parameter-refused"]);
  });
});

describe("an argument that the script does not start without", () => {
  const needed = 'parser.add_argument("--lr")\nparser.add_argument("--data", required=True)';
  const place = 'parser.add_argument("--lr")\nparser.add_argument("folder")';
  const swept = "  lr: {values: [0.1, 0.2]}";
  const said = ["argument-missing"];

  it("is missing where neither the command nor a parameter gives it", () => {
    expect(saidOf(swept, parsing(needed))).to.deep.equal(said);
    expect(saidOf(swept, parsing(place))).to.deep.equal(said);
    expect(saidOf(`${swept}\n  data: {value: a}`, parsing(place))).to.include(said[0]);
    expect(saidOf(swept, parsing(needed), { words: "--other=1, '${args}'" })).to.deep.equal(said);
  });

  it("is there where the command or a parameter gives it, shortened or not", () => {
    expect(saidOf(`${swept}\n  data: {value: a}`, parsing(needed))).to.be.empty;
    expect(saidOf(`${swept}\n  da: {value: a}`, parsing(needed))).to.be.empty;
    for (const before of ["--data=a", "--data, a", "--da, a"]) {
      expect(saidOf(swept, parsing(needed), { words: `${before}, '\${args}'` })).to.be.empty;
    }
    expect(saidOf(swept, parsing(place), { words: "images, '${args}'" })).to.be.empty;
  });

  it("is not missed where it may be given or left out in a way that is not seen", () => {
    for (const script of [
      parsing(`if os.environ.get("CI"):\n    parser.add_argument("--data", required=True)`),
      parsing(`${needed}`, "args, _ = parser.parse_known_args()"),
      parsing(`${needed}`, "args = parser.parse_args(sys.argv[1:] + ['--data', 'a'])"),
      parsing(`parser = argparse.ArgumentParser(conflict_handler="resolve")
${needed}
parser.add_argument("--data", default="a")`),
      parsing(`${needed}\nsys.argv += ["--data", "a"]`),
      parsing(`${needed}\nsys.argv.extend(["--data", "a"])`),
      parsing(`${needed}\nfor each in parser._actions:\n    each.required = False`),
      parsing('parser.add_argument("folder", nargs="?")\nparser.add_argument("more", nargs="*")'),
      parsing('parser.add_argument("folder", nargs=os.environ["N"])'),
      parsing(
        `parser = argparse.ArgumentParser(fromfile_prefix_chars="@")\n${needed}`,
        "args = parser.parse_args()",
      ),
      parsing(
        'parser.add_argument("--mode")',
        `args, rest = parser.parse_known_args()
other = argparse.ArgumentParser()
other.add_argument("--data", required=True)
if args.mode == "data":
    other.parse_args(rest)`,
      ),
    ]) {
      expect(saidOf(swept, script), script).not.to.include(said[0]);
    }
    const wrapped = "'${args}', --, wrapper";
    expect(saidOf(swept, parsing(place), { words: wrapped })).not.to.include(said[0]);
  });
});
