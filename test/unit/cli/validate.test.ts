import { readFileSync, writeFileSync } from "node:fs";
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

  it("tells of a file that is not there, and reports on the others all the same", async () => {
    const { code, stdout } = await desk.run(["validate", "--json", "nothing.yaml", "sweep.yaml"]);
    const [missing, found] = JSON.parse(stdout);
    expect(missing).to.deep.equal({
      file: "nothing.yaml",
      error: "There is no file nothing.yaml.",
      problems: [],
    });
    expect(found.problems).not.to.deep.equal([]);
    expect(code).to.equal(2);
    const inWords = await desk.run(["validate", "nothing.yaml", "sweep.yaml"]);
    expect(inWords.stderr).to.include("There is no file nothing.yaml.");
    expect(inWords.stdout).to.include("sweep.yaml:4:");
  });

  it("leaves a file alone that is not encoded as UTF-8, whose bytes would be lost", async () => {
    const latin = Buffer.from(wrong.replace("by hand", "für uns"), "latin1");
    writeFileSync(path.join(desk.folder, "sweep.yaml"), latin);
    for (const words of [["validate", "--fix"], ["validate"]]) {
      const { code, stderr } = await desk.run([...words, "sweep.yaml"]);
      expect(stderr).to.include("sweep.yaml is not encoded as UTF-8. Save it as UTF-8 first.");
      expect(code).to.equal(2);
    }
    expect(readFileSync(path.join(desk.folder, "sweep.yaml")).equals(latin)).to.equal(true);
  });

  it("keeps a byte order mark and the line ends of Windows", async () => {
    const asOnWindows = (text: string) => `\ufeff${text}`.replaceAll("\n", "\r\n");
    desk.write("sweep.yaml", asOnWindows(wrong));
    await desk.run(["validate", "--fix", "sweep.yaml"]);
    expect(desk.read("sweep.yaml")).to.equal(asOnWindows(cured));
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
