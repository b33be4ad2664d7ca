"""Tasks to bodies: each operator's converter, then the templates in what Airflow renders."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from airflow2prefect.findings import Level, finding
from airflow2prefect.model import Body, Call, Code, Dag, Literal, Need, Pairs, Piece, Sequence, Task, Template, Value, parts_of
from airflow2prefect.operators.registry import convert_task
from airflow2prefect.plan.flow import params_of
from airflow2prefect.plan.mapping import group_loop, is_written
from airflow2prefect.plan.passes import task_of_form
from airflow2prefect.plan.schedule import read_schedule

_JINJA = re.compile(r"\{[{%#]")
# Fields in which whole texts stand: what a Variable, a file or a function gives there may well be a template.
_TEXTS = frozenset(("command", "sql", "hql", "query", "body", "html_content", "message", "text"))
ReadTemplate = Callable[..., Template]


def body_of(task: Task, dag: Dag, read: ReadTemplate, bridge: bool = False) -> Body:
    """What `task` does. `read` is analyse's reader of Jinja. `bridge`: what cannot be converted runs in Airflow's environment."""
    if task.gap is not None:
        return Body(gap=task.gap)
    if task.over and any(dag.loops[each.loop].count is None for each in task.iterations):
        return Body(gap=finding("A2P121", task.site.line, task.site.column, task.task_id))
    if task.mapped and not task.over and (loop := group_loop(dag, task)) is not None:
        if task.trigger_rule != "all_success" and not is_written(loop):  # with nothing to map over, Airflow skips it whatever its rule
            return Body(gap=finding("A2P121", task.site.line, task.site.column, task.task_id))
        task = replace(task, mapped=False)
    params = frozenset(params_of(dag)) | _names(task.argument("params"))
    body = _by_schedule(convert_task(task, params if bridge else None), task, dag)
    if body.gap is not None:
        return body
    macros = _names(dag.arguments.get("user_defined_macros"))
    filters = _names(dag.arguments.get("user_defined_filters"))

    def render(value: Value) -> Value:
        span = task.site

        def named(form: str) -> str | None:
            found = task_of_form(dag, task, form)
            return None if found is None else found.removeprefix(task.within)

        def read_here(text: str) -> Template:
            text = _PULL_OF_PARAM.sub(partial(_pull_of, task, dag), text)
            made = read(text, macros=macros, filters=filters, params=params, line=span.line, column=span.column)
            if not made.includes or any(found.level == Level.GAP for found in made.findings):
                return made
            told = tuple(finding("A2P207", span.line, span.column, task.task_id, file=name) for name in made.includes)
            return Template("", None, findings=told, includes=("", *_search_path(dag)), source=Literal(text))

        return templated(value, read_here, named)

    def templated_field(value: Value) -> Value:
        if body.extensions and (end := _end(value)).endswith(body.extensions):
            name = str(value.value) if isinstance(value, Literal) else getattr(value, "text", end)
            found = finding("A2P207", task.site.line, task.site.column, task.task_id, file=name)
            return Template(name, None, findings=(found,), includes=_search_path(dag), file=name, source=value)
        if isinstance(value, Sequence):
            items = tuple(templated_field(item) for item in value.items)
            return value if items == value.items else replace(value, items=items, code=None)
        return render(value)

    def text_field(name: str, value: Value) -> Value:
        made = templated_field(value)
        return Template("", None, source=value) if made is value and name in _TEXTS and _is_opaque(value) else made

    if body.over:
        body = replace(
            body, over=MappingProxyType({key: templated_field(value) if _renders(body, key) else value for key, value in body.over.items()})
        )
    fields = {name: text_field(name, value) if name in body.templated else value for name, value in body.fields.items()}
    return replace(
        body,
        fields=MappingProxyType(fields),
        args=render(body.args) if body.args is not None else None,
        kwargs=_built(body.kwargs, body, templated_field) if body.builds else render(body.kwargs) if body.kwargs is not None else None,
    )


# A task named by a parameter of the task's own.
_PULL_OF_PARAM = re.compile(r"(xcom_pull\(\s*(?:task_ids\s*=\s*)?)params\.(\w+)(?=\s*[,)])")


def _pull_of(task: Task, dag: Dag, found: re.Match[str]) -> str:
    """The pull with the id itself, where it is known: before Airflow 2 no run gives parameters other values."""
    given = task.argument("params")
    pairs = given.items if isinstance(given, Pairs) else ()
    known = params_of(dag) | {key.value: value for key, value in pairs if isinstance(key, Literal)}
    value = known.get(found[2])
    return f"{found[1]}{json.dumps(value.value)}" if task.airflow < 2 and isinstance(value, Literal) and isinstance(value.value, str) else found[0]


def _by_schedule(body: Body, task: Task, dag: Dag) -> Body:
    """Without a schedule there is no latest run: each is started by hand, and LatestOnlyOperator lets it pass."""
    if body.template != "latest_only":
        return body
    schedule, _ = read_schedule(dag)
    if schedule.kind == "unknown":
        return Body(gap=finding("A2P340", task.site.line, task.site.column, task.task_id))
    return Body(template="dummy", passive=True) if schedule.kind in ("none", "once") else body


def _renders(body: Body, key: str) -> bool:
    """Whether Airflow renders what an argument is mapped over, where that is written out."""
    need = Need("mapped", key)
    fields = (value for name, value in body.fields.items() if name in body.templated)
    return not body.template or any(isinstance(value, Template) and need in value.needs for value in fields)


def _built(arguments: Value | None, body: Body, templated_field: Callable[[Value], Value]) -> Value | None:
    """The arguments of a class of the file, of which Airflow renders some."""
    if not isinstance(arguments, Pairs):
        return arguments
    pairs = (
        (key, templated_field(value) if isinstance(key, Literal) and key.value in body.templated else value)
        for key, value in arguments.items
    )
    return Pairs(tuple(pairs))


def _search_path(dag: Dag) -> tuple[str, ...]:
    """The folders of template_searchpath, as far as they are known."""
    given = dag.arguments.get("template_searchpath")
    items = given.items if isinstance(given, Sequence) else (given,)
    return tuple(item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str))


def _names(value: Value | None) -> frozenset[str]:
    if not isinstance(value, Pairs):
        return frozenset()
    return frozenset(k.value for k, _ in value.items if isinstance(k, Literal) and isinstance(k.value, str))


def templated(value: Value, read: Callable[[str], Template], named: Callable[[str], str | None] = lambda form: None) -> Value:
    """`value` with every string that has Jinja in it as a Template.

    `named`: the task whose id is made like a text with source in braces, for pulls from a task of the same pass of a loop.
    """
    match value:
        case Literal(value=str() as text) if "{" in text and re.search(r"\{[{%#]", text):
            code = value.code
            if code is not None and code.parts:
                return _mixed(code.parts, read, named) or read(text)
            return read(text)
        case Sequence():
            items = tuple(templated(item, read, named) for item in value.items)
            return value if items == value.items else replace(value, items=items, code=None)
        case Pairs():
            pairs = tuple((key, templated(item, read, named)) for key, item in value.items)
            return value if pairs == value.items else replace(value, items=pairs, code=None)
        case Call() if any(isinstance(part, Literal) and _JINJA.search(str(part.value)) for part in _all_parts(value)):
            known = _known_json(value)
            return Template("", None, source=value) if known is None else read(known)
        case Call(code=Code(templated=True)):
            return Template("", None, source=value)
        case Code(parts=parts, templated=True):
            return (_mixed(parts, read, named) if parts else None) or Template("", None, source=value)
    return value


def _end(value: Value) -> str:
    """The text that a value is certain to end with."""
    if isinstance(value, Literal):
        return value.value if isinstance(value.value, str) else ""
    last = value.parts[-1] if isinstance(value, Code) and value.parts else ""
    return last if isinstance(last, str) else ""


def _is_opaque(value: Value) -> bool:
    """Whether nothing of a text is known."""
    code = value if isinstance(value, Code) else value.code if isinstance(value, Call) else None
    return code is not None and not code.parts and code.text != "..."


def _all_parts(value: Value) -> Iterator[Value]:
    yield value
    for part in parts_of(value):
        yield from _all_parts(part)


def _known_json(value: Call) -> str | None:
    """What `json.dumps` makes of data that is written out: Airflow renders the text of it."""
    if value.path != "json.dumps" or len(value.args) != 1 or value.kwargs:
        return None
    try:
        return json.dumps(_plain(value.args[0]))
    except (TypeError, ValueError):
        return None


def _plain(value: Value) -> object:
    """The Python value; raises TypeError for what only the run knows."""
    match value:
        case Literal():
            return value.value
        case Sequence(items=items, kind="list" | "tuple"):
            return [_plain(item) for item in items]
        case Pairs(items=items):
            return {_plain(key): _plain(item) for key, item in items}
    raise TypeError


def _mixed(parts: tuple[str | Code, ...], read: Callable[[str], Template], named: Callable[[str], str | None]) -> Template | None:
    """A template with expressions of the user's between its text: they stand for private characters while Jinja reads it."""
    codes = [part for part in parts if isinstance(part, Code)]
    if any(code.templated for code in codes):
        return None  # what an expression of the user's makes is rendered as well
    marked, number = "", 0
    for part in parts:
        if isinstance(part, str):
            marked += part
        else:
            marked += f"\\ue000{number}\\ue001".encode().decode("unicode_escape")
            number += 1
    template = read(marked)
    if template.parts is None:
        return None
    made: list[str | Piece | Code] = []
    for piece in template.parts:
        if isinstance(piece, Piece):
            meant = _meant(piece, codes, named)
            if meant is None:
                return None
            piece = meant
        if not isinstance(piece, str):
            made.append(piece)
            continue
        for text in re.split("(\ue000\\d+\ue001)", piece):
            if text.startswith("\ue000"):
                made.append(codes[int(text[1:-1])])
            elif text:
                made.append(text)
    return Template(template.text, tuple(made), template.needs, template.findings)


def _meant(piece: Piece, codes: list[Code], named: Callable[[str], str | None]) -> Piece | None:
    """The piece with the tasks that its pulls mean; None where an expression of the user's stands anywhere else in it."""
    if "\ue000" in piece.text:
        return None
    needs = []
    for need in piece.needs:
        form = re.sub("\ue000(\\d+)\ue001", lambda mark: f"{{{codes[int(mark[1])].text}}}", need.name)
        task_id = named(form) if form != need.name and need.kind == "xcom" else need.name if form == need.name else None
        if task_id is None:
            return None
        needs.append(replace(need, name=task_id))
    return replace(piece, needs=tuple(needs))
