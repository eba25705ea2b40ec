"""A script of the user's own that writes into a study's journal while it runs.

Says `ready`, waits for a line, then adds 25 trials as any Optuna script does, leaves a note by the
dashboard's own function, and deletes the study called `doomed`.
"""

import sys

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna_dashboard import save_note

optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = JournalStorage(JournalFileBackend(sys.argv[1]))
study = optuna.load_study(study_name="digits", storage=storage)
print("ready", flush=True)
sys.stdin.readline()


def objective(trial):
    lr = trial.suggest_float("lr", 0.0, 1.0)
    trial.report(lr, 0)
    trial.report(float("nan"), 1)
    trial.set_user_attr("by", "hand")
    return lr


study.optimize(objective, n_trials=25)
save_note(study, "the <b>first</b> note")
optuna.delete_study(study_name="doomed", storage=storage)
