import { expect } from "chai";
import { Desk } from "../../support/cli.js";

const sweep = `program: train.py
method: random
metric: {name: loss}
parameters:
  lr: {distribution: log_uniform_values, min: 1e-4, max: 0.1}  # the one that matters
  act: {values: [relu, gelu], probabilities: [0.7, 0.3]}
sweepdeck:
  retries: 1
`;

const script = `import wandb

space = {"lr": {"values": [0.1, args.lr]}}
grid = {"method": "grid", "parameters": space}
wandb.sweep(grid)
wandb.sweep({"method": "random", "parameters": {"x": {"value": 1}}})
`;

describe("sweepdeck convert", function () {
  this.timeout(60_000);
  let desk: Desk;

  before(() => {
    desk = new Desk({
      "sweep.yaml": sweep,
      "tune.py": script,
      "space.json":
        '{"lr": {"name": "FloatDistribution", "attributes": {"low": 1e-5, "high": 0.1, "log": true, "step": null}}}',
      "other.json": '{"lr": {"name": "Gaussian"}}',
      "wrong.yaml": "method: random\nparameters:\n  lr: {min: 3, max: 1}\n",
    });
  });

  after(() => desk[Symbol.dispose]());

  it("takes the sweepdeck block out, and says what that costs", async () => {
    const { code, stdout, stderr } = await desk.run(["convert", "sweep.yaml", "--to", "wandb"]);
    expect(code).to.equal(0);
    expect(stdout).to.equal(
      sweep.replace("1e-4", "1.0e-4").replace("sweepdeck:\n  retries: 1\n", ""),
    );
    expect(stderr).to.equal("`retries`: W&B does not try a failed run again.\n");
  });

  it("goes to Optuna and comes from it", async () => {
    const there = await desk.run(["convert", "sweep.yaml", "--to", "optuna", "--json"]);
    const { text, notes } = JSON.parse(there.stdout);
    expect(JSON.parse(text).lr).to.deep.equal({
      name: "FloatDistribution",
      attributes: { low: 1e-4, high: 0.1, log: true, step: null },
    });
    expect(notes).to.deep.equal([
      {
        code: "weights",
        name: "act",
        message: "`act`: the probabilities are lost, all values are alike.",
      },
    ]);
    const back = await desk.run(["convert", "space.json"]);
    expect(back.stdout).to.equal(
      "method: random\nparameters:\n  lr:\n    distribution: log_uniform_values\n    min: 1.0e-5\n    max: 0.1\n",
    );
  });

  it("takes a sweep out of Python, by its name where there are several", async () => {
    const several = await desk.run(["convert", "tune.py"]);
    expect(several).to.deep.include({ code: 2, stdout: "" });
    expect(several.stderr).to.equal("tune.py holds 2 sweeps. Choose one by --name: grid.\n");
    const { code, stdout, stderr } = await desk.run(["convert", "tune.py", "--name", "grid"]);
    expect(code).to.equal(0);
    expect(stdout).to.include('      - "?"  # args.lr\n');
    expect(stderr).to.include("only a run tells: fill it in.");
  });

  it("says what it cannot use", async () => {
    const complaint = async (...argv: string[]) => {
      const { code, stderr } = await desk.run(["convert", ...argv]);
      return `${code} ${stderr}`;
    };
    expect(await complaint("sweep.yaml")).to.equal(
      "2 Say what it becomes: --to wandb or --to optuna.\n",
    );
    expect(await complaint("sweep.yaml", "--to", "ray")).to.equal(
      '2 --to takes sweep, wandb, optuna, not "ray".\n',
    );
    expect(await complaint("other.json")).to.match(/^2 other\.json, parameter lr is no search/);
    expect(await complaint("wrong.yaml", "--to", "optuna")).to.match(/^2 wrong\.yaml, line 3: /);
  });
});
