/** The Python that the editor brings to a study: the setting's, and the Python extension's choice. */
import * as vscode from "vscode";
import * as z from "zod";

export interface PythonChoice {
  readonly setting?: string;
  readonly chosen?: string;
}

/** What we read of the Python extension's interface, which is not ours to trust. */
const pythonInterface = z.object({
  environments: z.object({
    getActiveEnvironmentPath: z.custom<(resource: vscode.Uri) => unknown>(
      (value) => typeof value === "function",
    ),
    resolveEnvironment: z.custom<(path: unknown) => Promise<unknown>>(
      (value) => typeof value === "function",
    ),
  }),
});
const environment = z.object({
  executable: z.object({ uri: z.object({ fsPath: z.string() }) }),
});

/** Only in a trusted workspace: to ask the Python extension is to have it look for interpreters. */
export async function pythonFor(sweepFile: string): Promise<PythonChoice> {
  const resource = vscode.Uri.file(sweepFile);
  const setting = vscode.workspace.getConfiguration("sweepdeck", resource).get("python");
  if (typeof setting === "string" && setting.trim() !== "") return { setting: setting.trim() };
  const chosen = await chosenInPythonExtension(resource);
  return chosen === undefined ? {} : { chosen };
}

async function chosenInPythonExtension(resource: vscode.Uri): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension("ms-python.python");
  if (extension === undefined) return undefined;
  const parsed = pythonInterface.safeParse(await extension.activate());
  if (!parsed.success) return undefined;
  const { environments } = parsed.data;
  const resolved = environment.safeParse(
    await environments.resolveEnvironment(environments.getActiveEnvironmentPath(resource)),
  );
  return resolved.success ? resolved.data.executable.uri.fsPath : undefined;
}
