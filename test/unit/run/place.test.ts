import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { environmentOf, trialEnvironment } from "../../../src/run/environment.js";
import {
  findInterpreter,
  interpreterProblemText,
  interpreterText,
} from "../../../src/run/interpreter.js";
import { findPlace, placeProblemText } from "../../../src/run/place.js";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "sweepdeck-place-")));
});
afterEach(() => rmSync(root, { recursive: true }));

function file(name: string, mode = 0o644): string {
  const full = path.join(root, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, "");
  chmodSync(full, mode);
  return full;
}

describe("where a trial runs", () => {
  const find = (more: {
    program?: string;
    cwd?: string;
    usesProgram?: boolean;
    usesInterpreter?: boolean;
  }) =>
    findPlace({
      sweepFolder: path.join(root, "repo/sweeps"),
      program: undefined,
      cwd: undefined,
      usesProgram: true,
      usesInterpreter: true,
      searchPath: path.join(root, "bin"),
      ...more,
    });
  beforeEach(() => mkdirSync(path.join(root, "repo/sweeps"), { recursive: true }));

  it("is the sweep file's folder, where the program is in it", () => {
    file("repo/sweeps/train.py");
    file("repo/train.py");
    expect(find({ program: "train.py" })).to.deep.equal({
      place: { cwd: path.join(root, "repo/sweeps"), program: "train.py" },
    });
  });

  it("is else the nearest folder above that holds the program", () => {
    file("repo/src/train.py");
    expect(find({ program: "src/train.py" })).to.deep.equal({
      place: { cwd: path.join(root, "repo"), program: "src/train.py" },
    });
  });

  it("is not to be found by paths that the system refuses", () => {
    file("repo/sweeps/train.py");
    for (const program of ["train.py/x.py", "x".repeat(5000), "a\0b"]) {
      expect(find({ program })).to.have.nested.property("problem.code", "missing-program");
    }
    expect(find({ program: "train.py", cwd: "train.py/x" })).to.have.nested.property(
      "problem.code",
      "missing-cwd",
    );
  });

  it("is sweepdeck.cwd where that is set, and the program is found beside the sweep too", () => {
    const cwd = path.join(root, "repo/work");
    mkdirSync(cwd);
    const beside = file("repo/sweeps/train.py");
    expect(find({ program: "train.py", cwd: "../work" })).to.deep.equal({
      place: { cwd, program: beside },
    });
    file("repo/work/train.py");
    expect(find({ program: "train.py", cwd: "../work" })).to.deep.equal({
      place: { cwd, program: "train.py" },
    });
  });

  it("needs no program where the command asks for none", () => {
    expect(find({ usesProgram: false })).to.have.property("place");
    expect(find({ usesProgram: false, program: "gone.py" })).to.have.property("place");
  });

  it("takes a command on PATH for a program that is run without an interpreter", () => {
    file("bin/trainer", 0o755);
    expect(find({ program: "trainer", usesInterpreter: false })).to.have.property("place");
    expect(find({ program: "trainer" })).to.have.property("problem");
  });

  it("says what is missing and what to do", () => {
    const sentence = (result: ReturnType<typeof find>) =>
      "problem" in result ? placeProblemText(result.problem) : "";
    expect(sentence(find({ program: "train.py" }))).to.equal(
      `There is no train.py in ${root}/repo/sweeps, nor in any folder above it. Set program to the path of the training script, relative to the sweep file or to a folder above it.`,
    );
    expect(sentence(find({}))).to.match(/names no program.*Add `program: train.py`/);
    expect(sentence(find({ program: "train.py", cwd: "nowhere" }))).to.match(
      /There is no folder .*nowhere\. Set sweepdeck\.cwd/,
    );
  });
});

