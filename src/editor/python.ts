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
  const setting = pythonSetting(sweepFile);
  if (setting !== undefined) return { setting };
  const chosen = await chosenInPythonExtension(vscode.Uri.file(sweepFile));
  return chosen === undefined ? {} : { chosen };
}

/** Undefined where the user has set none. Workspace settings do not count before the workspace is trusted. */
export function pythonSetting(sweepFile: string): string | undefined {
  const resource = vscode.Uri.file(sweepFile);
  const setting = vscode.workspace.getConfiguration("sweepdeck", resource).get("python");
  const text = typeof setting === "string" ? setting.trim() : "";
  return text === "" ? undefined : text;
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
