"""Helpers that the user wrote inside of a function that goes, such as that of a `@dag`: at the module's level, under their own names."""

from __future__ import annotations

from airflow2prefect.emit.callables import Rewriting, rewrite
from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.edits import apart, apply_edits, comment_above, dedent
from airflow2prefect.emit.tasks import Impossible
from airflow2prefect.emit.values import Scope, text_of
from airflow2prefect.model import Callable, Code, Literal, Pairs, Reference, Sequence, Step, Value


class InnerHelpers:
    """Each is moved once; what two tasks know under one name must be the same."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._moved: dict[str, object] = {}

    def moves(self, name: str, value: Value, step: Step) -> bool:
        """Whether `name`, which a task takes from around it, is the module's now; else the task must be given it."""
        if not isinstance(value, Reference):
            return False
        if value.callable is not None:
            self._function(name, value, value.callable, step)
            return True
        return value.path is not None and not value.path.startswith("airflow.") and self._imports(name, value.path)

    def _imports(self, name: str, path: str) -> bool:
        """Whether the module imports `path` under that name: `import pandas as pd` stood in the function."""
        draft = self._draft
        if path not in draft.references and path not in draft.missing and name != path.rpartition(".")[2] and draft.names.free(name):
            draft.references[path] = draft.aliases[path] = draft.names.claim(name)
        return draft.reference(path) == name

    def _function(self, name: str, value: Reference, function: Callable, step: Step) -> None:
        facts = (function.findings, function.reads, function.pulls, function.pushes, function.escapes)
        if function.decorated or function.name != name or any(facts):
            raise Impossible("python_callable", f"{name}, a function inside another", step)
        if not self._claims(name, function.span, step):
            return
        for inner, taken in value.closure:
            if not self.moves(inner, taken, step):
                self._constant(inner, taken, step)
        draft = self._draft
        result = rewrite(Rewriting(function, draft.text, {}, added=(), given=frozenset(), context=False))
        for helper, wanted in result.helpers.items():
            draft.helper(helper, *wanted)
        draft.note(*function.notes)
        start = draft.text.rfind("\n", 0, function.span.start) + 1
        text = dedent(apply_edits(draft.text, start, function.span.end, apart(result.edits)), function.span.start - start)
        draft.used |= set(function.free)
        draft.above.append(comment_above(draft.text, function.span.start) + text.rstrip("\n") + "\n")

    def _constant(self, name: str, value: Value, step: Step) -> None:
        """A value that is written out: the module's assignment."""
        text = text_of(value, Scope(self._draft, frozenset(), lambda need: None)) if _is_plain(value) else None
        if text is None:
            raise Impossible("python_callable", f"{name}, which only the run knows", step)
        if self._claims(name, text, step):
            self._draft.above.append(f"{name} = {text}\n")

    def _claims(self, name: str, what: object, step: Step) -> bool:
        """Whether the name is new."""
        if name in self._moved:
            if self._moved[name] != what:
                raise Impossible("python_callable", f"{name}, which is not the same for all tasks", step)
            return False
        if self._draft.names.claim(name) != name:
            raise Impossible("python_callable", f"{name}, a name that the module has as well", step)
        self._moved[name] = what
        return True


def _is_plain(value: Value) -> bool:
    """Whether all of it is written out, or made of what the module has."""
    match value:
        case Literal():
            return True
        case Code():
            return value.text != "..." and not any(name.startswith("=") for _, _, name in value.names) and all(map(_is_plain, value.bound.values()))
        case Reference():
            return value.path is None or not value.path.startswith("airflow")
        case Sequence():
            return all(map(_is_plain, value.items))
        case Pairs():
            return all(_is_plain(item) for pair in value.items for item in pair)
    return False
