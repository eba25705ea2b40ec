import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { readExit } from "../../../src/run/attempt.js";
import { leaderArguments, leaderGaveUp } from "../../../src/run/leader.js";

const shells = ["/bin/sh", "/bin/dash", "/bin/bash", "/bin/busybox"].filter(
  (shell) => spawnSync(shell, ["--help"]).error === undefined,
);

for (const shell of shells) {
  describe(`the leader under ${shell}`, function () {
    this.timeout(20_000);
    let place: string;
    beforeEach(() => {
      place = mkdtempSync(path.join(tmpdir(), "sweepdeck leader-"));
    });
    afterEach(() => rmSync(place, { recursive: true }));

    const lead = (argv: readonly string[], env: NodeJS.ProcessEnv = process.env) => {
      const args = leaderArguments(place, argv, env.PATH);
      return spawnSync(shell, shell.endsWith("busybox") ? ["sh", ...args] : args, {
        encoding: "utf8",
        env,
      });
    };
    const file = (name: string) => readFileSync(path.join(place, name), "utf8");
    const code = () => readExit(place)?.code;

    it("writes who it is, and the script's exit code", () => {
      const { pid } = lead(["python3", "-c", "raise SystemExit(3)"]);
      const [first, stat, boot, rest] = file("pid").split("\n");
      expect(first).to.equal(String(pid));
      expect(stat).to.match(new RegExp(`^${pid} \\(`));
      expect(boot).to.equal(readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
      expect(rest).to.equal("");
      expect(code()).to.equal(3);
    });

    it("hands over arguments untouched", () => {
      const args = [
        "a b",
        "$HOME",
        "`id`",
        "*",
        "",
        "'\"\\",
        "--x={'name': 'adam'}",
        "line\nbreak",
      ];
      const { stdout } = lead(["python3", "-c", "import sys; print(sys.argv[1:])", ...args]);
      expect(stdout.trim()).to.equal(
        spawnSync("python3", ["-c", "import sys; print(sys.argv[1:])", ...args], {
          encoding: "utf8",
        }).stdout.trim(),
      );
    });

    it("starts nothing where the name is taken", () => {
      writeFileSync(path.join(place, "pid"), "");
      const { status, stdout } = lead(["echo", "started"]);
      expect(status).to.equal(leaderGaveUp);
      expect(stdout).to.equal("");
      expect(file("pid")).to.equal("");
    });

    it("leaves signals to the script as they were", () => {
      const program = "import signal; print(signal.getsignal(signal.SIGTERM) == signal.SIG_DFL)";
      expect(lead(["python3", "-c", program]).stdout).to.equal("True\n");
    });

    it("lives through the signals that end its whole group, and keeps the script's exit code", () => {
      const program = "import os, signal; os.kill(0, signal.SIGTERM)";
      const args = leaderArguments(place, ["python3", "-c", program], process.env.PATH);
      // A session of its own, as under the runner, so that group 0 is not that of this test.
      const words = shell.endsWith("busybox") ? [shell, "sh", ...args] : [shell, ...args];
      spawnSync("setsid", ["--wait", ...words]);
      expect(code()).to.equal(143);
    });

    it("runs programs, never commands of the shell", () => {
      const { stderr } = lead(["exit", "5"]);
      expect(code()).to.equal(127);
      expect(stderr).to.match(/exit.*No such file/);
    });

    it("says that there is no such program, with exit code 127", () => {
      expect(lead(["no-such-program-here"]).stderr).to.contain("no-such-program-here");
      expect(code()).to.equal(127);
    });

    it("has room for the exit code from the start, and none is read before it is written", () => {
      const program =
        "import pathlib, sys; print(repr(pathlib.Path(sys.argv[1]).read_text()), end='')";
      const { stdout } = lead(["python3", "-c", program, path.join(place, "exit")]);
      expect(stdout).to.equal("'running\\n'");
      expect(file("exit")).to.equal("0      \n");
      writeFileSync(path.join(place, "exit"), "running\n");
      expect(readExit(place)).to.equal(undefined);
    });

    it("keeps the exit code of a script that has filled the disk", function () {
      const disk = path.join(place, "disk");
      mkdirSync(disk);
      const words = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk];
      if (spawnSync("mount", words).status !== 0) return this.skip();
      try {
        const program =
          "import sys\ntry:\n    with open(sys.argv[1], 'wb', 0) as f:\n        while True: f.write(b'x' * 4096)\n" +
          "except OSError: sys.exit(6)";
        const args = leaderArguments(
          disk,
          ["python3", "-c", program, path.join(disk, "full")],
          process.env.PATH,
        );
        spawnSync(shell, shell.endsWith("busybox") ? ["sh", ...args] : args);
        expect(() => writeFileSync(path.join(disk, "more"), "x")).to.throw("ENOSPC");
        expect(readExit(disk)).to.include({ code: 6 });
      } finally {
        spawnSync("umount", [disk]);
      }
    });

    it("keeps the exit code where the study is moved meanwhile", () => {
      const moved = `${place} moved`;
      const program = "import os, sys; os.rename(*sys.argv[1:]); sys.exit(4)";
      lead(["python3", "-c", program, place, moved]);
      const exit = readExit(moved);
      renameSync(moved, place);
      expect(exit).to.include({ code: 4 });
    });

    it("gives the script no descriptor of its own", () => {
      const program = "import os; print(os.path.exists('/proc/self/fd/9'))";
      expect(lead(["python3", "-c", program]).stdout).to.equal("False\n");
    });

    it("needs no PATH to record the end", () => {
      lead(["/bin/sh", "-c", "exit 4"], { PATH: "/nowhere" });
      expect(code()).to.equal(4);
    });

    it("gives the script the environment and nothing of its own", () => {
      const program = "import os; print([n for n in os.environ if n.startswith('sweepdeck_')])";
      const { stdout } = lead(["/usr/bin/env", "python3", "-c", program], {
        PATH: process.env.PATH,
        sweepdeck_stat: "",
        sweepdeck_boot: "",
      });
      expect(stdout).to.equal("[]\n");
    });
  });
}
