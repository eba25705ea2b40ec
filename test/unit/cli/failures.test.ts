import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { Desk, jsonLines, script, shellSweep, untilGo } from "../../support/cli.js";
import { until } from "../../support/until.js";

const random = (cap: number, more = "") => `method: random
run_cap: ${cap}
metric: {name: loss, goal: minimize}
parameters: {lr: {min: 0.0, max: 1.0}}
${more}`;

const python = `program: train.py
method: grid
metric: {name: loss, goal: minimize}
parameters: {lr: {values: [1, 2]}}
`;

describe("what goes wrong before a sweep runs", function () {
  this.timeout(60_000);

  it("is a file that is not there, and nothing is made", async () => {
    using desk = new Desk({});
    for (const command of ["run", "validate", "preview", "try"]) {
      const { code, stdout, stderr } = await desk.run([command, "nothing.yaml", "--json"]);
      const error = "There is no file nothing.yaml.";
      const reports = [{ file: "nothing.yaml", error, problems: [] }];
      const printed = command === "validate" ? `${JSON.stringify(reports)}\n` : "";
      expect([code, stdout], command).to.deep.equal([2, printed]);
      expect(stderr, command).to.match(/^There is no file .*nothing\.yaml\.\n$/);
    }
    expect(readdirSync(desk.folder)).to.deep.equal([]);
  });

  it("is a sweep with errors: the first is told, with its line", async () => {
    using desk = new Desk({
      "a.yaml": "program: train.sh\nmethod: random\nparameters:\n  lr: {min: 2, max: 1}\n",
    });
    const { code, stdout, stderr } = await desk.run(["run", "a.yaml", "--json"]);
    expect([code, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.match(/^a\.yaml, line 4: `lr` has min 2/);
    expect(existsSync(desk.study(""))).to.equal(false);
  });

  it("is text that is no YAML: that is told, and not what it therefore lacks", async () => {
    using desk = new Desk({ "a.yaml": "\nparameters: {lr: [\n" });
    for (const command of ["run", "preview", "try"]) {
      const { code, stderr } = await desk.run([command, "a.yaml"]);
      expect(code).to.equal(2);
      expect(stderr).to.match(/^a\.yaml(, line |:)[23].*: (?!.*has no `method`)/);
    }
  });

  it("is a program that is not there", async () => {
    using desk = new Desk({ "a.yaml": python });
    const { code, stdout, stderr } = await desk.run(["run", "a.yaml", "--json"]);
    expect([code, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.match(/train\.py/);
    expect(existsSync(desk.study(""))).to.equal(false);
  });

  it("is a machine without Python", async () => {
    using desk = new Desk({ "a.yaml": python, "train.py": "print('loss=1')\n" });
    const { code, stdout, stderr } = await desk.run(["run", "a.yaml", "--json"], {
      env: { PATH: "" },
    });
    expect([code, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.match(/Python/);
    expect(stderr).to.match(/sweepdeck\.python|--python|install/i);
    expect(existsSync(desk.study(""))).to.equal(false);
  });

  it("is a Python that is none, by path or by name", async () => {
    using desk = new Desk({ "a.yaml": python, "train.py": "print('loss=1')\n" });
    for (const wished of ["./no-python", "no-python"]) {
      const { code, stderr } = await desk.run(["run", "a.yaml", "--python", wished]);
      expect(code).to.equal(2);
      expect(stderr).to.match(/no-python was set as the Python to use, and is no program here/);
    }
    expect((await desk.run(["run", "a.yaml", "--python", "python3"])).code).to.equal(0);
  });

  it("is a file system that may only be read", async function () {
    using desk = new Desk({ "place/a.yaml": python, "place/train.py": "print('loss=1')\n" });
    const place = path.join(desk.folder, "place");
    try {
      execFileSync("mount", ["--bind", place, place], { stdio: "pipe" });
    } catch {
      this.skip();
    }
    try {
      execFileSync("mount", ["-o", "remount,bind,ro", place], { stdio: "pipe" });
      for (const command of ["run", "try"]) {
        const { code, stderr } = await desk.run([command, "a.yaml"], { cwd: "place" });
        expect(code).to.equal(2);
        expect(stderr).to.match(/The system refused it: EROFS: read-only file system/);
      }
      expect((await desk.run(["validate", "a.yaml"], { cwd: "place" })).code).to.equal(0);
    } finally {
      execFileSync("umount", ["--lazy", place]);
    }
  });

  it("is a number that is none, and no study is left behind", async () => {
    using desk = new Desk({ "a.yaml": shellSweep(random(1)), "train.sh": script("") });
    const { code, stderr } = await desk.run(["run", "a.yaml", "--cap", "many"]);
    expect([code, stderr]).to.deep.equal([
      2,
      '--cap takes a whole number from 1 up, not "many".\n',
    ]);
    expect(existsSync(desk.study(""))).to.equal(false);
  });

  it("is a study of a newer version, which is left alone", async () => {
    using desk = new Desk({ "a.yaml": shellSweep(random(1)), "train.sh": script("echo loss=1") });
    await desk.run(["run", "a.yaml"]);
    const file = ".sweepdeck/a-1/study.json";
    const newer = JSON.stringify({ ...JSON.parse(desk.read(file)), format: 99 });
    desk.write(file, newer);
    for (const argv of [["show"], ["resume"], ["best"], ["export"]]) {
      const { code, stderr } = await desk.run([...argv, "a-1"]);
      expect(code, argv.join()).to.equal(2);
      expect(stderr).to.match(/newer/);
    }
    expect(desk.read(file)).to.equal(newer);
  });
});

describe("what goes wrong while a sweep runs", function () {
  this.timeout(60_000);

  it("is a script that crashes at once: five times, and the sweep pauses with the log's last lines", async () => {
    const train = script('echo "loading"; echo "Traceback" >&2; echo "KeyError: lr" >&2; exit 1');
    using desk = new Desk({ "a.yaml": shellSweep(random(50)), "train.sh": train });
    const { code, stdout, stderr } = await desk.run(["run", "a.yaml", "--slots", "1", "--json"]);
    expect(code).to.equal(1);
    const last = jsonLines(stdout).at(-1);
    expect(last).to.deep.include({ type: "finished", state: "paused", best: null });
    expect(last?.["reason"]).to.equal(
      "5 trials failed in a row; the last: exit 1: KeyError: lr\nloading\nTraceback\nKeyError: lr",
    );
    expect(stderr).not.to.include("KeyError");
    const { trials } = await desk.show();
    expect(trials.map(({ state }) => state)).to.deep.equal(Array(5).fill("failed"));
    expect(trials[0]?.reason).to.equal("exit 1: KeyError: lr");

    desk.write("train.sh", script("echo loss=1"));
    expect((await desk.run(["resume", "latest", "--cap", "7"])).code).to.equal(0);
    expect((await desk.show()).trials.map(({ state }) => state).slice(5)).to.deep.equal([
      "complete",
      "complete",
    ]);
  });

  it("is a metric that never appears: what was reported is named", async () => {
    using desk = new Desk({
      "a.yaml": shellSweep(random(1)),
      "b.yaml": shellSweep(random(1)),
      "train.sh": script('[ "$SWEEPDECK_STUDY" = b-1 ] || echo "val_loss=1 acc=0.5"'),
    });
    expect((await desk.run(["run", "a.yaml"])).code).to.equal(1);
    expect((await desk.show("a-1")).trials[0]?.reason).to.equal(
      "loss was not reported; the script reported val_loss, acc: name one of these as the metric, or print loss",
    );
    expect((await desk.run(["run", "b.yaml"])).code).to.equal(1);
    expect((await desk.show("b-1")).trials[0]?.reason).to.match(
      /nor was any other metric: print it/,
    );
    const tried = await desk.run(["try", "a.yaml", "--json"]);
    expect(tried.code).to.equal(1);
    expect(JSON.parse(tried.stdout)).to.deep.include({ ready: false, objectiveReports: 0 });
  });

  it("is a parameter that the script does not take", async () => {
    using desk = new Desk({
      "a.yaml": python,
      "train.py": "import argparse\nargparse.ArgumentParser().parse_args()\n",
    });
    const { code, stderr } = await desk.run(["try", "a.yaml"]);
    expect(code).to.equal(1);
    expect(stderr).to.include("the script does not take --lr");
  });

  it("is tried again, as often as the sweep says", async () => {
    const train = script('[ "$(wc -l <"$DESK/starts")" -ge 3 ] || exit 2; echo "loss=1"');
    using desk = new Desk({
      "a.yaml": shellSweep(random(1, "sweepdeck: {retries: 2}")),
      "train.sh": train,
    });
    expect((await desk.run(["run", "a.yaml"])).code).to.equal(0);
    const { trials } = await desk.show();
    expect(trials.map(({ state }) => state)).to.deep.equal(["failed", "failed", "complete"]);
    expect(new Set(trials.map(({ params }) => JSON.stringify(params))).size).to.equal(1);
    const csv = (await desk.run(["export", "latest"])).stdout.trimEnd().split("\r\n");
    // The draw, and the trial that each repeats: a retry is no draw of the sampler's.
    expect(csv.slice(1).map((row) => row.split(",").slice(6, 8))).to.deep.equal([
      ["0", ""],
      ["", "0"],
      ["", "1"],
    ]);
  });

  it("is a trial that takes too long: it is stopped, and the sweep goes on", async () => {
    const train = script(`echo "loss=1"; [ "$SWEEPDECK_TRIAL" = 1 ] || ${untilGo}`);
    using desk = new Desk({
      "a.yaml": shellSweep(random(2, "sweepdeck: {limits: {trial_time: 300ms}}")),
      "train.sh": train,
    });
    expect((await desk.run(["run", "a.yaml"])).code).to.equal(0);
    const { trials } = await desk.show();
    expect(trials.map(({ state, reason }) => [state, reason])).to.deep.equal([
      ["stopped", "ran longer than the limit of 0.3 s a trial"],
      ["complete", null],
    ]);
  });

  it("is a sweep whose time is up: what runs may end, and nothing more begins", async () => {
    const train = script(`echo "loss=1"; ${untilGo}`);
    using desk = new Desk({
      "a.yaml": shellSweep(random(9, "sweepdeck: {limits: {total_time: 300ms}}")),
      "train.sh": train,
    });
    const run = await desk.start(["run", "a.yaml"]);
    await until("the time is up", () =>
      run.stderr().includes("the limit of 0.3 s for the whole sweep"),
    );
    desk.write("go", "");
    expect((await run.ended).code).to.equal(0);
    expect((await desk.show()).trials.map(({ state }) => state)).to.deep.equal(["complete"]);
  });

  it("is a program that vanishes in between: the sweep pauses, and nothing is lost", async () => {
    using desk = new Desk({
      "a.yaml": shellSweep(random(3)),
      "train.sh": script('rm "$DESK/train.sh"; echo "loss=1"'),
    });
    const { code, stderr } = await desk.run(["run", "a.yaml"]);
    expect(code).to.equal(1);
    expect(stderr).to.match(/^paused: .*train\.sh/m);
    desk.write("train.sh", script('echo "loss=2"'));
    expect((await desk.run(["resume", "latest"])).code).to.equal(0);
    const complete = (await desk.show()).trials.filter(({ state }) => state === "complete");
    expect(complete.map(({ value }) => value)).to.deep.equal([1, 2, 2]);
  });
});

describe("a full disk", function () {
  this.timeout(60_000);
  let mounted: string | undefined;

  before(function () {
    mounted = mkdtempSync(path.join(tmpdir(), "sweepdeck-full-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=300k", "tmpfs", mounted], {
        stdio: "pipe",
      });
    } catch {
      rmSync(mounted, { recursive: true });
      mounted = undefined;
      this.skip();
    }
  });

  after(() => {
    if (mounted === undefined) return;
    execFileSync("umount", ["--lazy", mounted]);
    rmSync(mounted, { recursive: true });
  });

  it("pauses the sweep, and loses nothing that was measured", async () => {
    const place = path.join(mounted ?? "", "desk");
    mkdirSync(place);
    // The second trial leaves room for its own end, and none for the next one.
    const train = script(`echo "loss=$SWEEPDECK_TRIAL.5"
[ "$SWEEPDECK_TRIAL" != 1 ] && exit
cat /dev/zero >"$DESK/ballast" 2>/dev/null
truncate -s -12K "$DESK/ballast"`);
    using desk = new Desk({ "a.yaml": shellSweep(random(3)), "train.sh": train }, place);
    const { code, stderr } = await desk.run(["run", "a.yaml"]);
    expect(code, stderr).to.equal(1);
    expect(stderr).to.match(
      /^paused: the disk is full: running trials go on, resume when there is room$/m,
    );
    rmSync(path.join(desk.folder, "ballast"));
    const resumed = await desk.run(["resume", "latest"]);
    expect(resumed.code, resumed.stderr).to.equal(0);
    expect((await desk.show()).trials.map(({ state, value }) => [state, value])).to.deep.equal([
      ["complete", 0.5],
      ["complete", 1.5],
      ["complete", 2.5],
    ]);
  });
});

describe("hostile names and outputs", function () {
  this.timeout(60_000);

  const hostile = "a 'b' \"c\" $(d) \\e ü\u2028";

  it("are passed to the script as they are", async () => {
    const name = `it's $HOME`;
    using desk = new Desk({
      "dump.py":
        "import json, os, sys\nprint('loss=1')\njson.dump([sys.argv[1:], json.loads(os.environ['SWEEPDECK_PARAMS'])], open(os.path.join(os.environ['DESK'], 'seen'), 'w'))\n",
    });
    const folder = "under a 'roof' $(x) ü";
    desk.write(
      `${folder}/${name}.yaml`,
      `program: ../dump.py
method: grid
metric: {name: loss, goal: minimize}
parameters:
  hostile: {values: [${JSON.stringify(hostile)}]}
  lines: {value: "two\\nlines"}
  group.dash-ed: {value: "-rf /"}
`,
    );
    const { code, stderr } = await desk.run(["run", `${name}.yaml`], { cwd: folder });
    expect(code, stderr).to.equal(0);
    const params = { hostile, lines: "two\nlines", "group.dash-ed": "-rf /" };
    expect(JSON.parse(desk.read("seen"))).to.deep.equal([
      [`--hostile=${hostile}`, "--lines=two\nlines", "--group.dash-ed=-rf /"],
      params,
    ]);
    const shown = await desk.show("latest", { cwd: folder });
    expect(shown.study).to.equal(`${name}-1`);
    expect(shown.trials[0]?.params).to.deep.equal(params);
    const csv = await desk.run(["export", "latest"], { cwd: folder });
    expect(csv.code).to.equal(0);
    expect(csv.stdout).to.include('"two\nlines"');
  });

  it("run by the thousand lines, without one being lost", async () => {
    const train = `import sys
for step in range(3000):
    print(f"step={step} loss={3000 - step}")
sys.stdout.write("x" * 3_000_000 + "\\n")
sys.stdout.buffer.write(b"\\xff\\xfe\\x00 loss=nonsense \\r\\n")
print("loss=0.5")
`;
    using desk = new Desk({ "a.yaml": python, "train.py": train });
    const { code, stdout } = await desk.run(["run", "a.yaml", "--json", "--cap", "1"]);
    expect(code).to.equal(0);
    expect(jsonLines(stdout).at(-1)?.["best"]).to.deep.include({ value: 0.5 });
    const log = path.join(desk.study("a-1"), "trials/0000/attempts/1/output.log");
    expect(statSync(log).size).to.be.above(3_000_000);
    // The journal holds a curve of points, not every line.
    const { trials } = await desk.show();
    expect(trials[0]?.reports.length).to.be.within(2, 201);
    expect(readFileSync(path.join(desk.study("a-1"), "journal.log"), "utf8").length).to.be.below(
      100_000,
    );
  });
});
