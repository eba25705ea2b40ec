import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { problemsPage } from "../../../scripts/problems-page.js";
import { guideAddress } from "../../../src/language/guide.js";

const page = readFileSync(path.resolve(import.meta.dirname, "../../../docs/problems.md"), "utf8");

describe("the page of problems", function () {
  this.timeout(30_000);

  it("is what the guide and the examples say (else: npx tsx scripts/write-reference.ts)", () => {
    expect(page).to.equal(problemsPage());
  });

  it("says what is and what to do, with the words in question marked", () => {
    expect(page).to.include(
      "> Warning: log_uniform takes natural exponents, so this samples from e^0.00001 to e^0.01: 1.00001 to 1.01005. For 0.00001 to 0.01 use log_uniform_values.",
    );
    expect(page).to.include("#                 ^^^^^^^^^^^ warning[log-uniform-exponents]");
  });

  it("has an address for each code where the package has one", () => {
    expect(guideAddress("no-spread", undefined)).to.equal(undefined);
    expect(
      guideAddress("no-spread", { url: "git+https://example.org/team/sweepdeck.git" }),
    ).to.equal("https://example.org/team/sweepdeck/blob/main/docs/problems.md#no-spread");
  });
});
