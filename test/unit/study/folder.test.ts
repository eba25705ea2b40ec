import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { expect } from "chai";
import {
  createStudyFolder,
  findStudies,
  newestUnfinished,
  type StudyContents,
  studyStem,
} from "../../../src/study/folder.js";
import { lookupSentence, resolveStudy } from "../../../src/study/resolve.js";
import { writeState } from "../../../src/study/state.js";
import { readStudyFile, studyFileSentence } from "../../../src/study/study-file.js";
import { openStudy } from "../../../src/study/study-view.js";
import { epochMs, temporaryFolder } from "../../support/journals.js";
import { scenarioNames, writeScenario } from "../../support/studies.js";

const contents = (sweepFile: string, createdAtMs = epochMs): StudyContents => ({
  study: {
    createdAt: new Date(createdAtMs).toISOString(),
    sweepFile,
    sweepFolder: path.dirname(sweepFile),
    text: "method: grid\n",
    seed: 1,
    sampler: "grid",
    initial: [],
    interpreter: null,
    python: null,
    packages: {},
    git: null,
    host: "here",
  },
  patch: null,
});

describe("the folders of studies", function () {
  // Each append waits for the disk, and a busy machine lets it wait.
  this.timeout(20_000);
  const root = temporaryFolder();
  let folder = "";
  let home = "";

  beforeEach(() => {
    folder = mkdtempSync(path.join(root.path, "w-"));
    home = path.join(folder, ".sweepdeck");
  });

  const create = (name = "digits", createdAtMs = epochMs) =>
    createStudyFolder(home, name, () => contents(path.join(folder, `${name}.yaml`), createdAtMs));

  it("are numbered, and tell the number to what is written into them", () => {
    expect(path.basename(create())).to.equal("digits-1");
    const second = createStudyFolder(home, "digits", (name, number) => {
      expect([name, number]).to.deep.equal(["digits-2", 2]);
      return contents(path.join(folder, "digits.yaml"));
    });
    expect(readStudyFile(second)).to.have.nested.property("study.name", "digits-2");
    expect(readdirSync(home).sort()).to.deep.equal([".gitignore", "digits-1", "digits-2"]);
  });

  it("do not take a number again, nor one that something else has", () => {
    create();
    mkdirSync(path.join(home, "digits-7"));
    writeFileSync(path.join(home, "digits-8"), "");
    expect(path.basename(create())).to.equal("digits-9");
    expect(path.basename(create("dig"))).to.equal("dig-1");
  });

  it("take the next number when another process is quicker", () => {
    const asked: number[] = [];
    const made = createStudyFolder(home, "digits", (_name, number) => {
      asked.push(number);
      if (number === 1) create();
      return contents(path.join(folder, "digits.yaml"));
    });
    expect(asked).to.deep.equal([1, 2]);
    expect(path.basename(made)).to.equal("digits-2");
    expect(readStudyFile(made)).to.have.nested.property("study.name", "digits-2");
  });

  it("leave nothing behind when they cannot be made", () => {
    const failing = () =>
      createStudyFolder(home, "digits", () => {
        throw new Error("no seed");
      });
    expect(failing).to.throw("no seed");
    expect(readdirSync(home)).to.deep.equal([".gitignore"]);
  });

  it("keep out of git, and leave a .gitignore of the user's own alone", () => {
    create();
    expect(readFileSync(path.join(home, ".gitignore"), "utf8")).to.equal("*\n");
    writeFileSync(path.join(home, ".gitignore"), "# mine\n");
    create();
    expect(readFileSync(path.join(home, ".gitignore"), "utf8")).to.equal("# mine\n");
  });

  it("are called by the sweep file, or by its folder", () => {
    expect(studyStem("/w/digits/sweep.yaml")).to.equal("digits");
    expect(studyStem("/w/digits/wide.sweep.yml")).to.equal("wide.sweep");
    expect(studyStem("/w/.hidden/sweep.yaml")).to.equal("hidden");
    expect(studyStem("/sweep.yaml")).to.equal("sweep");
  });

  it("are found at and below a folder, but not among packages and environments", async () => {
    const study = create();
    for (const place of ["node_modules/pkg", ".git/x", "venv/lib", "a/b c"]) {
      const inner = path.join(folder, place);
      mkdirSync(inner, { recursive: true });
      createStudyFolder(path.join(inner, ".sweepdeck"), "s", () => contents(`${inner}/s.yaml`));
    }
    writeFileSync(path.join(folder, "venv/pyvenv.cfg"), "");
    mkdirSync(path.join(home, "tries/digits-1"), { recursive: true });
    const deep = path.join(folder, "a/b c/.sweepdeck/s-1");
    expect(await findStudies(folder)).to.deep.equal([study, deep]);
    expect(await findStudies(study)).to.deep.equal([study]);
    expect(await findStudies(home)).to.deep.equal([study]);
    expect(await findStudies(path.join(folder, "nowhere"))).to.deep.equal([]);
  });

  it("tell which study of a file is the newest with more to try", () => {
    const sweepFile = path.join(folder, "digits.yaml");
    expect(newestUnfinished(sweepFile)).to.equal(undefined);
    const first = create("digits", epochMs);
    const second = create("digits", epochMs + 1000);
    create("other", epochMs + 2000);
    expect(newestUnfinished(sweepFile)).to.equal(second);
    writeState(second, { state: "finished", reason: "", activeMs: 0 });
    expect(newestUnfinished(sweepFile)).to.equal(first);
  });

  it("are still their sweep's after the workspace was moved", () => {
    create();
    const moved = `${folder}-moved`;
    renameSync(folder, moved);
    expect(newestUnfinished(path.join(moved, "digits.yaml"))).to.equal(
      path.join(moved, ".sweepdeck/digits-1"),
    );
  });

  describe("named on the command line", () => {
    const found = async (wanted: string) => {
      const lookup = await resolveStudy(wanted, folder);
      return "directory" in lookup
        ? path.basename(lookup.directory)
        : lookupSentence(lookup.problem);
    };

    it("go by name, unique prefix, path, or `latest`", async () => {
      const first = create("digits", epochMs + 5000);
      create("width");
      expect(await found("digits-1")).to.equal("digits-1");
      expect(await found("w")).to.equal("width-1");
      expect(await found(first)).to.equal("digits-1");
      expect(await found(".sweepdeck/width-1")).to.equal("width-1");
      expect(await found("latest")).to.equal("digits-1");
    });

    it("prefer a whole name to the beginning of another", async () => {
      for (let count = 0; count < 11; count += 1) create();
      expect(await found("digits-1")).to.equal("digits-1");
    });

    it("say what there is when none is meant, or several are", async () => {
      expect(await found("x")).to.equal(
        `There is no study at or below ${folder}: run a sweep there first, or name a study by its path.`,
      );
      create();
      expect(await found("x")).to.equal("No study is called x. There is digits-1.");
      create();
      expect(await found("dig")).to.equal(
        `dig could be several studies. Say which by more of its name, or by its path: there are ${home}/digits-1, ${home}/digits-2.`,
      );
    });
  });

  describe("read by this version", () => {
    const sentence = (directory: string) => {
      const reading = readStudyFile(directory);
      return "problem" in reading ? studyFileSentence(reading.problem) : undefined;
    };

    it("are refused when a newer one wrote them", () => {
      const study = create();
      writeFileSync(path.join(study, "study.json"), '{"format": 2, "anything": true}');
      expect(sentence(study)).to.equal(
        `${study} was written by a newer Sweepdeck (format 2, this one reads 1): update Sweepdeck to open it.`,
      );
    });

    it("are refused when they are damaged, or no studies", () => {
      const study = create();
      writeFileSync(path.join(study, "study.json"), '{"format": 1}');
      expect(sentence(study)).to.match(/cannot be read \(name: .*its trials are untouched/);
      expect(sentence(folder)).to.equal(`${folder} is not a study: it has no study.json.`);
    });
  });
});

describe("the view of a study", function () {
  this.timeout(20_000);
  const root = temporaryFolder();

  it("shows every scenario's trials and their states", () => {
    const seen = scenarioNames.map((name) => {
      const opened = openStudy(writeScenario(name, path.join(root.path, name)));
      if ("problem" in opened) throw new Error(studyFileSentence(opened.problem));
      const { trials, objective, state } = opened.study;
      const count = (wanted: string) => trials.filter((trial) => trial.state === wanted).length;
      return [
        name,
        state?.state,
        objective?.name,
        ["complete", "pruned", "failed", "stopped", "lost", "running"].map(count),
      ];
    });
    expect(seen).to.deep.equal([
      ["empty", undefined, "val_accuracy", [0, 0, 0, 0, 0, 0]],
      ["running", "running", "val_accuracy", [6, 1, 1, 0, 1, 2]],
      ["finished", "finished", "val_accuracy", [18, 3, 2, 1, 0, 0]],
      ["all-failed", "paused", "val_accuracy", [0, 0, 5, 0, 0, 0]],
      ["hostile-names", "finished", "val/loss <b>", [5, 0, 1, 0, 0, 0]],
      ["without-metric", "finished", undefined, [7, 0, 1, 0, 0, 0]],
      ["thousand", "running", "val_accuracy", [867, 111, 18, 0, 0, 4]],
    ]);
  });

  it("says whether anything changed since it was last read", () => {
    const directory = writeScenario("running", path.join(root.path, "again"));
    const opened = openStudy(directory);
    if ("problem" in opened) throw new Error("not a study");
    const { study } = opened;
    const { trials } = study;
    expect(study.refresh()).to.equal(false);
    expect(study.trials).to.equal(trials);
    writeState(directory, { state: "paused", reason: "asked", activeMs: 1 });
    expect(study.refresh()).to.equal(true);
    expect(study.state).to.include({ state: "paused", reason: "asked" });
  });
});
