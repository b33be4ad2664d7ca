"""Classes of the user's that add to what BashOperator or PythonOperator does: they derive from those of templates/airflow_operators.py instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import libcst as cst

from airflow2prefect.analyse.classes import AROUND, ClassReader, Known, below, selves
from airflow2prefect.analyse.pod_classes import filling
from airflow2prefect.analyse.signatures import parameters_of
from airflow2prefect.model import Callable, Edit, OperatorClass
from airflow2prefect.model.derived import BASES, BY_NAME, Base
from airflow2prefect.parse import Source

HOME = "airflow_operators"
# Methods of Airflow's classes that change what these do, where a class has its own.
ITS_OWN = (*AROUND, "get_env", "refresh_bash_command", "get_python_source", "determine_kwargs", "render_template")
METHODS = ("execute", "execute_callable")


def read_derived_class(
    source: Source, node: cst.ClassDef, paths: tuple[str, ...], imports: Mapping[str, str], base: Known | None, airflow: int
) -> Known | None:
    """The facts of a class; None if it does not derive so, or adds nothing to what is done. The arguments are those of `read_class`."""
    kind = BASES.get(paths[0]) if paths else None
    if base is not None:
        kind = BY_NAME.get(base.made.base)
    if kind is None or not isinstance(node.body, cst.IndentedBlock):
        return None
    own = any(isinstance(line, cst.FunctionDef) and line.name.value in METHODS for line in node.body.body)
    return _DerivedClass(source, node, imports, kind, base, airflow).read() if own or base is not None else None


class _DerivedClass(ClassReader):
    """`kind`: what it derives from in the end."""

    def __init__(
        self, source: Source, node: cst.ClassDef, imports: Mapping[str, str], kind: Base, base: Known | None, airflow: int
    ) -> None:
        super().__init__(source, node, imports, "execute", airflow, base)
        self.kind = kind

    def read(self) -> Known:
        node, base, kind = self.node, self.base, self.kind
        if len(node.bases) > 1:
            self.problem(node, "more than one base")
        if base is None:
            self.edits.append(Edit(*self.source.ranges[node.bases[0].value], kind.name))
            self.needs.add(f"{HOME}.{kind.name}")
        own = self.settings() | self.functions.keys() | {*kind.takes, *kind.methods} | (base.own if base is not None else frozenset())
        init = self.functions.get("__init__")
        named = tuple(p.name for p in parameters_of(self.source, init) if p.kind in ("positional", "keyword"))[1:] if init else ()
        more = (base.made.parameters if base is not None else kind.takes) if init is None or init.params.star_kwarg is not None else ()
        templated = (base.made.templated if base is not None else frozenset(kind.renders)) & set(more)
        if init is not None:
            self._handed_on(init)
            templated |= set(filling(init, frozenset(kind.renders))) & set(named)
        own |= {name for function in self.functions.values() for name, _, kind_of in selves(function) if kind_of == "set"}
        parents = self._parents()
        for function in self.functions.values():
            self.decorators(function)
            self.attributes(function, set(own))
        self.airflow_names()
        for name in ITS_OWN:
            if name in self.functions:
                self.problem(self.functions[name], f"its own {name}")
        if self.has_template():
            self.problem(node, "a template in its own code")
        if "template_fields" in self.strings:
            self.problem(node, "its own template_fields")
        does = next((self._does(name, parents) for name in METHODS if name in self.functions), None)
        does = does or (base.made.does if base is not None else None)
        if base is not None and base.made.problem is not None:
            self.problems.append(base.made.problem)
        made = OperatorClass(
            name=node.name.value, method="execute", does=does, parameters=(*named, *(name for name in more if name not in named)),
            templated=frozenset(templated), extensions=kind.extensions, edits=tuple(self.edits), needs=frozenset(self.needs),
            problem=self.problems[0] if self.problems else None, base=kind.name,
        )  # fmt: skip
        return Known(made, frozenset(own), {}, self.strings, bool(more), True)

    def _handed_on(self, init: cst.FunctionDef) -> None:
        """What is handed on is what the class of the flow takes; the task's id and the DAG are not."""
        known = {*self.kind.takes, *(self.base.made.parameters if self.base is not None else ())}
        for line in init.body.body:
            if not isinstance(line, cst.SimpleStatementLine) or not self.is_super(line):
                continue
            statement = line.body[0]
            assert isinstance(statement, cst.Expr) and isinstance(statement.value, cst.Call)
            for arg in statement.value.args:
                name = arg.keyword.value if arg.keyword is not None else ""
                if (name and name not in known) or (not name and not arg.star) or (arg.star and not isinstance(arg.value, cst.Name)):
                    self.problem(arg, f"{self.source.code(arg)} for Airflow's own __init__")
                elif name == "python_callable" and not _is_own(arg.value, init):
                    self.problem(arg, f"{self.source.code(arg)}, which Airflow gives its context")

    def _parents(self) -> dict[str, list[cst.Call]]:
        """The calls of what a method adds to, by that: `super().execute(context)`, which needs no context in a flow."""
        found: dict[str, list[cst.Call]] = {}
        for name in METHODS:
            for node in below(self.functions[name]) if name in self.functions else ():
                match node:
                    case cst.Call(func=cst.Attribute(value=cst.Call(func=cst.Name(value="super")), attr=cst.Name(value=called))):
                        pass
                    case _:
                        continue
                if called == name and len(node.args) <= 1:
                    self.edits += [Edit(*self.source.ranges[arg], "") for arg in node.args]
                    self.added_to[name] = self.added_to.get(name, 0) + 1
                    found.setdefault(name, []).append(node)
        return found

    def _does(self, name: str, parents: Mapping[str, list[cst.Call]]) -> Callable:
        """The method, in which the context that goes to Airflow's own leaves for nowhere."""
        function = self.functions[name]
        made = replace(self._callable(function), name=name)
        spans = {self.source.span(arg.value) for call in parents.get(name, ()) for arg in call.args}
        escapes = tuple(each for each in made.escapes if each[0] not in spans)
        handed = list(made.handed_to)
        for _ in range(len(made.escapes) - len(escapes)):
            if "" in handed:
                handed.remove("")
        return replace(made, escapes=escapes, handed_to=tuple(handed))


def _is_own(node: cst.BaseExpression, init: cst.FunctionDef) -> bool:
    """Whether a value is an argument of `__init__`, as it is."""
    names = {p.name.value for p in (*init.params.params, *init.params.kwonly_params)}
    return isinstance(node, cst.Name) and node.value in names
