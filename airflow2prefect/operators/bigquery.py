"""BigQuery: the client of google-cloud-bigquery, made by the GcpCredentials block of prefect-gcp.

https://docs.prefect.io/integrations/prefect-gcp, https://cloud.google.com/python/docs/reference/bigquery/latest
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Body, Code, Literal, Pairs, Sequence, Task, Value
from airflow2prefect.operators.connections import block_needed, block_of, is_set, name_of, pushes, refused, set_value
from airflow2prefect.operators.registry import missing, operator

CONTRIB = "airflow.contrib.operators.bigquery_operator"
PROVIDER = "airflow.providers.google.cloud.operators.bigquery"
# Arguments of all of them: those that name the connection, and those that act for somebody else.
CONNECTION = ("gcp_conn_id", "bigquery_conn_id")
REFUSED = ("delegate_to", "impersonation_chain", "impersonation_scopes")
# What only matters while Airflow watches the job.
WATCHING = ("poll_interval", "cancel_on_kill", "deferrable")


def _body(task: Task, action: str, fields: Mapping[str, Value | None], given: Mapping[str, Value], **more: object) -> Body:
    """The task that loads its client and does `action` of templates/tasks/bigquery.py.j2 with the fields that are set."""
    for name in REFUSED:
        if is_set(given.get(name)):
            return refused(task, name)
    default = "bigquery_default" if task.operator.startswith("airflow.contrib.") else "google_cloud_default"
    connection = next((value for name in CONNECTION if (value := set_value(given.get(name))) is not None), Literal(default))
    client = {"project": set_value(given.get("project_id")), "location": set_value(given.get("location"))}
    known = {name: value for name, value in {**fields, **client}.items() if value is not None}
    found: tuple[Finding, ...] = (block_needed(task, connection, "GcpCredentials"),)
    if is_set(given.get("deferrable")):
        found += (finding("A2P209", task.site.line, task.site.column, task.task_id, operator=name_of(task)),)
    body = Body(
        template="bigquery",
        fields=MappingProxyType({**known, "block": block_of(connection)}),
        words=MappingProxyType({"action": action}),
        findings=found,
    )
    imports = ("prefect_gcp.GcpCredentials", *more.pop("imports", ()))  # type: ignore[misc]
    return replace(body, imports=imports, **more)  # type: ignore[arg-type]


def _if_exists(given: Mapping[str, Value], old: bool) -> bool | None:
    """Whether it is fine that the thing is there already; None where that is to skip, or only known at run time."""
    for name in ("if_exists", "exists_ok"):
        value = set_value(given.get(name))
        if value is not None and not isinstance(value, Literal):
            return None
    ok, rule = given.get("exists_ok"), given.get("if_exists")
    if isinstance(ok, Literal) and ok.value is not None:
        return True  # the provider logs where it does not ignore
    wanted = rule.value if isinstance(rule, Literal) else "fail" if old else "log"
    return {"log": True, "ignore": True, "fail": False}.get(str(wanted))


@operator(
    f"{CONTRIB}.BigQueryCreateEmptyDatasetOperator",
    f"{PROVIDER}.BigQueryCreateEmptyDatasetOperator",
    takes=("dataset_id", "project_id", "dataset_reference", "location", "if_exists", "exists_ok", *CONNECTION, *REFUSED),
)
def create_dataset(task: Task, **given: Value) -> Body:
    """A dataset; one that is there already is fine, in 1.10 it fails the task.

    https://github.com/apache/airflow/blob/1.10.15/airflow/contrib/operators/bigquery_operator.py
    https://github.com/apache/airflow/blob/2.10.5/providers/src/airflow/providers/google/cloud/operators/bigquery.py
    """
    if is_set(given.get("dataset_reference")):
        return refused(task, "dataset_reference")
    if "dataset_id" not in given:
        return missing(task, "dataset_id")
    fine = _if_exists(given, task.operator.startswith("airflow.contrib."))
    if fine is None:
        return refused(task, "if_exists")
    fields = {"dataset": given["dataset_id"], "exists_ok": Literal(True) if fine else None}
    return _body(task, "create_dataset", fields, given, templated=frozenset(("dataset", "project")))


@operator(
    f"{CONTRIB}.BigQueryDeleteDatasetOperator",
    f"{PROVIDER}.BigQueryDeleteDatasetOperator",
    takes=("dataset_id", "project_id", "delete_contents", *CONNECTION, *REFUSED),
)
def delete_dataset(task: Task, **given: Value) -> Body:
    """One that is not there is fine for the provider's, and fails the one of 1.10."""
    if "dataset_id" not in given:
        return missing(task, "dataset_id")
    fields = {
        "dataset": given["dataset_id"],
        "delete_contents": given["delete_contents"] if is_set(given.get("delete_contents")) else None,
        "not_found_ok": None if task.operator.startswith("airflow.contrib.") else Literal(True),
    }
    return _body(task, "delete_dataset", fields, given, templated=frozenset(("dataset", "project")))


