/** The Python of a Jupyter notebook: its code cells, one after another, as they are run from the top. */
import * as z from "zod";

const notebook = z.object({
  cells: z.array(
    z.object({
      cell_type: z.string(),
      source: z.union([z.string(), z.array(z.string())]).default(""),
    }),
  ),
});

export function isNotebook(path: string): boolean {
  return path.toLowerCase().endsWith(".ipynb");
}

/** Undefined where the text is no notebook. */
export function pythonOfNotebook(text: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const cells = notebook.safeParse(json).data?.cells;
  return cells
    ?.filter((cell) => cell.cell_type === "code")
    .map(({ source }) => withoutMagic(typeof source === "string" ? source : source.join("")))
    .join("\n\n");
}

/** Lines for the notebook itself are no Python: `%matplotlib inline`, `!pip install wandb`. */
function withoutMagic(source: string): string {
  if (/^\s*%%(?!(?:time|timeit|capture)\b)/.test(source)) return "";
  return source
    .split("\n")
    .map((line) => line.replace(/^(\s*)[%!?].*$/, "$1pass"))
    .join("\n");
}
