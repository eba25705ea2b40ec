/** The keystrokes that are measured, the same for everybody. */

/** The text with one digit of a bound typed anew, in the middle of the file. */
export function edits(text: string, rounds: number): readonly string[] {
  const at = text.indexOf("1.0e-5", text.length / 2);
  return Array.from({ length: rounds }, (_, round) => {
    const digit = 1 + (round % 8);
    return `${text.slice(0, at)}${digit}${text.slice(at + 1)}`;
  });
}

/** The text with the first letter of a new key typed at its head, and where the cursor is then. */
export function completionEdits(
  text: string,
  rounds: number,
): readonly { readonly text: string; readonly offset: number; readonly line: number }[] {
  const at = text.indexOf("parameters:");
  const line = text.slice(0, at).split("\n").length - 1;
  return edits(text, rounds).map((edited) => ({
    text: `${edited.slice(0, at)}e\n${edited.slice(at)}`,
    offset: at + 1,
    line,
  }));
}
