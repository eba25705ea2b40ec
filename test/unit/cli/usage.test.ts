import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { cliFile, Desk, type Ended, script, shellSweep } from "../../support/cli.js";

const documentation = readFileSync(
  path.resolve(import.meta.dirname, "../../../docs/command-line.md"),
  "utf8",
);

describe("the command line's help", function () {
  this.timeout(60_000);
  let desk: Desk;
  const helps = new Map<string, Ended>();

  before(async () => {
    desk = new Desk({});
    const { stdout } = await desk.run(["--help"]);
    for (const [, name = ""] of stdout.matchAll(/^ {2}([a-z-]+) {2}/gm)) {
      helps.set(name, await desk.run([name, "--help"]));
    }
  });

  after(() => desk[Symbol.dispose]());

  it("names the commands", () => {
    expect([...helps.keys()]).to.have.members([
      ...["validate", "preview", "run", "try", "resume", "list"],
      ...["show", "best", "diff", "export", "stop", "convert", "schema", "ask-tell"],
      ...["importance", "replay", "simulate"],
    ]);
  });

  it("says of each what it takes, and the documentation says the same", () => {
    for (const [command, { code, stdout, stderr }] of helps) {
      expect([code, stderr], command).to.deep.equal([0, ""]);
      // Its lines are JSON in any case.
      if (command !== "ask-tell") expect(stdout).to.include("--json");
      for (const [, option = "", value = ""] of stdout.matchAll(/--([a-z-]+)( [A-Z]+)?/g)) {
        if (option !== "help") expect(sectionOf(stdout)).to.include(`--${option}${value}`);
      }
    }
  });

  it("documents no command and no option that is not there", () => {
    const headings = documentation.matchAll(/^### `sweepdeck ([a-z-]+)/gm);
    expect([...headings].map(([, name]) => name)).to.have.members([...helps.keys()]);
    for (const { stdout } of helps.values()) {
      const rows = sectionOf(stdout).matchAll(/^\| `(?:-\w`, `)?--([a-z-]+)/gm);
      for (const [, option] of rows) expect(stdout).to.include(`--${option}`);
    }
  });

  it("is shown, as an error, where no command is given", async () => {
    const { code, stdout } = await desk.run([]);
    expect(code).to.equal(2);
    expect(stdout).to.equal((await desk.run(["--help"])).stdout);
  });

  /** What the documentation says under the usage line of a help. */
  function sectionOf(help: string): string {
    const heading = `### \`${/^Usage: (sweepdeck .+)$/m.exec(help)?.[1]}\`\n`;
    const at = documentation.indexOf(heading);
    expect(at, `${heading} in docs/command-line.md`).to.be.above(-1);
    return documentation.slice(at + heading.length).split(/^##/m)[0] ?? "";
  }
});

describe("bad usage of the command line", function () {
  this.timeout(60_000);
  let desk: Desk;

  before(async () => {
    desk = new Desk({
      "a.yaml": shellSweep(
        "method: grid\nmetric: {name: loss}\nparameters: {lr: {values: [1, 2]}}",
      ),
      "train.sh": script('echo "loss=1"'),
    });
    await desk.run(["run", "a.yaml"]);
  });

  after(() => desk[Symbol.dispose]());

  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["an unknown command", ["launch"], /no command launch.*--help/],
    ["an unknown option", ["run", "--fast"], /Unknown option '--fast'.*sweepdeck run --help/],
    ["an option without its value", ["run", "a.yaml", "--cap"], /cap.*sweepdeck run --help/i],
    ["a word too many", ["show", "a-1", "b-1"], /takes one study.*--help/],
    ["no file to check", ["validate"], /Name the sweep files/],
    [
      "a number that is none",
      ["preview", "a.yaml", "-n", "many"],
      /--n takes a whole number from 1/,
    ],
    ["a folder for a file", ["validate", "."], /is a folder/],
    ["a folder that is not there", ["list", "nowhere"], /There is no folder nowhere\./],
    ["an unknown study", ["show", "b"], /No study is called b\. There is a-1\./],
    ["an unknown trial", ["diff", "latest", "0", "9"], /has no trial 9\. It has trials 0 to 1\./],
    ["two forms at once", ["export", "latest", "--csv", "--jsonl"], /Choose one of/],
  ];
  for (const [what, argv, sentence] of cases) {
    it(`is told of ${what}, with exit code 2 and nothing on standard output`, async () => {
      const { code, stdout, stderr } = await desk.run(argv);
      expect([code, stdout]).to.deep.equal([2, ""]);
      expect(stderr).to.match(sentence);
      expect(stderr).not.to.match(/^\s+at /m);
    });
  }

  it("is told what the system refuses, without a stack", async () => {
    using other = new Desk({
      ".sweepdeck": "a file where the folder should be",
      "a.yaml": desk.read("a.yaml"),
      "train.sh": desk.read("train.sh"),
    });
    const { code, stderr } = await other.run(["run", "a.yaml"]);
    expect(code).to.equal(2);
    expect(stderr).to.match(/The system refused it: E[A-Z]+:/);
    expect(stderr).not.to.match(/^\s+at /m);
  });

  it("is no matter where the reader goes away in the middle", async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `  p${index}: {value: ${index}}`);
    desk.write("long.yaml", shellSweep(`method: random\nparameters:\n${lines.join("\n")}`));
    const program = `{ "$1" "$2" preview "$3" -n 200 --json 2>errors; echo $? >code; } | head -c 10`;
    const long = path.join(desk.folder, "long.yaml");
    const child = spawn("/bin/sh", ["-c", program, "sh", process.execPath, await cliFile(), long], {
      cwd: desk.folder,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
    });
    await new Promise((resolve) => child.once("close", resolve));
    expect(printed).to.equal('[{"p0":0,"');
    expect([desk.read("errors"), desk.read("code")]).to.deep.equal(["", "0\n"]);
  });
});
