"""The names of Airflow's template context: what each is in a flow, or why there is no such thing.

https://github.com/apache/airflow/blob/1.10.15/airflow/models/taskinstance.py, `get_template_context`.
"""

from __future__ import annotations

from dataclasses import replace

from airflow2prefect.analyse import jinja_dates as dates
from airflow2prefect.analyse.jinja_values import (
    OR,
    TERNARY,
    Expr,
    Refused,
    Unsure,
    build,
    constant,
    isoformat,
    method,
    need,
    of,
)
from airflow2prefect.findings import finding
from airflow2prefect.model import Need

STRINGS = frozenset(("ts", "ts_nodash", "ts_nodash_with_tz", "run_id", "task_instance_key_str", *dates.STRINGS))
ALIASES = {"END_DATE": "ds", "end_date": "ds", "latest_date": "ds", "logical_date": "execution_date"}
DATES = {
    "execution_date": False,
    "data_interval_start": False,
    "data_interval_end": False,
    "prev_execution_date": True,
    "next_execution_date": True,
}
# What only Airflow's database knows.
UNKNOWABLE = frozenset((
    "prev_execution_date_success", "prev_start_date_success", "prev_end_date_success", "tables", "inlets", "outlets",
    "prev_data_interval_start_success", "prev_data_interval_end_success", "inlet_events", "outlet_events", "reason",
    "triggering_dataset_events", "triggering_asset_events", "expanded_ti_count", "map_index_template", "exception",
))  # fmt: skip
OBJECTS = frozenset(("dag_run", "ti", "task_instance", "task", "dag", "params", "macros", "var", "conf", "conn"))
MEMBERS = {
    ("dag_run", "conf"): "dag_run.conf",
    ("ti", "dag_run"): "dag_run",
    ("ti", "task"): "task",
    ("task", "params"): "params",
    ("task", "dag"): "dag",
    ("ti", "xcom_pull"): "xcom_pull",
    ("var", "value"): "var.value",
    ("var", "json"): "var.json",
}
# attribute of an object -> name of the context
FACTS = {
    "dag_run": {
        **{name: name for name in ("run_id", "dag_id", "execution_date", "logical_date", "external_trigger")},
        **{name: name for name in ("data_interval_start", "data_interval_end")},
    },
    "ti": {name: name for name in ("task_id", "dag_id", "run_id", "try_number", "execution_date")},
    "task": {"task_id": "task_id", "dag_id": "dag_id"},
    "dag": {"dag_id": "dag_id"},
}


