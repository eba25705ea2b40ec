import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { Unusable } from "../../../src/cli/command.js";
import { rewrite } from "../../../src/cli/sweep-file.js";

describe("a sweep file that is rewritten", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sweepdeck-file-"));
    file = path.join(folder, "sweep.yaml");
    writeFileSync(file, "methd: random\n");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const cured = (text: string) => ({ text: text.replace("methd", "method") });

  it("keeps what was saved while its first text was cured", () => {
    let times = 0;
    const result = rewrite(file, (text) => {
      times += 1;
      if (times === 1) writeFileSync(file, `${text}name: new\n`);
      return cured(text);
    });
    expect(readFileSync(file, "utf8")).to.equal("method: random\nname: new\n");
    expect(result.text).to.equal("method: random\nname: new\n");
  });

  it("is left alone where it changes all the time", () => {
    let times = 0;
    const rewriting = () =>
      rewrite(file, (text) => {
        times += 1;
        writeFileSync(file, `methd: random # ${times}\n`);
        return cured(text);
      });
    expect(rewriting).to.throw(Unusable, "changes all the time");
    expect(readFileSync(file, "utf8")).to.match(/^methd: random # \d+\n$/);
  });
});
