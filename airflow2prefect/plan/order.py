"""The steps of a flow from the tasks of a DAG: which loops stay loops, and a valid order that is near the user's."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping

from airflow2prefect.findings import Finding, finding
from airflow2prefect.model import Block, Dag, Earlier, Link, Literal, Order, Part, Step, Task
from airflow2prefect.plan.groups import Container, place_in_groups


class Site:
    """All tasks made by one operator call, as far as its loops are kept."""

    def __init__(self, loops: tuple[int, ...]) -> None:
        self.loops = loops
        self.tasks: list[Task] = []
        self.path: tuple[Container, ...] = ()  # the loops and groups around them, outermost first

    @property
    def position(self) -> tuple[int, int]:
        return self.tasks[0].statement.start, self.tasks[0].site.start


def plan_order(dag: Dag, avoid: frozenset[int] = frozenset(), mapped: frozenset[str] = frozenset()) -> Order:
    """Steps and loops of the flow of `dag`; loops in `avoid` are written out, and those around `mapped` tasks.

    A loop stays one if every pass makes the same tasks and edges; else its tasks are written out. A loop whose items
    only the run knows can't be written out: that is a finding.
    """
    unrolled = _never_kept(dag) | avoid | {i.loop for task in dag.tasks if task.task_id in mapped for i in task.iterations}
    findings: list[Finding] = []
    while True:
        sites = _sites(dag, unrolled)
        broken = _uneven(dag, sites, unrolled) or _cyclic(dag, sites) or _hidden(dag, unrolled)
        stuck = {loop for loop in broken if dag.loops[loop].count is None}
        for loop in stuck:
            span = dag.loops[loop].span
            findings.append(finding("A2P303", span.line, span.column, what=dag.loops[loop].iterable.text[:60]))
        if stuck or not broken:
            break
        unrolled |= broken
    return _ordered(dag, sites, tuple(findings), mapped)


def _never_kept(dag: Dag) -> set[int]:
    """Loops around helper functions that make tasks: names in there are not the flow's. And those in which Airflow numbers the tasks,
    or that are left and entered anew, as in a `while`; and those whose variable their statements change."""
    ids: dict[int, set[str]] = {}
    for task in dag.tasks:
        if task.iterations and isinstance(task.id_value, Literal) and task.id_value.code is None:
            ids.setdefault(task.site.start, set()).add(task.task_id)
    rebound = {key for key, loop in dag.loops.items() if loop.rebound}
    times = Counter((task.site.start, task.iterations) for task in dag.tasks if task.iterations)
    tasks = [
        task
        for task in dag.tasks
        if task.iterations and (task.inlined or len(ids.get(task.site.start, ())) > 1 or times[task.site.start, task.iterations] > 1)
    ]
    return {loop for loop in ({i.loop for task in tasks for i in task.iterations} | rebound) if dag.loops[loop].count is not None}


def _sites(dag: Dag, unrolled: set[int]) -> list[Site]:
    sites: dict[object, Site] = {}
    for task in dag.tasks:
        kept = tuple(i.loop for i in task.iterations if i.loop not in unrolled)
        fixed = tuple((i.loop, i.index) for i in task.iterations if i.loop in unrolled)
        key: object = (task.site.start, kept, fixed, task.task_id if task.inlined or not kept else "")
        site = sites.setdefault(key, Site(kept))
        site.tasks.append(task)
    return list(sites.values())


def _prefix(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    common = []
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        common.append(x)
    return tuple(common)


def _key(task: Task, loops: tuple[int, ...]) -> tuple[int, ...]:
    index = {i.loop: i.index for i in task.iterations}
    return tuple(index[loop] for loop in loops)


def _uneven(dag: Dag, sites: list[Site], unrolled: set[int]) -> set[int]:
    """Loops in which some pass has other tasks or edges than the rest."""
    home = {task.task_id: site for site in sites for task in site.tasks}
    pairs: dict[tuple[int, int], set[tuple[str, str]]] = {}
    number = {id(site): n for n, site in enumerate(sites)}
    for up, down in dag.edges:
        pairs.setdefault((number[id(home[up])], number[id(home[down])]), set()).add((up, down))
    broken: set[int] = set()
    for (a, b), edges in pairs.items():
        first, second = sites[a], sites[b]
        common = _prefix(first.loops, second.loops)
        if a == b:
            broken.update(first.loops[-1:])
            continue
        groups: dict[tuple[int, ...], list[str]] = {}
        for task in second.tasks:
            groups.setdefault(_key(task, common), []).append(task.task_id)
        expected = {(task.task_id, other) for task in first.tasks for other in groups.get(_key(task, common), ())}
        if expected != edges:
            broken.update((first.loops + second.loops)[:1] if not common else common[:1])
            broken.update(loop for loop in (*first.loops, *second.loops) if dag.loops[loop].count is not None)
    for loop in {loop for site in sites for loop in site.loops}:
        inside = [site for site in sites if loop in site.loops]
        counts = {len({_key(t, site.loops[: site.loops.index(loop) + 1]) for t in site.tasks}) for site in inside}
        if len(counts) > 1 or any(len({t.trigger_rule for t in site.tasks}) > 1 for site in inside):
            broken.add(loop)
        count = dag.loops[loop].count
        if count is not None and any(len({_key(t, (loop,)) for t in site.tasks}) != count for site in inside):
            broken.add(loop)
    return broken - unrolled


def _hidden(dag: Dag, unrolled: set[int]) -> set[int]:
    """Loops around one that is written out and has a variable of the same name."""
    every = {task.iterations for task in dag.tasks} if unrolled else ()
    return {
        outer.loop
        for iterations in every
        for n, inner in enumerate(iterations)
        if inner.loop in unrolled
        for outer in iterations[:n]
        if outer.loop not in unrolled and set(dag.loops[outer.loop].targets) & set(dag.loops[inner.loop].targets)
    }


def _cyclic(dag: Dag, sites: list[Site]) -> set[int]:
    """Outermost loops that would have to be left and entered again."""
    home = {task.task_id: site for site in sites for task in site.tasks}
    nodes = {id(site): site.loops[:1] or (-1 - n,) for n, site in enumerate(sites)}
    edges = {(nodes[id(home[u])], nodes[id(home[d])]) for u, d in dag.edges}
    edges = {(a, b) for a, b in edges if a != b}
    remaining = set(nodes.values())
    while True:
        free = {n for n in remaining if not any(a in remaining and b == n for a, b in edges)}
        if not free:
            return {node[0] for node in remaining if node[0] >= 0}
        remaining -= free
        if not remaining:
            return set()


def _ordered(dag: Dag, sites: list[Site], findings: tuple[Finding, ...], mapped: frozenset[str]) -> Order:
    home = {task.task_id: n for n, site in enumerate(sites) for task in site.tasks}
    after: dict[int, dict[int, None]] = {n: {} for n in range(len(sites))}
    for up, down in dag.edges:
        if home[up] != home[down]:
            after[home[down]][home[up]] = None
    ignored = {n for n, site in enumerate(sites) if not site.tasks[0].fails_dag}  # teardowns, for the state of the run
    ignored = ignored if len(ignored) < len(sites) else set()
    followed = {up for n, links in after.items() if n not in ignored for up in links}
    kinds = {(n, up): "one" if sites[up].loops == _prefix(sites[up].loops, sites[n].loops) else "all" for n in after for up in after[n]}
    several = {n for n, site in enumerate(sites) if site.tasks[0].task_id in mapped}
    collected = {up for (_, up), kind in kinds.items() if kind == "all"}
    carried = [c for loop in dag.loops.values() for c in loop.carried if c.up in home and c.down in home]
    carrying = {home[c.up] for c in carried}
    waits = {n: {**links, **{home[i]: None for c in carried if home[c.down] == n for i in c.initial}} for n, links in after.items()}
    steps: dict[int, Step] = {}
    groups = place_in_groups(dag, sites)
    while True:
        arranged: list[int] = []
        torn: set[Container] = set()
        tree = _arrange(range(len(sites)), 0, sites, waits, arranged, torn)
        if not torn:
            break
        for site in sites:  # what comes between the tasks of a group leaves no function of them
            site.path = tuple(key for key in site.path if key not in torn)
    position = {n: i for i, n in enumerate(arranged)}
    for n, site in enumerate(sites):
        links = tuple(Link(position[up], "all" if up in several else kinds[n, up]) for up in sorted(after[n], key=position.__getitem__))  # type: ignore[arg-type]
        leaf = n not in followed and n not in ignored
        alone = n in ignored and not any(n in links for links in after.values())
        kept = n in collected or n in carrying or ((leaf or alone) and bool(site.loops))
        earlier = tuple(
            Earlier(position[home[c.up]], c.every, tuple(position[home[i]] for i in c.initial)) for c in carried if home[c.down] == n
        )
        steps[n] = Step(position[n], tuple(site.tasks), site.loops, links, leaf, kept, earlier, alone)
    ordered = tuple(steps[n] for n in arranged)
    return Order(_blocks(tree, steps, dag.loops, groups), ordered, False, findings)


def _arrange(members, level: int, sites: list[Site], after: Mapping[int, Mapping[int, None]], arranged: list[int], torn: set[Container]):  # type: ignore[no-untyped-def]
    """Topological order of sites, loops and groups at one level of nesting; ties as in the source. `torn` gets groups that no order keeps together."""
    groups: dict[Container, list[int]] = {}
    for n in members:
        path = sites[n].path
        groups.setdefault(path[level] if len(path) > level else ("site", n), []).append(n)
    owner = {n: key for key, inside in groups.items() for n in inside}
    waits = {key: {owner[u] for n in inside for u in after[n] if u in owner} - {key} for key, inside in groups.items()}
    place = {key: min(sites[n].position for n in inside) for key, inside in groups.items()}
    heap = [(place[key], i, key) for i, key in enumerate(groups) if not waits[key]]
    heapq.heapify(heap)
    done: list[Container] = []
    serial = len(groups)
    while heap:
        _, _, key = heapq.heappop(heap)
        done.append(key)
        for other, needed in waits.items():
            if key in needed:
                needed.discard(key)
                if not needed:
                    serial += 1
                    heapq.heappush(heap, (place[other], serial, other))
    if len(done) < len(groups):
        torn |= {key for key in _tangled({key: waits[key] for key in groups if key not in set(done)}) if key[0] == "group"}
    done += [key for key in groups if key not in done]  # a cycle: Airflow refuses the DAG, the check reports it
    tree: list[object] = []
    for key in done:
        if key[0] == "site":
            arranged.append(groups[key][0])
            tree.append(groups[key][0])
        else:
            tree.append((key, _arrange(groups[key], level + 1, sites, after, arranged, torn)))
    return tree


def _tangled(waits: Mapping[Container, set[Container]]) -> set[Container]:
    """What waits for itself, by way of others, and what is between such."""
    left = set(waits)
    while True:
        free = {key for key in left if not waits[key] & left or not any(key in waits[other] for other in left)}
        if not free:
            return left
        left -= free


def _blocks(tree, steps: Mapping[int, Step], loops, groups) -> tuple[Step | Block | Part, ...]:  # type: ignore[no-untyped-def]
    made: list[Step | Block | Part] = []
    for item in tree:
        if isinstance(item, int):
            made.append(steps[item])
            continue
        (kind, key), inside = item
        items = _blocks(inside, steps, loops, groups)
        made.append(Block(loops[key], items) if kind == "loop" else Part(groups[key][0], groups[key][1], items))
    return tuple(made)
