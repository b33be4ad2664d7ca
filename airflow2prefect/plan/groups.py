"""Which groups and sub-DAGs become functions of their own, called in the flow.

A group of two tasks or more does, and reads there as it did in its `with` block. One task is called where it stands, and a group that is
the whole flow is that flow. So is one whose tasks cannot stand together, for others come between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from airflow2prefect.model import Block, Dag, Fork, Guard, Order, Part, Step, Task, TaskGroup

Container = tuple[str, object]  # ("loop", its number) or ("group", what tells it from others)


class Site(Protocol):
    """The tasks of one call, and what is around it."""

    loops: tuple[int, ...]
    tasks: list[Task]
    path: tuple[Container, ...]


def place_in_groups(dag: Dag, sites: Sequence[Site]) -> dict[object, tuple[TaskGroup, tuple[int, ...]]]:
    """Fill the `path` of all sites; the groups in there with the loops around them, by their keys."""
    known: dict[object, tuple[TaskGroup, tuple[int, ...]]] = {}
    inside: dict[object, list[int]] = {}
    paths: list[list[Container]] = []
    for n, site in enumerate(sites):
        path: list[Container] = []
        loops = list(site.loops)
        for group in site.tasks[0].groups if len({len(task.groups) for task in site.tasks}) == 1 else ():
            while loops and loops[0] in group.loops:
                path.append(("loop", loops.pop(0)))
            key = _key(dag, group, site)
            known.setdefault(key, (group, tuple(loop for kind, loop in path if kind == "loop")))  # type: ignore[misc]
            inside.setdefault(key, []).append(n)
            path.append(("group", key))
        paths.append([*path, *(("loop", loop) for loop in loops)])
    wanted: dict[object, list[int]] = {}
    for key, members in inside.items():
        if 1 < len(members) < len(sites) and members not in wanted.values():
            wanted[key] = members
    for site, whole in zip(sites, paths, strict=True):
        site.path = tuple(each for each in whole if each[0] == "loop" or each[1] in wanted)
    return known


def _key(dag: Dag, group: TaskGroup, site: Site) -> object:
    """In a loop that stays one, the group of all its passes; else each group for itself."""
    kept = [loop for loop in group.loops if loop in site.loops and dag.loops[loop].count is not None]
    if not kept:
        return group.group_id
    fixed = tuple((i.loop, i.index) for i in site.tasks[0].iterations if i.loop in group.loops and i.loop not in kept)
    return (group.statement.start, fixed)


def parts_of_path(order: Order, items: tuple[Step | Guard | Fork, ...]) -> tuple[Step | Guard | Fork | Part, ...]:
    """The items of a path with those of a group, where they are calls one after the other, as a part."""
    made: list[Step | Guard | Fork | Part] = list(items)
    for part in (item for item in order.items if isinstance(item, Part)):
        wanted = [step.index for step in steps_in(part)]
        places = [n for n, item in enumerate(made) if isinstance(item, Step) and item.index in wanted]
        if len(places) == len(wanted) and places == list(range(places[0], places[0] + len(places))):
            made[places[0] : places[-1] + 1] = [part]
    return tuple(made)


def steps_in(item: Step | Block | Part) -> list[Step]:
    """The steps of a part of the flow, in order."""
    return [item] if isinstance(item, Step) else [step for inner in item.items for step in steps_in(inner)]


def list_begins(order: Order, step: Step, *, read: bool) -> int:
    """The loop before which the list of a step's runs is made: anew in each pass of a loop around it and all that waits for them.

    `read`: other steps take what its runs return.
    """
    users = [other for other in order.steps if any(link.step == step.index and link.kind == "all" for link in other.after)]
    if step.leaf or step.awaited or read or step.task.groups or not users or any(user.task.groups for user in users):
        return step.loops[0]
    shared = (sum(a == b for a, b in zip(step.loops, user.loops, strict=False)) for user in users)
    return step.loops[min([*shared, len(step.loops) - 1])]
