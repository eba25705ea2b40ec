/** Appends trials to the journal named on the command line until its disk is full, and prints how that is said. */
import { DiskFull, Journal } from "../../src/study/journal.js";
import { addTrial, spaceOf } from "./journals.js";

const [, , file = ""] = process.argv;
const space = spaceOf({ lr: { kind: "uniform", min: 0, max: 1 } });
const journal = Journal.open(file, { writer: "full" });
const study = journal.fold.ours;
try {
  while (study !== undefined) {
    addTrial(journal, study, space, {
      configuration: { lr: 0.5 },
      attributes: { "sweepdeck:reason": "r".repeat(900) },
      end: { state: "complete", values: [1] },
    });
  }
} catch (error) {
  console.log(error instanceof DiskFull ? "DiskFull" : String(error));
}
