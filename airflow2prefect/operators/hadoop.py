"""Hive, Pig and Sqoop: their command lines as Airflow's hooks make them (templates/airflow_hadoop.py)."""

from __future__ import annotations

import re

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Code, Literal, Task, Value
from airflow2prefect.operators.connections import is_set, name_of
from airflow2prefect.operators.registry import operator
from airflow2prefect.operators.runs import runs

HIVE = (
    "hql",
    "hive_cli_conn_id",
    "schema",
    "hiveconfs",
    "mapred_queue",
    "mapred_queue_priority",
    "mapred_job_name",
    "hive_cli_params",
    "auth",
)
SQOOP = (
    "conn_id", "cmd_type", "table", "query", "target_dir", "append", "file_type", "columns", "num_mappers", "split_by", "where", "export_dir",
    "input_null_string", "input_null_non_string", "staging_table", "clear_staging_table", "enclosed_by", "escaped_by", "input_fields_terminated_by",
    "input_lines_terminated_by", "input_optionally_enclosed_by", "batch", "direct", "driver", "verbose", "relaxed_isolation", "properties",
    "hcatalog_database", "hcatalog_table", "create_hcatalog_table", "extra_import_options", "extra_export_options", "schema",
    "libjars", "extra_options",
)  # fmt: skip


@operator(
    "airflow.operators.hive_operator.HiveOperator",
    "airflow.operators.HiveOperator",
    "airflow.providers.apache.hive.operators.hive.HiveOperator",
    takes=(*HIVE, "hiveconf_jinja_translate", "script_begin_tag", "run_as_owner", "proxy_user"),
)
def hive(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/hooks/hive_hooks.py"""
    text = _text(given.get("hql"))
    if "airflow.ctx." in text:
        place = task.site
        return Body(
            gap=finding("A2P210", place.line, place.column, task.task_id, operator=name_of(task), argument="hql", what="airflow.ctx")
        )
    if task.airflow >= 2:  # the connection's extra says nothing of them any more
        given = {"hive_cli_params": Literal(""), "auth": Literal(""), **given}
    refuses = ("hiveconf_jinja_translate", "script_begin_tag", "run_as_owner", "proxy_user")
    return runs(
        task, given, "airflow_hadoop.run_hive", connection=("hive_cli_conn_id", "hive_cli_default"), needs=("hql",), refuses=refuses
    )


@operator(
    "airflow.operators.pig_operator.PigOperator",
    "airflow.operators.PigOperator",
    "airflow.providers.apache.pig.operators.pig.PigOperator",
    takes=("pig", "pig_cli_conn_id", "pig_opts", "pig_properties", "pigparams_jinja_translate"),
)
def pig(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/hooks/pig_hook.py

    Without a variable of Pig's in the script, pigparams_jinja_translate has nothing to turn into Jinja.
    """
    translated = is_set(given.get("pigparams_jinja_translate")) and re.search(r"\$[a-zA-Z_]", _text(given.get("pig")) or "$x")
    refuses = ("pigparams_jinja_translate",) if translated else ()
    drops = ("pigparams_jinja_translate",)
    return runs(
        task,
        given,
        "airflow_hadoop.run_pig",
        connection=("pig_cli_conn_id", "pig_cli_default"),
        needs=("pig",),
        refuses=refuses,
        drops=drops,
    )


@operator(
    "airflow.contrib.operators.sqoop_operator.SqoopOperator",
    "airflow.providers.apache.sqoop.operators.sqoop.SqoopOperator",
    takes=SQOOP,
)
def sqoop(task: Task, **given: Value) -> Body:
    """https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/hooks/sqoop_hook.py"""
    return runs(task, given, "airflow_hadoop.run_sqoop", connection=("conn_id", "sqoop_default"))


def _text(value: Value | None) -> str:
    if isinstance(value, Literal):
        return str(value.value)
    return value.text if isinstance(value, Code) else ""
