/** What a conversion could not carry over: as data, and in words. */
import { type Loss, lossMessage } from "../actions/portable.js";
import { short } from "../distribution-words.js";

export type Note =
  | { readonly code: "nested-name"; readonly name: string }
  | { readonly code: "weights"; readonly name: string }
  | { readonly code: "values-as-text"; readonly name: string }
  | { readonly code: "ends-as-often"; readonly name: string }
  | { readonly code: "step-lost"; readonly name: string; readonly q: number }
  | {
      readonly code: "shape-lost";
      readonly name: string;
      readonly distribution: string;
      readonly low: number;
      readonly high: number;
    }
  | { readonly code: "renamed"; readonly name: string; readonly from: string }
  | { readonly code: "listed"; readonly name: string; readonly count: number }
  | { readonly code: "steps-moved"; readonly name: string; readonly q: number }
  /** `where` is the place in the sweep. */
  | { readonly code: "not-known"; readonly where: string; readonly source: string }
  | { readonly code: "program-assumed"; readonly program: string }
  | { readonly code: "no-program"; readonly notebook: string }
  | { readonly code: "left-behind"; readonly loss: Loss };

export function noteMessage(note: Note): string {
  switch (note.code) {
    case "nested-name":
      return `\`${note.name}\` is in a group, and stands under its full name: the script may want it nested.`;
    case "weights":
      return `\`${note.name}\`: the probabilities are lost, all values are alike.`;
    case "values-as-text":
      return `\`${note.name}\`: lists and maps stand as JSON text, for a choice is a word or a number.`;
    case "ends-as-often":
      return `\`${note.name}\`: a sweep draws the first and the last step half as often as the others, Optuna as often.`;
    case "step-lost":
      return `\`${note.name}\`: the step of ${short(note.q)} is lost, for there are no steps on a logarithmic scale.`;
    case "shape-lost":
      return `\`${note.name}\`: ${note.distribution} became a range from ${short(note.low)} to ${short(note.high)}, all of it alike.`;
    case "renamed":
      return `\`${note.from}\` is called \`${note.name}\`: a sweep takes letters, digits, \`_\`, \`-\` and \`.\` only.`;
    case "listed":
      return `\`${note.name}\`: its steps do not count from 0, so its ${note.count} values are listed.`;
    case "steps-moved":
      return `\`${note.name}\`: its steps of ${short(note.q)} now count from 0, as those of a sweep do.`;
    case "not-known":
      return `\`${note.where}\` is \`${note.source}\`, which only a run tells: fill it in.`;
    case "program-assumed":
      return `The program is taken to be ${note.program}: correct it if another script trains.`;
    case "no-program":
      return `${note.notebook} is a notebook, and cannot be run as a trial: export it as a script, and add that as \`program\`.`;
    case "left-behind":
      return lossMessage(note.loss);
  }
}
