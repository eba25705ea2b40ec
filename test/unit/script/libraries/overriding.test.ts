import { expect } from "chai";
import { acceptanceOf, type Passed } from "../../../../src/script/acceptance.js";
import { readScript } from "../../../../src/script/read-script.js";
import { sourceFiles } from "../source-files.js";

function verdictOf(
  workspace: Readonly<Record<string, string>>,
  name: string,
  passed: Partial<Passed> = {},
): string {
  const reading = readScript("train.py", sourceFiles(workspace));
  if (reading === undefined) throw new Error("train.py is not there.");
  return acceptanceOf(reading, name, { style: "overrides", words: [], swept: [], ...passed })
    .verdict;
}

// Seen with Hydra 1.3.8.
describe("a name that is given to a Hydra app", () => {
  const workspace = {
    "train.py": `
import hydra
@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(config): ...
main()
`,
    "conf/config.yaml":
      "defaults:\n  - model: resnet\n  - _self_\nopt: {lr: 0.1, betas: [0.9, 0.99]}\n",
    "conf/model/resnet.yaml": "depth: 18\n",
    "conf/model/vit.yaml": "patch: 16\n",
    "conf/experiment/big.yaml": "# @package _global_\nwidth: 512\n",
  };

  it("is taken where the configuration has it, whole branches and items of lists too", () => {
    for (const name of ["opt.lr", "opt", "opt.betas", "opt.betas.0", "model", "model.depth"]) {
      expect(verdictOf(workspace, name), name).to.equal("accepted");
    }
  });

  it("is refused where it has it not, unless it is added", () => {
    expect(verdictOf(workspace, "opt.decay")).to.equal("refused");
    expect(verdictOf(workspace, "lr")).to.equal("refused");
    for (const name of ["+opt.decay", "++opt.lr", "hydra.run.dir", "+experiment"]) {
      expect(verdictOf(workspace, name), name).to.equal("accepted");
    }
  });

  it("is taken by a key of a group's choice only where that choice is made", () => {
    const vit = [{ name: "model", value: "vit" }];
    expect(verdictOf(workspace, "model.patch")).to.equal("refused");
    expect(verdictOf(workspace, "model.patch", { words: ["model=vit"] })).to.equal("accepted");
    expect(verdictOf(workspace, "model.patch", { swept: vit })).to.equal("accepted");
    expect(verdictOf(workspace, "model.depth", { words: ["model=vit"] })).to.equal("refused");
    expect(verdictOf(workspace, "width", { words: ["+experiment=big"] })).to.equal("accepted");
  });

  it("is nobody's to judge where the command chooses another configuration", () => {
    expect(verdictOf(workspace, "depth_", { words: ["--config-name=other"] })).to.not.equal(
      "refused",
    );
  });
});

describe("a name below one that is in doubt", () => {
  it("is not refused, and others are", () => {
    const workspace = {
      "train.py": `
from lightning.pytorch.cli import LightningCLI
from lightning.pytorch import LightningModule
class Model(LightningModule):
    def __init__(self, lr: float = 0.1): ...
LightningCLI(Model, run=False)
`,
    };
    const passed = { style: "hyphens" } as const;
    expect(verdictOf(workspace, "model.lr", passed)).to.equal("accepted");
    expect(verdictOf(workspace, "model.learning_rate", passed)).to.equal("refused");
    expect(verdictOf(workspace, "trainer.anything", passed)).to.not.equal("refused");
    expect(verdictOf(workspace, "model", passed)).to.equal("accepted");
  });
});
