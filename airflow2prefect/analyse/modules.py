"""Modules of the user's own that a DAG file imports: found by a loader, parsed once a process, followed as the file is.

Their text stands behind that of the DAG file, in one row of offsets: places and edits mean the same wherever a thing comes from.
"""

from __future__ import annotations

import ast
import posixpath
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import libcst as cst

from airflow2prefect.analyse.names import stable_names
from airflow2prefect.analyse.objects import Class, Const, Environment, Items, Module, Named, Object
from airflow2prefect.analyse.reader import Reader
from airflow2prefect.findings import finding
from airflow2prefect.model import Loader, LocalModule, Span
from airflow2prefect.parse import Source, Unreadable, parse

MOST = 200  # modules that one file may bring along
CACHED = 600_000  # bytes of modules whose parsed form is kept
_GAP = "\n\n"  # between two texts
_parsed: OrderedDict[tuple[str, bytes], Source] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Joined(Source):
    """The DAG file with the modules behind it. What is in those, findings place where the DAG file leads to it."""

    reader: Reader = field(kw_only=True)
    own: int = field(kw_only=True)  # characters of the DAG file

    def between(self, start: int, end: int) -> Span:
        if start < self.own:
            return Source.between(self, start, end)
        for statement in reversed(self.reader.statements):
            at = self.ranges[statement][0]
            if at < self.own:
                place = Source.between(self, at, at)
                return Span(start, end, place.line, place.column)
        loaded = self.reader.modules.of(start) if self.reader.modules is not None else None
        return Span(start, end, loaded.line if loaded else 0, 1 if loaded else 0)


@dataclass(slots=True, eq=False)
class Loaded:
    """A module that was followed: `base` to `end` are its offsets, `line` is where the DAG file imports it."""

    module: LocalModule
    source: Source
    names: Environment
    base: int
    end: int
    line: int


