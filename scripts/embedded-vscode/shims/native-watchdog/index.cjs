/**
 * The call that VS Code makes to @vscode/native-watchdog, without its compiled addon: an extension
 * host ends itself when the server that started it is gone.
 */
const orphaned = 87;
const intervalMs = 2000;

function start(parent) {
  const timer = setInterval(() => {
    try {
      process.kill(parent, 0);
    } catch (error) {
      if (error.code === "ESRCH") process.exit(orphaned);
    }
  }, intervalMs);
  timer.unref();
}

exports.start = start;
