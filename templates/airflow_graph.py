"""Tasks and the order between them, put together when the flow runs, as Apache Airflow does when it loads a DAG file.

with Graph() as graph:
    for name in names:
        add(load.with_options(name=f"load_{name}"), name) >> done
return graph.run()
"""

from contextvars import ContextVar
from graphlib import TopologicalSorter
from itertools import pairwise

from airflow_rules import submit

CURRENT = ContextVar("graph")


class Graph:
    """The tasks added inside `with Graph():`, by name."""

    def __init__(self):
        self.nodes = {}

    def __enter__(self):
        self.before = CURRENT.set(self)
        return self

    def __exit__(self, *error):
        CURRENT.reset(self.before)

    def run(self):
        """Submit each task behind those before it; the futures of those that nothing follows."""
        before = {name: [*node.upstream, *node.taken()] for name, node in self.nodes.items()}
        futures = {}
        for name in TopologicalSorter(before).static_order():
            if name not in self.nodes:
                continue
            node = self.nodes[name]
            gates = {futures[gate]: wanted for gate, wanted in self.gates(name).items()}
            futures[name] = submit(
                node.task,
                *(given(value, futures) for value in node.args),
                after=[futures[each] for each in node.upstream],
                rule=node.rule,
                **({"when": gates} if gates else {}),
                **{key: given(value, futures) for key, value in node.kwargs.items()},
            )
        followed = {each for node in self.nodes.values() for each in node.upstream}
        return [future for name, future in futures.items() if name not in followed]

    def gates(self, name):
        """What decides whether a task runs: branching tasks right before it, short-circuits anywhere before."""
        found, todo = {}, [name]
        for each in todo:
            for up in self.nodes[each].upstream:
                kind = self.nodes[up].chooses
                if kind == "branch" and each == name:
                    found[up] = name
                elif kind == "short_circuit":
                    found[up] = True
                if up not in todo:
                    todo.append(up)
        return found


class Node:
    """A task with its arguments, and the names of those before it."""

    def __init__(self, task, args, kwargs, rule, chooses):
        self.task, self.args, self.kwargs, self.rule, self.chooses = task, args, kwargs, rule, chooses
        self.upstream = {}

    @property
    def task_id(self):
        return self.task.name

    def taken(self):
        """The names of the tasks whose results it takes."""
        return [value.name for value in (*self.args, *self.kwargs.values()) if isinstance(value, xcom)]

    def set_upstream(self, others):
        for other in others if isinstance(others, (list, tuple)) else [others]:
            self.upstream[other.task_id] = other

    def set_downstream(self, others):
        for other in others if isinstance(others, (list, tuple)) else [others]:
            other.set_upstream(self)

    def __rshift__(self, others):
        self.set_downstream(others)
        return others

    def __lshift__(self, others):
        self.set_upstream(others)
        return others

    def __rrshift__(self, others):
        self.set_upstream(others)
        return self

    def __rlshift__(self, others):
        self.set_downstream(others)
        return self


class xcom:
    """Stands among the arguments of a task for what the task of that name returns."""

    def __init__(self, name):
        self.name = name


def given(value, futures):
    return futures.get(value.name) if isinstance(value, xcom) else value


def add(task, /, *args, trigger_rule="all_success", chooses="", **kwargs):
    """A task of the graph, called with these arguments once it may run.

    `chooses`: "branch" if what it returns names those that run after it, "short_circuit" if anything false skips all behind it.
    """
    nodes = CURRENT.get().nodes
    if task.name in nodes:
        raise ValueError(f"two tasks are called {task.name}")
    nodes[task.name] = Node(task, args, kwargs, trigger_rule, chooses)
    return nodes[task.name]


def chain(*things):
    """Each before the next; lists of one length pair by pair."""
    for first, second in pairwise(things):
        if isinstance(first, (list, tuple)) and isinstance(second, (list, tuple)):
            if len(first) != len(second):
                raise ValueError("chain takes lists of the same length")
            for one, other in zip(first, second, strict=True):
                one.set_downstream(other)
        elif isinstance(first, (list, tuple)):
            second.set_upstream(first)
        else:
            first.set_downstream(second)


def cross_downstream(firsts, seconds):
    """Each of the first before each of the others."""
    for first in firsts:
        first.set_downstream(seconds)
