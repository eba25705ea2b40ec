/** Opens the journal named on the command line, once, and prints the seconds it took. */
import { JournalReader } from "../src/study/journal-reader.js";

const [, , file = ""] = process.argv;
const started = performance.now();
const reader = new JournalReader(file);
reader.refresh();
if (reader.fold.ours?.trials.length !== 10_000) throw new Error(`${file} lacks trials`);
console.log((performance.now() - started) / 1000);
