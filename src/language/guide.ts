/** The guide to the problems of every family: `docs/problems.md`, and the way there. */
export type { Guide, GuideEntry } from "../sweep/guide/entry.js";

/**
 * The address of what the guide says of a code; undefined where the package names no repository
 * on the web. `repository` is the field of package.json.
 */
export function guideAddress(code: string, repository: unknown): string | undefined {
  const named = typeof repository === "object" && repository !== null ? repository : {};
  const address = typeof repository === "string" ? repository : "url" in named ? named.url : "";
  const [, web] = /^(?:git\+)?(https:\/\/[^\s#]+?)(?:\.git)?\/?$/.exec(String(address)) ?? [];
  return web === undefined ? undefined : `${web}/blob/main/docs/problems.md#${code}`;
}
