/**
 * The commands, by name. The front door registers each; the workbench says what each does.
 */

export const commandIds = ["sweepdeck.showLog"] as const;

export type CommandId = (typeof commandIds)[number];

/** Commands are called by keybindings, links and other extensions: what they are given is unknown. */
export type Commands = { readonly [Id in CommandId]: (...given: readonly unknown[]) => unknown };
