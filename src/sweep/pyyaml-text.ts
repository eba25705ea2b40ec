/** What PyYAML refuses in the raw text, where the `yaml` package is more generous. */
import { Lexer } from "yaml";
import type { Report } from "./problem.js";

const foreign = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** Control characters, and halves of surrogate pairs. */
export function reportForeignCharacters(text: string, report: Report): void {
  const found = foreign.exec(text);
  if (found === null) return;
  const codePoint = found[0].codePointAt(0) ?? 0;
  report(
    { start: found.index, end: found.index + found[0].length },
    { code: "character-not-allowed", codePoint },
  );
}

/**
 * PyYAML takes a tab for the start of a word that it then cannot read, wherever it stands but in
 * quotes, in a comment or in a block of text. Reports the first.
 */
export function reportTabs(text: string, report: Report): void {
  if (!text.includes("\t")) return;
  let offset = 0;
  let inBlock = false;
  for (const lexeme of new Lexer().lex(text)) {
    // Marks of the lexer that are not in the text: document, flow error, scalar.
    if (lexeme === "\x02" || lexeme === "\x18" || lexeme === "\x1f") continue;
    const first = lexeme.charAt(0);
    if (first === "|" || first === ">") inBlock = true;
    else if (first !== "#" && first !== "\n" && first !== "\r" && lexeme.trim() !== "") {
      if (!inBlock && first !== '"' && first !== "'") {
        if (reportTabIn(lexeme, offset, report)) return;
      }
      inBlock = false;
    } else if (lexeme.trim() === "" && !inBlock && reportTabIn(lexeme, offset, report)) {
      return;
    }
    offset += lexeme.length;
  }
}

function reportTabIn(lexeme: string, offset: number, report: Report): boolean {
  const tab = lexeme.indexOf("\t");
  if (tab < 0) return false;
  report({ start: offset + tab, end: offset + tab + 1 }, { code: "tab-between-words" });
  return true;
}
