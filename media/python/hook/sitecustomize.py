"""Lets scripts that start their own W&B agent run as trials.

Python imports this module as it starts, because Sweepdeck puts its folder first on PYTHONPATH.
When the script imports `wandb`, two of its functions are replaced: `wandb.sweep` registers
nothing, and `wandb.agent` calls the training function once, with the configuration of this trial
(which wandb itself reads from WANDB_SWEEP_PARAM_PATH). Both would otherwise ask the W&B server,
and fail without an account. Everything else of wandb stays as it is.

Environment: SWEEPDECK_TRIAL_DIR switches it on, WANDB_SWEEP_ID is what `wandb.sweep` returns.
"""

import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any, Callable, Optional, Sequence


class WandbFinder(MetaPathFinder):
    """Finds `wandb` as everyone else would, and adapts it once it has been executed."""

    def find_spec(
        self, name: str, path: Optional[Sequence[str]], target: Optional[ModuleType] = None
    ) -> Optional[ModuleSpec]:
        if name != "wandb":
            return None
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            if find is None or finder is self:
                continue
            spec: Optional[ModuleSpec] = find(name, path, target)
            if spec is not None:
                adapt_after_execution(spec)
                return spec
        return None


def adapt_after_execution(spec: ModuleSpec) -> None:
    # A folder without __init__.py, such as the `wandb/` that runs leave behind, is found as a
    # namespace: there is nothing to execute, and nothing to adapt.
    execute = getattr(spec.loader, "exec_module", None)
    if spec.origin is None or execute is None:
        return

    def execute_and_adapt(module: ModuleType) -> None:
        execute(module)
        adapt(module)

    setattr(spec.loader, "exec_module", execute_and_adapt)


def adapt(wandb: ModuleType) -> None:
    agents = 0

    def sweep(*_: Any, **__: Any) -> str:
        return os.environ.get("WANDB_SWEEP_ID", "sweepdeck")

    def agent(
        sweep_id: str, function: Optional[Callable[[], Any]] = None, *_: Any, **__: Any
    ) -> None:
        nonlocal agents
        agents += 1
        if function is None:
            raise RuntimeError(
                "wandb.agent was called without a function, so it would start the sweep's program: "
                "name the training script itself as `program` in the sweep file"
            )
        if agents > 1:
            print(
                "sweepdeck: a trial is one configuration, so a second wandb.agent does nothing",
                file=sys.stderr,
            )
            return
        # What the function raises is let through, and fails the trial. W&B's own agent would
        # only print it.
        function()

    setattr(wandb, "sweep", sweep)
    setattr(wandb, "agent", agent)


def run_the_one_we_hide() -> None:
    """Systems and tools have a `sitecustomize` of their own, which Python would have run."""
    here = os.path.dirname(os.path.abspath(__file__))
    others = [entry for entry in sys.path if os.path.abspath(entry) != here]
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec and spec.loader:
        module = module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


if "SWEEPDECK_TRIAL_DIR" in os.environ:
    sys.meta_path.insert(0, WandbFinder())
run_the_one_we_hide()
