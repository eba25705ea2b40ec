import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import {
  highestNumber,
  publishOnce,
  readJsonIfThere,
  removeAbandonedParts,
  writeWhole,
} from "../../../src/study/files.js";

describe("files that appear whole", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), "files-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const at = (name: string) => path.join(home, name);

  it("replace what was there, and leave nothing beside it", () => {
    writeWhole(at("a.json"), "1");
    writeWhole(at("a.json"), "2", "quick");
    expect(readJsonIfThere(at("a.json"))).to.equal(2);
    expect(readdirSync(home)).to.deep.equal(["a.json"]);
  });

  it("are published by one of those who try", () => {
    expect(publishOnce(at("claim.json"), '"first"')).to.equal(true);
    expect(publishOnce(at("claim.json"), '"second"')).to.equal(false);
    expect(readJsonIfThere(at("claim.json"))).to.equal("first");
    expect(readdirSync(home)).to.deep.equal(["claim.json"]);
  });

  it("are not there where a folder has their name, nor where they are no JSON", () => {
    mkdirSync(at("state.json"));
    writeFileSync(at("study.json"), "{");
    expect(readJsonIfThere(at("state.json"))).to.equal(undefined);
    expect(readJsonIfThere(at("study.json"))).to.equal(undefined);
  });

  it("leave parts behind when their writer is killed, which are removed once it is gone", () => {
    for (const name of [".end.json.41.0123abcd", ".end.json.42.0123abcd", ".gitignore"]) {
      writeFileSync(at(name), "");
    }
    removeAbandonedParts(home, (pid) => pid === 42);
    expect(readdirSync(home)).to.have.members([".end.json.42.0123abcd", ".gitignore"]);
  });

  it("are counted by numbers that can be counted up from", () => {
    for (const name of ["runner-2.json", "runner-10.json", "runner-99999999999999999999.json"]) {
      writeFileSync(at(name), "");
    }
    mkdirSync(at("runner-11.json.won"));
    expect(highestNumber(home, "runner")).to.equal(11);
    expect(highestNumber(home, "conductor")).to.equal(0);
  });

  it("on a disk with room for a part of it, are not there at all", function () {
    mkdirSync(at("disk"));
    if (!mountedSmall(at("disk"))) this.skip();
    try {
      const text = "x".repeat(60_000);
      expect(() => writeWhole(at("disk/study.json"), text)).to.throw(/ENOSPC/);
      expect(readdirSync(at("disk"))).to.deep.equal([]);
    } finally {
      spawnSync("umount", [at("disk")]);
    }
  });
});

function mountedSmall(folder: string): boolean {
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=24k", "tmpfs", folder]);
  return mount.status === 0;
}
