"""Opens journals with Optuna and asks its dashboard's server for them; one JSON line each.

Reads one JSON object a line: {"file": path, "ask": [names of studies to ask for a suggestion]}.
The suggestions are made on a copy, since asking writes.
"""

import json
import math
import os
import shutil
import sys
import tempfile
import warnings

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna_dashboard import wsgi

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.simplefilter("ignore", category=FutureWarning)


def distribution(value):
    attributes = dict(value._asdict())
    if "choices" in attributes:
        attributes["choices"] = list(attributes["choices"])
    return {"name": type(value).__name__, **attributes}


def trial(frozen):
    return {
        "number": frozen.number,
        "id": frozen._trial_id,
        "state": frozen.state.name,
        "params": frozen.params,
        "types": {name: type(value).__name__ for name, value in frozen.params.items()},
        "distributions": {k: distribution(v) for k, v in frozen.distributions.items()},
        "inside": {
            name: frozen.distributions[name]._contains(
                frozen.distributions[name].to_internal_repr(value)
            )
            for name, value in frozen.params.items()
        },
        "values": frozen.values,
        "reports": sorted(frozen.intermediate_values.items()),
        "user": frozen.user_attrs,
        "system": frozen.system_attrs,
        "started": frozen.datetime_start and frozen.datetime_start.timestamp(),
        "ended": frozen.datetime_complete and frozen.datetime_complete.timestamp(),
    }


def get(app, path):
    status = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": open(os.devnull, "rb"),
        "wsgi.errors": open(os.devnull, "w"),
    }
    body = b"".join(app(environ, lambda line, headers, exc=None: status.append(line)))
    return int(status[0].split()[0]), body.decode()


def strict(text):
    def refuse(token):
        raise ValueError(token)

    try:
        json.loads(text, parse_constant=refuse)
        return True
    except ValueError:
        return False


def dashboard(storage, study_id):
    app = wsgi(storage)
    listing, _ = get(app, "/api/studies")
    status, body = get(app, f"/api/studies/{study_id}?after=0")
    shown = len(json.loads(body)["trials"]) if status == 200 else None
    return {"listing": listing, "study": status, "trials": shown, "json": strict(body)}


def suggestion(file, name):
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "journal.log")
        shutil.copy(file, copy)
        study = optuna.load_study(
            study_name=name,
            storage=JournalStorage(JournalFileBackend(copy)),
            sampler=optuna.samplers.TPESampler(seed=1, n_startup_trials=2, multivariate=True),
        )
        finished = [t for t in study.trials if t.state.is_finished()]
        asked = study.ask(finished[0].distributions)
        return asked.params


def inspect(request):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        storage = JournalStorage(JournalFileBackend(request["file"]))
        studies = []
        for frozen in storage.get_all_studies():
            study = optuna.load_study(study_name=frozen.study_name, storage=storage)
            studies.append(
                {
                    "name": frozen.study_name,
                    "id": frozen._study_id,
                    "directions": [d.name for d in frozen.directions],
                    "user": frozen.user_attrs,
                    "system": frozen.system_attrs,
                    "trials": [trial(t) for t in study.trials],
                    "dashboard": dashboard(storage, frozen._study_id),
                }
            )
        asked = {name: suggestion(request["file"], name) for name in request["ask"]}
    complaints = [str(w.message) for w in caught if "distribution" in str(w.message).lower()]
    return {"studies": studies, "asked": asked, "complaints": complaints}


for line in sys.stdin:
    try:
        answer = inspect(json.loads(line))
    except Exception as error:  # What Optuna raises is the answer to the question.
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