describe("the Python of a trial", () => {
  const python = (name: string) => file(name, 0o755);
  const find = (
    environment: Record<string, string>,
    more: { setting?: string; extensionChoice?: string } = {},
  ) => findInterpreter({ folder: path.join(root, "repo/sweeps"), environment, ...more });
  const found = (...args: Parameters<typeof find>) => {
    const result = find(...args);
    return "interpreter" in result
      ? interpreterText(result.interpreter)
      : interpreterProblemText(result.problem);
  };

  it("is found in this order, and says which and why", () => {
    const environment: Record<string, string> = { PATH: path.join(root, "bin") };
    mkdirSync(path.join(root, "repo/sweeps"), { recursive: true });
    expect(found(environment)).to.match(
      /^No Python was found.*Install Python 3, or set sweepdeck.python/,
    );
    python("bin/python");
    expect(found(environment)).to.equal(`Python is ${root}/bin/python, the first on PATH`);
    python("bin/python3");
    expect(found(environment)).to.equal(`Python is ${root}/bin/python3, the first on PATH`);
    python("repo/.venv/bin/python");
    expect(found(environment)).to.equal(
      `Python is ${root}/repo/.venv/bin/python, the virtual environment of this folder`,
    );
    python("conda/bin/python");
    environment.CONDA_PREFIX = path.join(root, "conda");
    expect(found(environment)).to.equal(`Python is ${root}/conda/bin/python, from CONDA_PREFIX`);
    python("venv/bin/python");
    environment.VIRTUAL_ENV = path.join(root, "venv");
    expect(found(environment)).to.equal(`Python is ${root}/venv/bin/python, from VIRTUAL_ENV`);
    const extensionChoice = python("chosen/bin/python");
    expect(found(environment, { extensionChoice })).to.equal(
      `Python is ${extensionChoice}, as chosen in the Python extension`,
    );
    const setting = python("set/bin/python");
    expect(found(environment, { extensionChoice, setting })).to.equal(
      `Python is ${setting}, as it was set`,
    );
  });

  it("is not another one where the one that the user named is missing", () => {
    python("bin/python3");
    const environment = { PATH: path.join(root, "bin") };
    expect(found(environment, { setting: "/gone/python" })).to.match(
      /\/gone\/python was set .* and is no program here\. Set another/,
    );
    expect(found(environment, { setting: "python3" })).to.contain(`${root}/bin/python3`);
  });
});

describe("the environment of a trial", () => {
  const given = trialEnvironment({
    study: "digits-1",
    trial: 7,
    trialDirectory: "/s/trials/0007",
    configuration: { lr: 0.1, opt: { name: "adam" } },
    seed: 42,
    sweepEnvironment: { WANDB_MODE: "disabled", OMP_NUM_THREADS: "1", PYTHONPATH: "/mine" },
    slotEnvironment: { CUDA_VISIBLE_DEVICES: "1" },
    helperDirectory: "/ext/media/python",
    project: "digits",
  });
  const environment = environmentOf(given, {
    PATH: "/bin",
    ELECTRON_RUN_AS_NODE: "1",
    VSCODE_PID: "1",
    LD_LIBRARY_PATH: "/snap/lib",
    WANDB_SERVICE: "socket",
    PYTHONPATH: "/theirs",
    CUDA_VISIBLE_DEVICES: "0,1",
  });

  it("says which trial it is, and what its parameters are", () => {
    expect(environment).to.include({
      SWEEPDECK_STUDY: "digits-1",
      SWEEPDECK_TRIAL: "7",
      SWEEPDECK_TRIAL_DIR: "/s/trials/0007",
      SWEEPDECK_SEED: "42",
      SWEEPDECK_PARAMS: '{"lr": 0.1, "opt": {"name": "adam"}}',
      PYTHONUNBUFFERED: "1",
      CUDA_VISIBLE_DEVICES: "1",
    });
  });

  it("has wandb run without an account, in the trial's folder", () => {
    expect(environment).to.include({
      WANDB_DIR: "/s/trials/0007",
      WANDB_RUN_ID: "digits-1-7",
      WANDB_SWEEP_ID: "digits-1",
      WANDB_PROJECT: "digits",
      WANDB_SWEEP_PARAM_PATH: "/s/trials/0007/config.yaml",
    });
    expect(environment).to.not.have.property("WANDB_SERVICE");
  });

  it("lets the sweep's own variables override ours, with the helper in front of its PYTHONPATH", () => {
    expect(environment).to.include({
      WANDB_MODE: "disabled",
      OMP_NUM_THREADS: "1",
      PYTHONPATH: "/ext/media/python/hook:/ext/media/python:/mine",
    });
  });

  it("has nothing of the editor, and all else that was there", () => {
    expect(environment).to.not.have.any.keys("ELECTRON_RUN_AS_NODE", "VSCODE_PID");
    expect(environment).to.include({ PATH: "/bin", LD_LIBRARY_PATH: "/snap/lib" });
  });
});
