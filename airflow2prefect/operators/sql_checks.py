"""Checks of data by SQL, branches by it, and rows from one database to another."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.findings import Finding
from airflow2prefect.model import Body, Literal, Task, Value
from airflow2prefect.operators.connections import block_needed, is_set, refused, set_value
from airflow2prefect.operators.polling import context
from airflow2prefect.operators.registry import missing, operator

RATIOS = ("max_over_min", "relative_diff")


def _paths(old: str, new: str) -> tuple[str, ...]:
    return (
        f"airflow.operators.check_operator.{old}",
        f"airflow.operators.{old}",
        f"airflow.operators.sql.{new}",
        f"airflow.providers.common.sql.operators.sql.{new}",
    )


def _check(task: Task, helper: str, fields: dict[str, Value], given: dict[str, Value]) -> Body:
    """A check by the hook of the connection: `fields` are the arguments of `helper`."""
    connection = set_value(given.get("conn_id"))
    if connection is None:
        return missing(task, "conn_id")
    for name in ("hook_params",):
        if is_set(given.get(name)):
            return refused(task, name)
    retried = given.get("retry_on_failure")
    if retried is not None and retried != Literal(True) and not (isinstance(retried, Literal) and retried.value is True):
        return refused(task, "retry_on_failure")
    schema = set_value(given.get("database"))
    more = {"connection": connection} | ({} if schema is None else {"schema": schema})
    return Body(
        template="sql_check",
        fields=MappingProxyType({**fields, **more}),
        templated=frozenset(("sql", "pass_value", "min_threshold", "max_threshold", "table", "schema", "connection")),
        extensions=(".hql", ".sql"),
        words=MappingProxyType({"helper": helper}),
        locals=("record",),
        helpers=(("airflow_checks", helper), ("airflow_sql", "get_hook")),
        findings=(block_needed(task, connection, "SqlAlchemyConnector"),),
    )


@operator(
    *_paths("CheckOperator", "SQLCheckOperator"), takes=("sql", "parameters", "conn_id", "database", "hook_params", "retry_on_failure")
)
def check(task: Task, **given: Value) -> Body:
    """Fails unless all values of the first row are true.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/sql.py
    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/common/sql/operators/sql.py
    """
    if "sql" not in given:
        return missing(task, "sql")
    fields = {"sql": given["sql"]}
    if (parameters := set_value(given.get("parameters"))) is not None:
        fields["parameters"] = parameters
    return _check(task, "check_row", fields, given)


@operator(
    *_paths("ValueCheckOperator", "SQLValueCheckOperator"),
    takes=("sql", "pass_value", "tolerance", "conn_id", "database", "hook_params", "retry_on_failure"),
)
def check_value(task: Task, **given: Value) -> Body:
    """Fails unless all values of the first row are the one that is wanted."""
    for name in ("sql", "pass_value"):
        if name not in given:
            return missing(task, name)
    fields = {"sql": given["sql"], "pass_value": given["pass_value"]}
    if (tolerance := set_value(given.get("tolerance"))) is not None:
        fields["tolerance"] = tolerance
    return _check(task, "check_value", fields, given)


@operator(
    *_paths("ThresholdCheckOperator", "SQLThresholdCheckOperator"),
    takes=("sql", "min_threshold", "max_threshold", "conn_id", "database", "hook_params", "retry_on_failure"),
)
def check_threshold(task: Task, **given: Value) -> Body:
    """Fails unless the first value lies between two bounds."""
    names = ("sql", "min_threshold", "max_threshold")
    for name in names:
        if name not in given:
            return missing(task, name)
    return _check(task, "check_threshold", {name: given[name] for name in names}, given)


@operator(
    *_paths("IntervalCheckOperator", "SQLIntervalCheckOperator"),
    takes=(
        "table", "metrics_thresholds", "date_filter_column", "days_back", "ratio_formula", "ignore_zero",
        "conn_id", "database", "hook_params", "retry_on_failure",
    ),
)  # fmt: skip
def check_interval(task: Task, **given: Value) -> Body:
    """Fails if a metric of the day is too far from the one of some days before."""
    for name in ("table", "metrics_thresholds"):
        if name not in given:
            return missing(task, name)
    ratio = given.get("ratio_formula")
    if isinstance(ratio, Literal) and ratio.value not in RATIOS:
        return refused(task, "ratio_formula")
    fields = {"table": given["table"], "metrics_thresholds": given["metrics_thresholds"], "ds": context("ds")}
    fields |= {name: given[name] for name in ("date_filter_column", "days_back", "ratio_formula", "ignore_zero") if name in given}
    return _check(task, "check_interval", fields, given)


@operator(
    "airflow.operators.generic_transfer.GenericTransfer",
    "airflow.operators.GenericTransfer",
    "airflow.providers.common.sql.operators.generic_transfer.GenericTransfer",
)
def generic_transfer(
    task: Task,
    *,
    sql: Value | None = None,
    destination_table: Value | None = None,
    source_conn_id: Value | None = None,
    destination_conn_id: Value | None = None,
    preoperator: Value | None = None,
    insert_args: Value | None = None,
    source_hook_params: Value | None = None,
    destination_hook_params: Value | None = None,
    rows_processor: Value | None = None,
    page_size: Value | None = None,
    paginated_sql_statement_clause: Value | None = None,
) -> Body:
    """All rows of a query into a table of another database.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/generic_transfer.py
    """
    needed = {"sql": sql, "table": destination_table, "source": source_conn_id, "destination": destination_conn_id}
    names = ("sql", "destination_table", "source_conn_id", "destination_conn_id")
    for name, value in zip(names, needed.values(), strict=True):
        if value is None:
            return missing(task, name)
    for name, value in {
        "source_hook_params": source_hook_params,
        "destination_hook_params": destination_hook_params,
        "rows_processor": rows_processor,
        "page_size": page_size,
        "paginated_sql_statement_clause": paginated_sql_statement_clause,
    }.items():
        if is_set(value):
            return refused(task, name)
    fields = {name: value for name, value in needed.items() if value is not None}
    if preoperator is not None and is_set(preoperator):
        fields["preoperator"] = preoperator
    if insert_args is not None and is_set(insert_args):
        fields["insert_args"] = insert_args
    found: list[Finding] = [block_needed(task, fields[name], "SqlAlchemyConnector") for name in ("source", "destination")]
    return Body(
        template="generic_transfer",
        fields=MappingProxyType(fields),
        templated=frozenset(("sql", "table", "preoperator")),
        extensions=(".sql", ".hql"),
        locals=("rows", "target"),
        helpers=(("airflow_sql", "get_hook"),),
        findings=tuple(dict.fromkeys(found)),
    )
