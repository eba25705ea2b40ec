import { expect } from "chai";
import { gapsOf, lineOf, linesOf, shown } from "./shown.js";

const program = `
import hydra

@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(config): ...

if __name__ == "__main__":
    main()
`;

// Seen with Hydra 1.3.8 and OmegaConf 2.3.1.
describe("Hydra", () => {
  it("takes the keys of the configuration, as name=value", () => {
    const workspace = {
      "train.py": program,
      "conf/config.yaml": `
seed: 1
training:
  lr: 1e-3  # step size
  layers: [1, 2]
  warmup: null
  epochs: ???
  steps: \${seed}
amp: true
`,
    };
    expect(shown(workspace)).to.deep.equal([
      "seed: unknown = 1",
      "training.lr: unknown = 0.001",
      "training.layers: list of unknown = [1,2]",
      "training.warmup: unknown = null",
      "training.epochs: unknown",
      "training.steps: unknown",
      "amp: unknown = true",
    ]);
    const line = lineOf(workspace);
    expect(line).to.include({
      library: "hydra",
      style: "overrides",
      refusesUnknown: true,
      hyphens: "exact",
      abbreviations: false,
    });
    expect(line.gaps).to.deep.equal([]);
    const lr = line.options.find(({ name }) => name === "training.lr");
    expect(lr?.place).to.include({ path: "conf/config.yaml", line: 3 });
    expect(lr?.help).to.equal("step size");
  });

  it("composes the defaults list: groups, packages, files beside", () => {
    expect(
      shown({
        "train.py": program,
        "conf/config.yaml": `
defaults:
  - _self_
  - model: resnet
  - optimizer@training.opt: adam
  - optional local: default
  - extra
  - override hydra/job_logging: disabled
seed: 1
`,
        "conf/extra.yaml": "note: x\n",
        "conf/model/resnet.yaml": "defaults:\n  - head: linear\ndepth: 18\n",
        "conf/model/head/linear.yaml": "width: 10\n",
        "conf/optimizer/adam.yaml": "lr: 0.1\n",
      }),
    ).to.deep.equal([
      "seed: unknown = 1",
      "model.head.width: unknown = 10",
      "model.depth: unknown = 18",
      "training.opt.lr: unknown = 0.1",
      "note: unknown = x",
      "local: text = default",
      "optimizer@training.opt: text of adam = adam",
      "model: text of resnet = resnet",
      "model/head: text of linear = linear",
    ]);
  });

  it("knows which keys exist only for some choices of a group", () => {
    expect(
      shown({
        "train.py": program,
        "conf/config.yaml": "defaults:\n  - model: resnet\n  - _self_\nseed: 1\n",
        "conf/model/resnet.yaml": "name: resnet\ndepth: 18\n",
        "conf/model/vit.yaml": "name: vit\npatch: 16\n",
        "conf/experiment/big.yaml": `
# @package _global_
defaults:
  - override /model: vit
seed: 7
width: 512
`,
      }),
    ).to.deep.equal([
      "model.name: unknown = resnet",
      "model.depth: unknown = 18 with model=resnet",
      "seed: unknown = 1",
      "model.patch: unknown = 16 with model=vit or +experiment=big",
      "width: unknown = 512 with +experiment=big",
      "model: text of resnet vit = resnet",
      "+experiment: text of big",
    ]);
  });

  it("follows packages in headers, absolute groups and choices made of choices", () => {
    expect(
      shown({
        "train.py": program,
        "conf/config.yaml": `
defaults:
  - dataset: mnist
  - model: cnn
  - dataset_model: \${dataset}_\${model}
  - trainer/fast
`,
        "conf/dataset/mnist.yaml": "# @package data\nsize: 28\n",
        "conf/model/cnn.yaml": "# @package _global_\nwidth: 8\n",
        "conf/dataset_model/mnist_cnn.yaml": "tuned: 1\n",
        "conf/trainer/fast.yaml": "defaults:\n  - /shared@_here_: base\nepochs: 1\n",
        "conf/shared/base.yaml": "device: cpu\n",
      }).filter((line) => !line.includes(": text")),
    ).to.deep.equal([
      "data.size: unknown = 28",
      "width: unknown = 8",
      "dataset_model.tuned: unknown = 1",
      "trainer.device: unknown = cpu",
      "trainer.epochs: unknown = 1",
    ]);
  });

  it("reads a package from the first lines only, and its words as the version base has them", () => {
    const files = {
      "conf/config.yaml": "defaults:\n  - a: y\n  - b: x\n  - c/d: x\n",
      "conf/a/y.yaml": "# @package _group_\nk: 1\n",
      "conf/b/x.yaml": "# a note\n# @package _global_\nk: 2\n",
      "conf/c/d/x.yaml": "# @package _global_.e\nk: 3\n",
    };
    const keys = (version: string) =>
      shown({
        ...files,
        "train.py": program.replace("version_base=None, ", version),
      }).filter((line) => !line.includes(": text"));
    expect(keys("version_base=None, ")).to.deep.equal([
      // From 1.2 on the word is a name like any other.
      "_group_.k: unknown = 1",
      "b.k: unknown = 2",
      "e.k: unknown = 3",
    ]);
    expect(keys("")).to.deep.equal(["a.k: unknown = 1", "b.k: unknown = 2", "e.k: unknown = 3"]);
  });

  it("takes a dataclass that the script stores for a configuration, with its types", () => {
    expect(
      shown(`
import hydra
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, List, Optional
from hydra.core.config_store import ConfigStore
from omegaconf import MISSING

class Norm(Enum):
    batch = 1
    layer = 2

@dataclass
class Optimizer:
    lr: float = 0.1

@dataclass
class Config:
    optimizer: Optimizer = field(default_factory=Optimizer)
    epochs: int = 3
    amp: bool = False
    seed: Optional[int] = None
    norm: Norm = Norm.batch
    layers: List[int] = field(default_factory=lambda: [1])
    data: str = MISSING
    extra: Any = None

store = ConfigStore.instance()
store.store(name="config", node=Config)

@hydra.main(version_base=None, config_name="config")
def main(config): ...

main()
`),
    ).to.deep.equal([
      "optimizer.lr: number = 0.1",
      "epochs: integer = 3",
      "amp: boolean = false",
      "seed: integer = null",
      "norm: text of batch layer = batch",
      "layers: list of integer = [1]",
      "data: text",
      "extra: unknown = null",
    ]);
  });

  it("keeps the type of a dataclass below the value of a file", () => {
    expect(
      shown({
        "train.py": `
import hydra
from dataclasses import dataclass
from hydra.core.config_store import ConfigStore
@dataclass
class Config:
    epochs: int = 3
ConfigStore.instance().store("base", Config)
@hydra.main(config_path=".", config_name="config")
def main(config): ...
main()
`,
        "config.yaml": "defaults:\n  - base\n  - _self_\nepochs: 5\n",
      }),
    ).to.deep.equal(["epochs: integer = 5"]);
  });

  it("finds a folder that the script names by way of its own file", () => {
    for (const written of [
      'str(Path(__file__).resolve().parent.parent / "conf")',
      'os.path.join(os.path.dirname(__file__), "..", "conf")',
      '"../conf"',
      "CONF",
    ]) {
      const [option] = lineOf({
        "train.py": "from src.run import main\nmain()\n",
        "src/__init__.py": "",
        "src/run.py": `
import os
from pathlib import Path
import hydra
CONF = str(Path(__file__).parents[1] / "conf")
@hydra.main(config_path=${written}, config_name="config.yaml")
def main(config): ...
`,
        "conf/config.yaml": "lr: 0.1\n",
      }).options;
      expect(option?.name, written).to.equal("lr");
    }
  });

  it("is not the way of a program that only imports from a Hydra app", () => {
    const app = `
import hydra
def fit(config): ...
@hydra.main(version_base=None, config_path="conf", config_name="config")
def main(config):
    fit(config)
if __name__ == "__main__":
    main()
`;
    const files = { "app.py": app, "conf/config.yaml": "lr: 0.1\n" };
    expect(linesOf({ ...files, "train.py": "from app import fit\nfit({})\n" })).to.deep.equal([]);
    expect(shown({ ...files, "train.py": "from app import main\nmain()\n" })).to.deep.equal([
      "lr: unknown = 0.1",
    ]);
  });

  it("ends where configurations are made of each other", () => {
    const line = lineOf({
      "train.py": program,
      "conf/config.yaml": "defaults:\n  - model: a\nlr: 0.1\n",
      "conf/model/a.yaml": "defaults:\n  - /model@b: [a, b]\n",
      "conf/model/b.yaml": "defaults:\n  - /model@a: [a, b]\n",
    });
    expect(line.options.map(({ name }) => name)).to.include("lr");
    expect(gapsOf(line)).to.include("config-missing");
  });

  it("says so where a configuration is not found", () => {
    const nowhere = lineOf({ "train.py": program });
    expect(gapsOf(nowhere)).to.deep.equal(["config-missing"]);
    const computed = lineOf(`
import hydra, sys
@hydra.main(config_path=sys.argv[1], config_name="config")
def main(config): ...
main()
`);
    expect(gapsOf(computed)).to.deep.equal(["config-missing"]);
    const named = lineOf({
      "train.py": program,
      "conf/config.yaml": "defaults:\n  - model: resnet\nseed: 1\n",
    });
    expect(gapsOf(named)).to.deep.equal(["config-missing"]);
    expect(named.gaps[0]?.place.path).to.equal("conf/config.yaml");
  });

  it("reads anchors, merge keys and numbers as PyYAML does, and survives what is no YAML", () => {
    expect(
      shown({
        "train.py": program,
        "conf/config.yaml": `
base: &base {lr: 1e-4, beta: 0.9}
training:
  <<: *base
  lr: 1.0e-3
off: no
`,
      }),
    ).to.deep.equal([
      "base.lr: unknown = 0.0001",
      "base.beta: unknown = 0.9",
      "training.lr: unknown = 0.001",
      "training.beta: unknown = 0.9",
      "off: unknown = false",
    ]);
    const broken = lineOf({ "train.py": program, "conf/config.yaml": "a: [1\nb: {" });
    expect(gapsOf(broken)).to.include("config-missing");
  });
});
