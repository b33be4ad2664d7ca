"""The keys of Airflow's context, by what a flow has of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from airflow2prefect.model import ContextRead, Need

# Keys of the context that a task of a flow can have; https://github.com/apache/airflow/blob/1.10.15/airflow/models/taskinstance.py
GIVEN = frozenset((
    "ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz", "yesterday_ds", "yesterday_ds_nodash", "tomorrow_ds", "tomorrow_ds_nodash",
    "prev_ds", "prev_ds_nodash", "next_ds", "next_ds_nodash", "execution_date", "logical_date", "prev_execution_date", "next_execution_date",
    "data_interval_start", "data_interval_end", "END_DATE", "end_date", "latest_date", "run_id", "task_instance_key_str", "templates_dict",
    "params", "exception", "test_mode",
))  # fmt: skip
OBJECTS = frozenset(("ti", "task_instance", "dag_run", "dag", "task", "params"))
OTHERS = frozenset((
    "conf", "var", "conn", "macros", "tables", "inlets", "outlets", "prev_execution_date_success", "prev_start_date_success",
))  # fmt: skip
CONTEXT_NAMES = GIVEN | OBJECTS | OTHERS
SOMETIMES = frozenset(("exception", "END_DATE", "end_date", "latest_date", "tables"))  # keys that not every context has
OF_AIRFLOW_2 = frozenset(("logical_date", "data_interval_start", "data_interval_end", "conn"))
_KINDS_OF_RUN = re.compile(r"""['"](?:scheduled|manual|backfill)(?:__)?['"]""")


def told_apart(reads: Sequence[ContextRead], code: str) -> list[ContextRead]:
    """`run_id.startswith("scheduled__")`: code that asks the run's id how the run came about needs it as Airflow writes it."""
    run_id, named = Need("context", "run_id"), Need("context", "airflow_run_id")
    asks = any(read.need == run_id for read in reads) and _KINDS_OF_RUN.search(code)
    return [replace(read, need=named) if asks and read.need == run_id else read for read in reads]
