import path from "node:path";
import { expect } from "chai";
import { Desk } from "../../support/cli.js";
import { writeScenario } from "../../support/studies.js";

describe("sweepdeck importance", function () {
  this.timeout(60_000);
  let desk: Desk;

  before(() => {
    desk = new Desk({});
    for (const name of ["thousand", "running", "without-metric"] as const) {
      writeScenario(name, path.join(desk.folder, name));
    }
  });

  after(() => desk[Symbol.dispose]());

  const importance = (study: string, ...options: string[]) =>
    desk.run(["importance", path.join(study, ".sweepdeck", "digits-1"), ...options]);

  it("shows what explains most first, then what follows from it", async () => {
    const { code, stdout } = await importance("thousand");
    expect(code).to.equal(0);
    const lines = stdout.split("\n");
    expect(lines[0]).to.match(/^What explains val_accuracy, by \d+ completed trials$/);
    expect(lines[2]).to.match(/^parameter +of the variance +among the best$/);
    expect(lines[3]).to.match(/^lr +\d+ % ± [\d.]+ % +\d+ %$/);
    expect(stdout).to.include("layers has no measurable effect on val_accuracy");
    expect(stdout).to.not.include("█");
  });

  it("prints the same as JSON, with the reasons as data", async () => {
    const { code, stdout } = await importance("thousand", "--json");
    expect(code).to.equal(0);
    const { metric, parameters, findings, trials } = JSON.parse(stdout);
    expect(metric).to.deep.equal({ name: "val_accuracy", goal: "maximize" });
    expect(parameters).to.have.length(5);
    expect(parameters[0].names).to.deep.equal(["lr"]);
    expect(parameters[0].fraction).to.be.within(0.5, 1);
    const none = findings.find((each: { parameters?: string[] }) =>
      each.parameters?.includes("layers"),
    );
    expect(none).to.include({ kind: "no-effect", trials });
    expect(none.share).to.be.at.most(none.shadow);
  });

  it("says of another metric what mattered for it", async () => {
    const { code, stdout } = await importance("thousand", "--of", "train_loss", "--json");
    expect(code).to.equal(0);
    const { metric, parameters } = JSON.parse(stdout);
    expect(metric).to.deep.equal({ name: "train_loss", goal: "minimize" });
    // In the scenario it depends on the trial's number alone.
    expect(parameters[0].fraction).to.be.below(0.2);
  });

  it("says how many trials are needed", async () => {
    const { code, stdout, stderr } = await importance("running", "--json");
    expect([code, stdout]).to.deep.equal([1, "null\n"]);
    expect(stderr).to.equal(
      "What matters can be said from 8 completed trials with val_accuracy on; digits-1 has 6.\n",
    );
  });

  it("asks for a metric where the sweep has none, and refuses a goal that is none", async () => {
    const { code, stderr } = await importance("without-metric");
    expect(code).to.equal(2);
    expect(stderr).to.include("Name one with --of.");
    const wrong = await importance("thousand", "--of", "train_loss", "--goal", "maximise");
    expect(wrong.stderr).to.equal('--goal takes minimize or maximize, not "maximise".\n');
  });
});