@operator(
    f"{CONTRIB}.BigQueryCreateEmptyTableOperator",
    f"{PROVIDER}.BigQueryCreateEmptyTableOperator",
    takes=(
        "dataset_id", "table_id", "table_resource", "project_id", "schema_fields", "gcs_schema_object", "time_partitioning", "labels", "view",
        "materialized_view", "encryption_configuration", "location", "cluster_fields", "if_exists", "exists_ok",
        "google_cloud_storage_conn_id", *CONNECTION, *REFUSED,
    ),
)  # fmt: skip
def create_table(task: Task, **given: Value) -> Body:
    """A table or view as the API describes it: https://cloud.google.com/bigquery/docs/reference/rest/v2/tables"""
    for name in ("dataset_id", "table_id"):
        if name not in given:
            return missing(task, name)
    for name in ("table_resource", "gcs_schema_object"):
        if is_set(given.get(name)):
            return refused(task, name)
    fine = _if_exists(given, task.operator.startswith("airflow.contrib."))
    if fine is None:
        return refused(task, "if_exists")
    parts = {
        "schema": _fields_of(given.get("schema_fields")),
        "timePartitioning": given.get("time_partitioning"),
        "clustering": _fields_of(given.get("cluster_fields")),
        "labels": given.get("labels"),
        "view": given.get("view"),
        "materializedView": given.get("materialized_view"),
        "encryptionConfiguration": given.get("encryption_configuration"),
    }
    described = [(Literal(key), value) for key, value in parts.items() if value is not None and is_set(value)]
    names = {"projectId": Code("client.project"), "datasetId": given["dataset_id"], "tableId": given["table_id"]}
    reference = Pairs(tuple((Literal(key), value) for key, value in names.items()))
    fields = {"resource": Pairs(((Literal("tableReference"), reference), *described)), "exists_ok": Literal(True) if fine else None}
    rendered = frozenset(("project", "resource"))
    return _body(
        task, "create_table", fields, given, templated=rendered, imports=("google.cloud.bigquery.Table",), locals=("client", "table")
    )


def _fields_of(value: Value | None) -> Value | None:
    return Pairs(((Literal("fields"), value),)) if value is not None and is_set(value) else None


@operator(
    "airflow.contrib.operators.bigquery_table_delete_operator.BigQueryTableDeleteOperator",
    f"{PROVIDER}.BigQueryDeleteTableOperator",
    takes=("deletion_dataset_table", "ignore_if_missing", "location", *CONNECTION, *REFUSED),
)
def delete_table(task: Task, **given: Value) -> Body:
    table = given.get("deletion_dataset_table")
    if table is None:
        return missing(task, "deletion_dataset_table")
    if isinstance(table, Literal) and ":" in str(table.value):
        return refused(task, "deletion_dataset_table")  # the client writes project.dataset.table
    fields = {"table": table, "not_found_ok": given["ignore_if_missing"] if is_set(given.get("ignore_if_missing")) else None}
    return _body(task, "delete_table", fields, given, templated=frozenset(("table",)))