class Modules:
    """The local modules of one DAG file."""

    def __init__(self, reader: Reader, loader: Loader) -> None:
        self.reader, self.loader = reader, loader
        self.loaded: dict[str, Loaded | None] = {}
        self.importing = 0
        self._plugins: list[tuple[str, str]] | None = None
        self._told: set[str] = set()

    def of(self, at: int) -> Loaded | None:
        """The module in which an offset lies."""
        return next((each for each in self.loaded.values() if each is not None and each.base <= at < each.end), None)

    # ------------------------------------------------------------------ imports

    def bound(
        self, node: cst.Import | cst.ImportFrom, pairs: Iterable[tuple[str, str]], scope: Environment
    ) -> Iterator[tuple[str, Object]]:
        """What the names of an import stand for, as far as it is the user's own: (local name, object)."""
        for local, path in pairs:
            path = self.absolute(path, scope)
            if isinstance(node, cst.Import):
                for full in (alias for alias in map(_dotted, node.names) if alias == path or alias.startswith(path + ".")):
                    self.load(full)
                thing = self._module(path)
            else:
                thing = self.imported(path)
            if thing is not None:
                yield local, thing

    def star(self, node: cst.ImportFrom, scope: Environment) -> Iterator[tuple[str, Object]]:
        """The names that `from module import *` binds."""
        found = self.load(self.absolute("." * len(node.relative) + _name(node.module), scope))
        if found is None:
            return
        listed = found.names.names.get("__all__")
        chosen = [item.value for item in listed.items if isinstance(item, Const)] if isinstance(listed, Items) else None
        for name, thing in list(found.names.names.items()):
            if name in chosen if chosen is not None else not name.startswith("_"):
                yield name, thing

    def absolute(self, path: str, scope: Environment) -> str:
        """The full name of a relative import."""
        dots = len(path) - len(path.lstrip("."))
        if not dots:
            return path
        root = scope.root()
        found = self.loaded.get(root.module)
        package = root.module.split(".") if root.module else []
        if found is None or not found.module.package:
            package = package[:-1]
        package = package[: len(package) - dots + 1]
        return ".".join([*package, path[dots:]])

    def imported(self, path: str) -> Object | None:
        """What `from head import name` binds; None if it is nothing of the user's."""
        if path.startswith(("airflow.operators.", "airflow.sensors.", "airflow.hooks.", "airflow.macros.")):
            return self._of_plugin(path)
        head, _, name = path.rpartition(".")
        if not head:
            return self._module(path)
        found = self.load(head)
        if found is None:
            return None
        if name in found.names.names:
            return found.names.names[name]
        return self._module(path)

    def _module(self, name: str) -> Object | None:
        found = self.load(name)
        return Module(name, found.names) if found is not None else None

    def attribute(self, owner: Module, name: str) -> Object | None:
        """`module.name`: what the module binds, or a module in the package that something imported."""
        thing = owner.names.names.get(name)
        if thing is None and f"{owner.name}.{name}" in self.loaded:
            thing = self._module(f"{owner.name}.{name}")
        return thing

    def _of_plugin(self, path: str) -> Object | None:
        """A class that a plugin of Airflow 1.10 offers: `from airflow.operators.my_plugin import X`, or `from airflow.operators import X`.

        https://airflow.apache.org/docs/apache-airflow/1.10.15/plugins.html
        """
        _, kind, *rest = path.split(".")
        if len(rest) not in (1, 2):
            return None
        for title, home in self._plugin_modules():
            found = self.load(home) if len(rest) == 1 or title == rest[0] else None
            for thing in list(found.names.names.values()) if found is not None else ():
                if found is not None and isinstance(thing, Class) and _is_plugin(thing, title, found):
                    for offered in self._offered(thing, kind):
                        if isinstance(offered, Class) and offered.name == rest[-1]:
                            return offered
        return None

    def _plugin_modules(self) -> list[tuple[str, str]]:
        """The names of plugins, and the modules that they are in."""
        if self._plugins is None:
            self._plugins = []
            for name in self.loader.plugins():
                module = self.loader.find(name)
                if module is not None and b"AirflowPlugin" in module.data:
                    self._plugins += [(title, name) for title in _plugin_names(module.data)]
        return self._plugins

    def _offered(self, plugin: Class, kind: str) -> list[Object]:
        from airflow2prefect.analyse.expressions import iterate
        from airflow2prefect.analyse.instances import class_attribute

        given = class_attribute(self.reader, plugin, kind)
        return (iterate(given) or []) if given is not None else []

    # ------------------------------------------------------------------ loading

    def load(self, name: str) -> Loaded | None:
        """The module `name`, followed; None if it is not the user's own or cannot be read."""
        if name in self.loaded:
            return self.loaded[name]
        self.loaded[name] = None
        parent = name.rpartition(".")[0]
        if parent and self.load(parent) is None:
            return None
        module = self.loader.find(name)
        if module is None:
            return None
        if not module.problem and sum(each is not None for each in self.loaded.values()) >= MOST:
            module = replace(module, problem=f"the file brings more than {MOST} modules along")
        try:
            if module.problem:
                raise Unreadable(finding("A2P104", error=module.problem))
            source = _parse(module)
        except Unreadable as unreadable:
            self._unread(module, dict(unreadable.finding.facts).get("error", unreadable.finding.message))
            return None
        return self._follow(module, source)

    def _unread(self, module: LocalModule, why: str) -> None:
        if module.origin not in self._told:
            self._told.add(module.origin)
            line, column = self._place()
            self.reader.findings.append(finding("A2P130", line, column, module=module.origin, why=why))

    def _place(self) -> tuple[int, int]:
        """Where in the DAG file we are."""
        source = self.reader.source
        own = source.own if isinstance(source, Joined) else len(source.text)
        for statement in reversed(self.reader.statements):
            at = source.ranges[statement][0]
            if at < own:
                span = Source.between(source, at, at)
                return span.line, span.column
        return 0, 0

    def _follow(self, module: LocalModule, source: Source) -> Loaded:
        from airflow2prefect.analyse.statements import execute

        reader = self.reader
        line, _ = self._place()
        base = self._join(source)
        names = Environment({"__name__": Const(module.name), "__file__": Named("builtins.__file__")})
        names.module, names.stable = module.name, stable_names(source.module)
        made = Loaded(module, source, names, base, base + len(source.text) + 1, line)
        self.loaded[module.name] = made
        outer = (reader.dag_stack, reader.group_stack, reader.iterations, reader.condition, reader.depth)
        reader.dag_stack, reader.group_stack, reader.iterations, reader.condition, reader.depth = [], [], (), "", 0
        untouched = [statement for statement in reader.statements if statement not in reader.touched]
        self.importing += 1
        try:
            execute(reader, source.module.body, names)
        finally:
            self.importing -= 1
            reader.touched.difference_update(untouched)  # a DAG of the module's own does not make the import a part of one
            reader.dag_stack, reader.group_stack, reader.iterations, reader.condition, reader.depth = outer
        return made

    def _join(self, source: Source) -> int:
        """Put the text of a module behind what there is; where it begins."""
        old = self.reader.source
        own = old.own if isinstance(old, Joined) else len(old.text)
        text = old.text + _GAP
        base = len(text)
        ranges = old.ranges if isinstance(old, Joined) else dict(old.ranges)
        for node, (start, end) in source.ranges.items():
            ranges[node] = (start + base, end + base)
        # A last line without an end gets one.
        self.reader.source = Joined(
            old.path, text + source.text + "\n", old.encoding, old.module, old.tree, ranges, old.line_starts, reader=self.reader, own=own
        )  # fmt: skip
        return base

    # ------------------------------------------------------------------ what is imported where nothing was followed

    def load_rest(self) -> None:
        """Load what functions import when they run, in the DAG file and in its modules."""
        seen: set[str] = set()
        while True:
            todo = [("", self.reader.source.tree, self.reader.module)] if "" not in seen else []
            todo += [(n, each.source.tree, each.names) for n, each in list(self.loaded.items()) if each is not None and n not in seen]
            if not todo:
                return
            for name, tree, scope in todo:
                seen.add(name)
                for path in inner_imports(tree):
                    full = self.absolute(path, scope)
                    if self.loader.find(full.partition(".")[0]) is not None and self.load(full) is None:
                        self.load(full.rpartition(".")[0])


