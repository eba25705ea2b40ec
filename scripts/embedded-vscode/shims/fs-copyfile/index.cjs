/**
 * The calls that VS Code makes to @vscode/fs-copyfile, without its compiled addon; the built-in
 * git extension does not activate when the module is missing.
 */
const fs = require("node:fs/promises");

function copy(from, to) {
  return fs.cp(from, to, { recursive: true, mode: fs.constants.COPYFILE_FICLONE });
}

exports.copyFile = copy;
exports.cp = copy;
exports.isCloneSupported = () => false;
