"""The lines of a task whose body is a recipe: its statements with the user's values in place of the parameters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

from airflow2prefect.emit.calls import LINE_END, Group, arguments, lay_out
from airflow2prefect.emit.strings import literal
from airflow2prefect.syntax import below, copied

BLOCK = "gcp_credentials"
_SIMPLE = re.compile(r"[\w.]+|\"[^\"\\{]{0,60}\"")
_FORMATTED = re.compile(r'f"(?:[^"\\])*"')


def recipe_lines(
    code: str, fields: Mapping[str, str | Group], own: Mapping[str, str], *, returns: bool, keys: tuple[str, ...], polls: bool = False
) -> tuple[list[str], str | Group]:
    """The lines of the body, and for a sensor the condition that it waits for.

    `fields`: how arguments are written, with the block's name as "block". `own`: what the recipe's variables are called.
    `keys`: XComs that others pull besides what is returned.
    """
    printer = _Printer(fields, own)
    statements = _with_keys(ast.parse(code).body, keys)
    if not returns and not polls and not keys:
        statements = _without_values(statements)
    statements = _used(statements)
    printer.prepare(statements)
    condition: str | Group = ""
    if polls:
        last = statements.pop()
        assert isinstance(last, ast.Return) and last.value is not None
        condition = printer.laid(last.value)
    lines = [*printer.first, *(line for node in statements for line in printer.lines(node, 0))]
    return lines, condition


def _with_keys(statements: list[ast.stmt], keys: tuple[str, ...]) -> list[ast.stmt]:
    """Pushes become items of the dict that is returned, where others pull them; else they go."""
    pushed: dict[str, ast.expr] = {}
    made: list[ast.stmt] = []
    for node in statements:
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "push":
            pushed |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg in keys}
        else:
            made.append(node)
    if not keys:
        return made
    last = made.pop() if made and isinstance(made[-1], ast.Return) else None
    value = last.value if isinstance(last, ast.Return) else None
    pairs = {**({"return_value": value} if value is not None else {}), **pushed}
    return [*made, ast.Return(ast.Dict([ast.Constant(key) for key in pairs], list(pairs.values())))]


def _without_values(statements: list[ast.stmt], *, last: bool = True) -> list[ast.stmt]:
    """The statements of a task whose value nobody gets: `return f()` is `f()`. `last`: the task ends behind them."""
    made: list[ast.stmt] = []
    for number, node in enumerate(statements):
        ends = last and number == len(statements) - 1
        if isinstance(node, ast.Return):
            if isinstance(node.value, ast.Call) and not _is_pure(node.value):
                made.append(ast.Expr(node.value))
            made += [] if ends else [ast.Return(None)]
            continue
        inside = ends and not isinstance(node, (ast.For, ast.While))
        for name in ("body", "orelse", "finalbody"):
            if inner := getattr(node, name, None):
                setattr(node, name, _without_values(inner, last=inside) or ([ast.Pass()] if name == "body" else []))
        for handler in getattr(node, "handlers", ()):
            handler.body = _without_values(handler.body, last=inside) or [ast.Pass()]
        made.append(node)
    return made


def _is_pure(call: ast.Call) -> bool:
    """Whether a call only makes another form of what is known."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    inner = any(
        isinstance(node, ast.Call) for item in (*call.args, *(keyword.value for keyword in call.keywords)) for node in ast.walk(item)
    )
    return name in ("to_dict", "to_api_repr", "MessageToDict", "list", "dict", "str", "int") and not inner


