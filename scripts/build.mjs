/**
 * Bundles everything that runs from `dist/`: the extension and its workbench, the command line, the
 * runner, the panel's page, and the tests that run inside the extension host.
 *
 * `npm run build` makes the development bundles; packaging asks for the minified ones.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as esbuild from "esbuild";
import { root } from "./steps.mjs";

/** @typedef {{ name: string, entries: string[] | Record<string, string>, options: esbuild.BuildOptions }} Bundle */

/**
 * Activation evaluates only the front door; what it opens is a bundle of its own, beside it.
 *
 * @type {esbuild.Plugin}
 */
const workbenchStaysOutside = {
  name: "workbench-stays-outside",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/editor\/workbench\.js$/ }, () => ({
      path: "./workbench.cjs",
      external: true,
    }));
  },
};

/**
 * The Node build of yaml reads an environment variable at every token, to know whether to log it;
 * its other build is the same parser without that.
 *
 * @type {esbuild.BuildOptions}
 */
const node = {
  platform: "node",
  target: "node20",
  alias: { yaml: path.join(root, "node_modules/yaml/browser/dist/index.js") },
};

/** @type {esbuild.BuildOptions} */
const commonJs = {
  ...node,
  format: "cjs",
  external: ["vscode", "mocha"],
  // Every bundle lies in dist/, so the folder of the running file means the same in each format.
  define: { "import.meta.dirname": "__dirname" },
};

// Bundled CommonJS packages call require, which a module does not have.
const defineRequire =
  'import { createRequire as requireFrom } from "node:module";const require = requireFrom(import.meta.url);';

/** @type {esbuild.BuildOptions} */
const ecmaModule = { ...node, format: "esm", banner: { js: defineRequire } };

/** @type {esbuild.BuildOptions} */
const page = {
  platform: "browser",
  format: "iife",
  target: "chrome128",
  conditions: ["production", "module"],
  define: { "process.env.NODE_ENV": '"production"' },
  minify: true,
};

/** @returns {Promise<Bundle[]>} */
async function bundles() {
  const hostTests = await readdir(path.join(root, "test/host"));
  return [
    {
      name: "extension",
      entries: ["src/extension.ts"],
      options: {
        ...commonJs,
        outfile: "dist/extension.cjs",
        plugins: [workbenchStaysOutside],
        // Turns import() into require(): a require()d file is bundled, loaded and measured alike.
        supported: { "dynamic-import": false },
      },
    },
    {
      name: "workbench",
      entries: ["src/editor/workbench.ts"],
      options: { ...commonJs, outfile: "dist/workbench.cjs" },
    },
    {
      // Each of them reads sweeps; what they share is packed once.
      name: "cli",
      entries: {
        cli: "src/cli.ts",
        surroundings: "src/engine/surroundings-worker.ts",
        sampler: "src/engine/sampler-worker.ts",
      },
      options: {
        ...ecmaModule,
        outdir: "dist",
        splitting: true,
        chunkNames: "shared/[hash]",
      },
    },
    {
      name: "runner",
      entries: ["src/run/runner.ts"],
      options: { ...ecmaModule, outfile: "dist/runner.js" },
    },
    {
      name: "board",
      entries: ["webview-ui/board.ts"],
      options: { ...page, outfile: "dist/webview/board.js" },
    },
    {
      name: "host-tests",
      entries: hostTests.map((file) => `test/host/${file}`),
      options: { ...commonJs, outdir: "dist/test", outExtension: { ".js": ".cjs" } },
    },
  ].filter(({ entries }) =>
    Object.values(entries).every((entry) => existsSync(path.join(root, entry))),
  );
}

/**
 * Builds every bundle and leaves the list of modules in each under `dist/meta/<name>.json`.
 *
 * @param {{ production: boolean }} mode minified and without source maps, for the package
 * @throws where the source does not compile; esbuild has printed why
 */
export async function build({ production }) {
  await mkdir(path.join(root, "dist/meta"), { recursive: true });
  // Its files are named for their contents: those of another build would be packed too.
  await rm(path.join(root, "dist/shared"), { recursive: true, force: true });
  await Promise.all(
    (await bundles()).map(async ({ name, entries, options }) => {
      const { metafile } = await esbuild.build({
        minify: production,
        sourcemap: !production,
        ...options,
        entryPoints: entries,
        absWorkingDir: root,
        bundle: true,
        metafile: true,
        logLevel: "warning",
      });
      await writeFile(path.join(root, `dist/meta/${name}.json`), JSON.stringify(metafile));
    }),
  );
}

/**
 * Builds one bundle elsewhere, as it is built for development: for tests that run it as a program.
 *
 * @param {string} wanted a name of the list above
 * @param {string} outdir absolute
 */
export async function buildAt(wanted, outdir) {
  const bundle = (await bundles()).find(({ name }) => name === wanted);
  if (bundle === undefined) throw new Error(`there is no bundle ${wanted}`);
  const { outfile, ...options } = bundle.options;
  await esbuild.build({
    ...options,
    entryPoints: bundle.entries,
    outdir,
    absWorkingDir: root,
    bundle: true,
    logLevel: "warning",
  });
}

if (process.argv[1] === import.meta.filename) {
  await build({ production: process.argv.includes("--production") }).catch(() => process.exit(1));
}
