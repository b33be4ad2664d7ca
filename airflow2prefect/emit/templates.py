"""The package's own templates: task bodies and helper modules. The home of jinja2 for writing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache

import jinja2

from airflow2prefect.emit.calls import LINE_END, Group, arguments, lay_out
from airflow2prefect.resources import templates_folder


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["scalar"] = _scalar
    environment.globals["call"] = _call
    environment.globals["call_with"] = _call_with
    environment.globals["group"] = _group
    return environment


def _call(
    function: str,
    *items: str | Group,
    before: str = "",
    after: str = "",
    depth: int = 1,
    **given: str | Group | list[str] | jinja2.Undefined,
) -> str:
    """A call in the body of a task, laid out; arguments that are not there are left out. `before` stands in front of it.

    `items` are arguments without a name; `depth` counts indentations from the margin of the module.
    """
    return _laid(function, _pairs(items, given), before, after, depth)


def _group(function: str, *items: str | Group, **given: str | Group | list[str] | jinja2.Undefined) -> Group:
    """A call as an argument of another."""
    return Group(f"{function}(", arguments(_pairs(items, given)), ")")


def _pairs(items: Sequence[str | Group], given: Mapping[str, str | Group | list[str] | jinja2.Undefined]) -> list[tuple[str, str | Group]]:
    pairs: list[tuple[str, str | Group]] = [("", item) for item in items if not isinstance(item, jinja2.Undefined)]
    for name, value in given.items():
        if not isinstance(value, jinja2.Undefined):
            pairs.append((name, Group("[", tuple(value), "]") if isinstance(value, list) else value))
    return pairs


def _call_with(function: str, first: str, pairs: Sequence[tuple[str, str | Group]], before: str = "") -> str:
    """The same for arguments whose names the user chose."""
    return _laid(function, [("", first), *pairs], before)


def _laid(function: str, pairs: Sequence[tuple[str, str | Group]], before: str, after: str = "", depth: int = 1) -> str:
    group = Group(f"{function}(", arguments(pairs), ")")
    if LINE_END in group.flat() and len(pairs) > 2:
        lines = [item if isinstance(item, str) else lay_out(item, "        ", ",").replace("\n    ", "\n") for item in group.items]
        return f"{group.open}\n" + "".join(f"    {line},\n" for line in lines) + group.close + after
    if LINE_END in group.flat():
        return group.flat() + after
    text = lay_out(Group(before + group.open, group.items, group.close), "    " * depth, after).removeprefix(before)
    return text.replace("\n    ", "\n") + after


def _scalar(value: object) -> str:
    """A value as YAML, in the part of it that is JSON."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


@cache
def task_template(name: str) -> jinja2.Template:
    """templates/tasks/<name>.py.j2: the lines of a task's body."""
    return _environment().get_template(f"tasks/{name}.py.j2")


@cache
def package_template(name: str) -> jinja2.Template:
    """templates/<name>.j2: a file beside the flows."""
    return _environment().get_template(f"{name}.j2")


def module_template(name: str, uses: frozenset[str]) -> str:
    """A module that flows import, templates/<name>.py as it is or .py.j2 rendered for what is used of it."""
    path = templates_folder() / f"{name}.py"
    return path.read_text(encoding="utf-8") if path.is_file() else package_template(f"{name}.py").render(uses=uses)
