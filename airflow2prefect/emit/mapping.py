"""Calls of mapped tasks: `.map`, a comprehension, or the emitted `submit_each` where only the run knows what there is to map over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from airflow2prefect.emit.calls import Group, arguments
from airflow2prefect.emit.pulls import access_of, accesses
from airflow2prefect.emit.resolve import mark
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.tasks import Impossible
from airflow2prefect.emit.values import Scope, code_text, layout_of, value_needs
from airflow2prefect.model import Block, Link, Loop, Need, Pairs, Sequence, Step, Value, XComOf
from airflow2prefect.plan.groups import steps_in

if TYPE_CHECKING:
    from airflow2prefect.emit.flow import FlowWriter

ALL = "**"
Text = str | Group
Call = tuple[Text, Group]


def mapped_call(writer: FlowWriter, step: Step, target: Text, pairs: list[tuple[str, Text]], waits: Text | None) -> Call:
    """How `target` is called for each of the values that it is mapped over. `pairs`: the arguments, mapped ones as `mark`."""
    over = writer.plan.bodies[step.task.task_id].over
    parameters = {name or str(text): match[1] for name, text in pairs if (match := re.fullmatch("\ue0f0(.+)\ue0f1", str(text)))}
    fixed = [(name, text) for name, text in pairs if not re.fullmatch("\ue0f0(.+)\ue0f1", str(text))]
    if any("\ue0f0" in str(text) for _, text in fixed) or (ALL not in over and len(parameters) < len(over)):
        raise Impossible("expand", "values inside other arguments", step)
    if writer.is_ruled(step):
        return _each(writer, step, target, parameters, fixed)
    rest = [("wait_for", waits)] if waits is not None else []
    if ALL in over:
        values = _text(writer, step, over[ALL])
        call = _flat(target, [*fixed, ("", "**kwargs"), *rest])
        return "", Group("[", (f"{call} for kwargs in {values}",), "]")
    if len(over) == 1:
        writer.draft.need(*(["prefect.unmapped"] if fixed else []))
        marks = set(map(mark, over))
        ordered = sorted(pairs, key=lambda pair: str(pair[1]) in marks, reverse=True) if all(name for name, _ in pairs) else pairs
        found = [(name, _items(writer, step, text, over)) for name, text in ordered]
        return target, Group(".map(", arguments([*found, *rest]), ")")
    names = {key: _variable(writer, key, pairs) for key in over}
    inner = [(name, names[match[1]] if (match := re.fullmatch("\ue0f0(.+)\ue0f1", str(text))) else text) for name, text in pairs]
    loops = [f"for {names[key]} in {_iterable(_text(writer, step, value), value)}" for key, value in over.items()]
    return "", Group("[", (" ".join([_flat(target, [*inner, *rest]), *loops]),), "]")


def _items(writer: FlowWriter, step: Step, text: Text, over: object) -> Text:
    """An argument of `.map`: what is mapped over, the rest as `unmapped`."""
    assert hasattr(over, "items")
    for key, value in over.items():
        if text == mark(key):
            return _iterable(_text(writer, step, value), value)
    return Group("unmapped(", (text,), ")")


def _iterable(text: Text, value: Value) -> Text:
    """A mapping is mapped over as its pairs."""
    if not isinstance(value, Pairs):
        return text
    return f"{text}.items()" if isinstance(text, str) else Group(text.open, text.items, text.close + ".items()")


def _variable(writer: FlowWriter, key: str, pairs: list[tuple[str, Text]]) -> str:
    """A name in the comprehension that hides none which its arguments use."""
    used = {word for _, text in pairs for word in re.findall(r"\w+", re.sub("\ue0f0.+?\ue0f1", "", str(text)))}
    return key if key not in used | set(writer.variables.values()) | set(writer.locals.values()) else f"each_{key}"


def _flat(target: Text, pairs: list[tuple[str, Text]]) -> str:
    return f"{target}.submit({', '.join(map(str, arguments(pairs)))})"


def _each(writer: FlowWriter, step: Step, target: Text, parameters: dict[str, str], fixed: list[tuple[str, Text]]) -> Call:
    """`submit_each(load, {"table": tables}, after=[tables])`"""
    writer.draft.helper("airflow_mapping", "submit_each")
    writer.draft.use("airflow_rules", *writer.used_rules(step, fixed))
    over = writer.plan.bodies[step.task.task_id].over
    if any(not name for name, _ in fixed):
        raise Impossible("partial", "arguments without a name", step)
    by_key = {key: name for name, key in parameters.items()}
    if ALL in over:
        values: Text = _late(writer, step, over[ALL])
    else:
        items: list[Text] = []
        for key, value in over.items():
            text = _late(writer, step, value)
            head = f"{literal(by_key[key].strip(chr(0xE0F0) + chr(0xE0F1)))}: "
            items.append(head + text if isinstance(text, str) else Group(head + text.open, text.items, text.close))
        values = Group("{", tuple(items), "}")
    return "", Group("submit_each(", (target, values, *arguments([*fixed, *writer.rule_pairs(step)])), ")")


def _late(writer: FlowWriter, step: Step, value: Value) -> Text:
    """What is mapped over, for the helper to ask when it has ended: a run, those of a mapped task, or a function."""
    if not isinstance(value, XComOf):
        return _text(writer, step, value)
    need = Need("xcom", value.task_id, value.key)
    link = writer.plan.producer(step, value.task_id)
    if link is None:
        raise Impossible("expand", f"what {value.task_id} returns", step)
    run = writer.run(link)
    producer = writer.order.steps[link.step]
    access = access_of(need, accesses(writer.plan, step))
    if writer.plan.is_mapped(producer):
        if value.key != "return_value" or access.startswith("[each["):
            raise Impossible("expand", f"{value.key} of the runs of {value.task_id}", step)
        writer.draft.helper("airflow_mapping", "results")
        return f"results({run})"
    return run if access == "{0}" else "lambda: " + access.format(f"{run}.result()")


def _text(writer: FlowWriter, step: Step, value: Value) -> Text:
    inner = value.items if isinstance(value, Sequence) else (value,)
    if any(need.kind == "xcom" for each in inner if not isinstance(each, XComOf) for need in value_needs(each)):
        raise Impossible("expand", "values made of what tasks return", step)
    scope: Scope = writer.scope(step)
    code = value.code if isinstance(value, (Sequence, Pairs)) else None
    named = code is not None and code.text in writer.draft.kept
    text = code_text(code, scope) if code is not None and named else layout_of(value, scope)
    if text is None:
        raise Impossible("expand", value, step)
    return text


def group_lines(writer: FlowWriter, block: Block, indent: str) -> list[str]:
    """A loop that stands for a group that is mapped over values."""
    first = steps_in(block)[0]
    names = sorted({value.task_id for _, value in block.loop.over if isinstance(value, XComOf)})
    producers = [link for name in names if (link := writer.plan.producer(first, name)) is not None]
    if len(producers) < len(names):
        raise Impossible("expand", "what a task returns that comes later", first)
    head, gate = _group_head(writer, block.loop, first, producers)
    outer, writer.gates = writer.gates, writer.gates | ({link.step: gate for link in producers} if gate else {})
    lines = [indent + head, *(line for item in block.items for line in writer.item_lines(item, indent + "    "))]
    writer.gates = outer
    return lines


def _group_head(writer: FlowWriter, loop: Loop, step: Step, producers: list[Link]) -> tuple[str, str]:
    """The head of the loop that stands for a mapped group, and the name of what its first tasks wait for instead of `producers`."""
    over = dict(loop.over)
    if not producers:
        return f"for {loop.target_text} in {_written(writer, step, over)}:", ""
    if writer.draft.options.task_runner != "thread":
        raise Impossible("expand", "a group on another task runner than of threads", step)
    writer.draft.helper("airflow_mapping", "each_pass")
    gate = writer.names.claim("after", "ready")
    items = tuple(f"{literal(key)}: {_flat_text(_late(writer, step, value))}" for key, value in over.items())
    waits = writer.waits(producers, allow=False)
    assert waits is not None
    call = Group("each_pass(", (Group("{", items, "}"), f"after={_flat_text(waits)}"), ")")
    return f"for {loop.target_text}, {gate} in {call.flat()}:", gate


def _written(writer: FlowWriter, step: Step, over: dict[str, Value]) -> str:
    """What a group is mapped over, where all of it is written out."""
    if ALL in over:
        every = over[ALL]
        rows = every.items if isinstance(every, Sequence) else ()
        values = [tuple(value for _, value in row.items) for row in rows if isinstance(row, Pairs)]
        items: tuple[Value, ...] = tuple(row[0] if len(row) == 1 else Sequence("tuple", row) for row in values)
        return _flat_text(_text(writer, step, Sequence("list", items)))
    texts = [_flat_text(_iterable(_text(writer, step, value), value)) for value in over.values()]
    if len(texts) == 1:
        return texts[0]
    writer.draft.need("itertools.product")
    return f"product({', '.join(texts)})"


def _flat_text(text: Text) -> str:
    return text if isinstance(text, str) else text.flat()
