"""Classes of the user's that only say what an operator of Airflow's is given: their `__init__` hands it on.

A task of such a class is a task of the operator, with what reaches it. https://airflow.apache.org/docs/apache-airflow/2.10.5/howto/custom-operator.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import libcst as cst

from airflow2prefect.analyse.classes import METHODS
from airflow2prefect.analyse.constants import NotKnown
from airflow2prefect.analyse.expressions import evaluate, truth
from airflow2prefect.analyse.objects import Class, DagObject, Dict, Environment, Function, Instance, Named, Object, Opaque, freeze
from airflow2prefect.analyse.reader import Reader, path_of
from airflow2prefect.model import Value
from airflow2prefect.model.pods import POD_OPERATORS

SETTINGS = frozenset(("ui_color", "ui_fgcolor", "template_fields", "template_ext", "template_fields_renderers", "operator_extra_links"))
# Attributes by which Airflow's operators do what they do: a class may set them without handing them on.
FIELDS = frozenset((
    "bash_command", "env", "cwd", "python_callable", "op_args", "op_kwargs", "sql", "parameters", "conn_id", "hql", "to", "subject", "html_content",
    "files", "cc", "bcc", "endpoint", "data", "headers", "command", "arguments", "conf", "trigger_dag_id", "external_dag_id", "external_task_id",
    "task_id", "retries", "retry_delay", "execution_timeout", "trigger_rule", "pool", "queue", "timeout", "poke_interval", "soft_fail", "mode",
    "on_failure_callback", "on_success_callback", "on_retry_callback", "params", "template_fields", "template_ext", "xcom_push_flag", "do_xcom_push",
))  # fmt: skip
TELLING = ("print", "logging", "log", "logger", "LOG", "LOGGER", "_logger")


def is_preset(thing: Class) -> bool:
    """Whether a class and those of the user's that it derives from have nothing of their own but `__init__`, and what that calls."""
    order = list(_order(thing))
    path = path_of(order[-1])
    if not path.startswith("airflow.") or path in METHODS or path in POD_OPERATORS or any(len(each.bases) != 1 for each in order):
        return False
    return any(_init(each) is not None for each in order) and all(_says_little(each) for each in order)


def _order(thing: Class) -> Iterator[Class]:
    yield thing
    if thing.bases and isinstance(thing.bases[0], Class):
        yield from _order(thing.bases[0])


def _init(thing: Class) -> cst.FunctionDef | None:
    functions = (line for line in thing.node.body.body if isinstance(line, cst.FunctionDef))
    return next((function for function in functions if function.name.value == "__init__"), None)


def _says_little(thing: Class) -> bool:
    for line in thing.node.body.body:
        if isinstance(line, cst.FunctionDef) and line.name.value == "__init__":
            continue
        for small in line.body if isinstance(line, cst.SimpleStatementLine) else (line,):
            match small:
                case cst.Pass() | cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString()):
                    continue
                case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]) | cst.AnnAssign(target=cst.Name(value=name)):
                    if name in SETTINGS or name not in FIELDS:
                        continue
            return False
    return True


def handed_on(
    reader: Reader, thing: Class, positional: list[Object], keywords: dict[str, Object]
) -> tuple[dict[str, Object], dict[str, Value]]:
    """What Airflow's operator is given where a class is called so; raises NotKnown."""
    made = _Making(reader, Instance(thing, {}), list(_order(thing)))
    made.build(0, positional, keywords)
    if made.given is None:
        raise NotKnown
    for each in made.order:
        reader.inlined.add(each.node)
    return made.given, made.values


