import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { newSurroundingsMemory, surroundingsOf } from "../../../src/engine/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";

const script = `import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=1e-3)
if __name__ == "__main__":
    print(parser.parse_args())
`;

describe("the surroundings of a sweep file", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), "surroundings-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const lay = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(root, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  };
  const around = (text: string, sweepFile = "sweep.yaml", memory = newSurroundingsMemory()) =>
    surroundingsOf(path.join(root, sweepFile), parseSweep(text), { root, memory });
  const programOf = (text: string, sweepFile?: string) => {
    const { program } = around(text, sweepFile);
    if (program === undefined || program.kind === "missing") return program?.kind;
    return path.relative(root, program.path);
  };

  describe("the program", () => {
    it("is found beside the sweep file, or at the root that agents are started from", () => {
      lay({ "train.py": script, "sweeps/other.py": script });
      expect(programOf("program: train.py", "sweeps/lr.yaml")).to.equal("train.py");
      expect(programOf("program: other.py", "sweeps/lr.yaml")).to.equal("sweeps/other.py");
    });

    it("is read from a file that is half-typed too", () => {
      lay({ "train.py": script });
      expect(programOf("program: train.py\nmethod: rand\nparameters:\n  l")).to.equal("train.py");
    });

    it("is the module behind -m, wherever its package lies", () => {
      lay({ "src/project/train.py": script, "tool/__main__.py": script, "sweeps/a.yaml": "" });
      const run = (module: string) => `command: [python, -m, ${module}, "\${args}"]`;
      expect(programOf(run("project.train"), "sweeps/a.yaml")).to.equal("src/project/train.py");
      expect(programOf(run("tool"), "sweeps/a.yaml")).to.equal("tool/__main__.py");
      expect(programOf(`program: project.train\n${run('"${program}"')}`)).to.equal(
        "src/project/train.py",
      );
    });

    it("is the script that the command names where it has no macro for one", () => {
      lay({ "jobs/fit.py": script });
      expect(programOf('command: [python, jobs/fit.py, "${args}"]')).to.equal("jobs/fit.py");
      expect(programOf("command: [torchrun, -m, torch.distributed.run, jobs/fit.py]")).to.equal(
        "jobs/fit.py",
      );
    });

    it("is clear where several words of the command stand in one", () => {
      lay({ "train.py": script, "project/fit.py": script });
      expect(programOf('command: [python train.py, "${args}"]')).to.equal("train.py");
      expect(programOf('command: ["python -m project.fit ${args}"]')).to.equal("project/fit.py");
    });

    it("is looked for from sweepdeck.cwd first", () => {
      lay({ "train.py": script, "work/train.py": script });
      expect(programOf("program: train.py\nsweepdeck:\n  cwd: work")).to.equal("work/train.py");
    });

    it("is nothing to speak of where the command runs no file of ours", () => {
      lay({ "train.py": script });
      expect(programOf('command: [my-tool, train, "${args}"]')).to.equal(undefined);
      expect(programOf("method: grid")).to.equal(undefined);
    });

    it("is missing where no folder has it, and files of its name are offered", () => {
      lay({ "project/train.py": script, "sweeps/lr.yaml": "" });
      const { program } = around("program: scripts/train.py", "sweeps/lr.yaml");
      expect(program).to.deep.include({ kind: "missing", similar: ["project/train.py"] });
      const likely = program?.kind === "missing" ? program.likely : undefined;
      expect(likely?.program).to.equal(path.join(root, "project/train.py"));
    });

    it("is missing where its path leads through a file, in circles, or is no path at all", () => {
      lay({ "train.py": script });
      symlinkSync("loop.py", path.join(root, "loop.py"));
      const names = ["train.py/x.py", "loop.py", `${"x".repeat(5000)}.py`, '"a\\0b.py"'];
      for (const name of names) {
        expect(around(`program: ${name}`).program, name).to.deep.equal({
          kind: "missing",
          similar: [],
        });
      }
    });

    it("is missing, and not offered in its own place, where it is a pipe", () => {
      execFileSync("mkfifo", [path.join(root, "train.py")]);
      expect(around("program: train.py").program).to.deep.equal({ kind: "missing", similar: [] });
    });

    it("is there and unread where it is no Python", () => {
      lay({ "run.sh": "#!/bin/sh\n" });
      expect(around("program: run.sh").program).to.deep.equal({
        kind: "unread",
        path: path.join(root, "run.sh"),
      });
    });
  });

  describe("other programs", () => {
    it("are the files that take arguments or have a main guard, as a sweep would name them", () => {
      lay({
        "train.py": script,
        "tools/plot.py": 'if __name__ == "__main__":\n    pass\n',
        "model.py": "class Model: pass\n",
        "tests/test_train.py": script,
        "tests/helpers/train.py": script,
        "sweeps/lr.yaml": "",
      });
      expect(around("", "sweeps/lr.yaml").programs).to.deep.equal(["train.py", "tools/plot.py"]);
    });

    it("are not looked for in environments, caches and dot folders", () => {
      lay({
        "env/pyvenv.cfg": "",
        "env/lib/train.py": script,
        "node_modules/a/train.py": script,
        ".git/train.py": script,
      });
      expect(around("").programs).to.deep.equal([]);
    });

    it("are found once where links make a loop", () => {
      lay({ "a/train.py": script });
      symlinkSync(root, path.join(root, "a/again"));
      symlinkSync(path.join(root, "nowhere"), path.join(root, "broken.py"));
      expect(around("").programs).to.deep.equal(["a/train.py"]);
    });
  });

  it("names the interpreters of environments beside the sweep file and above it", () => {
    lay({
      ".venv/pyvenv.cfg": "",
      ".venv/bin/python": "",
      "sweeps/conda/conda-meta/history": "",
      "sweeps/conda/bin/python": "",
      "sweeps/empty/pyvenv.cfg": "",
    });
    expect(around("", "sweeps/lr.yaml").interpreters).to.deep.equal([
      "conda/bin/python",
      path.join(root, ".venv/bin/python"),
    ]);
  });

  describe("the script", () => {
    const metricsIn = (text: string, memory = newSurroundingsMemory(), unsaved = new Map()) => {
      const options = { root, memory, unsaved };
      const { program } = surroundingsOf(path.join(root, "sweep.yaml"), parseSweep(text), options);
      if (program?.kind !== "read") return undefined;
      return program.reading.metrics.reported.map(({ name }) => name.join("*"));
    };
    const logging = (metric: string) => `import wandb\nwandb.log({"${metric}": 1})\n`;

    it("is read with what it imports from the workspace", () => {
      lay({ "train.py": "from fit import fit\nfit()\n", "fit.py": logging("val_loss") });
      const { program } = around("program: train.py");
      expect(program?.kind === "read" && program.reading.files).to.deep.equal([
        path.join(root, "train.py"),
        path.join(root, "fit.py"),
      ]);
    });

    it("is the same value until one of its files changes", () => {
      const memory = newSurroundingsMemory();
      lay({ "train.py": "import fit\n", "fit.py": logging("a") });
      const read = () => {
        const { program } = around("program: train.py", "sweep.yaml", memory);
        return program?.kind === "read" ? program.reading : undefined;
      };
      const first = read();
      expect(first).not.to.equal(undefined);
      expect(read()).to.equal(first);
      lay({ "fit.py": logging("changed") });
      expect(read()).not.to.equal(first);
      expect(metricsIn("program: train.py", memory)).to.deep.equal(["changed"]);
    });

    it("is read as the editor shows it, saved or not", () => {
      lay({ "train.py": logging("saved") });
      const file = path.join(root, "train.py");
      const memory = newSurroundingsMemory();
      const unsaved = new Map([[file, logging("typed")]]);
      expect(metricsIn("program: train.py", memory, unsaved)).to.deep.equal(["typed"]);
      expect(metricsIn("program: train.py", memory)).to.deep.equal(["saved"]);
    });
  });

  it("sees what has changed since the last look", () => {
    const memory = newSurroundingsMemory();
    lay({ "train.py": "" });
    expect(around("", "sweep.yaml", memory).programs).to.deep.equal([]);
    lay({ "train.py": script, "more/fit.py": script });
    expect(around("", "sweep.yaml", memory).programs).to.deep.equal(["train.py", "more/fit.py"]);
    rmSync(path.join(root, "train.py"));
    expect(around("", "sweep.yaml", memory).programs).to.deep.equal(["more/fit.py"]);
  });

  it("says nothing, and does not fail, where there is no folder", () => {
    expect(
      surroundingsOf("/nowhere/at/all/sweep.yaml", parseSweep("program: train.py")),
    ).to.deep.equal({
      program: { kind: "missing", similar: [] },
      programs: [],
      interpreters: [],
    });
  });
});
