"""The command `rondom`: one module per verb.

A verb is a module with `HELP` (one line), `add_arguments(parser)` and `run(options) -> exit code`; its name and place
stand in `VERBS`. `NEEDS` says what must be there before it runs:

    "nothing"       runs on an empty folder too (init)
    "installation"  a data folder; Django is ready, the databases were not looked at
    "fit"           the default: also keys, kind and databases belong together (core.starting)

Modules import Django inside `run`, because Django starts after the installation was found. Expected refusals are raised
as `installation.DoesNotStart` or `core.errors.RondomError`: one sentence, exit code 4, no traceback.
"""
