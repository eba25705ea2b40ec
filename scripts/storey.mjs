/**
 * A storey of tests as the reader sees it: its tests told one by one while it runs, and counted,
 * wherever they run and however it ends.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PlainError } from "./steps.mjs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */
/** @typedef {{ files: readonly string[], only: string | undefined }} Choice */
/** @typedef {import("../test/support/storey.js").TestEvent} TestEvent */

/**
 * Runs the chosen tests and lets them append their events; it throws where it could not go on.
 *
 * @typedef {(place: { scratch: string, events: string, choice: Choice }) => Promise<void>} Storey
 */

const followMs = 100;

/**
 * Runs a storey and tells its tests as they end. A storey that dies counts as one failure more.
 *
 * @param {string} name
 * @param {Storey} storey
 * @param {Choice} choice
 * @returns {Promise<Tally>}
 */
export async function runStorey(name, storey, choice) {
  console.log(`\n${name}`);
  // Short, because a socket's path may have about a hundred characters.
  const scratch = mkdtempSync(path.join(tmpdir(), "sd-"));
  const events = path.join(scratch, "events.jsonl");
  const report = reporter(events);
  const following = setInterval(report.tell, followMs);
  try {
    await storey({ scratch, events, choice });
    report.ended();
  } catch (error) {
    report.died(error);
  } finally {
    clearInterval(following);
    report.tell();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
  return report.tally();
}

/** @param {string} events */
function reporter(events) {
  let told = 0;
  let complete = false;
  const tally = { passed: 0, failed: 0, skipped: 0 };
  /** @param {TestEvent} event */
  const tellOne = (event) => {
    switch (event.event) {
      case "pass":
        tally.passed += 1;
        console.log(`  ✓ ${event.title} (${event.ms} ms)`);
        return;
      case "skip":
        tally.skipped += 1;
        console.log(`  - ${event.title}`);
        return;
      case "fail":
        tally.failed += 1;
        console.log(`  ✗ ${event.title}\n${indented(event.message)}`);
        return;
      case "end":
        complete = true;
    }
  };
  return {
    tell() {
      const lines = readLines(events);
      for (const line of lines.slice(told)) tellOne(JSON.parse(line));
      told = lines.length;
    },
    /** The extension host ends with 0 when it is killed, too. */
    ended() {
      this.tell();
      if (!complete) this.died(new PlainError("it ended in the middle of its tests"));
    },
    /** @param {unknown} error */
    died(error) {
      this.tell();
      // A storey whose tests failed ends with an error too, and they are counted already.
      if (complete && tally.failed > 0) return;
      tally.failed += 1;
      const reason = error instanceof PlainError ? error.message : describe(error);
      console.log(`  ✗ the storey did not end by itself\n${indented(reason)}`);
    },
    tally: () => tally,
  };
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** @param {string} text */
function indented(text) {
  return text.replace(/^/gm, "      ");
}

/**
 * The whole lines of a file that is still written to.
 *
 * @param {string} file
 */
function readLines(file) {
  try {
    return readFileSync(file, "utf8").split("\n").slice(0, -1);
  } catch {
    return [];
  }
}

/**
 * Adds up, says the closing line, and ends the process.
 *
 * @param {readonly Tally[]} tallies
 * @returns {never}
 */
export function close(tallies) {
  /** @param {keyof Tally} count */
  const sum = (count) => tallies.reduce((total, tally) => total + tally[count], 0);
  const [passed, failed, skipped] = [sum("passed"), sum("failed"), sum("skipped")];
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  // A run in which nothing ran has shown nothing.
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}
