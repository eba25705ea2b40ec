/** From a name of a sweep file to the script that takes it, and from the script back. */
import path from "node:path";
import * as vscode from "vscode";
import { linksOf } from "../../language/links.js";
import {
  definitionAt,
  referencesAt,
  referencesTo,
  type Target,
} from "../../language/navigation.js";
import type { SourcePlace } from "../../script/reading.js";
import { rangeIn } from "./position.js";
import type { Sweeps } from "./sweeps.js";

export function definitionProvider(sweeps: Sweeps): vscode.DefinitionProvider {
  return {
    async provideDefinition(document, position) {
      if (!sweeps.isSweep(document)) return undefined;
      const parsed = sweeps.read(document);
      const found = definitionAt(
        parsed.document,
        document.offsetAt(position),
        sweeps.around(document),
      );
      if (found === undefined) return undefined;
      const originSelectionRange = rangeIn(document, found.origin);
      const links = await Promise.all(found.targets.map((target) => linkTo(document, target)));
      return links.map((link): vscode.DefinitionLink => ({ originSelectionRange, ...link }));
    },
  };
}

type Place = Pick<vscode.DefinitionLink, "targetUri" | "targetRange" | "targetSelectionRange">;

async function linkTo(document: vscode.TextDocument, target: Target): Promise<Place> {
  switch (target.kind) {
    case "source": {
      const { uri, range } = await locationOf(target.place);
      return { targetUri: uri, targetRange: range };
    }
    case "file":
      return {
        targetUri: uriFrom(document, target.path),
        targetRange: new vscode.Range(0, 0, 0, 0),
      };
    case "sweep":
      return {
        targetUri: document.uri,
        targetRange: rangeIn(document, target.range),
        targetSelectionRange: rangeIn(document, target.name),
      };
  }
}

/** The place as an editor counts it, from the text that it was found in. */
async function locationOf(place: SourcePlace): Promise<vscode.Location> {
  const uri = vscode.Uri.file(place.path);
  try {
    const script = await vscode.workspace.openTextDocument(uri);
    return new vscode.Location(uri, rangeIn(script, place));
  } catch {
    // Gone since it was read: its line is the best that is known.
    return new vscode.Location(uri, new vscode.Position(place.line, 0));
  }
}

/** Surroundings name files by their absolute path, or as the sweep file would. */
function uriFrom(document: vscode.TextDocument, file: string): vscode.Uri {
  return vscode.Uri.file(path.resolve(path.dirname(document.uri.fsPath), file));
}

/** Of a parameter or a metric: every place of the sweep that speaks of it, and the script's own. */
export function referenceProvider(sweeps: Sweeps): vscode.ReferenceProvider {
  return {
    async provideReferences(document, position, { includeDeclaration }) {
      if (!sweeps.isSweep(document)) return [];
      const parsed = sweeps.read(document);
      const offset = document.offsetAt(position);
      const here = referencesAt(parsed.document, offset).map(
        (range) => new vscode.Location(document.uri, rangeIn(document, range)),
      );
      if (!includeDeclaration) return here;
      const definition = definitionAt(parsed.document, offset, sweeps.around(document));
      const places = (definition?.targets ?? []).flatMap((target) =>
        target.kind === "source" ? [target.place] : [],
      );
      return [...here, ...(await Promise.all(places.map(locationOf)))];
    },
  };
}

/** In a Python file: the places of the open sweeps that speak of the argument or metric there. */
export function scriptReferenceProvider({ known, read }: Sweeps): vscode.ReferenceProvider {
  return {
    provideReferences(script, position) {
      const place = { path: script.uri.fsPath, offset: script.offsetAt(position) };
      return known
        .sweepsOf(place.path)
        .flatMap((sweep) =>
          referencesTo(read(sweep).document, known.of(sweep), place).map(
            (range) => new vscode.Location(sweep.uri, rangeIn(sweep, range)),
          ),
        );
    },
  };
}

export function linkProvider(sweeps: Sweeps): vscode.DocumentLinkProvider {
  return {
    async provideDocumentLinks(document) {
      if (!sweeps.isSweep(document)) return [];
      const around = await sweeps.known.whenKnown(document);
      return linksOf(sweeps.read(document).document, around).map(({ range, path, tooltip }) => {
        const link = new vscode.DocumentLink(rangeIn(document, range), uriFrom(document, path));
        link.tooltip = tooltip;
        return link;
      });
    },
  };
}
