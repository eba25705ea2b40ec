import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { Desk } from "../../support/cli.js";

const wrong = `# tuned by hand
program: train.sh
method: random
metric: {name: accuracy, goal: maximise}
parameters:
  lr:
    distribution: log_uniform
    min: 1e-5 # low
    max: 1e-2
  dropout: {min: 0.5, max: 0.1}
`;

const cured = `# tuned by hand
program: train.sh
method: random
metric: {name: accuracy, goal: maximize}
parameters:
  lr:
    distribution: log_uniform_values
    min: 1.0e-5 # low
    max: 1.0e-2
  dropout: {min: 0.1, max: 0.5}
`;

describe("sweepdeck validate --fix", function () {
  this.timeout(60_000);
  let desk: Desk;

  beforeEach(() => {
    desk = new Desk({ "sweep.yaml": wrong, "train.sh": "" });
  });

  afterEach(() => desk[Symbol.dispose]());

  it("changes what was evidently meant otherwise, comments kept, and says what", async () => {
    const { code, stderr } = await desk.run(["validate", "--fix", "sweep.yaml"]);
    expect(desk.read("sweep.yaml")).to.equal(cured);
    expect(code).to.equal(0);
    expect(stderr).to.include("sweep.yaml:4: fixed: Change to maximize [unknown-value]");
    expect(stderr).to.include("sweep.yaml:8: fixed: Write 1.0e-5 [number-without-dot]");
  });

  it("changes nothing the second time", async () => {
    await desk.run(["validate", "--fix", "sweep.yaml"]);
    const { stdout } = await desk.run(["validate", "--fix", "--json", "sweep.yaml"]);
    expect(JSON.parse(stdout)[0].fixed).to.deep.equal([]);
    expect(desk.read("sweep.yaml")).to.equal(cured);
  });

  it("leaves a file alone that is another tool's, whatever it is called", async () => {
    const other = "scheduler: cosine\nearly_stopping: true\nlogging: {every: 10}\n";
    desk.write("sweep.yaml", other);
    const { stderr } = await desk.run(["validate", "--fix", "sweep.yaml"]);
    expect(stderr).to.include("does not look like a sweep");
    expect(desk.read("sweep.yaml")).to.equal(other);
  });

  it("leaves a file alone that nobody asked to fix, and offers the changes as data", async () => {
    const { code, stdout } = await desk.run(["validate", "--json", "sweep.yaml"]);
    expect(code).to.equal(1);
    expect(desk.read("sweep.yaml")).to.equal(wrong);
    const problem = JSON.parse(stdout)[0].problems.find(
      (each: { code: string }) => each.code === "unknown-value",
    );
    expect(problem.fixes[0]).to.deep.include({ title: "Change to maximize", isPreferred: true });
  });
});

describe("sweepdeck schema", function () {
  this.timeout(60_000);

  it("prints the schema that the documentation holds", async () => {
    using desk = new Desk({});
    const { code, stdout } = await desk.run(["schema"]);
    const documented = path.resolve(import.meta.dirname, "../../../docs/sweep.schema.json");
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal(JSON.parse(readFileSync(documented, "utf8")));
  });
});
