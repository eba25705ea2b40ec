"""What a training script can say to Sweepdeck, and ask of it. Nothing here is needed: metrics
that a script prints, or logs to W&B or TensorBoard, are read without it.

    import sweepdeck

    settings = sweepdeck.params({"lr": 0.1, "width": 64})
    for epoch in range(100):
        loss = ...
        sweepdeck.report(step=epoch, val_loss=loss)
        if sweepdeck.should_stop():
            break

The same script runs outside Sweepdeck too: `params` then gives the defaults, `report` prints,
and nobody wants it to stop. Sweepdeck puts this file on the path of the trials that it starts;
to have it elsewhere, copy it beside the script. Python 3.8 or newer, standard library only.
"""

import json
import os
import reprlib
import sys
import time
from pathlib import Path
from typing import Any, Dict, Mapping, Optional

__all__ = ["checkpoint_dir", "params", "report", "should_stop"]

_TRIAL_DIRECTORY = "SWEEPDECK_TRIAL_DIR"
_ATTEMPT_DIRECTORY = "SWEEPDECK_ATTEMPT_DIR"
_PARAMETERS = "SWEEPDECK_PARAMS"

_next_step = 0
_warned = False


def params(defaults: Optional[Mapping[str, Any]] = None) -> Dict[str, Any]:
    """The parameters of this trial, nested as in the sweep file.

    `defaults` are the script's own: what the sweep does not set keeps them, in nested
    dictionaries too. Outside Sweepdeck they are all there is.
    """
    given = json.loads(os.environ.get(_PARAMETERS) or "{}")
    return _merged(defaults or {}, given)


def report(
    metrics: Optional[Mapping[str, Any]] = None,
    /,
    *,
    step: Optional[int] = None,
    **named: Any,
) -> None:
    """Records metrics: `report(step=3, val_loss=0.2)`, or `report({"val/loss": 0.2}, step=3)`.

    Values are numbers, or what can be read as one: scalars of NumPy, arrays and tensors of one
    element. NaN and infinity are recorded as they are. Without a step, each call is one step after
    the last. Any process of the trial may call it: their lines never mix. Where a report cannot be
    written (the disk is full, say) a warning tells so once, and training goes on.

    Raises TypeError for a value that is no number or a step that is no whole number, in a sweep
    and outside of one alike.
    """
    global _next_step
    everything = {**(metrics or {}), **named}
    values = {
        str(name): _number(f"the metric {name!r}", value) for name, value in everything.items()
    }
    at = _next_step if step is None else _whole(step)
    _next_step = at + 1
    directory = os.environ.get(_TRIAL_DIRECTORY)
    if directory is None:
        print(f"step={at}", *(f"{name}={value:g}" for name, value in values.items()), flush=True)
        return
    line = json.dumps({"step": at, "time": time.time(), "metrics": values}) + "\n"
    _append(os.path.join(directory, "metrics.jsonl"), line.encode())


def should_stop() -> bool:
    """Whether somebody wants this trial to end: a stopping rule, or you.

    The script is interrupted (SIGINT) at the same moment, and ended after some seconds. One that
    catches the interrupt asks here, between two batches, to end in its own way and in time.
    """
    directory = os.environ.get(_ATTEMPT_DIRECTORY)
    return directory is not None and os.path.exists(os.path.join(directory, "stop.json"))


def checkpoint_dir(default: str = "checkpoints") -> Path:
    """The folder for this trial's checkpoints, made if it is not there.

    A trial that is resumed finds its earlier checkpoints in it. Outside Sweepdeck it is `default`.
    """
    trial = os.environ.get(_TRIAL_DIRECTORY)
    directory = Path(default) if trial is None else Path(trial, "checkpoints")
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def _merged(defaults: Mapping[str, Any], given: Mapping[str, Any]) -> Dict[str, Any]:
    merged = {**defaults, **given}
    for name in defaults.keys() & given.keys():
        if isinstance(defaults[name], Mapping) and isinstance(given[name], Mapping):
            merged[name] = _merged(defaults[name], given[name])
    return merged


def _number(what: str, value: Any) -> float:
    # float() reads text as well, which would hide a mistake.
    if not isinstance(value, (str, bytes, bytearray)):
        try:
            # NumPy makes no float of an array of one element; its `item` does.
            item = getattr(value, "item", None)
            return float(item() if callable(item) else value)
        except (TypeError, ValueError, RuntimeError, OverflowError):
            pass
    raise TypeError(
        f"{what} is {reprlib.repr(value)}, which is no number: "
        "report numbers, or arrays and tensors of one element"
    )


def _whole(step: Any) -> int:
    number = _number("the step", step)
    if not number.is_integer():
        raise TypeError(f"the step is {number}: a step is a whole number, such as the epoch's")
    return int(number)


def _append(path: str, line: bytes) -> None:
    """Adds a line in one write, so that it is not cut by the lines of other processes."""
    global _warned
    try:
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            os.write(file, _end_of_torn_line(file) + line)
        finally:
            os.close(file)
    except OSError as error:
        if _warned:
            return
        _warned = True
        print(
            f"sweepdeck: metrics cannot be written to {path} ({error.strerror}): "
            "training goes on without them",
            file=sys.stderr,
            flush=True,
        )


def _end_of_torn_line(file: int) -> bytes:
    """A line break, where a process that died in the middle of a line left the file without.

    A line that another process is just writing may look torn as well. The break then makes an
    empty line, which readers pass over.
    """
    if os.lseek(file, 0, os.SEEK_END) == 0:
        return b""
    os.lseek(file, -1, os.SEEK_END)
    return b"" if os.read(file, 1) == b"\n" else b"\n"