def inner_imports(tree: ast.Module) -> Iterator[str]:
    """The dotted names that imports inside functions and blocks ask for, with leading dots for relative ones."""
    top = set(map(id, tree.body))
    for node in ast.walk(tree):
        if id(node) in top:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            head = "." * node.level + (node.module or "")
            yield from (head + ("" if head.endswith(".") or not head else ".") + alias.name for alias in node.names if alias.name != "*")


@dataclass(frozen=True, slots=True)
class Within(Source):
    """The joined texts, with places as they are in one module."""

    loaded: Loaded = field(kw_only=True)

    def between(self, start: int, end: int) -> Span:
        place = self.loaded.source.between(start - self.loaded.base, end - self.loaded.base)
        return Span(start, end, place.line, place.column)


def view(reader: Reader, loaded: Loaded) -> Reader:
    """The same reader, as if the module were what is read."""
    own, joined = loaded.source, reader.source
    source = Within(own.path, joined.text, own.encoding, own.module, own.tree, joined.ranges, own.line_starts, loaded=loaded)
    return replace(reader, source=source, module=loaded.names, findings=[])


def added_folder(node: cst.Call) -> str | None:
    """The folder, relative to that of the file, that `sys.path.append(...)` adds; None if it is not known or the call is another."""
    match node:
        case cst.Call(
            func=cst.Attribute(value=cst.Attribute(value=cst.Name("sys"), attr=cst.Name("path")), attr=cst.Name(method)), args=args
        ):
            if method == "append" and len(args) == 1:
                return _folder(args[0].value)
            if method == "insert" and len(args) == 2:
                return _folder(args[1].value)
    return None


def _folder(node: cst.BaseExpression) -> str | None:
    """A path as a text relative to the folder of the file; `__file__` is "./file"."""
    match node:
        case cst.SimpleString():
            text = node.evaluated_value
            return text if isinstance(text, str) else None
        case cst.Name("__file__"):
            return "./__file__"
        case cst.Attribute(value=inner, attr=cst.Name("parent")):
            found = _folder(inner)
            return posixpath.dirname(found) or "." if found is not None else None
        case cst.Subscript(
            value=cst.Attribute(value=inner, attr=cst.Name("parents")),
            slice=[cst.SubscriptElement(slice=cst.Index(value=cst.Integer() as number))],
        ):
            found = _folder(inner)
            for _ in range(number.evaluated_value + 1):
                found = _up(found)
            return found
        case cst.BinaryOperation(left=left, operator=cst.Divide(), right=right):
            parts = [_folder(left), _folder(right)]
            return posixpath.join(*[part for part in parts if part is not None]) if None not in parts else None
        case cst.Call(func=func, args=args):
            name = _name(func).rpartition(".")[2]
            parts = [_folder(arg.value) for arg in args]
            if name in ("resolve", "absolute", "as_posix") and isinstance(func, cst.Attribute) and not args:
                return _folder(func.value)
            if not parts or None in parts:
                return None
            known = [part for part in parts if part is not None]
            if name == "join":
                return posixpath.join(*known)
            if name == "dirname":
                return _up(known[0])
            if name in ("abspath", "realpath", "normpath", "str", "Path", "expanduser"):
                return known[0]
    return None


def _up(folder: str | None) -> str | None:
    if folder is None:
        return None
    name = posixpath.basename(folder)
    return posixpath.dirname(folder) or "." if name not in ("", ".", "..") else posixpath.join(folder, "..")


def _parse(module: LocalModule) -> Source:
    """Parsed once a process, however many DAG files import it; the longest unused go first."""
    key = (module.name, module.data)
    found = _parsed.get(key)
    if found is None:
        found = _parsed[key] = parse(module.data, module.origin)
        while len(_parsed) > 1 and sum(len(data) for _, data in _parsed) > CACHED:
            _parsed.popitem(last=False)
    _parsed.move_to_end(key)
    return found


def _plugin_names(data: bytes) -> Iterator[str]:
    """The names under which plugins of a module are known."""
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and any("AirflowPlugin" in ast.unparse(base) for base in node.bases):
            for line in node.body:
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant) and isinstance(line.targets[0], ast.Name):
                    if line.targets[0].id == "name":
                        yield str(line.value.value)


def _is_plugin(thing: Class, title: str, found: Loaded) -> bool:
    named = [line for line in _plugin_names(found.module.data) if line == title]
    return bool(named) and any(isinstance(base, Named) and base.path.endswith(".AirflowPlugin") for base in thing.bases)


def _dotted(alias: cst.ImportAlias) -> str:
    return _name(alias.name)


def _name(node: cst.CSTNode | None) -> str:
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        return f"{_name(node.value)}.{node.attr.value}"
    return ""
