"""Prefect tasks: the user's callables decorated or wrapped, and generated functions for other operators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from inspect import cleandoc

from airflow2prefect.emit.calls import Group, arguments, lay_out
from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.names import Names, identifier
from airflow2prefect.emit.pulls import BY_ID, EVERY, NOTHING, access_of, parameter_name
from airflow2prefect.emit.recipes import recipe_lines
from airflow2prefect.emit.strings import docstring, literal
from airflow2prefect.emit.templates import task_template
from airflow2prefect.emit.values import Scope, layout_of, value_needs
from airflow2prefect.findings import Finding, Level
from airflow2prefect.model import Body, Callable, Code, Expression, FlowPlan, Literal, Need, Step, Template, Value, parts_of

Options = Mapping[str, str]  # decorator arguments, Python source by name


@dataclass(slots=True)
class Definition:
    """A task of the module and how to call it.

    `parameters`: name and where its value comes from: a Need, or the name of a loop variable. `name` is the Airflow task_id
    that its decorator says, "" if each call says its own. `values`: names of the needs inside the function.
    """

    function: str
    name: str
    options: Options
    parameters: list[tuple[str, Need | str]] = field(default_factory=list)
    values: dict[Need, str] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    helpers: tuple[tuple[str, str], ...] = ()
    positions: tuple[str, ...] | None = None  # parameters that can be given by position; None: all
    spread: bool = False  # it takes the whole context as **kwargs
    complete: bool = False  # op_args and op_kwargs are inside


# What a task knows of itself, without being told by the flow.
INSIDE = {Need("context", "try_number"): ("task_run.run_count", ("prefect.runtime.task_run",))}


def decorator(name: str, function: str, options: Options, indent: str = "") -> str:
    """`@task`, with `name` unless Prefect would derive it from the function."""
    pairs = [("name", literal(name))] if name else []
    pairs += list(options.items())
    if not pairs:
        return "@task"
    return lay_out(Group("@task(", arguments(pairs), ")"), indent)


def exit_guard(draft: Draft, function: Callable | None, airflow: int) -> str:
    """The decorator below `@task` by which sys.exit ends the task and not the flow; "" where nothing leaves so."""
    if function is None or not function.exits or function.is_async or function.is_generator:
        return ""
    name = "exit_fails" if airflow < 2 else "exit_counts"
    draft.helper("airflow_exits", name)
    return name


def exit_line(draft: Draft, function: Callable | None, airflow: int) -> str:
    """That decorator as a line to go below another."""
    guard = exit_guard(draft, function, airflow)
    return f"\n@{guard}" if guard else ""


def common_options(every: list[Options]) -> Options:
    """The options that all have alike, in order."""
    first = every[0]
    return {key: text for key, text in first.items() if all(other.get(key) == text for other in every)}


def generated(
    draft: Draft, plan: FlowPlan, step: Step, body: Body, options: Options, wanted: str, producers: Mapping[Need, str]
) -> Definition:
    """Write the function of an operator that is no python_callable; what it uses become its parameters."""
    other = f"{wanted}_task" if plan.dag.building is not None else f"{plan.function}_{wanted}"
    function = draft.names.claim(wanted, *([f"{wanted}_task"] if wanted in _brought_by(body) else []), other)
    fixed_name = _fixed_name(step)
    definition = Definition(function, fixed_name, options)
    taken = Names({function} | named_in(draft, step))
    if body.gap is not None:
        _write(draft, step, definition, _gap_lines(draft, step, body))
        return definition
    for need in dict.fromkeys(need for value in body.fields.values() for need in value_needs(value)):
        place(definition, need, taken, producers, wanted=parameter_name(plan, step, need), inside=plan.inside)
    scope = Scope(draft, plan.targets(step.loops), definition.values.get)
    fields: dict[str, str | Group] = {}
    for key, value in body.fields.items():
        text = layout_of(value, scope)
        if text is None:
            raise Impossible(key, value)
        fields[key] = text
    draft.need(*body.imports)
    for helper in body.helpers:
        draft.helper(*helper)
    if body.template == "bridge":
        draft.helper("airflow_bridge", "xcoms_of_operator" if body.flags["all_keys"] else "run_operator")
    import_for(draft, definition)
    # The body's own variables give way to all that its expressions name.
    taken.taken |= scope.captured.keys()
    own = {name: taken.claim(name, f"{name}_") for name in body.locals}
    words = {**body.flags, **body.words, "own": own, "returns": body.returns}
    if body.builds:
        words["runs"] = class_name(draft, body, step)
    if body.template == "recipe":
        polls = body.polls is not None
        lines, condition = recipe_lines(body.words["code"], fields, own, returns=body.returns, keys=step.task.pulled, polls=polls)
        lines += waiting(condition, body, scope).replace("\n    ", "\n").split("\n") if polls else []
    else:
        given = {**fields, "given": fields} if body.template != "bridge" else {"pairs": list(fields.items())}
        text = task_template(body.template).render({**words, **given}).strip("\n")
        if body.polls is not None:
            text = waiting(text, body, scope).replace("\n    ", "\n")
        lines = text.split("\n")
    definition.parameters[:0] = [(name, name) for name in scope.captured]
    _write(draft, step, definition, lines)
    return definition


def _brought_by(body: Body) -> set[str]:
    """The names that a body imports of helper modules."""
    return {name for _, name in body.helpers}


def class_name(draft: Draft, body: Body, step: Step) -> str:
    """How the class that a task is made of is named in the flow."""
    if "." not in body.builds:
        if body.builds not in draft.kept:
            raise Impossible("class", body.builds, step)
        draft.used.add(body.builds)
        return body.builds
    name = draft.reference(body.builds)
    if name is None:
        raise Impossible("class", body.builds, step)
    return name


def waiting(condition: Group | str, body: Body, scope: Scope) -> str:
    """The loop of a sensor, `wait_until(lambda: <condition>, poke_interval=30)`; a call without arguments is named instead,
    unless its object is to be made anew for each."""
    polls = body.polls or {}
    inner = condition.replace("\n", "\n" + 8 * " ") if isinstance(condition, str) else ""
    first: str | Group = f"lambda: {inner}" if isinstance(condition, str) else condition
    if isinstance(condition, Group):
        plain = not condition.items and condition.open.endswith("(") and not body.flags.get("anew")
        first = condition.open[:-1] if plain else Group(f"lambda: {condition.open}", condition.items, condition.close)
    pairs = [("", first)]
    for name, value in polls.items():
        text = layout_of(value, scope)
        if text is None:
            raise Impossible(name, value)
        pairs.append((name, text))
    return lay_out(Group("return wait_until(" if body.returns else "wait_until(", arguments(pairs), ")"), "    ")


def _unreadable(value: Value) -> Finding | None:
    """What a template in a value has that no flow can render."""
    if isinstance(value, Template):
        return next((found for found in value.findings if found.level >= Level.GAP), None)
    return next(filter(None, map(_unreadable, parts_of(value))), None)


class Impossible(Exception):
    """A value that cannot stand in the flow: `what` is its text. The module is then written without it."""

    def __init__(
        self, argument: str, value: Value | str, step: Step | None = None, loop: int | None = None, found: Finding | None = None
    ) -> None:
        code = value if isinstance(value, Code) else getattr(value, "code", None)
        self.argument = argument
        text = value if isinstance(value, str) else code.text if code else value.text if isinstance(value, Template) else ""
        self.what: str = " ".join((text or argument).split())
        self.step, self.loop, self.dag_id, self.found = step, loop, "", found
        self.unread = None if isinstance(value, str) else _unreadable(value)
        super().__init__(self.what)


def place(
    definition: Definition, need: Need, taken: Names, producers: Mapping[Need, str], *, whole: bool = False, wanted: str = "",
    inside: Mapping[Need, Expression] | None = None,
) -> None:  # fmt: skip
    """Give `need` a parameter: `ds`, `region`, or the producer's name for an XCom (one for all its keys).

    `whole`: what the task gets is what its producer returned, with all keys. `wanted`: a better name than the need's.
    `inside`: what a task gets at by itself.
    """
    if need in INSIDE:
        definition.values[need], definition.imports = INSIDE[need]
        return
    if inside is not None and need in inside:
        definition.values[need] = inside[need].text
        definition.imports += inside[need].imports
        helper = inside[need].helper
        definition.helpers += (helper,) if helper else ()
        return
    if need.kind == "xcom" and need.default == NOTHING:
        definition.values[need] = "None"
        return
    name, access = parameter_of(need, producers)
    wanted = wanted or name
    access = "{0}" if whole else access
    known = next((name for name, source in definition.parameters if isinstance(source, Need) and _same_source(source, need)), None)
    name = known or taken.claim(wanted, f"{wanted}_value")
    if known is None:
        definition.parameters.append((name, need))
    definition.values[need] = access.format(name)


def import_for(draft: Draft, definition: Definition) -> None:
    """Import what a task gets at by itself."""
    draft.need(*definition.imports)
    for helper in definition.helpers:
        draft.helper(*helper)


def _same_source(a: Need, b: Need) -> bool:
    if a.kind != b.kind or (a.kind == "xcom" and any((a.default == many) != (b.default == many) for many in (EVERY, BY_ID))):
        return False
    return a.name == b.name if a.kind == "xcom" else a.kind == "conf" or (a.name, a.key) == (b.name, b.key)


def parameter_of(need: Need, producers: Mapping[Need, str]) -> tuple[str, str]:
    """The wanted parameter name for a need, and how the value is read from it ("{0}" or an item)."""
    match need.kind:
        case "xcom":
            return identifier(need.name), access_of(need, producers)
        case "conf":
            return "conf", "{0}" if not need.name else "{0}[" + literal(need.name).replace("{", "{{").replace("}", "}}") + "]"
        case "param":
            return identifier(need.name), "{0}"
    return {"execution_date": "logical_date", "*": "context"}.get(need.name, identifier(need.name)), "{0}"


def _fixed_name(step: Step) -> str:
    return step.task.name if not step.varies else ""


def named_in(draft: Draft, step: Step) -> set[str]:
    """The module's names that the text of a task's call uses."""
    call = draft.text[step.task.site.start : step.task.site.end]
    return {*re.findall(r"\w+", call)} & draft.kept


def doc_of(step: Step) -> str:
    """What the DAG says about the task: doc_md and its like."""
    for name in ("doc_md", "doc", "doc_rst", "doc_yaml", "doc_json"):
        value = step.task.arguments.get(name)
        if isinstance(value, Literal) and isinstance(value.value, str) and value.value.strip():
            return cleandoc(value.value)
    return ""


def _gap_lines(draft: Draft, step: Step, body: Body) -> list[str]:
    assert body.gap is not None
    call = draft.text[step.task.site.start : step.task.site.end].splitlines()
    margin = min((len(line) - len(line.lstrip()) for line in call[1:] if line.strip()), default=0)
    comment = [f"# {line}".rstrip() for line in (call[:1] + [line[max(margin - 4, 0) :] for line in call[1:]])]
    message = literal(f"{body.gap.code}: {body.gap.message}")
    return [*comment, f"raise NotImplementedError({message})"]


def _write(draft: Draft, step: Step, definition: Definition, lines: list[str]) -> None:
    draft.need("prefect.task")
    head = lay_out(Group(f"def {definition.function}(", tuple(name for name, _ in definition.parameters), "):"))
    doc = doc_of(step)
    lines = [*(docstring(doc) if doc else ()), *lines]
    text = decorator(definition.name, definition.function, definition.options) + "\n" + head + "\n"
    text += "".join(f"    {line}\n" if line else "\n" for line in lines)
    draft.above.append(text)
