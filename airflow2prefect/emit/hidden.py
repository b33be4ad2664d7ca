"""Functions that a later one of the same name takes the place of."""

from __future__ import annotations

from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.names import identifier
from airflow2prefect.emit.tasks import Definition
from airflow2prefect.model import Callable, Edit, Step


def rename_hidden(draft: Draft, step: Step, function: Callable, made: Definition) -> None:
    """Another name for such a function where it stands: the flow calls both."""
    later = (r for r in draft.regions if r.role == "keep" and r.kind == "function" and r.start > function.span.start)
    if any(function.name in region.defines for region in later):
        made.function = draft.names.claim(identifier(step.task.task_id), f"{function.name}_task")
        at = draft.text.index(f" {function.name}", draft.text.index("def", function.span.start)) + 1
        draft.edits.append(Edit(at, at + len(function.name), made.function))
