"""Writes airflow2prefect/operators/known.tsv: the arguments of each operator that its packages carry, and airflow_constants.tsv: texts that they name.

    python -m tests.make_known_operators

Read from the source of the newest packages for Airflow 1.10.15 (with the backport providers) and 2.10.5, without importing them.
A line is an operator's import path, the arguments that end in its template fields, its other arguments (those of BaseOperator only
where its own class has them too), and the file endings of its template_ext.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.environments import AIRFLOW1, AIRFLOW2, _environment, _uv, airflow

TABLE = Path(__file__).parent.parent / "airflow2prefect/operators/known.tsv"
CONSTANTS = TABLE.parent.parent / "analyse/airflow_constants.tsv"
COMMON = {"task_id", "dag", "do_xcom_push"}
BACKPORTS = """\
amazon apache-beam apache-cassandra apache-druid apache-hdfs apache-hive apache-kylin apache-livy apache-pig apache-pinot
apache-spark apache-sqoop celery cloudant cncf-kubernetes databricks datadog dingding discord docker elasticsearch exasol facebook ftp google
grpc hashicorp http imap jdbc jenkins jira microsoft-azure microsoft-mssql microsoft-winrm mongo mysql neo4j odbc openfaas opsgenie oracle
pagerduty papermill plexus postgres presto qubole redis salesforce samba segment sendgrid sftp singularity slack snowflake sqlite ssh tableau
telegram vertica yandex zendesk"""
PROVIDERS = """\
airbyte alibaba amazon apache-beam apache-cassandra apache-drill apache-druid apache-flink apache-hdfs apache-hive apache-impala
apache-kafka apache-kylin apache-livy apache-pig apache-pinot apache-spark apache-sqoop apprise arangodb asana atlassian-jira celery cloudant
cncf-kubernetes cohere common-io common-sql databricks datadog dbt-cloud dingding discord docker elasticsearch exasol facebook ftp github google
grpc hashicorp http imap influxdb jdbc jenkins jira microsoft-azure microsoft-mssql microsoft-psrp microsoft-winrm mongo mysql neo4j odbc openai
openfaas openlineage opensearch opsgenie oracle pagerduty papermill pgvector pinecone plexus postgres presto qdrant qubole redis salesforce samba
segment sendgrid sftp singularity slack smtp snowflake sqlite ssh tableau telegram teradata trino vertica weaviate yandex ydb
zendesk"""


@dataclass(slots=True)
class Class:
    """A class of a package; None where its own body does not say. `filled`: arguments by the attribute that they fill; `parameters`: those of `__init__`."""

    bases: list[str]
    fields: list[str] | None = None
    extensions: list[str] | None = None
    filled: dict[str, set[str]] = field(default_factory=dict)
    parameters: set[str] | None = None
    open: bool = True  # what it does not know goes to its base


Classes = dict[str, Class]


def read(root: Path) -> Classes:
    """All classes below `root` (which holds `airflow/`) by import path."""
    found: Classes = {}
    for path in sorted((root / "airflow").rglob("*.py")):
        module = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = dict(_names(tree, module))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found[f"{module}.{node.name}"] = _class(node, names)
    return found


def _names(tree: ast.Module, module: str) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ClassDef):
            yield node.name, f"{module}.{node.name}"


def _class(node: ast.ClassDef, names: dict[str, str]) -> Class:
    made = Class([names.get(base.id, base.id) for base in node.bases if isinstance(base, ast.Name)])
    for statement in node.body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        value = getattr(statement, "value", None)
        if isinstance(target, ast.Name) and target.id == "template_fields":
            made.fields = _strings(value)
        elif isinstance(target, ast.Name) and target.id == "template_ext":
            made.extensions = _strings(value)
        elif isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
            made.filled = _filled(statement)
            made.parameters = _parameters(statement)
            made.open = statement.args.kwarg is not None
    return made


def _strings(value: ast.AST | None) -> list[str]:
    """The strings in a tuple or list; `Base.template_fields` is told as "*"."""
    found: list[str] = []
    for node in ast.walk(value) if value is not None else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        elif isinstance(node, ast.Attribute) and node.attr.startswith("template_"):
            found.append("*")
    return found


def _parameters(init: ast.FunctionDef) -> set[str]:
    return {a.arg for a in (*init.args.args, *init.args.kwonlyargs)} - {"self"}


def _filled(init: ast.FunctionDef) -> dict[str, set[str]]:
    parameters = _parameters(init)
    made: dict[str, set[str]] = {}
    for node in ast.walk(init):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        for target in targets:
            if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self" and node.value:
                used = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)} & parameters
                made.setdefault(target.attr, set()).update(used)
    return made


def inherited(classes: Classes, path: str, what: str) -> list[str] | None:
    """template_fields or template_ext of a class as Python would find them; None for a class that is no operator."""
    own = classes.get(path)
    if own is None:
        return None
    above = [found for base in own.bases if (found := inherited(classes, base, what)) is not None]
    given: list[str] | None = getattr(own, what)
    if given is None:
        return above[0] if above else None
    return list(dict.fromkeys(name for item in given for name in ((above[0] if above else []) if item == "*" else [item])))


def arguments(classes: Classes, path: str, fields: list[str]) -> set[str]:
    """The arguments of a class that end in its template fields."""
    made, todo = set(fields), [path]
    while todo:
        own = classes.get(todo.pop())
        if own is not None:
            made.update(*(own.filled.get(name, ()) for name in fields))
            todo += own.bases
    return made


def taken(classes: Classes, path: str) -> set[str]:
    """The arguments that a class takes, with those of its bases that it hands on; without BaseOperator's."""
    own = classes.get(path)
    if own is None or path.endswith(".BaseOperator"):
        return set()
    above = set().union(*(taken(classes, base) for base in own.bases))
    return above if own.parameters is None else own.parameters | (above if own.open else set())


