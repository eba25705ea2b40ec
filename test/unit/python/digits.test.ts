import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import { parse } from "yaml";
import { peerPython } from "../../support/peers.js";
import { digitsFolder, ended, runPython, startPython } from "./python.js";

const script = path.join(digitsFolder, "train.py");
const line =
  /^epoch=(\d+) train_loss=\d+\.\d{4} train_accuracy=[01]\.\d{4} val_loss=(\d+\.\d{4}) val_accuracy=([01]\.\d{4})$/;

interface Epoch {
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
}

async function train(...args: string[]): Promise<Epoch[]> {
  const { code, out, err } = await runPython([script, ...args]);
  expect(err).to.equal("");
  expect(code).to.equal(0);
  return out
    .trimEnd()
    .split("\n")
    .map((text) => {
      const match = line.exec(text);
      if (match === null) throw new Error(`not a line of metrics: ${text}`);
      return { epoch: Number(match[1]), loss: Number(match[2]), accuracy: Number(match[3]) };
    });
}

interface SweepFile {
  readonly program: string;
  readonly metric: { readonly name: string; readonly goal: string };
  readonly parameters: Record<string, { value?: unknown; values?: unknown[]; min?: number }>;
}

function sweepFile(name: string): SweepFile {
  return parse(readFileSync(path.join(digitsFolder, name), "utf8"), {
    version: "1.1",
  }) as SweepFile;
}

describe("the digits example", function () {
  this.timeout(60_000);

  it("ships the images that its README describes", () => {
    const file = readFileSync(path.join(digitsFolder, "data/digits.csv.gz"));
    const readme = readFileSync(path.join(digitsFolder, "data/README.md"), "utf8");
    expect(readme).to.include(createHash("sha256").update(file).digest("hex"));
    const images = gunzipSync(file).toString("ascii").trimEnd().split("\n");
    expect(images).to.have.length(1797);
    for (const image of images) {
      const numbers = image.split(",").map(Number);
      expect(numbers).to.have.length(65);
      expect(Math.max(...numbers)).to.be.at.most(16);
      expect(numbers[64]).to.be.within(0, 9);
    }
  });

  it("prints a line an epoch, and learns to read the digits of people it has not seen", async () => {
    const epochs = await train("--epochs=5");
    expect(epochs.map(({ epoch }) => epoch)).to.deep.equal([1, 2, 3, 4, 5]);
    const [first, last] = [epochs[0], epochs[4]];
    expect(last?.loss).to.be.below((first?.loss ?? 0) / 2);
    expect(last?.accuracy).to.be.above(0.85);
  });

  it("gives the same numbers for the same seed, and others for another", async () => {
    const [one, again, other] = await Promise.all([
      train("--epochs=1", "--seed=3"),
      train("--epochs=1", "--seed=3"),
      train("--epochs=1", "--seed=4"),
    ]);
    expect(again).to.deep.equal(one);
    expect(other).not.to.deep.equal(one);
  });

  it("takes every setting into account", async () => {
    const changes = [
      "--lr=0.01",
      "--batch_size=64",
      "--width=8",
      "--activation=tanh",
      "--momentum=0.5",
    ];
    const runs = await Promise.all(
      ["--seed=0", ...changes, "--weight_decay=0.01"].map((change) => train("--epochs=1", change)),
    );
    expect(new Set(runs.map(([epoch]) => epoch?.loss)).size).to.equal(runs.length);
  });

  for (const wrong of [
    "--lr=0",
    "--lr=nan",
    "--batch_size=0",
    "--width=-1",
    "--momentum=1",
    "--weight_decay=-1",
  ]) {
    it(`refuses ${wrong} by name`, async () => {
      const { code, out, err } = await runPython([script, wrong]);
      expect(code).to.equal(2);
      expect(err).to.include(`${wrong.split("=")[0]} is`);
      expect(out).to.equal("");
    });
  }

  it("fails with a sentence when the loss is no longer a number", async () => {
    const { code, out, err } = await runPython([
      script,
      "--lr=1e200",
      "--weight_decay=5",
      "--activation=tanh",
    ]);
    expect(code).to.equal(1);
    expect(out).to.include("val_loss=nan");
    expect(err).to.match(/^The training diverged: .*Lower --lr\.\n$/);
  });

  it("ends quietly on an interrupt", async () => {
    const child = startPython([script, "--epochs=1000"]);
    const end = ended(child);
    await once(child.stdout ?? child, "data");
    child.kill("SIGINT");
    const { code, err } = await end;
    expect(code).to.equal(130);
    expect(err).to.equal("");
  });

  for (const name of ["sweep.yaml", "grid.yaml"]) {
    describe(name, () => {
      it("sweeps what the script takes, and decides by what it prints", async () => {
        const { program, metric, parameters } = sweepFile(name);
        expect(path.join(digitsFolder, program)).to.equal(script);
        expect(metric).to.deep.equal({ name: "val_loss", goal: "minimize" });
        const args = Object.entries(parameters).map(
          ([parameter, { value, values, min }]) => `--${parameter}=${value ?? values?.[0] ?? min}`,
        );
        expect(await train(...args, "--epochs=1")).to.have.length(1);
      });

      it("is a sweep file to W&B's own engine", async () => {
        const check = [
          "import sys, yaml",
          "from sweeps import schema_violations_from_proposed_config",
          "print(schema_violations_from_proposed_config(yaml.safe_load(open(sys.argv[1]))))",
        ].join("\n");
        const file = path.join(digitsFolder, name);
        const run = runPython(["-c", check, file], { interpreter: peerPython() });
        expect((await run).out).to.equal("[]\n");
      }).timeout(300_000);
    });
  }
});
