"""Names in the flow module: valid, unique, stable, and as near to the user's as can be."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable

# What the run of a task is called where the function has the task's name already: `created = create.submit()`.
# Verbs that task_ids start with, whose participle is regular; the rest gets `_run`.
_VERBS = frozenset(
    [
        "add",
        "aggregate",
        "alert",
        "analyze",
        "archive",
        "calculate",
        "check",
        "clean",
        "cleanse",
        "collect",
        "compact",
        "compute",
        "convert",
        "crawl",
        "create",
        "delete",
        "deploy",
        "download",
        "email",
        "end",
        "enrich",
        "evaluate",
        "export",
        "extract",
        "fail",
        "filter",
        "finish",
        "flush",
        "generate",
        "import",
        "index",
        "ingest",
        "join",
        "launch",
        "list",
        "load",
        "merge",
        "migrate",
        "monitor",
        "notify",
        "optimize",
        "parse",
        "persist",
        "prepare",
        "print",
        "process",
        "publish",
        "pull",
        "purge",
        "push",
        "queue",
        "rank",
        "refresh",
        "register",
        "remove",
        "render",
        "report",
        "reset",
        "restore",
        "sample",
        "save",
        "score",
        "search",
        "select",
        "sort",
        "start",
        "store",
        "sync",
        "test",
        "train",
        "transfer",
        "transform",
        "trigger",
        "truncate",
        "update",
        "upload",
        "vacuum",
        "validate",
        "verify",
        "wait",
        "warn",
    ]
)


def identifier(text: str, fallback: str = "task") -> str:
    """A valid Python name for a task_id or dag_id: ASCII letters, digits, underscores; no keyword."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"\W+", "_", plain).strip("_")
    if not name:
        return fallback
    if name[0].isdigit():
        name = f"{fallback}_{name}"
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        name += "_"
    return name[:80]


def done(name: str) -> str:
    """What the run of a task called `name` is called: `create` gives `created`, `sales` gives `sales_run`."""
    verb, _, rest = name.partition("_")
    if verb not in _VERBS:
        return f"{name}_run"
    form = verb + "d" if verb.endswith("e") else verb[:-1] + "ied" if verb.endswith("y") else verb + "ed"
    return f"{form}_{rest}" if rest else form


def plural(name: str) -> str:
    """The name of a list of what `name` names."""
    if re.search(r"[^aeiou]y$", name):
        return name[:-1] + "ies"
    return name + ("es" if re.search(r"(s|x|z|ch|sh)$", name) else "s")


# What the flow module may import: no function or variable of ours has these names.
IMPORTED = frozenset(
    [
        "task",
        "flow",
        "flow_run",
        "task_run",
        "allow_failure",
        "datetime",
        "timedelta",
        "timezone",
        "ZoneInfo",
        "relativedelta",
        "sys",
        "submit",
        "Skip",
        "FailNow",
        "PokeReturnValue",
        "may_retry",
        "render",
        "variable",
        "set_variable",
        "variable_or_set",
        "delete_variable",
        "next_tick",
        "previous_tick",
        "ShellOperation",
        "SqlAlchemyConnector",
        "DbApiHook",
        "PostgresHook",
        "MySqlHook",
        "SqliteHook",
        "MsSqlHook",
        "OracleHook",
        "VerticaHook",
        "RedshiftSQLHook",
        "TrinoHook",
        "PrestoHook",
        "fetch_all",
        "TaskInstance",
        "SAME_DATE",
        "INPUTS",
        "TASK_SOURCE",
        "wait_until",
        "skip_at_last",
        "passed",
        "landed",
        "NOT_SKIPPED",
    ]
)


# What flows call their own: dates and the like.
FLOW_LOCALS = frozenset(
    [
        "logical_date",
        "conf",
        "params",
        "context",
        "ds",
        "ds_nodash",
        "ts",
        "ts_nodash",
        "ts_nodash_with_tz",
        "yesterday_ds",
        "yesterday_ds_nodash",
        "tomorrow_ds",
        "tomorrow_ds_nodash",
        "prev_ds",
        "prev_ds_nodash",
        "next_ds",
        "next_ds_nodash",
        "prev_execution_date",
        "next_execution_date",
        "data_interval_end",
        "run_id",
        "external_trigger",
        "test_mode",
    ]
)


class Names:
    """The names taken in one scope. `claim` gives each name out once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken) | IMPORTED

    def claim(self, *wanted: str) -> str:
        """The first of `wanted` that is free, else the last with a number; it is taken then."""
        for name in wanted:
            if self.free(name):
                self.taken.add(name)
                return name
        number = 2
        while not self.free(f"{wanted[-1]}_{number}"):
            number += 1
        name = f"{wanted[-1]}_{number}"
        self.taken.add(name)
        return name

    def free(self, name: str) -> bool:
        return name not in self.taken and not keyword.iskeyword(name) and name not in BUILTINS


BUILTINS = frozenset(dir(builtins)) - {"copyright", "credits", "license"}
