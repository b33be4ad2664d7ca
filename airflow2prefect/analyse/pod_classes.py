"""Classes of the user's that derive from KubernetesPodOperator: they derive from KubernetesPod of templates/airflow_kubernetes.py instead.

What such a class is for is its `__init__`, which stays as it is: it hands the user's own defaults on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import libcst as cst

from airflow2prefect.analyse.classes import ClassReader, Known, below, selves, strings_of
from airflow2prefect.analyse.signatures import parameters_of
from airflow2prefect.model import Edit, OperatorClass
from airflow2prefect.model.pods import POD_ARGUMENTS, POD_OPERATORS, pod_class, pod_fields
from airflow2prefect.parse import Source

# Methods of Airflow's class that change what it does, where a class has its own.
ITS_OWN = (
    "execute", "on_kill", "create_pod_request_obj", "build_pod_request_obj", "create_labels_for_pod", "create_new_pod_for_operator",
    "handle_pod_overlap", "monitor_launched_pod", "cleanup", "extract_xcom", "get_or_create_pod", "render_template",
)  # fmt: skip
METHOD = "run"
TAKES = frozenset((*POD_ARGUMENTS, "task_id"))


def read_pod_class(
    source: Source, node: cst.ClassDef, paths: tuple[str, ...], imports: Mapping[str, str], base: Known | None, airflow: int
) -> Known | None:
    """The facts of a class; None if it derives from no pod. The arguments are those of `read_class`."""
    path = next((path for path in paths if path in POD_OPERATORS), "")
    if not (path if base is None else base.made.method == METHOD) or not isinstance(node.body, cst.IndentedBlock):
        return None
    return _PodClass(source, node, imports, METHOD, base, path, airflow).read()


class _PodClass(ClassReader):
    """`path`: what it derives from, "" for a class of the user's that derives from a pod."""

    def __init__(
        self, source: Source, node: cst.ClassDef, imports: Mapping[str, str], method: str, base: Known | None, path: str, airflow: int
    ) -> None:
        super().__init__(source, node, imports, method, airflow, base)
        self.path = path

    def read(self) -> Known:
        node, base = self.node, self.base
        if len(node.bases) > 1:
            self.problem(node, "more than one base")
        if base is None:
            self.edits.append(Edit(*self.source.ranges[node.bases[0].value], pod_class(self.airflow)))
            self.needs.add(f"airflow_kubernetes.{pod_class(self.airflow)}")
        own = self.settings() | self.functions.keys() | TAKES | (base.own if base is not None else frozenset())
        init = self.functions.get("__init__")
        named = tuple(p.name for p in parameters_of(self.source, init) if p.kind in ("positional", "keyword"))[1:] if init else ()
        is_open = init is None or init.params.star_kwarg is not None
        rendered = self._rendered()
        more = (base.made.parameters if base is not None else POD_ARGUMENTS) if is_open else ()
        templated = set(rendered & set(more))
        if init is not None:
            self._super(init)
            self._stars(init)
            templated |= set(filling(init, rendered)) & set(named)
        own |= {name for function in self.functions.values() for name, _, kind in selves(function) if kind == "set"}
        for function in self.functions.values():
            self.decorators(function)
            self.attributes(function, set(own))
        self.airflow_names()
        for name in ITS_OWN:
            if name in self.functions:
                self.problem(self.functions[name], f"its own {name}")
        if base is not None and base.made.problem is not None:
            self.problems.append(base.made.problem)
        wants_id = init is not None and (
            "task_id" in named or any(isinstance(n, cst.SimpleString) and n.evaluated_value == "task_id" for n in below(init))
        )
        parameters = (*named, *(name for name in more if name not in named), *(("task_id",) if wants_id and "task_id" not in named else ()))
        made = OperatorClass(
            name=node.name.value, method=METHOD, does=None, parameters=parameters, templated=frozenset(templated), extensions=(),
            edits=tuple(self.edits), needs=frozenset(self.needs), problem=self.problems[0] if self.problems else None,
            renders=self.has_template() or (base is not None and base.made.renders),
            named=frozenset(named) | (base.made.named if base is not None else frozenset()),
        )  # fmt: skip
        return Known(made, frozenset(own), {}, self.strings, is_open, True)

    def _rendered(self) -> frozenset[str]:
        """The fields that Airflow renders: those of its class, or what the user's says."""
        if self.base is not None and "template_fields" not in self.strings:
            return frozenset(self.base.strings.get("template_fields", ()))
        made = frozenset(self.strings.get("template_fields", ())) or pod_fields(self.path)
        self.strings["template_fields"] = tuple(sorted(made))
        return made

    def fields_of(self, node: cst.BaseExpression | None) -> tuple[str, ...] | None:
        """`KubernetesPodOperator.template_fields + ('script',)` as well."""
        if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Add):
            sides = [self.fields_of(side) for side in (node.left, node.right)]
            return None if None in sides else tuple(name for side in sides if side is not None for name in side)
        if isinstance(node, cst.Attribute) and node.attr.value == "template_fields" and self.base is None:
            return tuple(pod_fields(self.path))
        return strings_of(node)

    def _super(self, init: cst.FunctionDef) -> None:
        """What is handed on is what a pod takes; the DAG is not."""
        for line in init.body.body:
            if not isinstance(line, cst.SimpleStatementLine) or not self.is_super(line):
                continue
            statement = line.body[0]
            assert isinstance(statement, cst.Expr) and isinstance(statement.value, cst.Call)
            call = statement.value
            if isinstance(call.func, cst.Attribute) and self.path and self.path_of(call.func.value) == self.path:
                self.edits.append(Edit(*self.source.ranges[call.func.value], pod_class(self.airflow)))
            known = TAKES if self.base is None else TAKES | set(self.base.made.parameters)
            for number, arg in enumerate(call.args):
                if arg.keyword is not None and arg.keyword.value == "dag":
                    self._without_argument(call, number)
                elif (arg.keyword is not None and arg.keyword.value not in known) or (arg.keyword is None and not arg.star and number):
                    self.problem(arg, f"{self.source.code(arg)} for Airflow's own __init__")

    def _without_argument(self, call: cst.Call, number: int) -> None:
        ranges = [self.source.ranges[arg] for arg in call.args]
        start, end = ranges[number]
        if number + 1 < len(call.args):
            end = ranges[number + 1][0]
        elif number:
            start = self.source.ranges[call.args[number - 1].value][1]
        self.edits.append(Edit(start, end, ""))

    def _stars(self, init: cst.FunctionDef) -> None:
        """`kwargs` holds what a task gives of a pod's arguments, so that no other key of it may be asked for."""
        star = init.params.star_kwarg
        for node in below(init.body) if star is not None else ():
            match node:
                case cst.Subscript(
                    value=cst.Name(value=name), slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))]
                ):
                    pass
                case cst.Call(func=cst.Attribute(value=cst.Name(value=name)), args=[cst.Arg(value=cst.SimpleString() as key), *_]):
                    pass
                case cst.Comparison(left=cst.SimpleString() as key, comparisons=[cst.ComparisonTarget(comparator=cst.Name(value=name))]):
                    pass
                case _:
                    continue
            if star is not None and name == star.name.value and str(key.evaluated_value) not in TAKES:
                self.problem(node, f"{self.source.code(node)}, which is not handed on")


def filling(init: cst.FunctionDef, rendered: frozenset[str]) -> Iterator[str]:
    """The names in what becomes a field that Airflow renders."""
    for node in below(init.body):
        match node:
            case cst.Arg(keyword=cst.Name(value=name), value=value) if name in rendered:
                pass
            case cst.Assign(
                targets=[cst.AssignTarget(target=cst.Attribute(value=cst.Name(value="self"), attr=cst.Name(value=name)))], value=value
            ) if name in rendered:
                pass
            case _:
                continue
        yield from (inner.value for inner in below(value) if isinstance(inner, cst.Name))