Row = tuple[set[str], set[str], set[str]]


def rows(roots: list[Path]) -> dict[str, Row]:
    """Rendered arguments, all arguments and file endings by import path; of a path in several packages all."""
    table: dict[str, Row] = {}
    for root in roots:
        classes = read(root)
        for path in classes:
            fields = inherited(classes, path, "fields")
            if fields is not None and not path.rpartition(".")[2].startswith("_"):
                known, every, endings = table.setdefault(path, (set(), set(), set()))
                every |= taken(classes, path)
                known |= arguments(classes, path, fields) & taken(classes, path)
                endings |= set(inherited(classes, path, "extensions") or ())
    return table


def constants(roots: list[Path]) -> dict[str, str]:
    """Texts by the import paths of the names in capitals that stand for them, in modules of hooks and operators and in their plain classes."""
    found: dict[str, str] = {}

    def take(body: list[ast.stmt], home: str, inside: bool = False) -> None:
        for node in body:
            if isinstance(node, ast.ClassDef) and not inside and not any("Enum" in ast.unparse(base) for base in node.bases):
                take(node.body, f"{home}.{node.name}", inside=True)
            value = getattr(node, "value", None)
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and not {"\n", "\t"} & set(value.value):
                targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
                names = [target.id for target in targets if isinstance(target, ast.Name) and target.id.isupper() and target.id[0] != "_"]
                found.update((f"{home}.{name}", value.value) for name in names)

    for root in roots:
        for path in sorted((root / "airflow").rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if {"hooks", "operators", "sensors", "transfers"} & set(parts) and "example_dags" not in parts:
                take(ast.parse(path.read_text(encoding="utf-8")).body, ".".join(parts))
    return found


def _installed(version: int) -> Path:
    """A folder with Airflow and all providers of its day."""
    python, _ = airflow(version)
    target = Path(tempfile.mkdtemp())
    prefix, names = ("apache-airflow-backport-providers-", BACKPORTS) if version == 1 else ("apache-airflow-providers-", PROVIDERS)
    until = "2021-04-25" if version == 1 else AIRFLOW2[2]
    core = (AIRFLOW1 if version == 1 else AIRFLOW2)[1][0]
    command = [_uv(), "pip", "install", "-q", "--no-deps", "--target", str(target), "--python", str(python), "--exclude-newer", until]
    subprocess.run([*command, core, *(prefix + name for name in names.split())], env=_environment(), check=True)
    return target


def main() -> None:
    roots = [Path(path) for path in sys.argv[1:]] or [_installed(1), _installed(2)]
    CONSTANTS.write_text("".join(f"{path}\t{text}\n" for path, text in sorted(constants(roots).items())), encoding="utf-8")
    table = rows(roots)
    lines = [
        "\t".join((path, *(" ".join(sorted(names)) for names in (fields, every - fields - COMMON, endings)))).rstrip()
        for path, (fields, every, endings) in sorted(table.items())
    ]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} operators")


if __name__ == "__main__":
    main()
