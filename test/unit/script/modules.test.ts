import { expect } from "chai";
import { programOfModule } from "../../../src/script/finder.js";
import { readModules } from "../../../src/script/modules.js";
import { topScope } from "../../../src/script/python/module.js";
import { outsideName, resolve } from "../../../src/script/resolve.js";
import { sourceFiles } from "./source-files.js";

type Texts = Readonly<Record<string, string>>;

function modulesOf(program: string, texts: Texts, root?: string) {
  const modules = readModules(program, sourceFiles(texts), root === undefined ? {} : { root });
  if (modules === undefined) throw new Error(`${program} was not read.`);
  return modules;
}

const filesOf = (program: string, texts: Texts, root?: string) =>
  modulesOf(program, texts, root).all.map(({ path }) => path);

/** What the last statement's call calls: a file and a name, or the full name of the outside. */
function called(texts: Texts): string {
  const modules = modulesOf("train.py", texts);
  const { program } = modules;
  const last = program.calls.at(-1);
  if (last === undefined) throw new Error("Nothing is called.");
  const resolved = resolve(modules, topScope(program), last.call.callee);
  switch (resolved?.kind) {
    case "outside":
      return resolved.name;
    case "function":
    case "class":
      return `${resolved.scope.module.path} ${resolved.definition.name}`;
    default:
      return String(resolved?.kind);
  }
}

describe("the modules of a program", () => {
  it("are those that it imports, and those that they import", () => {
    expect(
      filesOf("train.py", {
        "train.py": "import torch, models.net\nfrom utils import *\n",
        "models/__init__.py": "from .base import Base\n",
        "models/net.py": "from . import layers\nfrom ..elsewhere import x\n",
        "models/base.py": "",
        "models/layers.py": "import train\n",
        "utils.py": "def f():\n    import late\n",
        "late.py": "",
        "unused.py": "",
      }),
    ).to.have.members([
      "train.py",
      "models/__init__.py",
      "models/net.py",
      "models/base.py",
      "models/layers.py",
      "utils.py",
      "late.py",
    ]);
  });

  it("lie beside it, above it, or in src", () => {
    expect(
      filesOf("project/scripts/train.py", {
        "project/scripts/train.py": "import near, above, package.core, tool",
        "project/scripts/near.py": "",
        "project/above.py": "",
        "project/src/package/__init__.py": "",
        "project/src/package/core.py": "",
        "tool.py": "",
      }),
    ).to.have.members([
      "project/scripts/train.py",
      "project/scripts/near.py",
      "project/above.py",
      "project/src/package/__init__.py",
      "project/src/package/core.py",
      "tool.py",
    ]);
  });

  it("are not looked for above the root", () => {
    const texts = { "a/b/train.py": "import tool\n", "tool.py": "" };
    expect(filesOf("a/b/train.py", texts, "a")).to.deep.equal(["a/b/train.py"]);
    expect(filesOf("a/b/train.py", texts)).to.include("tool.py");
  });

  it("lie in a folder that is added to sys.path", () => {
    expect(
      filesOf("run/train.py", {
        "run/train.py": "import sys\nsys.path.append('../lib')\nimport tool\n",
        "lib/tool.py": "",
      }),
    ).to.include("lib/tool.py");
  });

  it("are not a folder that only has a library's name", () => {
    const texts = { "train.py": "import wandb\nwandb.init()\n", "wandb/run-1/config.yaml": "" };
    expect(filesOf("train.py", texts)).to.deep.equal(["train.py"]);
    expect(called(texts)).to.equal("wandb.init");
  });

  it("may be imported by a literal, and are a gap where the name is computed", () => {
    const { all, gaps } = modulesOf("train.py", {
      "train.py": `
import importlib
importlib.import_module("models.net")
importlib.import_module("models." + name)
`,
      "models/__init__.py": "",
      "models/net.py": "",
    });
    expect(all.map(({ path }) => path)).to.include("models/net.py");
    expect(gaps.map(({ why, place }) => [why, place.line])).to.deep.equal([["computed-import", 3]]);
  });

  it("are read up to a number, and no further", () => {
    const files = sourceFiles({
      "train.py": "import a, b, c\n",
      "a.py": "",
      "b.py": "",
      "c.py": "",
    });
    const modules = readModules("train.py", files, { mostFiles: 2 });
    expect(modules?.all).to.have.length(2);
    expect(modules?.gaps.map(({ why }) => why)).to.include("too-many-files");
  });

  it("may be a package that is run", () => {
    const files = sourceFiles({
      "pkg/__init__.py": "",
      "pkg/__main__.py": "",
      "pkg/train.py": "",
      "src/tool/__init__.py": "",
      "src/tool/run.py": "",
    });
    expect(programOfModule("pkg", "", files)).to.equal("pkg/__main__.py");
    expect(programOfModule("pkg.train", "", files)).to.equal("pkg/train.py");
    expect(programOfModule("tool.run", "", files)).to.equal("src/tool/run.py");
    expect(programOfModule("absent.train", "", files)).to.equal(undefined);
  });
});

describe("a name", () => {
  it("is followed through aliases and re-exports", () => {
    expect(called({ "train.py": "import argparse as ap\nap.ArgumentParser()\n" })).to.equal(
      "argparse.ArgumentParser",
    );
    expect(
      called({
        "train.py": "from pkg import make as m\nbuild = m\nbuild()\n",
        "pkg/__init__.py": "from .inner import *\n",
        "pkg/inner.py": "def make(): pass\n",
      }),
    ).to.equal("pkg/inner.py make");
    expect(
      called({
        "train.py": "from common import *\nnn.Linear()\n",
        "common.py": "import torch.nn as nn\n",
      }),
    ).to.equal("torch.nn.Linear");
  });

  it("is an import, though it is something else where that fails", () => {
    expect(
      called({
        "train.py": "try:\n    import wandb\nexcept ImportError:\n    wandb = None\nwandb.init()\n",
      }),
    ).to.equal("wandb.init");
  });

  it("is a method of the class or of its bases", () => {
    expect(
      called({
        "train.py": "from net import Net\nNet.make()\n",
        "net.py": "from base import Base\nclass Net(Base): pass\n",
        "base.py": "class Base:\n    @classmethod\n    def make(cls): pass\n",
      }),
    ).to.equal("base.py make");
  });

  it("is nothing of the outside where it is a variable", () => {
    const modules = modulesOf("train.py", {
      "train.py": "def train(wandb):\n    wandb.log(1)\n",
    });
    const [only] = modules.program.calls;
    expect(only && outsideName(modules, only.scope, only.call.callee)).to.equal(undefined);
  });

  it("ends in nothing where modules go round in circles", () => {
    expect(
      called({
        "train.py": "from a import x\nx()\n",
        "a.py": "from b import x\n",
        "b.py": "from a import x\n",
      }),
    ).to.equal("undefined");
    expect(called({ "train.py": "class A(A.B): pass\nA.c()\n" })).to.equal("undefined");
  });
});
