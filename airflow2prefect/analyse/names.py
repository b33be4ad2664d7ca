"""Free names of expressions, and which names of a module keep one meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import libcst as cst

from airflow2prefect.parse import children_of


def subtree(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """`node` and all below it, in the order of the source."""
    stack = [node]
    while stack:
        inner = stack.pop()
        yield inner
        stack.extend(reversed(children_of(inner)))


_LITERALS = frozenset((cst.SimpleString, cst.Integer, cst.Float, cst.Imaginary, cst.Ellipsis))


def free_names(node: cst.CSTNode) -> list[cst.Name]:
    """Name nodes that an expression looks up outside itself, in the order of the source."""
    found: list[cst.Name] = []
    _collect(node, frozenset(), found)
    return found


def _collect(node: cst.CSTNode, hidden: frozenset[str], found: list[cst.Name]) -> None:
    kind = type(node)  # isinstance asks abc, which takes long for as many nodes
    if kind is cst.Name:
        if node.value not in hidden:  # type: ignore[attr-defined]
            found.append(node)  # type: ignore[arg-type]
    elif kind in _LITERALS:
        return
    elif kind in (cst.Attribute, cst.Arg):
        _collect(node.value, hidden, found)  # type: ignore[attr-defined]
    elif isinstance(node, cst.Lambda):
        inner = hidden | parameter_names(node.params)
        for default in parameter_defaults(node.params):
            _collect(default, hidden, found)
        _collect(node.body, inner, found)
    elif isinstance(node, (cst.ListComp, cst.SetComp, cst.GeneratorExp, cst.DictComp)):
        _comprehension(node, hidden, found)
    else:
        for child in children_of(node):
            _collect(child, hidden, found)


def _comprehension(
    node: cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp, hidden: frozenset[str], found: list[cst.Name]
) -> None:
    inner, clauses = hidden, []
    clause: cst.CompFor | None = node.for_in
    while clause is not None:
        clauses.append((clause, inner))
        inner = inner | frozenset(target_names(clause.target))
        clause = clause.inner_for_in
    heads = [node.key, node.value] if isinstance(node, cst.DictComp) else [node.elt]
    for head in heads:
        _collect(head, inner, found)
    for clause, outer in clauses:
        _collect(clause.iter, outer, found)
        for test in clause.ifs:
            _collect(test.test, inner, found)


def parameter_names(parameters: cst.Parameters) -> frozenset[str]:
    every = [*parameters.posonly_params, *parameters.params, *parameters.kwonly_params]
    every += [p for p in (parameters.star_arg, parameters.star_kwarg) if isinstance(p, cst.Param)]
    return frozenset(p.name.value for p in every)


def parameter_defaults(parameters: cst.Parameters) -> list[cst.BaseExpression]:
    every = [*parameters.posonly_params, *parameters.params, *parameters.kwonly_params]
    return [p.default for p in every if p.default is not None]


def target_names(target: cst.BaseExpression) -> Iterator[str]:
    """Names that an assignment target binds."""
    if isinstance(target, cst.Name):
        yield target.value
    elif isinstance(target, (cst.Tuple, cst.List)):
        for element in target.elements:
            yield from target_names(element.value)
    elif isinstance(target, cst.StarredElement):
        yield from target_names(target.value)


def stable_names(module: cst.Module) -> frozenset[str]:
    """Names of the module that are bound once, outside loops: they mean the same wherever the flow uses them."""
    counts: Counter[str] = Counter()
    _count(module.body, counts, looped=False)
    return frozenset(name for name, count in counts.items() if count == 1)


def last_bindings(module: cst.Module) -> dict[str, cst.CSTNode]:
    """The last statement of the module that binds a name, for names that no loop binds: behind it they keep their meaning."""
    last: dict[str, cst.CSTNode] = {}
    looped: set[str] = set()
    for statement in module.body:
        counts: Counter[str] = Counter()
        _count([statement], counts, looped=isinstance(statement, (cst.For, cst.While)))
        last.update(dict.fromkeys(counts, statement))
        if isinstance(statement, (cst.For, cst.While)):
            looped |= counts.keys()
    return {name: statement for name, statement in last.items() if name not in looped}


def _count(body: Iterable[cst.CSTNode], counts: Counter[str], *, looped: bool) -> None:
    weight = 2 if looped else 1
    for statement in body:
        match statement:
            case cst.SimpleStatementLine():
                for small in statement.body:
                    for name in bound_names(small):
                        counts[name] += weight
            case cst.FunctionDef() | cst.ClassDef():
                counts[statement.name.value] += weight
            case cst.For():
                for name in target_names(statement.target):
                    counts[name] += 2
                _count(statement.body.body, counts, looped=True)
            case cst.While():
                _count(statement.body.body, counts, looped=True)
            case cst.With():
                for item in statement.items:
                    if item.asname is not None:
                        for name in target_names(item.asname.name):
                            counts[name] += weight
                _count(statement.body.body, counts, looped=looped)
            case cst.If():
                # only one of the branches runs
                most: Counter[str] = Counter()
                branch: cst.If | cst.Else | None = statement
                while branch is not None:
                    here: Counter[str] = Counter()
                    _count(branch.body.body, here, looped=looped)
                    most |= here
                    branch = branch.orelse if isinstance(branch, cst.If) else None
                counts.update(most)
            case cst.Try():
                # `try: import a as x / except ImportError: import b as x` binds x once as far as we care
                once: Counter[str] = Counter()
                for suite in (statement.body, *(handler.body for handler in statement.handlers)):
                    _count(suite.body, once, looped=looped)
                for name, count in once.items():
                    counts[name] += min(count, weight)


def bound_names(small: cst.CSTNode) -> Iterator[str]:
    """Names that a simple statement binds."""
    match small:
        case cst.Assign():
            for target in small.targets:
                yield from target_names(target.target)
        case cst.AnnAssign() if small.value is not None:
            yield from target_names(small.target)
        case cst.AugAssign():
            yield from target_names(small.target)
            yield from target_names(small.target)
        case cst.Import() | cst.ImportFrom():
            for local, _ in imported_names(small):
                yield local


def dotted(node: cst.CSTNode | None) -> str:
    """`a.b.c` of a Name or Attribute."""
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        return f"{dotted(node.value)}.{node.attr.value}"
    return ""


def imported_names(node: cst.Import | cst.ImportFrom) -> Iterator[tuple[str, str]]:
    """(local name, qualified path) of an import; `import a.b` binds "a" to "a"."""
    if isinstance(node, cst.Import):
        for alias in node.names:
            path = dotted(alias.name)
            if alias.asname is not None:
                yield dotted(alias.asname.name), path
            else:
                yield path.partition(".")[0], path.partition(".")[0]
        return
    if isinstance(node.names, cst.ImportStar):
        return
    head = "." * len(node.relative) + dotted(node.module)
    for alias in node.names:
        path = f"{head}.{dotted(alias.name)}" if dotted(node.module) else f"{head}{dotted(alias.name)}"
        yield dotted(alias.asname.name) if alias.asname is not None else dotted(alias.name), path


def item_of(node: cst.CSTNode) -> tuple[cst.BaseExpression | None, str | None]:
    """(owner, key) of `owner["key"]` and `owner.get("key")`."""
    match node:
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as key))]):
            value = key.evaluated_value
            return node.value, value if isinstance(value, str) else None
        case cst.Call(func=cst.Attribute(attr=cst.Name(value="get")), args=[cst.Arg(value=cst.SimpleString() as key, star="")]):
            value = key.evaluated_value
            assert isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute)
            return node.func.value, value if isinstance(value, str) else None
    return None, None


def dict_keys(node: cst.BaseExpression | None) -> Iterator[str]:
    """The string keys of a dict display."""
    for element in node.elements if isinstance(node, cst.Dict) else ():
        if isinstance(element, cst.DictElement) and isinstance(element.key, cst.SimpleString):
            yield str(element.key.evaluated_value)


def assigned_name(node: cst.CSTNode) -> str:
    """The one name that an assignment binds; "" for any other, and for what is none."""
    if isinstance(node, cst.Assign) and len(node.targets) == 1:
        target = node.targets[0].target
    elif isinstance(node, cst.AnnAssign):
        target = node.target
    else:
        return ""
    return target.value if isinstance(target, cst.Name) else ""


def is_airflow(path: str) -> bool:
    """Whether an import path is of Airflow's."""
    return path == "airflow" or path.startswith("airflow.")
