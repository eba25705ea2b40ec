/** Who disposes of what: every listener, timer and view of the editor is owned by one of these. */
import type { Disposable } from "vscode";

export class Owner implements Disposable {
  readonly #owned: Disposable[] = [];

  own<Owned extends Disposable>(owned: Owned): Owned {
    this.#owned.push(owned);
    return owned;
  }

  /** The last comes first: what was built on something goes before it. */
  dispose(): void {
    for (const owned of this.#owned.splice(0).reverse()) owned.dispose();
  }
}