class Context:
    """Values of the names that a template uses, found at a line and column of the source."""

    def __init__(self, params: frozenset[str] | None, line: int, column: int) -> None:
        self._params, self._line, self._column = params, line, column

    def refuse(self, code: str, **facts: str) -> Refused:
        return Refused(finding(code, self._line, self._column, **facts))

    def tag(self, name: str) -> str | None:
        """What object of Airflow's a name is."""
        return {"task_instance": "ti"}.get(name, name) if name in OBJECTS else None

    def nested(self, tag: str | None, name: str) -> str | None:
        """What object of Airflow's a member of one is."""
        if tag is None:
            return None
        return f"{tag}.{name}" if tag.startswith("macros") else MEMBERS.get((tag, name))

    def knows(self, name: str) -> bool:
        return name in STRINGS or name in ALIASES or name in DATES or name in UNKNOWABLE or name in OBJECTS or name == "test_mode"

    def value(self, name: str) -> Expr:
        """The value of a name that it knows, and which is none of the objects."""
        name = ALIASES.get(name, name)
        if name in dates.STRINGS:
            return dates.named_day(name)
        if name in STRINGS or name in ("dag_id", "task_id"):
            return of(need("context", name), "str")
        if name in DATES:
            return of(need("context", name), "date", optional=DATES[name])
        if name in ("try_number", "external_trigger"):
            return of(need("context", name), "int" if name == "try_number" else "bool")
        if name == "test_mode":
            return constant(False)
        raise self.refuse("A2P439", name=name)

    def whole(self, tag: str) -> Expr:
        """An object used as a value."""
        match tag:
            case "params":
                return of(need("context", "params"), "json")
            case "dag_run.conf":
                return of(need("conf", ""), "json")
            case "conf":
                raise self.refuse("A2P432", name=tag)
            case "conn":
                raise self.refuse("A2P431", name=tag)
            case _ if tag.startswith("macros."):
                if dates.has(tag.removeprefix("macros.")):
                    raise Unsure
                raise self.refuse("A2P439", name=tag)
        raise self.refuse("A2P433", name=tag)

    def described(self, tag: str) -> tuple[str | Expr, ...] | None:
        """How an object of Airflow 1.10.15 prints, if a flow can tell."""
        if tag == "dag":
            return ("<DAG: ", self.value("dag_id"), ">")
        if tag == "dag_run":
            date, run, manual = (replace(self.value(name), kind="any") for name in ("execution_date", "run_id", "external_trigger"))
            return ("<DagRun ", self.value("dag_id"), " @ ", date, ": ", run, ", externally triggered: ", manual, ">")
        return None

    def member(self, tag: str, name: str, *, item: bool) -> Expr:
        """`tag.name`, or `tag[name]` if `item`."""
        match tag:
            case "params":
                return self._param(name, item=item)
            case "dag_run.conf":
                if name in dir(dict):
                    raise Unsure
                got = method(
                    build("(@ or {})", (of(need("conf", "")), OR), kind="json"),
                    "get",
                    (constant(name), constant("")),
                    kind="json",
                )
                return replace(got, missing="blank")
            case "var.value" | "var.json":
                return self.variable(tag, name)
            case "conf":
                raise self.refuse("A2P432", name=f"conf.{name}")
            case "conn":
                raise self.refuse("A2P431", name=f"conn.{name}")
        if name in FACTS.get(tag, ()):
            return self.value(FACTS[tag][name])
        raise self.refuse("A2P433", name=f"{tag}.{name}")

    def _param(self, name: str, *, item: bool) -> Expr:
        if not item and name in dir(dict):
            raise Unsure
        if self._params is not None and name not in self._params:
            return replace(constant(""), missing="blank")
        return of(need("param", name), "json")

    def variable(self, tag: str, name: str, default: Expr | None = None) -> Expr:
        key = "json" if tag == "var.json" else ""
        if default is None:
            return of(need("variable", name, key), "json" if key else "any")
        if any(isinstance(part, Need) for part in default.parts):
            raise Unsure
        wanted = Need("variable", name, key, "".join(str(part) for part in default.parts))
        return of(wanted, "json" if key else "any")

    def pull(self, args: list[Expr], keywords: dict[str, Expr], text: str) -> Expr:
        """`ti.xcom_pull(...)`: the value of one task, or the tuple of several."""
        names = ("task_ids", "dag_id", "key", "include_prior_dates")
        given = dict(zip(names, args, strict=False)) | keywords
        refused = self.refuse("A2P438", name=text)
        if set(given) - set(names) or len(args) > len(names):
            raise refused
        for name in ("dag_id", "include_prior_dates"):
            if name in given and (not given[name].literal or given[name].value):
                raise refused
        key, ids = given.get("key"), given.get("task_ids")
        if ids is None or not ids.literal or (key is not None and not (key.literal and isinstance(key.value, str))):
            raise refused
        name = "return_value" if key is None else str(key.value)
        if isinstance(ids.value, str):
            return of(need("xcom", ids.value, name))
        if not isinstance(ids.value, tuple) or not all(isinstance(task, str) for task in ids.value):
            raise refused
        return sequence([of(need("xcom", task, name)) for task in ids.value], "(", ")")

    def default(self, tag: str, name: str, default: Expr | None) -> Expr:
        """`tag.get(name, default)` as Jinja's `default` filter and dict's `get` mean it."""
        owner = self.whole(tag)
        if tag == "dag_run.conf":
            owner = build("(@ or {})", (owner, OR), kind="json")
        return method(owner, "get", (constant(name), default) if default else (constant(name),), kind="json")


def sequence(items: list[Expr], opening: str, closing: str) -> Expr:
    """A list or tuple; a constant if its items are. What Jinja prints of it is what Python does, but for dates."""
    if any(item.kind == "date" for item in items):
        raise Unsure
    inner = ", ".join("@" for _ in items) + ("," if opening == "(" and len(items) == 1 else "")
    made = build(f"{opening}{inner}{closing}", *((item, TERNARY) for item in items), kind="list")
    if all(item.literal for item in items):
        return replace(made, literal=(tuple(item.value for item in items),))
    return made


def printed(value: Expr) -> Expr:
    """What prints as Jinja would print the value."""
    return isoformat(value) if value.kind == "date" else value


__all__ = ["Context", "printed", "sequence"]
