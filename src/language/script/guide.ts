/** The guide to what does not fit between a sweep and its script. */
import type { Guide } from "../guide.js";
import type { ScriptCode } from "./problem.js";

export const scriptGuide: Guide<ScriptCode> = {
  "parameter-refused": {
    title: "A parameter that the script refuses",
    why: "The script's parser ends the program with an error when it is given an argument that it does not know, so no run of the sweep gets as far as training. It is an error only where all of the parser has been seen and the command passes the parameters as arguments; that `wandb.config` has the name does not help, for the parser comes first.",
    cure: "Use the name that the script has, letter for letter: most parsers tell `-` from `_`. Or add the option to the script.",
  },
  "parameter-unread": {
    title: "A parameter that nothing reads",
    why: "The name stands nowhere in the script or in what it imports from the workspace. The runs start, and all of its values give the same result; a Bayesian search spends its runs on it.",
    cure: "Use the name that the script reads, or read it there.",
  },
  "argument-missing": {
    title: "An argument that the script needs and nothing gives",
    why: "An option with `required=True`, and an argument without hyphens, end the program where they are not given. It is said only of a parser of argparse that has been seen whole, with a command that starts the script itself.",
    cure: "Add a parameter with `value`, or the argument to the command behind `${program}`.",
  },
  "parameters-not-passed": {
    title: "A command that passes no parameters",
    why: "Without a macro such as `${args}` the script is started without parameters, and it does not read `wandb.config` either: every run is the same.",
    cure: "Add `${args}` to the command, or `${args_no_hyphens}` for Hydra.",
  },
  "parameters-not-read": {
    title: "A script that reads no parameters",
    why: "The script reads neither its arguments nor `wandb.config`, so every run is the same.",
    cure: "Read the parameters in the script: with argparse, or from `wandb.config`.",
  },
  "arguments-in-other-style": {
    title: "Arguments in a form that the script does not take",
    why: "Hydra takes `name=value` and refuses `--name=value`; argparse, click, typer and most others take `--name=value` and refuse `name=value`. W&B's default command has `${args}`, which is the form with hyphens.",
    cure: "Use `${args_no_hyphens}` for Hydra, and `${args}` for others.",
  },
  "value-not-a-choice": {
    title: "A value that is none of the script's choices",
    why: "The option lists what it takes, and ends the program for anything else. The runs that draw this value fail.",
    cure: "Use one of the choices.",
  },
  "value-of-wrong-type": {
    title: "A value of another type than the option's",
    why: "The option converts its text to a number and ends the program where it cannot: `int` refuses `0.5` and `1e3`, and both refuse words.",
    cure: "Use a value of the option's type, or change the type in the script.",
  },
  "fractions-for-an-integer": {
    title: "Fractions for an option that takes whole numbers",
    why: "The distribution draws numbers such as 3.7, and an option of `type=int` ends the program for them.",
    cure: "Use `int_uniform`, or `q_uniform` with a whole `q` where the script reads a float.",
  },
  "boolean-to-a-flag": {
    title: "A value for a flag",
    why: "A flag such as argparse's `store_true` takes no value: `--flag=True` ends the program, and `--flag=False` does too.",
    cure: "Use `${args_no_boolean_flags}`, which passes `--flag` for true and nothing for false.",
  },
  "flag-stays-on": {
    title: "A flag that false does not switch off",
    why: "With `${args_no_boolean_flags}` true is passed as `--flag`, and false is not passed at all. Where the script has the flag on by default, both are the same run, and half of the search is spent on nothing.",
    cure: "Sweep what switches it off, `no-flag` for one, with the values the other way round. An option that takes words such as `--flag=False` needs `${args}`.",
  },
  "flag-without-value": {
    title: "An option that is given as a flag and wants a value",
    why: "With `${args_no_boolean_flags}` true is passed as `--flag` alone. An option of `type=bool` expects a word behind it and ends the program.",
    cure: 'In the script, use `action="store_true"`.',
  },
  "boolean-read-as-true": {
    title: "False that is read as true",
    why: "With `type=bool` argparse calls Python's `bool` on a text, and every text but the empty one is true: `False` as well. Both halves of the search do the same.",
    cure: 'In the script, use `action="store_true"` with `${args_no_boolean_flags}`, or a converter that knows the words.',
  },
  "null-as-text": {
    title: "Null that arrives as text",
    why: "Arguments are text, and Python's None is written `None`: the script gets the four letters. A text option takes them for a name; `int` and `float` refuse them and end the run, which is an error.",
    cure: "Leave the value out of the search, or give the script a word of its own for it.",
  },
  "value-misspelt": {
    title: "A value that is a slip away from one that the script knows",
    why: "The word stands nowhere in the script or in what it imports, and a word with two letters the other way round does. It is a guess: libraries have words of their own.",
    cure: "Use the word that the script knows.",
  },
  "metric-not-logged": {
    title: "A metric that the script does not report",
    why: "Nothing that the script logs or prints has this name, and every name that it gives is known. A Bayesian search without its metric draws at random, and a stopping rule stops nothing.",
    cure: "Use a name that the script reports, or report this one.",
  },
  "metric-only-printed": {
    title: "A metric that is printed and not logged",
    why: "The script logs other metrics, and this one stands only in what it prints. Here it is read from the output; under W&B the search would have no metric.",
    cure: "Log it with the others, or use the name of one that is logged.",
  },
  "program-not-found": {
    title: "A program that is not there",
    why: "The program is looked for beside the sweep file, then in the folders above, since agents of W&B are mostly started at the root of a repository. From here the sweep cannot be run; it may still run elsewhere.",
    cure: "Name the script as seen from the sweep file, or from a folder above it.",
  },
  "script-broken": {
    title: "A script that does not look like Python",
    why: "What could not be read may be a mistake that ends every run at its start. It is a hint, for there is Python that our parser does not know.",
    cure: "Try `python -m py_compile` on the script.",
  },
};
