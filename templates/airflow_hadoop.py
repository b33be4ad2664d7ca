"""Hive, Pig and Sqoop on the command line, as Airflow's hooks call them.

The Secret block `hive-cli-default` stands for the connection `hive_cli_default`, with use_beeline, auth and hive_cli_params in `extra`; those of
Pig (pig_properties) and Sqoop (job_tracker, namenode, libjars, files, archives, password_file) likewise.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from airflow_commands import run_command
from airflow_connections import get_connection
from prefect.runtime import flow_run, task_run

PRIORITIES = ("VERY_HIGH", "HIGH", "NORMAL", "LOW", "VERY_LOW")


def run_hive(
    *,
    hql: str,
    hive_cli_conn_id: str = "hive_cli_default",
    schema: str | None = "default",
    hiveconfs: Mapping[str, Any] | None = None,
    mapred_queue: str | None = None,
    mapred_queue_priority: str | None = None,
    mapred_job_name: str | None = None,
    hive_cli_params: str | None = None,
    auth: str | None = None,
) -> None:
    """Run a script in beeline or hive. Kerberos is not supported."""
    connection = get_connection(hive_cli_conn_id)
    extra = connection.extra_dejson
    priority = mapred_queue_priority.upper() if mapred_queue_priority else None
    if priority is not None and priority not in PRIORITIES:
        raise ValueError(f"Invalid Mapred Queue Priority. Valid values are: {', '.join(PRIORITIES)}")
    command = ["hive"]
    if extra.get("use_beeline"):
        auth = extra.get("auth", "noSasl") if auth is None else auth
        url = f"jdbc:hive2://{connection.host}:{connection.port}/{connection.schema}" + (f";auth={auth}" if auth else "")
        command = ["beeline", "-u", f'"{url}"']
        command += ["-n", connection.login] if connection.login else []
        command += ["-p", connection.password] if connection.password else []
    command += (extra.get("hive_cli_params", "") if hive_cli_params is None else hive_cli_params).split()
    confs = [(name, str((hiveconfs or {})[name])) for name in sorted(hiveconfs or {})]
    if mapred_queue:
        confs += [(name, mapred_queue) for name in ("mapreduce.job.queuename", "mapred.job.queue.name", "tez.queue.name")]
    confs += [("mapreduce.job.priority", priority)] if priority else []
    confs += [("mapred.job.name", mapred_job_name or f"{flow_run.flow_name}.{task_run.task_name}")]
    for name, value in confs:
        command += ["-hiveconf", f"{name}={value}"]
    database = schema or connection.schema
    _run_script(command, f"USE {database};\n{hql}\n" if database else f"{hql}\n", connection.password)


def run_pig(
    *, pig: str, pig_cli_conn_id: str = "pig_cli_default", pig_opts: str | None = None, pig_properties: Iterable[str] | None = None
) -> None:
    """Run a script of Pig Latin."""
    extra = get_connection(pig_cli_conn_id).extra_dejson
    _run_script(["pig", *extra.get("pig_properties", "").split(), *(pig_properties or ()), *(pig_opts or "").split()], pig)


def _run_script(command: list[str], script: str, password: str | None = None) -> None:
    with TemporaryDirectory(prefix="flow_") as folder:
        file = Path(folder) / "script"
        file.write_text(script, encoding="utf-8")
        command = [*command, "-f", str(file)]
        run_command(command, cwd=folder, told=" ".join("******" if password and part == password else part for part in command))


def run_sqoop(
    *,
    conn_id: str = "sqoop_default",
    cmd_type: str = "import",
    table: str | None = None,
    query: str | None = None,
    properties: Mapping[str, Any] | None = None,
    verbose: bool = False,
    num_mappers: int | None = None,
    hcatalog_database: str | None = None,
    hcatalog_table: str | None = None,
    create_hcatalog_table: bool = False,
    target_dir: str | None = None,
    append: bool = False,
    file_type: str = "text",
    columns: str | None = None,
    split_by: str | None = None,
    where: str | None = None,
    direct: bool = False,
    driver: str | None = None,
    extra_import_options: Mapping[str, Any] | None = None,
    export_dir: str | None = None,
    clear_staging_table: bool = False,
    batch: bool = False,
    relaxed_isolation: bool = False,
    extra_export_options: Mapping[str, Any] | None = None,
    schema: str | None = None,
    libjars: str | None = None,
    extra_options: Mapping[str, Any] | None = None,
    **export_options: str | None,
) -> None:
    """Import a table or a query, or export a folder into a table."""
    if cmd_type not in ("import", "export"):
        raise ValueError("cmd_type should be 'import' or 'export'")
    connection = get_connection(conn_id)
    extra = {**connection.extra_dejson, **({"libjars": libjars} if libjars else {})}
    command = ["sqoop", cmd_type]
    for name, value in (properties or {}).items():
        command += ["-D", f"{name}={value}"]
    for option, name in {
        "-fs": "namenode",
        "-jt": "job_tracker",
        "-libjars": "libjars",
        "-files": "files",
        "-archives": "archives",
    }.items():
        command += [option, extra[name]] if extra.get(name) else []
    address = f"{connection.host}" + (f":{connection.port}" if connection.port else "")
    database = schema or connection.schema
    options: dict[str, Any] = {
        "username": connection.login,
        "password": connection.password,
        "password-file": extra.get("password_file"),
        "verbose": verbose,
        "num-mappers": num_mappers,
        "hcatalog-database": hcatalog_database,
        "hcatalog-table": hcatalog_table,
        "connect": f"{address}/{database}" if database else address,
    }
    command += _options(options)
    if cmd_type == "export":
        names = ("input_null_string", "input_null_non_string", "staging_table")
        command += _options({name: export_options.get(name) for name in names} | {"clear-staging-table": clear_staging_table})
        names = ("enclosed_by", "escaped_by", "input_fields_terminated_by", "input_lines_terminated_by", "input_optionally_enclosed_by")
        command += _options({name: export_options.get(name) for name in names})
        command += _options({"batch": batch, "relaxed-isolation": relaxed_isolation, "export-dir": export_dir})
        command += [*_more({**(extra_export_options or {}), **(extra_options or {})}), "--table", str(table)]
    else:
        if bool(table) == bool(query):
            raise ValueError("Provide query or table parameter to import using Sqoop, and not both")
        form = {"avro": "avrodatafile", "sequence": "sequencefile", "parquet": "parquetfile", "text": "textfile"}[file_type]
        command += _options({"target-dir": target_dir, "append": append})
        command += [f"--as-{form}", *_options({"split-by": split_by, "direct": direct, "driver": driver})]
        command += _more(
            {**(extra_import_options or {}), **(extra_options or {}), **({"create-hcatalog-table": ""} if create_hcatalog_table else {})}
        )
        command += _options({"table": table, "columns": columns, "where": where} if table else {"query": query})
    run_command(command, told=" ".join("******" if connection.password and part == connection.password else part for part in command))


def _options(given: Mapping[str, Any]) -> list[str]:
    made: list[str] = []
    for name, value in given.items():
        made += [f"--{name.replace('_', '-')}", *([] if value is True else [str(value)])] if value else []
    return made


def _more(given: Mapping[str, Any] | None) -> list[str]:
    made: list[str] = []
    for name, value in (given or {}).items():
        made += [f"--{name}", *([str(value)] if value else [])]
    return made
