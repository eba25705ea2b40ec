import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { type Ended, mediaFolder, runPython } from "./python.js";

let folder: string;

/** Runs lines of a training script with `sweepdeck` imported: as a trial, or as if by hand. */
function script(
  place: "in a trial" | "by hand",
  code: string,
  env: Record<string, string> = {},
): Promise<Ended> {
  const trial = {
    SWEEPDECK_TRIAL_DIR: folder,
    SWEEPDECK_ATTEMPT_DIR: path.join(folder, "attempt"),
  };
  return runPython(["-c", `import sweepdeck\n${code}`], {
    cwd: folder,
    env: { PYTHONPATH: mediaFolder, ...(place === "in a trial" ? trial : {}), ...env },
  });
}

async function printed(run: Promise<Ended>): Promise<string> {
  const { code, out, err } = await run;
  expect(err).to.equal("");
  expect(code).to.equal(0);
  return out;
}

function recordedText(): string {
  return readFileSync(path.join(folder, "metrics.jsonl"), "utf8");
}

function recorded(): { step: number; time: number; metrics: Record<string, number> }[] {
  return recordedText()
    .split("\n")
    .filter((text) => text !== "")
    .map((text) => JSON.parse(text));
}

describe("the Python module sweepdeck", function () {
  this.timeout(30_000);

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), "sweepdeck-python-")));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  describe("report", () => {
    it("records metrics by name or by mapping, and prints nothing", async () => {
      const code = `
sweepdeck.report(step=3, val_loss=0.25, seen=True)
sweepdeck.report({"val/loss": 1}, step=4, lr=0.1)`;
      expect(await printed(script("in a trial", code))).to.equal("");
      const [first, second] = recorded();
      expect(first).to.deep.include({ step: 3, metrics: { val_loss: 0.25, seen: 1 } });
      expect(second).to.deep.include({ step: 4, metrics: { "val/loss": 1, lr: 0.1 } });
      expect(first?.time).to.be.closeTo(Date.now() / 1000, 60);
    });

    it("counts the steps on from the last when none is given", async () => {
      const code = "for step in (None, None, 7, None): sweepdeck.report(step=step, x=1)";
      await printed(script("in a trial", code));
      expect(recorded().map(({ step }) => step)).to.deep.equal([0, 1, 7, 8]);
    });

    it("takes scalars, tensors and arrays of one element, infinities and NaN too", async () => {
      const code = `
class Tensor:
    def __init__(self, value): self.value = value
    def __float__(self): return self.value
class Array:
    def item(self): return 0.125
sweepdeck.report(step=Tensor(2.0), loss=Tensor(0.5), error=Array())
sweepdeck.report(worst=float("inf"), best=-float("inf"), none=float("nan"))`;
      await printed(script("in a trial", code));
      const [first, second] = recordedText().trimEnd().split("\n");
      expect(first).to.match(
        /^\{"step": 2, "time": [\d.]+, "metrics": \{"loss": 0\.5, "error": 0\.125\}\}$/,
      );
      expect(second).to.include('{"worst": Infinity, "best": -Infinity, "none": NaN}');
    });

    for (const [call, sentence] of [
      ['report(loss="0.5")', "the metric 'loss' is '0.5', which is no number"],
      ["report(loss=[1, 2])", "the metric 'loss' is [1, 2], which is no number"],
      ["report(loss=1, step=0.5)", "the step is 0.5: a step is a whole number"],
    ] as const) {
      for (const place of ["in a trial", "by hand"] as const) {
        it(`refuses ${call} ${place}`, async () => {
          const { code, err } = await script(place, `sweepdeck.${call}`);
          expect(code).to.equal(1);
          expect(err).to.include(`TypeError: ${sentence}`);
        });
      }
    }

    it("keeps the lines of many processes whole", async () => {
      const code = `
import os
name = "long_" * 400
children = []
for child in range(4):
    pid = os.fork()
    if pid == 0:
        for step in range(200):
            sweepdeck.report({name: child}, step=step)
        os._exit(0)
    children.append(pid)
for pid in children:
    assert os.waitpid(pid, 0)[1] == 0`;
      await printed(script("in a trial", code));
      const steps = new Map<number, number[]>();
      for (const { step, metrics } of recorded()) {
        const child = Object.values(metrics)[0] ?? Number.NaN;
        steps.set(child, [...(steps.get(child) ?? []), step]);
      }
      const inOrder = Array.from({ length: 200 }, (_, step) => step);
      expect([...steps.keys()].sort()).to.deep.equal([0, 1, 2, 3]);
      for (const reported of steps.values()) expect(reported).to.deep.equal(inOrder);
    });

    it("begins a new line after one that a crash cut off", async () => {
      writeFileSync(path.join(folder, "metrics.jsonl"), '{"step": 0, "ti');
      await printed(script("in a trial", "sweepdeck.report(step=1, loss=2)"));
      const [torn, whole] = recordedText().split("\n");
      expect(torn).to.equal('{"step": 0, "ti');
      expect(JSON.parse(whole ?? "")).to.deep.include({ step: 1, metrics: { loss: 2 } });
    });

    it("warns once when it cannot write, and lets the training go on", async () => {
      const env = { SWEEPDECK_TRIAL_DIR: path.join(folder, "gone") };
      const code = "sweepdeck.report(loss=1)\nsweepdeck.report(loss=2)\nprint('trained')";
      const { code: exit, out, err } = await script("in a trial", code, env);
      expect(exit).to.equal(0);
      expect(out).to.equal("trained\n");
      expect(err.match(/sweepdeck: metrics cannot be written to .*No such file/g)).to.have.length(
        1,
      );
    });

    it("prints by hand, and leaves no file", async () => {
      const out = await printed(
        script("by hand", "sweepdeck.report(step=3, val_loss=0.25, lr=1e-5)"),
      );
      expect(out).to.equal("step=3 val_loss=0.25 lr=1e-05\n");
      expect(() => statSync(path.join(folder, "metrics.jsonl"))).to.throw("ENOENT");
    });
  });

  describe("params", () => {
    const show = (call: string): string => `import json\nprint(json.dumps(sweepdeck.${call}))`;
    const given = { SWEEPDECK_PARAMS: '{"lr": 0.5, "optimizer": {"name": "adam"}}' };

    it("is the trial's parameters, nested", async () => {
      const out = await printed(script("in a trial", show("params()"), given));
      expect(JSON.parse(out)).to.deep.equal({ lr: 0.5, optimizer: { name: "adam" } });
    });

    it("fills in the script's defaults, within nested ones too", async () => {
      const call = 'params({"lr": 0.1, "width": 8, "optimizer": {"name": "sgd", "momentum": 0.9}})';
      const out = await printed(script("in a trial", show(call), given));
      expect(JSON.parse(out)).to.deep.equal({
        lr: 0.5,
        width: 8,
        optimizer: { name: "adam", momentum: 0.9 },
      });
    });

    it("is the defaults alone by hand", async () => {
      expect(await printed(script("by hand", show('params({"lr": 0.1})')))).to.equal(
        '{"lr": 0.1}\n',
      );
      expect(await printed(script("by hand", show("params()")))).to.equal("{}\n");
    });
  });

  describe("should_stop", () => {
    it("turns true when the attempt is asked to end", async () => {
      const code = `
import os
print(sweepdeck.should_stop())
os.mkdir(os.environ["SWEEPDECK_ATTEMPT_DIR"])
print(sweepdeck.should_stop())
open(os.path.join(os.environ["SWEEPDECK_ATTEMPT_DIR"], "stop.json"), "w").close()
print(sweepdeck.should_stop())`;
      expect(await printed(script("in a trial", code))).to.equal("False\nFalse\nTrue\n");
    });

    it("is false by hand, whatever lies around", async () => {
      writeFileSync(path.join(folder, "stop.json"), "{}");
      expect(await printed(script("by hand", "print(sweepdeck.should_stop())"))).to.equal(
        "False\n",
      );
    });
  });

  describe("checkpoint_dir", () => {
    it("is a folder of the trial, the same for every attempt", async () => {
      const out = await printed(script("in a trial", "print(sweepdeck.checkpoint_dir())"));
      expect(out).to.equal(`${path.join(folder, "checkpoints")}\n`);
      expect(statSync(path.join(folder, "checkpoints")).isDirectory()).to.equal(true);
      expect(await printed(script("in a trial", "print(sweepdeck.checkpoint_dir())"))).to.equal(
        out,
      );
    });

    it("is the script's own choice by hand", async () => {
      await printed(script("by hand", 'sweepdeck.checkpoint_dir("runs/last")'));
      expect(statSync(path.join(folder, "runs/last")).isDirectory()).to.equal(true);
    });
  });
});
