"""Code that Airflow does not run when it loads the file: blocks under what is false, loops over nothing."""

from __future__ import annotations

import libcst as cst

from airflow2prefect.analyse.conditions import OF_DAGS
from airflow2prefect.analyse.edges import linkable
from airflow2prefect.analyse.names import subtree
from airflow2prefect.analyse.objects import Environment, Function, Object
from airflow2prefect.analyse.reader import Reader, path_of
from airflow2prefect.analyse.tasks import DAG_PATHS, GROUP_PATHS

MAKES = ("Operator", "Sensor", ".chain", ".cross_downstream", ".chain_linear")


def skip(reader: Reader, node: cst.If, known: bool, scope: Environment) -> None:
    """The branch of a condition that does not run."""
    branch = node.orelse if known else node.body
    reader.skip(branch)
    run = node.body if known else node.orelse
    if run is not None:
        reader.entered.add(run)
    leave_out(reader, (branch,), scope)
    if not known and node.orelse is None:
        reader.unrun.add(node)


def leave_out(reader: Reader, nodes: tuple[cst.CSTNode | None, ...], scope: Environment) -> None:
    """Blocks that do not run: where they would make tasks they go with the DAG, and the functions that would make them."""
    found = [node for node in nodes if node is not None and _makes(reader, node, scope)]
    if found:
        reader.touch()
    for node in found:
        reader.touched.update(inner for inner in subtree(node) if isinstance(inner, cst.BaseStatement))


def _makes(reader: Reader, node: cst.CSTNode, scope: Environment) -> bool:
    """Whether a block names what makes tasks, or orders those that there are."""
    made = False
    for inner in subtree(node):
        thing = scope.find(inner.value) if isinstance(inner, cst.Name) else None
        made = made or (thing is not None and _of_dags(reader, thing))
        if isinstance(thing, Function) and thing.node not in reader.inlined:
            made = _helper(reader, thing) or made
    return made


def _of_dags(reader: Reader, thing: Object) -> bool:
    path = path_of(thing)
    return isinstance(thing, OF_DAGS) or linkable(thing) or path in DAG_PATHS | GROUP_PATHS or (path.startswith("airflow.") and path.endswith(MAKES))


def _helper(reader: Reader, function: Function) -> bool:
    """Whether a function of the file makes tasks: it goes as well, unless code that stays calls it."""
    if function.node in reader.seen:
        return False
    reader.seen.add(function.node)
    if not _makes(reader, function.node.body, function.scope):
        return False
    reader.inlined.add(function.node)
    return True
