/** The page of the board: one script, and a policy that allows nothing else. */

export interface PageSources {
  /** As the webview may load it. */
  readonly scriptUri: string;
  readonly cspSource: string;
  /** Unguessable, and another for each page. */
  readonly nonce: string;
}

export function boardHtml({ scriptUri, cspSource, nonce }: PageSources): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join("; ");
  // The toolkit tries :focus-visible with a style element, and takes its nonce from the meta element.
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}" nonce="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Leaderboard</title>
</head>
<body>
<script nonce="${nonce}" src="${scriptUri}"></script>
</body>
</html>`;
}
