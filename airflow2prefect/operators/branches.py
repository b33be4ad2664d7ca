"""Branch operators of 2.x: by a moment, by the day of the week, by what a query returns."""

from __future__ import annotations

from types import MappingProxyType

from airflow2prefect.model import Body, Code, Literal, Need, Piece, Task, Template, Value
from airflow2prefect.operators.connections import block_needed, refused, set_value
from airflow2prefect.operators.polling import context, true
from airflow2prefect.operators.registry import missing, operator
from airflow2prefect.operators.sensors_time import NOW, weekdays

ZONE = Template("", (Piece("{0}", (Need("context", "timezone"),), is_string=True),))


@operator(
    "airflow.operators.datetime.BranchDateTimeOperator",
    "airflow.providers.standard.operators.datetime.BranchDateTimeOperator",
)
def by_moment(
    task: Task,
    *,
    follow_task_ids_if_true: Value | None = None,
    follow_task_ids_if_false: Value | None = None,
    target_lower: Value | None = None,
    target_upper: Value | None = None,
    use_task_logical_date: Value | None = None,
    use_task_execution_date: Value | None = None,
) -> Body:
    """Whether now, or the logical date, is between two moments.

    https://github.com/apache/airflow/blob/2.10.5/airflow/operators/datetime.py
    """
    if follow_task_ids_if_true is None or follow_task_ids_if_false is None:
        return missing(task, "follow_task_ids_if_true" if follow_task_ids_if_true is None else "follow_task_ids_if_false")
    own = true(use_task_logical_date) or true(use_task_execution_date)
    fields: dict[str, Value] = {"yes": follow_task_ids_if_true, "no": follow_task_ids_if_false, "zone": ZONE}
    fields["moment"] = context("logical_date") if own else Code("datetime.now(timezone.utc)")
    fields |= {"lower": target_lower or Literal(None), "upper": target_upper or Literal(None)}
    return _choosing("branch_date_time", fields, imports=() if own else NOW, helpers=(("airflow_dates", "within"),))


@operator("airflow.operators.weekday.BranchDayOfWeekOperator", "airflow.providers.standard.operators.weekday.BranchDayOfWeekOperator")
def by_weekday(
    task: Task,
    *,
    follow_task_ids_if_true: Value | None = None,
    follow_task_ids_if_false: Value | None = None,
    week_day: Value | None = None,
    use_task_logical_date: Value | None = None,
    use_task_execution_day: Value | None = None,
) -> Body:
    """Whether today in the timezone of the DAG, or the logical date, is one of these days.

    https://github.com/apache/airflow/blob/2.10.5/airflow/operators/weekday.py
    """
    if follow_task_ids_if_true is None or follow_task_ids_if_false is None:
        return missing(task, "follow_task_ids_if_true" if follow_task_ids_if_true is None else "follow_task_ids_if_false")
    days = weekdays(week_day) if week_day is not None else None
    if days is None:
        return missing(task, "week_day") if week_day is None else refused(task, "week_day")
    own = true(use_task_logical_date) or true(use_task_execution_day)
    now = Template("", (Piece("datetime.now({0})", (Need("context", "timezone"),), imports=("datetime.datetime",), is_string=True),))
    fields: dict[str, Value] = {"yes": follow_task_ids_if_true, "no": follow_task_ids_if_false}
    fields |= {"day": context("logical_date") if own else now, "days": Code("{" + ", ".join(map(str, days)) + "}")}
    return _choosing("branch_weekday", fields)


@operator(
    "airflow.operators.sql.BranchSQLOperator",
    "airflow.operators.sql_branch_operator.BranchSQLOperator",
    "airflow.operators.sql_branch_operator.BranchSqlOperator",
    "airflow.providers.common.sql.operators.sql.BranchSQLOperator",
)
def by_query(
    task: Task,
    *,
    sql: Value | None = None,
    follow_task_ids_if_true: Value | None = None,
    follow_task_ids_if_false: Value | None = None,
    conn_id: Value | None = None,
    database: Value | None = None,
    parameters: Value | None = None,
    hook_params: Value | None = None,
    retry_on_failure: Value | None = None,
) -> Body:
    """Whether the first value of the first row is true.

    https://github.com/apache/airflow/blob/2.10.5/airflow/providers/common/sql/operators/sql.py
    """
    needed = {"sql": sql, "follow_task_ids_if_true": follow_task_ids_if_true, "follow_task_ids_if_false": follow_task_ids_if_false}
    for name, value in needed.items():
        if value is None:
            return missing(task, name)
    for name, value, default in (("hook_params", hook_params, None), ("retry_on_failure", retry_on_failure, True)):
        if value is not None and not (isinstance(value, Literal) and value.value in (None, default)):
            return refused(task, name)
    connection = conn_id or Literal("default_conn_id")
    given = {"yes": follow_task_ids_if_true, "no": follow_task_ids_if_false, "sql": sql, "connection": connection}
    given |= {"schema": set_value(database), "parameters": set_value(parameters)}
    return _choosing(
        "branch_sql",
        {name: value for name, value in given.items() if value is not None},
        templated=frozenset(("sql", "parameters")),
        extensions=(".sql",),
        helpers=(("airflow_sql", "DbApiHook"), ("airflow_sql", "says_yes")),
        driver="DbApiHook",
        findings=(block_needed(task, connection, "SqlAlchemyConnector"),),
    )


def _choosing(template: str, fields: dict[str, Value], **more: object) -> Body:
    return Body(template=template, fields=MappingProxyType(fields), returns=True, chooses="branch", **more)  # type: ignore[arg-type]
