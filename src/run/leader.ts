/**
 * The leader of a trial's process group: a few lines of shell that outlive whoever started them.
 *
 * The script runs as the leader's child, so its exit code is recorded by a process that nobody but
 * the machine itself has a reason to end. Written for any POSIX shell (dash, bash as sh, busybox,
 * the sh of macOS) and, on Linux, out of built-in commands alone: the environment that the user
 * gives a trial, PATH included, cannot break it.
 */
import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/**
 * - `trap :` and not `trap ''`: an ignored signal would stay ignored in the script, a trapped one
 *   is reset for it.
 * - `set -C` makes `>` fail where the file exists, so one of two leaders, or of a leader and a
 *   conductor that gives the attempt up, has the name `pid`.
 * - One `printf` is one write(2), since a shell flushes its output once a command.
 * - The exit code has its place in the file from the start, and is written over it through a
 *   descriptor of our own: the disk may be full by then, or the study moved. `running` is as long
 *   as any code is padded to.
 * - The variables are unset again, for a name that the environment carries would reach the script.
 */
export const leaderScript = `trap : INT TERM
set -C
sweepdeck_place=$1
shift
{ read -r sweepdeck_stat </proc/$$/stat; } 2>/dev/null || sweepdeck_stat=$(LC_ALL=C ps -o lstart= -p $$)
sweepdeck_boot=
{ read -r sweepdeck_boot </proc/sys/kernel/random/boot_id; } 2>/dev/null
{ printf '%s\\n%s\\n%s\\n' "$$" "$sweepdeck_stat" "$sweepdeck_boot" >"$sweepdeck_place/pid"; } 2>/dev/null || exit 75
unset sweepdeck_stat sweepdeck_boot
printf '%-7s\\n' running 2>/dev/null >"$sweepdeck_place/exit"
{ "$@" 9>&-; printf '%-7s\\n' "$?" >&9; } 9<>"$sweepdeck_place/exit"
`;

/** The exit code of a leader that found the attempt taken: it has started nothing. */
export const leaderGaveUp = 75;

/**
 * The arguments for `/bin/sh` that run `argv` under a leader in `attemptDirectory`, which must be
 * absolute, since the shell starts in the trial's own folder.
 */
export function leaderArguments(
  attemptDirectory: string,
  argv: readonly string[],
  searchPath: string | undefined,
): readonly string[] {
  return ["-c", leaderScript, "sweepdeck", attemptDirectory, ...executable(argv, searchPath)];
}

/**
 * A bare name is looked up here, because the shell would take `test`, `echo` or `exit` for its own
 * commands. Where there is no such program, env(1) says so, and with its exit code 127.
 */
function executable(argv: readonly string[], searchPath: string | undefined): readonly string[] {
  const [program, ...rest] = argv;
  if (program === undefined || program.includes("/")) return argv;
  const found = findOnPath(program, searchPath);
  return found === undefined ? ["/usr/bin/env", ...argv] : [found, ...rest];
}

/** The first executable file of this name on a PATH; relative entries are left out, as their meaning moves with the folder. */
export function findOnPath(name: string, searchPath: string | undefined): string | undefined {
  for (const directory of (searchPath ?? "").split(path.delimiter)) {
    if (!path.isAbsolute(directory)) continue;
    const file = path.join(directory, name);
    if (isExecutable(file)) return file;
  }
  return undefined;
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