@dataclass(slots=True)
class _Making:
    """One object being made. `given`: what Airflow's `__init__` got."""

    reader: Reader
    made: Instance
    order: list[Class]
    given: dict[str, Object] | None = None
    values: dict[str, Value] = field(default_factory=dict)

    def build(self, number: int, positional: list[Object], keywords: dict[str, Object], values: dict[str, Value] | None = None) -> None:
        """Run the `__init__` of a class, or of the next one that has one; behind the last comes Airflow's."""
        from airflow2prefect.analyse.calls import bound_arguments

        while number < len(self.order) and _init(self.order[number]) is None:
            number += 1
        if number == len(self.order):
            if positional or self.given is not None:
                raise NotKnown
            self.given = dict(keywords)
            self.values = {name: (values or {}).get(name) or freeze(item) for name, item in keywords.items()}
            return
        home = self.order[number]
        init = _init(home)
        assert init is not None
        keywords = {**self._defaults(init, keywords), **keywords}
        scope = Environment({}, home.scope, home.scope.depth + 1)
        function = Function("__init__", init, scope)
        scope.names.update(bound_arguments(self.reader, function, [self.made, *positional], keywords))
        own = {p.name.value for p in (*init.params.params, *init.params.kwonly_params)}
        self._follow(init.body.body, scope, number, own)

    def _defaults(self, init: cst.FunctionDef, keywords: dict[str, Object]) -> dict[str, Object]:
        """What default_args give to parameters of the user's own: in 1.10 where it is asked for.

        https://github.com/apache/airflow/blob/1.10.15/airflow/utils/decorators.py
        """
        decorated = any("apply_defaults" in self.reader.source.code(each.decorator) for each in init.decorators)
        dag = keywords.get("dag")
        owner = dag if isinstance(dag, DagObject) else self.reader.dag
        if owner is None or (self.reader.airflow < 2 and not decorated):
            return {}
        named = {p.name.value for p in (*init.params.params, *init.params.kwonly_params)}
        return {name: item for name, (_, item) in owner.default_args.pairs.items() if name in named and isinstance(name, str)}

    def _follow(self, body: Iterable[cst.CSTNode], scope: Environment, number: int, own: set[str]) -> None:
        for line in body:
            if isinstance(line, cst.If):
                if not _only_checks(line):
                    self._if(line, scope, number, own)
                continue
            if not isinstance(line, cst.SimpleStatementLine):
                raise NotKnown
            for small in line.body:
                self._small(small, scope, number, own)

    def _if(self, line: cst.If, scope: Environment, number: int, own: set[str]) -> None:
        known = truth(evaluate(self.reader, line.test, scope))
        if known is None:
            raise NotKnown
        if known:
            self._follow(line.body.body, scope, number, own)
        elif isinstance(line.orelse, cst.If):
            self._if(line.orelse, scope, number, own)
        elif line.orelse is not None:
            self._follow(line.orelse.body.body, scope, number, own)

    def _small(self, small: cst.CSTNode, scope: Environment, number: int, own: set[str]) -> None:
        from airflow2prefect.analyse.assignments import assign

        match small:
            case cst.Pass() | cst.Assert() | cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString()):
                return
            case cst.Expr(value=cst.Call(func=cst.Attribute(attr=cst.Name(value="__init__"))) as call):
                self._parent(call, scope, number)
            case cst.Expr(value=cst.Call() as call):
                if self.reader.source.code(call.func).removeprefix("self.").partition(".")[0] not in TELLING:
                    evaluate(self.reader, call, scope)
            case cst.Assign(targets=[cst.AssignTarget(target=target)], value=node) | cst.AnnAssign(target=target, value=cst.BaseExpression() as node):
                try:
                    value = self.reader.located(evaluate(self.reader, node, scope), node, scope)
                except NotKnown:
                    value = Opaque()
                assign(self.reader, target, value, node, scope)
                self._set(target, value, own)
            case _:
                raise NotKnown

    def _parent(self, call: cst.Call, scope: Environment, number: int) -> None:
        """`super().__init__(...)`, or the base class's by its name."""
        from airflow2prefect.analyse.tasks import arguments_of

        args = list(call.args)
        owner = call.func.value if isinstance(call.func, cst.Attribute) else call.func
        if not (isinstance(owner, cst.Call) and isinstance(owner.func, cst.Name) and owner.func.value == "super"):
            base = evaluate(self.reader, owner, scope)
            if base is not self.order[number].bases[0] and not (isinstance(base, Named) and base.path == path_of(self.order[number])):
                raise NotKnown
            args = args[1:]
        for arg in args:
            if arg.star and not isinstance(arg.value, cst.Name):
                raise NotKnown
        positional, keywords, values = arguments_of(self.reader, args, scope)
        if any(arg.star == "**" and not isinstance(evaluate(self.reader, arg.value, scope), Dict) for arg in args):
            raise NotKnown
        self.build(number + 1, positional, keywords, values)

    def _set(self, target: cst.BaseExpression, value: Object, own: set[str]) -> None:
        """An attribute that is set once Airflow's `__init__` has run is what counts, if Airflow looks at it."""
        match target:
            case cst.Attribute(value=cst.Name(value="self"), attr=cst.Name(value=name)) if self.given is not None:
                if name in self.given or (name in FIELDS and name not in own):
                    self.given[name], self.values[name] = value, freeze(value)
            case cst.Attribute(value=owner) if not isinstance(owner, cst.Name) or owner.value != "self":
                raise NotKnown


def _only_checks(line: cst.If) -> bool:
    """`if not table: raise ValueError(...)`: Airflow would not have loaded the DAG."""
    body = line.body.body
    return line.orelse is None and len(body) == 1 and isinstance(body[0], cst.SimpleStatementLine) and isinstance(body[0].body[-1], cst.Raise)
