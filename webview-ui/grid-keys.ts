/** What keys mean in the leaderboard: an intent, or nothing. */
export type Intent =
  | {
      readonly kind: "move";
      readonly by: number | "first" | "last" | "page-up" | "page-down";
      readonly extend: boolean;
    }
  | { readonly kind: "cell"; readonly by: -1 | 1 }
  | { readonly kind: "select" }
  | { readonly kind: "select-all" }
  | { readonly kind: "clear" }
  | { readonly kind: "enter" }
  | { readonly kind: "menu" }
  | { readonly kind: "letter"; readonly letter: "s" | "l" | "t" | "c" | "d" }
  | { readonly kind: "stop" }
  | { readonly kind: "reveal" };

type Moves = Extract<Intent, { kind: "move" }>["by"];

const moves: Readonly<Record<string, Moves>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  Home: "first",
  End: "last",
  PageUp: "page-up",
  PageDown: "page-down",
};
const letters = ["s", "l", "t", "c", "d"] as const;

export function intentOf(event: KeyboardEvent): Intent | undefined {
  const { key, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (event.altKey) return undefined;
  if (command) return commandIntent(key);
  const by = moves[key];
  if (by !== undefined) return { kind: "move", by, extend: shiftKey };
  if (key === "F10" && shiftKey) return { kind: "menu" };
  return plainIntent(key);
}

function commandIntent(key: string): Intent | undefined {
  switch (key) {
    case "a":
      return { kind: "select-all" };
    case "Enter":
      return { kind: "reveal" };
    case "Home":
      return { kind: "move", by: "first", extend: false };
    case "End":
      return { kind: "move", by: "last", extend: false };
    default:
      return undefined;
  }
}

function plainIntent(key: string): Intent | undefined {
  switch (key) {
    case "ArrowLeft":
      return { kind: "cell", by: -1 };
    case "ArrowRight":
      return { kind: "cell", by: 1 };
    case " ":
      return { kind: "select" };
    case "Escape":
      return { kind: "clear" };
    case "Enter":
      return { kind: "enter" };
    case "ContextMenu":
      return { kind: "menu" };
    case "Delete":
      return { kind: "stop" };
    default: {
      const letter = letters.find((each) => each === key.toLowerCase());
      return letter === undefined ? undefined : { kind: "letter", letter };
    }
  }
}
