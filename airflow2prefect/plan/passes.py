"""XComs between the passes of a loop: which task of the same pass a computed id means."""

from __future__ import annotations

import re
from collections.abc import Mapping

from airflow2prefect.model import Code, Dag, FlowPlan, Literal, Pairs, Pull, Sequence, Step, Task, Value

_STRING = re.compile(r"""'[^'\\\n]*'|"[^"\\\n]*\"""")


def same_pass(plan: FlowPlan, step: Step, pull: Pull) -> str | None:
    """The task_id of the first task that a pull with a computed id means, where each pass of the loop means that of its own.

    `'extract_%s' % table` in a callable whose argument `table` is the variable of the loop that made `'extract_%s' % t`.
    """
    if not pull.holes:
        return None
    meant = [_meant(plan.dag, task, pull) for task in step.tasks]
    if None in meant:
        return None
    found = plan.steps_by_task.get(step.task.within + str(meant[0]))
    if found is None:
        return None
    depth = len(found.loops)
    if step.loops[:depth] != found.loops or any(task_id not in {t.task_id for t in found.tasks} for task_id in meant):
        return None
    by_id = {task.task_id: task for task in found.tasks}
    pairs = zip(step.tasks, meant, strict=True)
    if any(by_id[str(task_id)].iterations[:depth] != task.iterations[:depth] for task, task_id in pairs):
        return None
    return str(meant[0]).removeprefix(step.task.within)


def _meant(dag: Dag, task: Task, pull: Pull) -> str | None:
    """The task that the pull of one task means: by its text, or by how its id is made where only the run knows that."""
    given = _given(task)
    values = [given.get(hole) for hole in pull.holes]
    if all(isinstance(value, Literal) for value in values):
        texts = iter([str(value.value) for value in values if isinstance(value, Literal)])
        task_id = re.sub(r"\{\}", lambda _: next(texts), pull.shape)
        return next((t.task_id for t in dag.tasks if t.task_id == task.within + task_id), None)
    texts = iter(f"{{{value.text}}}" if isinstance(value, Code) else str(getattr(value, "value", "?")) for value in values)
    form = re.sub(r"\{\}", lambda _: next(texts), pull.shape)
    return task_of_form(dag, task, form)


def task_of_form(dag: Dag, task: Task, form: str) -> str | None:
    """The one task in the loops of `task` whose id is made like `form`: text with the source of what varies in braces."""
    found = [t.task_id for t in dag.tasks if t.iterations == task.iterations[: len(t.iterations)] and form_of(t) == form]
    return found[0] if len(found) == 1 else None


def form_of(task: Task) -> str:
    """A task's id with the source of what varies in braces."""
    return ".".join(map(_form, (*task.outer, task.id_value)))


def _form(value: Value) -> str:
    code = value.code if isinstance(value, Literal) else value if isinstance(value, Code) else None
    if code is None or (isinstance(value, Literal) and not code.parts):
        return str(value.value) if isinstance(value, Literal) else "?"
    return "".join(part if isinstance(part, str) else f"{{{part.text}}}" for part in code.parts or (code,))


def _given(task: Task) -> Mapping[str, Value]:
    """The arguments of a task's callable by the parameters that take them."""
    args, kwargs = task.argument("op_args"), task.argument("op_kwargs")
    positional = [p.name for p in task.callable.parameters if p.kind == "positional"] if task.callable is not None else []
    made = dict(zip(positional, args.items, strict=False)) if isinstance(args, Sequence) else {}
    named = kwargs.items if isinstance(kwargs, Pairs) else ()
    defaults = {p.name: p.default for p in task.callable.parameters} if task.callable is not None else {}
    for name, default in defaults.items():
        if name not in made and default is not None and _STRING.fullmatch(default):
            made[name] = Literal(default[1:-1])
    return made | {str(key.value): value for key, value in named if isinstance(key, Literal)}
