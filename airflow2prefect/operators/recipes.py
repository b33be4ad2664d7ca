"""Operators that call a client of a service: templates/recipes/*.py say in plain Python what each does.

A recipe is a function under `@operator(<import paths>)` or `@sensor(<import paths>)`. Its parameters are the operator's arguments in
Airflow's names, its body the lines of the task, its file's imports those of the flow. Nothing of it is ever run here:

- An argument that the DAG gives stands where the parameter does. One that it does not give is its default; where that is None, a keyword
  argument or an item of a dict that is only this parameter is left out.
- `if` and `x if y else z` over parameters are decided here where the DAG says enough, else they stand in the task.
- `gcp` is the GcpCredentials block of the connection, `storage` the client of the one for Cloud Storage, `connection` its id, `ds`, `ds_nodash` and `task_id` Airflow's, `credentials` and `project` are its credentials and project.
- `client("s3")` in a file amazon_*.py is the client of boto3 for the connection (recipe_clients.py), `owner` the task's, `airflow` 1 or 2.
- `**options` are the retry, timeout and metadata of a call; `push(key=value)` an XCom besides what is returned; `refuse(argument)` makes a gap.

Arguments of the class that no parameter takes are refused by a finding where a DAG sets them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType

from airflow2prefect.findings import finding
from airflow2prefect.model import Body, Literal, Sequence, Task, Value
from airflow2prefect.operators.bridge import known_operators
from airflow2prefect.operators.connections import block_needed, block_of, is_set, name_of, pushes, refused, set_value
from airflow2prefect.operators.polling import COMMON, context, polling
from airflow2prefect.operators.recipe_clients import SHARED, Clients, is_aws, with_clients
from airflow2prefect.operators.recipe_code import Fields, Refused, settled
from airflow2prefect.operators.registry import BASE, missing, operator
from airflow2prefect.resources import templates_folder
from airflow2prefect.syntax import below

# Arguments that name the connection, in the order in which operators of 1.10 and of the provider look at them.
CONNECTION = ("gcp_conn_id", "bigquery_conn_id", "google_cloud_conn_id", "google_cloud_storage_conn_id", "datastore_conn_id")
OPTIONS = ("retry", "timeout", "metadata")
# What only matters while Airflow watches from outside, or checks before it asks Google.
WATCHING = frozenset(
    ("deferrable", "polling_period_seconds", "cancel_on_kill", "validate_body", "cancel_on_timeout", "raise_on_conn_error")
)
# Arguments that name a table, which may be written project:dataset.table.
TABLES = ("_dataset_table", "_dataset_tables")
_RECIPE = re.compile(r"^@(operator|sensor)\(([^)]*)\)\ndef \w+\(([^)]*)\):\n((?:    .*\n|\n)*)", re.MULTILINE)
_PATH = re.compile(r'"(airflow\.[\w.]+)"')
_NAME = re.compile(r"(?:^|,)\s*(\w+)")


@dataclass(frozen=True, slots=True)
class Recipe:
    """The text of a recipe, in a file of that name."""

    file: str
    parameters: str
    body: str
    polls: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A recipe that was read: defaults of its parameters (None for those that there must be) and its statements."""

    defaults: Mapping[str, ast.expr | None]
    statements: tuple[ast.stmt, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a task: statements, all that is in them, and the names among that."""

    code: list[ast.stmt]
    nodes: list[ast.AST]
    named: set[str]


def recipes() -> Iterator[tuple[tuple[str, ...], Recipe]]:
    """All recipes with the import paths that they are for."""
    for path in sorted((templates_folder() / "recipes").glob("*.py")):
        for found in _RECIPE.finditer(path.read_text(encoding="utf-8")):
            yield tuple(_PATH.findall(found[2])), Recipe(path.name, found[3], found[4], found[1] == "sensor")


@cache
def _read(recipe: Recipe) -> Made:
    (function,) = ast.parse(f"def recipe({recipe.parameters}):\n{recipe.body}").body
    assert isinstance(function, ast.FunctionDef)
    names = [argument.arg for argument in function.args.args]
    defaults: list[ast.expr | None] = [None] * (len(names) - len(function.args.defaults)) + list(function.args.defaults)
    made: dict[str, ast.expr | None] = dict(zip(names, defaults, strict=True))
    if is_aws(recipe.file):
        made |= {name: ast.Constant(value) for name, value in SHARED.items() if name not in made}
    return Made(MappingProxyType(made), tuple(function.body))


@cache
def imports_of(file: str) -> MappingProxyType[str, str]:
    """What a file of recipes imports: dotted paths by name."""
    tree = ast.parse((templates_folder() / "recipes" / file).read_text(encoding="utf-8"))
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name: alias.name for alias in node.names}
    return MappingProxyType(found)


def _register() -> None:
    for paths, recipe in recipes():
        own = {*_NAME.findall(recipe.parameters), *WATCHING}
        for path in paths:
            known = known_operators().get(path)
            ids = set(SHARED) if is_aws(recipe.file) else set() if known else {*CONNECTION, "cloud_storage_conn_id"}
            takes = (
                own
                | ids
                | {name for name in (known.arguments if known else ()) if name not in BASE}
                | (set(COMMON) if recipe.polls else set())
            )
            operator(path, takes=takes)(partial(_convert, recipe))


def _convert(recipe: Recipe, task: Task, /, **given: Value) -> Body:
    """The body of a task by its recipe."""
    made = _read(recipe)
    common = {name: given.pop(name) for name in COMMON if recipe.polls and name in given and name not in made.defaults}
    options = {name: value for name in OPTIONS if name not in made.defaults and (value := set_value(given.get(name))) is not None}
    fields: dict[str, Value] = {}
    for name, default in made.defaults.items():
        value = set_value(given.get(name))
        if value is not None:
            fields[name] = _with_dot(value) if name.endswith(TABLES) else value
        elif default is None:
            return missing(task, name)
    if is_aws(recipe.file):
        fields["airflow"] = Literal(int(task.airflow))
    try:
        code = settled(made.statements, Fields(fields, {**made.defaults, "airflow": None}, options))
    except Refused as argument:
        return refused(task, str(argument))
    clients = with_clients(task, code, given, made.defaults) if is_aws(recipe.file) else Clients()
    nodes = [*below(*code)]
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    if options and not named & options.keys():
        return refused(task, next(iter(options)))
    ours = {*made.defaults, *OPTIONS, *CONNECTION, "cloud_storage_conn_id", *WATCHING}
    for name, value in given.items():
        if name not in ours and is_set(value):
            return refused(task, name)
    fields = {name: value for name, value in (fields | options).items() if name in named}
    return _body(task, recipe, Lines(code, nodes, named), fields | clients.fields, given, common, clients)


def _body(
    task: Task, recipe: Recipe, lines: Lines, fields: dict[str, Value], given: Mapping[str, Value], common: dict[str, Value], clients: Clients
) -> Body:
    named, imports = lines.named, imports_of(recipe.file)
    connection = _connection(task, CONNECTION, given)
    needs_block = bool(named & {"gcp", "credentials", "project"})
    more = {"block": block_of(connection)} if needs_block else {}
    if "connection" in named:
        fields["connection"] = connection
    fields |= {name: context(name) for name in ("ds", "ds_nodash") if name in named and name not in fields}
    if "task_id" in named and "task_id" not in fields:
        fields["task_id"] = task.id_value
    if "owner" in named and "owner" not in fields:
        fields["owner"] = task.argument("owner") or Literal("airflow")
    known = known_operators().get(task.operator)
    paths = [path for name, path in imports.items() if name in named]
    found = [block_needed(task, connection, "GcpCredentials")] if needs_block or "connection" in named else []
    found += clients.findings.values()
    if "get_hook" in named and not is_aws(recipe.file):  # a database behind Cloud SQL
        database = fields.get("gcp_cloudsql_conn_id", Literal("google_cloud_sql_default"))
        found += [block_needed(task, database, "SqlAlchemyConnector"), finding("A2P270", task.site.line, task.site.column, task.task_id)]
    if "storage" in named:
        own = _connection(task, ("google_cloud_storage_conn_id", "cloud_storage_conn_id", "gcp_conn_id"), given)
        more["storage_block"] = block_of(own)
        found += [block_needed(task, own, "GcpCredentials")] if own != connection else []
    if is_set(given.get("deferrable")):
        found.append(finding("A2P209", task.site.line, task.site.column, task.task_id, operator=name_of(task)))
    keys = [keyword.arg for node in lines.code if _is_push(node) for keyword in node.value.keywords if keyword.arg]  # type: ignore[attr-defined]
    body = Body(
        template="recipe",
        fields=MappingProxyType(fields | more),
        templated=(known.rendered if known is not None else frozenset(fields)) & frozenset(fields),
        extensions=known.endings if known is not None else (),
        words=MappingProxyType({"code": ast.unparse(ast.Module(lines.code, []))}),
        locals=tuple(dict.fromkeys(_bound(lines.nodes))),
        imports=(
            *(path for path in paths if not path.startswith("airflow_")),
            *(("prefect_gcp.GcpCredentials",) if needs_block else ()),
            *clients.imports,
        ),
        helpers=(
            *clients.helpers,
            *((module, name) for module, _, name in (path.partition(".") for path in paths if path.startswith("airflow_"))),
        ),
        returns=recipe.polls or (pushes(task) and any(isinstance(node, ast.Return) and node.value for node in lines.nodes)),
        keys=tuple(keys),
        findings=tuple(found),
    )
    return polling(task, replace(body, returns=False), common) if recipe.polls else body


def _with_dot(value: Value) -> Value:
    """`project.dataset.table`, the one form that the client reads."""
    match value:
        case Literal(value=str() as text) if re.fullmatch(r"[\w.-]+:[^:{}]+(\{\{[^:]*\}\})?[^:{}]*", text):
            return Literal(text.replace(":", "."))
        case Sequence(items=items) if (made := tuple(map(_with_dot, items))) != items:
            return Sequence(value.kind, made)
    return value


def _connection(task: Task, names: tuple[str, ...], given: Mapping[str, Value]) -> Value:
    """The id of the connection, by the first of these arguments that is given."""
    if "bigquery" in task.operator or "gcs_to_bq" in task.operator:
        names = tuple(name for name in names if "storage" not in name) if "bigquery_conn_id" in names else names
    found = next((value for name in names if (value := set_value(given.get(name))) is not None), None)
    old = ".contrib." in task.operator and ("bigquery" in task.operator or "gcs_to_bq" in task.operator) and "bigquery_conn_id" in names
    return found or Literal("bigquery_default" if old else "google_cloud_default")


def _is_push(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "push"


def _bound(nodes: list[ast.AST]) -> Iterator[str]:
    """The names that the lines of a recipe bind, those of comprehensions as well."""
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name


_register()
