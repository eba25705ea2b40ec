import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { type Ended, hookFolder, runPython } from "./python.js";

let folder: string;

const account = 'raise RuntimeError("No API key configured")';

/** A package named wandb, whose sweeps and agents want an account as the real one's do. */
function installWandb(): void {
  write(
    "site/wandb/__init__.py",
    `
from . import sdk
from .sdk import agent, sweep

config = {"lr": 0.5}

def init(**_):
    return "run"
`,
  );
  write(
    "site/wandb/sdk.py",
    `def sweep(*_, **__):\n    ${account}\n\ndef agent(*_, **__):\n    ${account}\n`,
  );
}

function write(name: string, text: string): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function script(code: string, env: Record<string, string> = {}): Promise<Ended> {
  return runPython(["-c", code], {
    cwd: folder,
    env: {
      PYTHONPATH: [hookFolder, path.join(folder, "site")].join(path.delimiter),
      SWEEPDECK_TRIAL_DIR: folder,
      WANDB_SWEEP_ID: "digits-1",
      ...env,
    },
  });
}

const tutorial = `
import wandb

def main():
    print("trained by", wandb.init(project="demo"), wandb.config["lr"])

sweep_id = wandb.sweep({"method": "random"}, project="demo")
print("sweep", sweep_id)
wandb.agent(sweep_id, function=main, count=20)
`;

describe("a script that starts its own W&B agent", function () {
  this.timeout(30_000);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sweepdeck-hook-"));
    installWandb();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("trains once, under the name of our sweep", async () => {
    const run = await script(tutorial);
    expect(run).to.deep.equal({ code: 0, out: "sweep digits-1\ntrained by run 0.5\n", err: "" });
  });

  it("does so where it takes the functions out of the module", async () => {
    const code = `
from wandb import agent, sweep
agent(sweep({}), lambda: print("trained"))`;
    expect((await script(code)).out).to.equal("trained\n");
  });

  it("fails when the training fails", async () => {
    const code = `
import wandb
def main(): raise ValueError("bad loss")
wandb.agent("x", main)`;
    const { code: exit, err } = await script(code);
    expect(exit).to.equal(1);
    expect(err).to.include("ValueError: bad loss");
  });

  it("is one trial, however many agents it starts", async () => {
    const code = `
import wandb
wandb.agent("x", lambda: print("first"))
wandb.agent("x", lambda: print("second"))`;
    const { out, err } = await script(code);
    expect(out).to.equal("first\n");
    expect(err).to.include("a second wandb.agent does nothing");
  });

  it("is told to name the training script when its agent has no function", async () => {
    const { code, err } = await script('import wandb\nwandb.agent("x")');
    expect(code).to.equal(1);
    expect(err).to.include("name the training script itself as `program`");
  });

  it("is left alone outside a trial", async () => {
    const { code, err } = await runPython(["-c", tutorial], {
      env: { PYTHONPATH: [hookFolder, path.join(folder, "site")].join(path.delimiter) },
    });
    expect(code).to.equal(1);
    expect(err).to.include("No API key configured");
  });
});

describe("the import hook of a trial", function () {
  this.timeout(30_000);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sweepdeck-hook-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("lets a missing wandb be missing, even with a folder of that name beside the script", async () => {
    mkdirSync(path.join(folder, "wandb/offline-run"), { recursive: true });
    const code = `
import wandb
print(hasattr(wandb, "agent"))`;
    expect((await script(code)).out).to.equal("False\n");
    rmSync(path.join(folder, "wandb"), { recursive: true });
    expect((await script(code)).err).to.include("No module named 'wandb'");
  });

  it("finds a wandb that comes onto the path after a first try", async () => {
    installWandb();
    const code = `
import sys
site = sys.path.pop(next(i for i, entry in enumerate(sys.path) if entry.endswith("site")))
try:
    import wandb
except ImportError:
    sys.path.append(site)
    import wandb
print(wandb.sweep({}))`;
    expect((await script(code)).out).to.equal("digits-1\n");
  });

  it("runs the sitecustomize that it hides, and leaves its name to it", async () => {
    write("site/sitecustomize.py", "import sys\nsys.theirs = __file__\nmark = 1\n");
    const { out, err } = await script(`
import sys, sitecustomize
print(sys.theirs)
print(sitecustomize.mark)`);
    expect(err).to.equal("");
    expect(out).to.equal(`${path.join(folder, "site/sitecustomize.py")}\n1\n`);
  });

  it("still works when that one fails, which is said as Python says it", async () => {
    installWandb();
    write("site/sitecustomize.py", "raise ValueError('theirs is broken')\n");
    const { code, out, err } = await script("import wandb\nprint(wandb.sweep({}))");
    expect(err).to.include("theirs is broken");
    expect(out).to.equal("digits-1\n");
    expect(code).to.equal(0);
  });
});
