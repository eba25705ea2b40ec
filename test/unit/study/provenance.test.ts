import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { gitProvenance, pythonProvenance } from "../../../src/study/provenance.js";
import { temporaryFolder } from "../../support/journals.js";

describe("the provenance of a study", function () {
  // Each append waits for the disk, and a busy machine lets it wait.
  this.timeout(20_000);
  const root = temporaryFolder();
  let folder = "";
  const git = (...argv: string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...argv], {
      cwd: folder,
      encoding: "utf8",
    });

  beforeEach(() => {
    folder = mkdtempSync(path.join(root.path, "repository-"));
  });

  const commit = () => {
    git("init", "--quiet", "--initial-branch=trunk");
    writeFileSync(path.join(folder, "train.py"), "print(1)\n");
    git("add", ".");
    git("commit", "--quiet", "-m", "first");
  };

  it("is the commit and the branch", async () => {
    commit();
    expect(await gitProvenance(folder)).to.deep.equal({
      state: { commit: git("rev-parse", "HEAD").trim(), branch: "trunk", dirty: false },
      patch: null,
    });
  });

  it("holds the uncommitted change, from which the commit can be brought to what ran", async () => {
    commit();
    writeFileSync(path.join(folder, "train.py"), "print(2)\n");
    const provenance = await gitProvenance(folder);
    expect(provenance?.state.dirty).to.equal(true);
    git("checkout", "--quiet", "--", ".");
    execFileSync("git", ["apply"], { cwd: folder, input: provenance?.patch ?? "" });
    expect(execFileSync("cat", ["train.py"], { cwd: folder, encoding: "utf8" })).to.equal(
      "print(2)\n",
    );
  });

  it("runs no program that the repository names for its diffs", async () => {
    commit();
    const ran = path.join(folder, "ran");
    const script = path.join(folder, "differ.sh");
    writeFileSync(script, `#!/bin/sh\ntouch ${ran}\n`);
    chmodSync(script, 0o755);
    git("config", "diff.external", script);
    writeFileSync(path.join(folder, "train.py"), "print(2)\n");
    expect((await gitProvenance(folder))?.patch).to.include("+print(2)");
    expect(() => execFileSync("ls", [ran], { stdio: "pipe" })).to.throw();
  });

  it("is nothing outside a repository, or before its first commit", async () => {
    expect(await gitProvenance(folder)).to.equal(null);
    git("init", "--quiet");
    expect(await gitProvenance(folder)).to.equal(null);
  });

  it("is Python's version and the installed packages", async () => {
    const packages = path.join(folder, "packages");
    execFileSync("mkdir", ["-p", `${packages}/numpy-2.3.5.dist-info`]);
    const python = path.join(folder, "python");
    writeFileSync(python, `#!/bin/sh\nPYTHONPATH=${packages} exec python3 "$@"\n`);
    chmodSync(python, 0o755);
    const provenance = await pythonProvenance(python);
    expect(provenance?.version).to.match(/^3\.\d+\.\d+/);
    expect(provenance?.packages).to.include({ numpy: "2.3.5" });
  });

  it("is nothing of an interpreter that does not start, or is none", async () => {
    expect(await pythonProvenance(path.join(folder, "none"))).to.equal(null);
    expect(await pythonProvenance("/bin/echo")).to.equal(null);
  });
});
