import { expect } from "chai";
import { looksLikeSweep } from "../../../src/language/sweep-document.js";

describe("which YAML files look like sweeps", () => {
  const sweeps: Record<string, [file: string, head: string]> = {
    "a byte order mark before the program": [
      "/home/me/a.yaml",
      "\ufeffprogram: t.py\nparameters:\n",
    ],
    "an empty sweep.yaml": ["/home/me/sweep.yaml", ""],
    "a name that ends in sweep": ["/home/me/lr-sweep.yml", "program: train.py\n"],
    "a name that begins with sweep": ["/home/me/sweep_resnet.yaml", ""],
    "a method at the top": ["/home/me/search.yaml", "method: bayes\n"],
    "our own block": ["/home/me/search.yaml", "sweepdeck:\n  retries: 1\n"],
    "a first, half-typed key": ["/home/me/sweep.yaml", "meth"],
    "a first block, its key misspelt": [
      "/home/me/sweep.yaml",
      "parameter:\n  lr:\n    min: 0.1\n    max: 1\n",
    ],
    "a modeline": ["/home/me/search.yaml", "# sweepdeck\nname: x\n"],
    "keys in quotes": ["/home/me/search.yaml", '"method": "grid"\n'],
    "parameters of a program": ["/home/me/a.yaml", "program: train.py\nparameters:\n  lr:\n"],
  };
  const others: Record<string, [file: string, head: string]> = {
    "a pipeline with parameters": [
      "/home/me/azure.yaml",
      "parameters:\n- name: image\nsteps: []\n",
    ],
    services: ["/home/me/compose.yaml", "services:\n  web:\n    image: nginx\n"],
    "a method of something else": ["/home/me/api.yaml", "paths:\n  /x:\n    method: get\n"],
    "a bot's sweep.yaml": ["/home/me/sweep.yaml", "gha_enabled: true\nbranch: main\nrules: []\n"],
    "a template of a sweep": ["/home/me/sweep.yaml", "{% for lr in lrs %}\nlr: {{ lr }}\n"],
    "a method that is none of a sweep's": ["/home/me/a.yaml", "method: POST\nurl: /x\n"],
    "a sweep.yaml of lists by dotted names": [
      "/home/me/sweep.yaml",
      "optimizer.lr: [0.1]\nmodel.heads: [1, 2]\n",
    ],
    "a sweep.yaml of machines": [
      "/home/me/sweep.yaml",
      "worker_pools:\n  - machine:\n      type: small\n    count: 1\n",
    ],
    "a folder named sweep": ["/sweep/config.yaml", "a: 1\n"],
    "a name that holds the word": ["/home/me/sweeper-deployment.txt", ""],
  };

  for (const [what, [file, head]] of Object.entries(sweeps)) {
    it(`does: ${what}`, () => expect(looksLikeSweep(file, head)).to.equal(true));
  }
  for (const [what, [file, head]] of Object.entries(others)) {
    it(`does not: ${what}`, () => expect(looksLikeSweep(file, head)).to.equal(false));
  }
});
