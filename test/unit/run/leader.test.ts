import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
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

    it("writes who it is, and the script's exit code", () => {
      const { pid } = lead(["python3", "-c", "raise SystemExit(3)"]);
      const [first, stat, boot, rest] = file("pid").split("\n");
      expect(first).to.equal(String(pid));
      expect(stat).to.match(new RegExp(`^${pid} \\(`));
      expect(boot).to.equal(readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
      expect(rest).to.equal("");
      expect(file("exit")).to.equal("3\n");
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
      expect(file("exit")).to.equal("143\n");
    });

    it("runs programs, never commands of the shell", () => {
      const { stderr } = lead(["exit", "5"]);
      expect(file("exit")).to.equal("127\n");
      expect(stderr).to.match(/exit.*No such file/);
    });

    it("says that there is no such program, with exit code 127", () => {
      expect(lead(["no-such-program-here"]).stderr).to.contain("no-such-program-here");
      expect(file("exit")).to.equal("127\n");
    });

    it("needs no PATH to record the end", () => {
      lead(["/bin/sh", "-c", "exit 4"], { PATH: "/nowhere" });
      expect(file("exit")).to.equal("4\n");
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
