/**
 * The calls that VS Code makes to @vscode/spdlog, without its compiled addon.
 *
 * An output channel of an extension is a view of its log file: with no logger the channel stays
 * empty, so this is not only about the server's own logs.
 */
const fs = require("node:fs");
const path = require("node:path");

const severities = ["trace", "debug", "info", "warning", "error", "critical", "off"];

function timestamp() {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, -1).replace("T", " ");
}

class FileLogger {
  #file;
  #maximumBytes;
  #severity = severities.indexOf("info");
  #formatted = true;

  constructor(file, maximumBytes) {
    this.#file = file;
    this.#maximumBytes = maximumBytes;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }

  #append(name, message) {
    const severity = severities.indexOf(name);
    if (severity < this.#severity) return;
    const text = this.#formatted ? `${timestamp()} [${name}] ${message}\n` : message;
    try {
      fs.appendFileSync(this.#file, text);
      if (fs.statSync(this.#file).size > this.#maximumBytes) {
        fs.renameSync(this.#file, `${this.#file}.1`);
      }
    } catch {
      // The log's folder was deleted under a running server: what it says has no reader any more.
    }
  }

  trace(message) {
    this.#append("trace", message);
  }
  debug(message) {
    this.#append("debug", message);
  }
  info(message) {
    this.#append("info", message);
  }
  warn(message) {
    this.#append("warning", message);
  }
  error(message) {
    this.#append("error", message);
  }
  critical(message) {
    this.#append("critical", message);
  }
  getLevel() {
    return this.#severity;
  }
  setLevel(severity) {
    this.#severity = severity;
  }
  setPattern() {
    this.#formatted = true;
  }
  clearFormatters() {
    this.#formatted = false;
  }
  flush() {}
  drop() {}
}

async function createRotatingLogger(_name, file, maximumBytes) {
  return new FileLogger(file, maximumBytes);
}

// Assigned one by one: VS Code imports this file as a module, and Node finds the names of a CommonJS
// file's exports by reading such assignments.
exports.version = 0;
exports.createRotatingLogger = createRotatingLogger;
exports.createAsyncRotatingLogger = createRotatingLogger;
exports.setFlushOn = () => {};
exports.setLevel = () => {};
exports.shutdown = () => {};