def _used(statements: list[ast.stmt]) -> list[ast.stmt]:
    """The statements, without variables that nothing reads."""
    read = {node.id for node in below(*statements) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    made: list[ast.stmt] = []
    for node in statements:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if isinstance(node, ast.Assign) and isinstance(target, ast.Name) and target.id not in read:
            if isinstance(node.value, ast.Call) and not _is_pure(node.value):
                made.append(ast.Expr(node.value))
        else:
            made.append(node)
    return made if len(made) == len(statements) else _used(made)


class _Printer:
    def __init__(self, fields: Mapping[str, str | Group], own: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        self.own = dict(own)
        self.first: list[str] = []
        self._marks: list[str] = []

    def prepare(self, statements: list[ast.stmt]) -> None:
        """Give a variable to the block and to long values that are used more than once or in a loop."""
        counts: dict[str, int] = {}
        for name in (name for node in statements for name in _reads(node, False)):
            counts[name] = counts.get(name, 0) + 1
        formatted = _formatted(statements)
        block = self.fields.pop("block", "")
        if uses := sum(counts.get(name, 0) for name in ("gcp", "credentials", "project")):
            load = f"GcpCredentials.load({block})"
            if uses > 1:
                self.first.append(f"{BLOCK} = {load}")
                load = BLOCK
            self.own |= {"gcp": load, "credentials": f"{load}.get_credentials_from_service_account()", "project": f"{load}.project"}
        if storage := self.fields.pop("storage_block", ""):
            self.own["storage"] = f"GcpCredentials.load({storage}).get_cloud_storage_client()"
        for name, value in list(self.fields.items()):
            text = value if isinstance(value, str) else value.flat()
            if (counts.get(name, 0) > 1 and not _SIMPLE.fullmatch(text)) or (name in formatted and not _embeds(text)):
                self.first += self._split(_lines(f"{name} = ", value, "    "))
                self.fields[name] = name

    def lines(self, node: ast.stmt, depth: int) -> list[str]:
        """A statement at an indentation inside the task."""
        pad, margin = "    " * depth, "    " * (depth + 1)
        match node:
            case ast.Assign(targets=[target], value=value):
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                return self._laid_lines(f"{', '.join(map(self.flat, names))} = ", value, margin, pad)
            case ast.AugAssign(target=target, op=ast.Add(), value=value):
                return self._laid_lines(f"{self.flat(target)} += ", value, margin, pad)
            case ast.Return(value=value):
                return self._laid_lines("return ", value, margin, pad) if value is not None else [f"{pad}return"]
            case ast.Raise(exc=ast.expr() as value, cause=None):
                return self._laid_lines("raise ", value, margin, pad)
            case ast.Expr(value=value):
                return self._laid_lines("", value, margin, pad)
            case ast.If() | ast.For() | ast.While() | ast.With() | ast.Try():
                return list(self._block(node, depth))
        return [pad + ast.unparse(node)]

    def _block(self, node: ast.If | ast.For | ast.While | ast.With | ast.Try, depth: int) -> Iterator[str]:
        pad = "    " * depth
        match node:
            case ast.If(test=test):
                yield f"{pad}if {self.flat(test)}:"
            case ast.While(test=test):
                yield f"{pad}while {self.flat(test)}:"
            case ast.For(target=target, iter=iterable):
                yield from self._laid_lines(f"for {self.flat(target)} in ", iterable, pad + "    ", pad, ":")
            case ast.With(items=items):
                each = (self.flat(i.context_expr) + (f" as {self.flat(i.optional_vars)}" if i.optional_vars else "") for i in items)
                yield f"{pad}with {', '.join(each)}:"
            case ast.Try():
                yield f"{pad}try:"
        for inner in node.body:
            yield from self.lines(inner, depth + 1)
        for handler in getattr(node, "handlers", ()):
            what = f" {self.flat(handler.type)}" if handler.type else ""
            yield f"{pad}except{what}{f' as {self.own.get(handler.name, handler.name)}' if handler.name else ''}:"
            for inner in handler.body:
                yield from self.lines(inner, depth + 1)
        if orelse := getattr(node, "orelse", None):
            yield f"{pad}else:"
            for inner in orelse:
                yield from self.lines(inner, depth + 1)
        if final := getattr(node, "finalbody", None):
            yield f"{pad}finally:"
            for inner in final:
                yield from self.lines(inner, depth + 1)

    def _laid_lines(self, before: str, value: ast.expr, margin: str, pad: str, after: str = "") -> list[str]:
        laid = self.laid(value)
        text = _lines(before, laid, margin, after)
        first, *rest = text.split("\n")
        return [pad + first, *(line.removeprefix("    ") for line in rest)]

    @staticmethod
    def _split(text: str) -> list[str]:
        first, *rest = text.split("\n")
        return [first, *(line.removeprefix("    ") for line in rest)]

    def laid(self, node: ast.expr) -> str | Group:
        """An expression, as something that can be broken over lines."""
        match node:
            case ast.Name(id=name) if name in self.fields:
                return self.fields[name]
            case ast.Call(func=ast.Attribute(value=ast.Call(args=inner, keywords=named) as first, attr=name)) if inner or named:
                return self._behind(first, self.flat(ast.Call(ast.Name(f".{name}", ast.Load()), node.args, node.keywords)))
            case ast.Subscript(value=ast.Call(args=inner, keywords=named) as first, slice=index):
                return self._behind(first, f"[{self.flat(index)}]")
            case ast.Call(func=func, args=args, keywords=keywords):
                pairs = [("", self.laid(item)) for item in args if not isinstance(item, ast.Starred)]
                if len(args) == 1 and not keywords and isinstance(args[0], ast.GeneratorExp):
                    pairs = [("", self.flat(args[0])[1:-1])]
                if len(pairs) < len(args):
                    return self.flat(node)
                pairs += [(keyword.arg or "**", self.laid(keyword.value)) for keyword in keywords]
                group = Group(f"{self.flat(func)}(", arguments(pairs), ")")
                items = tuple(_spread(item) for item in group.items)
                return Group(group.open, items, group.close)
            case ast.Dict(keys=keys, values=values) if keys:
                entries: list[str | Group] = []
                for key, value in zip(keys, values, strict=True):
                    laid = self.laid(value)
                    if isinstance(laid, Group) and laid.open == "{" and key is None:
                        entries += laid.items
                    else:
                        entries.append(_prefixed(f"{self.flat(key)}: " if key else "**", laid))
                return Group("{", tuple(entries), "}")
            case ast.ListComp(elt=elt, generators=[ast.comprehension(target=ast.Name(id=name), iter=ast.Name() as source, ifs=[])]):
                each = self.fields.get(source.id, "")
                if isinstance(each, Group) and each.open == "[" and all(isinstance(i, str) and _embeds(i) for i in each.items):
                    return Group("[", tuple(self._with(name, item).laid(elt) for item in each.items), "]")
            case ast.List(elts=items) if items and not any(isinstance(item, ast.Starred) for item in items):
                return Group("[", tuple(self.laid(item) for item in items), "]")
            case ast.JoinedStr(values=values):
                return self._joined(values)
        return self.flat(node)

    def _behind(self, first: ast.expr, text: str) -> str | Group:
        """A call with something behind its closing bracket: `.execute()`, `["id"]`."""
        laid = self.laid(first)
        return laid + text if isinstance(laid, str) else Group(laid.open, laid.items, laid.close + text)

    def _with(self, name: str, value: str | Group) -> _Printer:
        return _Printer({**self.fields, name: value}, self.own)

    def flat(self, node: ast.AST) -> str:
        """An expression on one line."""
        match node:
            case ast.Name(id=name) if name not in self.fields:
                return self.own.get(name, name)
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name not in self.fields:
                return f"{self.own.get(name, name)}.{attribute}"
            case ast.Constant(value=str() as text):
                return literal(text)
        if (
            isinstance(node, (ast.Call, ast.JoinedStr))
            or (isinstance(node, ast.Dict) and node.keys)
            or (isinstance(node, ast.Name) and node.id in self.fields)
        ):
            laid = self.laid(node) if not any(isinstance(item, ast.Starred) for item in getattr(node, "args", ())) else None
            if laid is not None:
                return laid if isinstance(laid, str) else laid.flat()
        at = len(self._marks)
        text = ast.unparse(_Marking(self).visit(copied(node)))
        while marks := re.findall(r"__mark(\d+)__", text):
            for mark in marks:
                text = text.replace(f"__mark{mark}__", self._marks[int(mark)])
        del self._marks[at:]
        return text

    def marked(self, text: str) -> ast.Name:
        self._marks.append(text)
        return ast.Name(f"__mark{len(self._marks) - 1}__", ast.Load())

    def _joined(self, values: Iterable[ast.expr]) -> str:
        """An f-string; text that is known goes into it."""
        out, names = "", False
        for part in values:
            if isinstance(part, ast.Constant):
                out += str(part.value).replace("{", "{{").replace("}", "}}")
                continue
            assert isinstance(part, ast.FormattedValue)
            text = self.flat(part.value)
            if _SIMPLE.fullmatch(text) is None and not _embeds(text):
                raise ValueError(text)
            if text[:1] in "\"'" and (known := _plain(text)) is not None:
                out += known.replace("{", "{{").replace("}", "}}")
            elif _FORMATTED.fullmatch(text):
                out, names = out + text[2:-1], True
            else:
                out, names = out + "{" + text.replace('"', "'") + "}", True
        if not names:
            return literal(out.replace("{{", "{").replace("}}", "}"))
        return f'f"{out}"'


class _Marking(ast.NodeTransformer):
    """Names that stand for the user's values, and strings, as marks that their text replaces."""

    def __init__(self, printer: _Printer) -> None:
        self.printer = printer

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.printer.fields:
            text = self.printer.flat(node)
            return self.printer.marked(text if re.fullmatch(r"[\w.]+|\[.*\]|\{.*\}|f?\"[^\"]*\"|[\w.]+\([^()]*\)", text) else f"({text})")
        return self.printer.marked(self.printer.own[node.id]) if node.id in self.printer.own else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return self.printer.marked(literal(node.value)) if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return self.printer.marked(self.printer.flat(node))

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if any(isinstance(item, ast.Starred) for item in node.args):
            return self.generic_visit(node)
        return self.printer.marked(self.printer.flat(node))


def _lines(before: str, value: str | Group, margin: str, after: str = "") -> str:
    if isinstance(value, str):
        return before + value + after
    if LINE_END in value.flat():
        return before + value.flat() + after
    return lay_out(Group(before + value.open, value.items, value.close), margin, after) + after


def _plain(text: str) -> str | None:
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None
    return value if isinstance(value, str) else None


def _prefixed(before: str, value: str | Group) -> str | Group:
    return before + value if isinstance(value, str) else Group(before + value.open, value.items, value.close)


def _embeds(text: str) -> bool:
    """Whether an expression can stand between the braces of an f-string in double quotes."""
    if "\n" in text or LINE_END in text or "\\" in text:
        return False
    return _plain(text) is not None or _FORMATTED.fullmatch(text) is not None or not ('"' in text and "'" in text)


def _formatted(statements: Iterable[ast.stmt]) -> set[str]:
    """The names in f-strings."""
    values = (node for node in below(*statements) if isinstance(node, ast.FormattedValue))
    return {name.id for value in values for name in below(value) if isinstance(name, ast.Name)}


def _spread(item: str | Group) -> str | Group:
    """`**=x` is `**x`."""
    if isinstance(item, str):
        return item.replace("**=", "**", 1) if item.startswith("**=") else item
    return Group(item.open.replace("**=", "**", 1), item.items, item.close) if item.open.startswith("**=") else item


def _reads(node: ast.AST, looped: bool) -> Iterator[str]:
    """The names that a statement reads; twice where it does so in a loop."""
    if isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Load):
            yield from (node.id, node.id) if looped else (node.id,)
        return
    for child in ast.iter_child_nodes(node):
        inside = looped or (isinstance(node, (ast.For, ast.While)) and child is not getattr(node, "iter", None))
        inside = inside or (isinstance(node, (ast.ListComp, ast.GeneratorExp)) and child is not node.generators[0])
        yield from _reads(child, inside)
