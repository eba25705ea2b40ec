/** Every family, in the order of the documentation. */
import type { Family } from "../family.js";
import { optimisation } from "./optimisation.js";

export const families: readonly Family[] = [...optimisation];