@operator(
    f"{PROVIDER}.BigQueryInsertJobOperator",
    takes=(
        "configuration", "project_id", "location", "job_id", "force_rerun", "reattach_states", "result_retry", "result_timeout",
        *CONNECTION, *REFUSED, *WATCHING,
    ),
)  # fmt: skip
def insert_job(task: Task, **given: Value) -> Body:
    """Any job, waited for; its id is the XCom. Ids are BigQuery's own, as with force_rerun."""
    configuration = given.get("configuration")
    if configuration is None:
        return missing(task, "configuration")
    if isinstance(configuration, Literal):
        return refused(task, "configuration")  # a file of JSON
    rerun = given.get("force_rerun")
    if rerun is not None and not (isinstance(rerun, Literal) and rerun.value):
        return refused(task, "force_rerun")
    for name in ("reattach_states", "result_retry", "job_id"):
        if is_set(given.get(name)):
            return refused(task, name)
    returns = pushes(task)
    fields = {"configuration": configuration, "timeout": set_value(given.get("result_timeout"))}
    return _body(
        task, "insert_job", fields, given, returns=returns, templated=frozenset(("configuration", "project")), locals=("client", "job")
    )


# Arguments of queries, and what QueryJobConfig calls them.
CONFIG = {
    "allow_large_results": "allow_large_results",
    "flatten_results": "flatten_results",
    "maximum_billing_tier": "maximum_billing_tier",
    "maximum_bytes_billed": "maximum_bytes_billed",
    "labels": "labels",
    "cluster_fields": "clustering_fields",
    "schema_update_options": "schema_update_options",
}
DISPOSITIONS = {"create_disposition": "CREATE_IF_NEEDED", "write_disposition": "WRITE_EMPTY"}


@operator(
    f"{CONTRIB}.BigQueryOperator",
    f"{PROVIDER}.BigQueryExecuteQueryOperator",
    takes=(
        "sql", "bql", "destination_dataset_table", "use_legacy_sql", "priority", "udf_config", "query_params", "time_partitioning",
        "api_resource_configs", "encryption_configuration", "location", "job_id", *CONFIG, *DISPOSITIONS, *CONNECTION, *REFUSED,
    ),
)  # fmt: skip
def query(task: Task, **given: Value) -> Body:
    """A query or several, in legacy SQL unless use_legacy_sql=False; the provider's gives the id of the job, or their ids."""
    sql = set_value(given.get("sql")) or set_value(given.get("bql"))
    if sql is None:
        return missing(task, "sql")
    for name in ("udf_config", "query_params", "time_partitioning", "api_resource_configs", "encryption_configuration", "job_id"):
        if is_set(given.get(name)):
            return refused(task, name)
    fields: dict[str, Value | None] = {"sql": sql, "use_legacy_sql": given.get("use_legacy_sql") or Literal(True)}
    destination, computed = set_value(given.get("destination_dataset_table")), False
    if destination is not None:
        wanted = destination.value if isinstance(destination, Literal) else None
        plain = isinstance(wanted, str) and ":" not in wanted and "{{" not in wanted and wanted.count(".") in (1, 2)
        computed = not plain or (isinstance(destination, Literal) and destination.code is not None and bool(destination.code.bound))
        if isinstance(wanted, str) and ":" in wanted:
            return refused(task, "destination_dataset_table")  # the client writes project.dataset.table
        fields["destination"] = destination if computed else Literal(wanted)
        fields |= {key: given.get(key) or Literal(default) for key, default in DISPOSITIONS.items()}
    short = not computed and isinstance(destination, Literal) and str(destination.value).count(".") == 1
    priority = given.get("priority")
    fields["priority"] = None if isinstance(priority, Literal) and priority.value == "INTERACTIVE" else priority
    fields |= {new: given[old] for old, new in CONFIG.items() if is_set(given.get(old))}
    returns = task.operator.startswith("airflow.providers.") and pushes(task)
    return _body(
        task, "query", fields, given, returns=returns, templated=frozenset(("sql", "labels", "destination")),
        extensions=(".sql",), locals=("client", "config", "job", "jobs", "statement"),
        imports=("google.cloud.bigquery.QueryJobConfig", *(("google.cloud.bigquery.TableReference",) if computed else ())),
        flags=MappingProxyType({"short": short, "computed": computed, "many": isinstance(sql, Sequence)}),
    )  # fmt: skip
