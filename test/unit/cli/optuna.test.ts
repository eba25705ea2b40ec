import { cpSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { Desk } from "../../support/cli.js";
import { openInOptuna } from "../../support/optuna.js";

const example = path.resolve(import.meta.dirname, "../../../examples/digits");

describe("the example, run headless", function () {
  this.timeout(120_000);

  it("is a study that Optuna opens with the same trials, parameters and values", async () => {
    using desk = new Desk({});
    cpSync(example, desk.folder, {
      recursive: true,
      filter: (file) => !/\.sweepdeck|__pycache__/.test(path.basename(file)),
    });
    // Two epochs in place of twelve: the journal is looked at here, not the network.
    desk.write("sweep.yaml", desk.read("sweep.yaml").replace("value: 12", "value: 2"));
    const { code, stderr } = await desk.run(["run", "sweep.yaml", "--cap", "3", "--slots", "2"]);
    expect(code, stderr).to.equal(0);
    const shown = await desk.show();
    expect(shown.trials).to.have.length(3);

    const file = path.join(desk.study(shown.study), "journal.log");
    const [seen] = openInOptuna([{ file }]);
    const study = seen?.studies[0];
    expect(seen?.complaints).to.deep.equal([]);
    expect(study?.name).to.equal(shown.study);
    expect(study?.directions).to.deep.equal(["MINIMIZE"]);
    for (const { number, params, value, reports } of shown.trials) {
      const theirs = study?.trials[number];
      expect(theirs?.state).to.equal("COMPLETE");
      expect(theirs?.values).to.deep.equal([value]);
      expect(theirs?.reports).to.deep.equal(reports);
      // What does not vary is no parameter to Optuna.
      const { epochs, ...varying } = params;
      expect(epochs).to.equal(2);
      expect(theirs?.params).to.deep.equal(varying);
      expect(Object.values(theirs?.inside ?? {})).to.not.include(false);
    }
  });
});
