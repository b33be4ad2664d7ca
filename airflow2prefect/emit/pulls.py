"""XComs between tasks: what each task gives away, and which tasks a pull takes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from airflow2prefect.emit.names import identifier
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.values import fixed_text
from airflow2prefect.model import Code, FlowPlan, Literal, Need, Pull, Step, Task, Value
from airflow2prefect.plan.mapping import gives_nothing
from airflow2prefect.plan.passes import same_pass
from airflow2prefect.plan.rules import descendants, is_sure

NOTHING = "None"  # the default of a Need for an XCom that no task pushes
WHOLE_RUN = "..."  # the default of a Need for all that a task returned
EVERY = "*"  # the default of a Need for the XComs of all passes of a loop
BY_ID = "**"  # the same for all that they returned, by task_id


def pushed(task: Task) -> dict[str, bool]:
    """Keys that a task pushes besides returning, and whether it always does; with them, "return_value"."""
    function = task.callable
    if task.pulled:
        return dict.fromkeys(("return_value", *task.pulled), False)
    if function is None or not (function.pushes or function.helper_pushes):
        return {}
    keys = {push.key: push.always for push in function.helper_pushes if push.key is not None}
    keys |= {push.key: push.always for push in function.pushes if push.key is not None}
    valued = bool(function.returns) and all(r.value is not None and not r.is_none for r in function.returns)
    return {"return_value": valued and not function.ends_open, **keys}


def _keys_returned(task: Task) -> frozenset[str]:
    """Keys that are in the dict whichever `return` it was, where Airflow pushes them one by one."""
    function = task.callable
    if function is None or not outputs_keys(task) or function.ends_open or function.pushes or not function.returns:
        return frozenset()
    return frozenset.intersection(*(statement.keys for statement in function.returns))


def outputs_keys(task: Task) -> bool:
    """Whether Airflow pushes each key of the dict that the task returns as well.

    https://airflow.apache.org/docs/apache-airflow/2.10.5/tutorial/taskflow.html#multiple-outputs-inference
    """
    given = task.argument("multiple_outputs")
    return isinstance(given, Literal) and given.value is True


def returns_dict(task: Task) -> bool:
    """Whether the task returns all its XComs as a dict."""
    function = task.callable
    return bool(task.pulled) or (function is not None and bool(function.pushes or function.helper_pushes))


def resolve_pull(plan: FlowPlan, step: Step, pull: Pull) -> tuple[Need, ...] | None:
    """The XComs that a pull takes, in order; None where only a run of Airflow could tell."""
    if pull.foreign or pull.key is None:
        return None
    by_id = {task.task_id: task for task in plan.dag.tasks}
    if pull.pattern is not None:
        return _of_loop(plan, pull)
    if pull.any_task:
        return _of_any(plan, step, pull)
    if pull.task_ids is None:
        task_id = same_pass(plan, step, pull)
        need = _need(plan, by_id[step.task.within + task_id], task_id, pull.key) if task_id is not None else None
        return None if need is None else (need,)
    needs: list[Need] = []
    for task_id in pull.task_ids:
        need = _need(plan, by_id.get(step.task.within + task_id), task_id, pull.key)
        if need is None:
            return None
        needs.append(need)
    return tuple(needs)


def _keeps_choice(plan: FlowPlan, task: Task) -> bool:
    """Whether a task that chooses what follows does not push what it chose.

    https://github.com/apache/airflow/blob/1.10.15/airflow/operators/python_operator.py: `execute` returns nothing, in 2.x the choice
    """
    return plan.dag.airflow < 2 and plan.bodies[task.task_id].chooses != ""


def _need(plan: FlowPlan, task: Task | None, task_id: str, key: str) -> Need | None:
    if task is None or (key == "return_value" and _keeps_choice(plan, task)):
        return Need("xcom", task_id, key, NOTHING)
    keys = pushed(task)
    if key == "*":
        named = [name for name in keys if name != "return_value"]
        if not keys or keys["return_value"]:
            return Need("xcom", task_id, "return_value")
        return Need("xcom", task_id, named[0]) if len(named) == 1 else None
    dynamic = task.callable is None or any(p.key is None for p in (*task.callable.pushes, *task.callable.helper_pushes))
    if key != "return_value" and key not in keys and not (keys and dynamic) and not outputs_keys(task):
        return Need("xcom", task_id, key, NOTHING)
    return Need("xcom", task_id, key)


def _of_loop(plan: FlowPlan, pull: Pull) -> tuple[Need, ...] | None:
    """`[f"load_{t}" for t in TABLES]` is what a loop over TABLES made."""
    assert pull.pattern is not None
    iterable, target, shape = pull.pattern
    for step in plan.order.steps:
        if len(step.loops) != 1:
            continue
        loop = plan.dag.loops[step.loops[0]]
        if loop.iterable.text == iterable and id_shape(step.task.id_value, loop.targets) == re.sub(rf"^{re.escape(target)}$", "{}", shape):
            return (replace(Need("xcom", step.task.task_id, pull.key or "return_value"), default=EVERY),)
    return None


def is_open(plan: FlowPlan, step: Step) -> bool:
    """Whether only the run knows how often a loop makes the task."""
    return any(plan.dag.loops[loop].count is None for loop in step.loops)


def of_shape(plan: FlowPlan, shape: str) -> list[str]:
    """The tasks whose loop makes their ids of this form."""
    steps = [step for step in plan.order.steps if step.loops and "{}" in shape and shape != "{}"]
    return [
        task.task_id
        for step in steps
        if id_shape(step.task.id_value, tuple(name for loop in step.loops for name in plan.dag.loops[loop].targets)) == shape
        for task in step.tasks
    ]


def id_shape(value: Value, targets: tuple[str, ...]) -> str:
    """A computed task_id with {} for what varies."""
    code = value.code if isinstance(value, Literal) else value if isinstance(value, Code) else None
    if code is None:
        return ""
    if code.parts:
        return "".join(part if isinstance(part, str) else "{}" for part in code.parts)
    return "{}" if code.text in targets else code.text


def _of_any(plan: FlowPlan, step: Step, pull: Pull) -> tuple[Need, ...] | None:
    """`xcom_pull(key="k")`: the one task before this that pushes the key."""
    below = descendants(plan.dag)
    key = pull.key or "return_value"
    before = [t for t in plan.dag.tasks if step.task.task_id in below[t.task_id] and t.within == step.task.within]
    found = [task for task in before if key in pushed(task) or (key in ("return_value", "*") and gives(plan, task))]
    if len(found) != 1:
        return None
    need = _need(plan, found[0], found[0].task_id.removeprefix(step.task.within), key)
    return (need,) if need is not None else None


def gives(plan: FlowPlan, task: Task) -> bool:
    """Whether the task may return anything, or push."""
    body = plan.bodies[task.task_id]
    if _keeps_choice(plan, task):
        return False
    if task.callable is None:
        return body.returns
    function = task.callable
    return bool(function.pushes or function.helper_pushes or function.kind == "lambda") or any(
        r.value is not None and not r.is_none for r in function.returns
    )


def parameter_name(plan: FlowPlan, step: Step, need: Need) -> str:
    """The wanted name for what `step` takes of another task of its pass of a loop: what that task is called in every pass."""
    found = plan.steps_by_task.get(step.task.within + need.name) if need.kind == "xcom" and need.default != EVERY else None
    if found is None or not found.loops or step.loops[: len(found.loops)] != found.loops:
        return ""
    name = fixed_text(found.task.id_value) or found.task.variable
    return identifier(name) if name else ""


def accesses(plan: FlowPlan, step: Step) -> Mapping[Need, str]:
    """How `step` reads a key from what a task returns: `{0}["key"]` where that returns all its XComs as a dict."""
    made: dict[Need, str] = {}
    for task in plan.dag.tasks:
        keys = pushed(task)
        owner = (
            "{0}"
            if not (keys or _keys_returned(task)) or is_sure(plan.dag, plan.rules, step.task.task_id, task.task_id)
            else "({0} or {{}})"
        )
        for key, always in keys.items():
            item = f"[{literal(key)}]" if always and owner == "{0}" else f".get({literal(key)})"
            made[Need("xcom", task.task_id.removeprefix(step.task.within), key)] = owner + item
        for key in _keys_returned(task):
            item = f"[{literal(key)}]" if owner == "{0}" else f".get({literal(key)})"
            made.setdefault(Need("xcom", task.task_id.removeprefix(step.task.within), key), owner + item)
        if plan.bodies[task.task_id].over or plan.is_expanded(task, step):
            _of_each(plan, step, task, made)
    return made


def _of_each(plan: FlowPlan, step: Step, task: Task, made: dict[Need, str]) -> None:
    """Of a mapped task, the list of what its runs returned: without those that returned nothing, as Airflow has it, and None if all did.

    https://github.com/apache/airflow/blob/2.10.5/airflow/models/xcom_arg.py, `PlainXComArg.resolve`
    """
    need = Need("xcom", task.task_id.removeprefix(step.task.within), "return_value")
    sure = step.task.trigger_rule == "all_success" and not gives_nothing(task, plan.bodies[task.task_id])
    keys = pushed(task)
    for each in {need, *(replace(need, key=key) for key in keys)}:
        item = made.get(each, "{0}").replace("{0}", "each")
        if not sure:
            made[each] = f"[{item} for each in {{0}} if {item} is not None] or None"
        elif item != "each":
            made[each] = f"[{item} for each in {{0}}]"


def access_of(need: Need, producers: Mapping[Need, str]) -> str:
    """The same for one need; every run of a loop is read alike."""
    if need.default in (WHOLE_RUN, BY_ID):
        return "{0}"
    plain = replace(need, default=None)
    access = producers.get(plain, "{0}")
    whole = producers.get(replace(plain, key="return_value"), "")
    if access == "{0}" and need.key != "return_value" and " for each in " in whole:
        return f"[each.get({literal(need.key)}) for each in {whole}]"
    if access == "{0}" and need.key != "return_value" and need.default != NOTHING:
        access = f"{{0}}.get({literal(need.key)})"
    if need.default == EVERY and access != "{0}":
        return f"[{access.replace('{0}', 'each')} for each in {{0}}]"
    return access
