/**
 * The commands, by name. The front door registers each; the workbench says what each does.
 */

export const commandIds = [
  "sweepdeck.run",
  "sweepdeck.runNew",
  "sweepdeck.tryOne",
  "sweepdeck.runOne",
  "sweepdeck.preview",
  "sweepdeck.resume",
  "sweepdeck.takeOver",
  "sweepdeck.pause",
  "sweepdeck.stop",
  "sweepdeck.rerunFailed",
  "sweepdeck.stopTrial",
  "sweepdeck.rerunTrial",
  "sweepdeck.openBoard",
  "sweepdeck.showStudy",
  "sweepdeck.compareTrials",
  "sweepdeck.openDiff",
  "sweepdeck.openLog",
  "sweepdeck.showTerminal",
  "sweepdeck.copyCommand",
  "sweepdeck.copyYaml",
  "sweepdeck.openAsText",
  "sweepdeck.exportCsv",
  "sweepdeck.openSweep",
  "sweepdeck.newSweep",
  "sweepdeck.extractSweep",
  "sweepdeck.convertSweep",
  "sweepdeck.makePortable",
  "sweepdeck.openExample",
  "sweepdeck.showLog",
] as const;

export type CommandId = (typeof commandIds)[number];

/** Commands are called by keybindings, links and other extensions: what they are given is unknown. */
export type Commands = { readonly [Id in CommandId]: (...given: readonly unknown[]) => unknown };
