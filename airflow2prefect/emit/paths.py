"""A flow that is one path: direct calls, an early return for a short-circuit, `if` or `match` for branches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from airflow2prefect.emit.calls import WIDTH
from airflow2prefect.emit.strings import literal
from airflow2prefect.model import Arm, Fork, Guard, Step

if TYPE_CHECKING:
    from airflow2prefect.emit.flow import FlowWriter

Item = Step | Guard | Fork
DEEPER = "    "


def path_lines(writer: FlowWriter, items: Iterable[Item], indent: str = "") -> Iterator[str]:
    """The statements of a path, in order."""
    for item in items:
        match item:
            case Step():
                yield from writer.step_lines(item, indent)
            case Guard(step=step):
                before, text = _condition(writer, step, indent, "if not {}:")
                yield from before
                yield indent + text
                yield f"{indent}{DEEPER}return"
            case Fork():
                yield from _fork(writer, item, indent)


def _fork(writer: FlowWriter, fork: Fork, indent: str) -> Iterator[str]:
    unset = [name for arm in fork.arms for name in _taken_elsewhere(writer, arm)]
    if unset:
        yield f"{indent}{' = '.join(unset)} = None"
    running = [arm for arm in fork.arms if arm.items]
    if len(fork.arms) == 2 and len(running) == 1:
        before, text = _condition(writer, fork.step, indent, f"if {{}} == {literal(running[0].choice)}:")
        yield from before
        yield indent + text
        yield from _arm(writer, running[0], indent + DEEPER)
        return
    before, text = _condition(writer, fork.step, indent, "match {}:")
    yield from before
    yield indent + text
    for arm in fork.arms:
        yield f"{indent}{DEEPER}case {literal(arm.choice)}:"
        yield from _arm(writer, arm, indent + 2 * DEEPER)


def _arm(writer: FlowWriter, arm: Arm, indent: str) -> Iterator[str]:
    lines = list(path_lines(writer, arm.items, indent))
    yield from lines or [f"{indent}pass"]
    if arm.ends:
        yield f"{indent}return"


def _condition(writer: FlowWriter, step: Step, indent: str, form: str) -> tuple[list[str], str]:
    """The lines before a condition on what a task returned, and the condition: the call itself, where it fits."""
    lines = list(writer.step_lines(step, indent))
    comments, call = lines[:-1], lines[-1].strip()
    name = writer.variables.get(step.index)
    if name is not None and writer.is_used(step):
        return lines, form.format(name)
    if all(line.lstrip().startswith("#") for line in comments) and len(indent) + len(DEEPER) + len(form.format(call)) <= WIDTH:
        return comments, form.format(call)
    name = writer.names.claim("choice" if form.startswith("match") else "proceed")
    return list(writer.step_lines(step, indent, name)), form.format(name)


def steps_of_path(items: Iterable[Item]) -> Iterator[Step]:
    """All steps of a path, in order."""
    for item in items:
        yield item if isinstance(item, Step) else item.step
        if isinstance(item, Fork):
            for arm in item.arms:
                yield from steps_of_path(arm.items)


def _taken_elsewhere(writer: FlowWriter, arm: Arm) -> Iterator[str]:
    """Variables of an arm that are used outside of it, where they are None if another arm was chosen."""
    inside = {step.index for step in steps_of_path(arm.items)}
    for step in steps_of_path(arm.items):
        if any(reader not in inside for reader in writer.readers(step)):
            yield writer.variables[step.index]
