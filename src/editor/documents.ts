/** The read-only documents of the editor: trials for the diff editor, leaderboards as text, previews. */
import path from "node:path";
import * as vscode from "vscode";
import * as z from "zod";
import { initialConfigurations } from "../engine/initial.js";
import { firstConfigurations } from "../engine/preview.js";
import { parseSweep } from "../sweep/parse.js";
import { Owner } from "./owner.js";
import type { Studies } from "./studies.js";
import { capOf } from "./study-picture.js";
import { configurationYaml, leaderboardText, trialDocument } from "./study-text.js";

const scheme = "sweepdeck";
const previewed = 20;

const subjectSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("trial"), study: z.string(), trial: z.int() }),
  z.object({ kind: z.literal("leaderboard"), study: z.string() }),
  z.object({ kind: z.literal("preview"), sweepFile: z.string() }),
]);
type Subject = z.infer<typeof subjectSchema>;

export function trialUri(study: string, trial: number): vscode.Uri {
  return uriOf(`${path.basename(study)}/trial ${trial}.yaml`, { kind: "trial", study, trial });
}

export function leaderboardUri(study: string): vscode.Uri {
  return uriOf(`${path.basename(study)}/leaderboard.txt`, { kind: "leaderboard", study });
}

export function previewUri(sweepFile: string): vscode.Uri {
  const { name } = path.parse(sweepFile);
  return uriOf(`${name} (first ${previewed}).yaml`, { kind: "preview", sweepFile });
}

function uriOf(name: string, subject: Subject): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${name}`, query: JSON.stringify(subject) });
}

/** Those that are open follow their study and their sweep file. */
export function registerDocuments(studies: Studies): vscode.Disposable {
  const owner = new Owner();
  const changed = owner.own(new vscode.EventEmitter<vscode.Uri>());
  const refresh = (isMeant: (subject: Subject) => boolean) => {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme !== scheme) continue;
      const subject = subjectOf(uri);
      if (subject !== undefined && isMeant(subject)) changed.fire(uri);
    }
  };
  owner.own(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => contentOf(studies, subjectOf(uri)),
    }),
  );
  owner.own(
    studies.onDidChange((key) => refresh((subject) => "study" in subject && subject.study === key)),
  );
  owner.own(
    vscode.workspace.onDidChangeTextDocument(({ document }) =>
      refresh((subject) => subject.kind === "preview" && subject.sweepFile === document.uri.fsPath),
    ),
  );
  return owner;
}

function subjectOf(uri: vscode.Uri): Subject | undefined {
  try {
    const parsed = subjectSchema.safeParse(JSON.parse(uri.query));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

async function contentOf(studies: Studies, subject: Subject | undefined): Promise<string> {
  if (subject === undefined) return "";
  if (subject.kind === "preview") return previewText(subject.sweepFile);
  const study = studies.study(subject.study) ?? studies.add(subject.study);
  if (study === undefined) return `The study ${subject.study} is gone.\n`;
  if (subject.kind === "leaderboard") return leaderboardText(study, Date.now());
  const trial = study.trials[subject.trial];
  return trial === undefined
    ? `${study.name} has no trial ${subject.trial}.\n`
    : trialDocument(study, trial);
}

/** The configurations that a new study would try first, as documents of one YAML stream. */
async function previewText(sweepFile: string): Promise<string> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(sweepFile));
  const { sweep } = parseSweep(document.getText());
  const file = path.basename(sweepFile);
  if (sweep === undefined) return `# ${file} has errors: the Problems view lists them.\n`;
  const seed = sweep.deck.sampler.seed ?? 1;
  const initial = initialConfigurations(sweep, sweepFile, seed);
  const configurations = firstConfigurations(sweep, seed, previewed, initial);
  const cap = capOf(sweep, initial);
  const of = cap === null ? "configurations without end" : `${cap} configurations`;
  const documents = configurations.map(
    ({ configuration, isInitial }, draw) =>
      `--- # ${draw + 1}${isInitial ? " (initial)" : ""}\n${configurationYaml(sweep.space, configuration)}`,
  );
  return `# The first ${configurations.length} of ${of}, as seed ${seed} draws them.\n${documents.join("")}`;
}
