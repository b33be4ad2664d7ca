"""Tasks that call a callable with arguments that only the task can compute, or until it is true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from airflow2prefect.emit.calls import Group, arguments, chained, lay_out
from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.names import Names, identifier
from airflow2prefect.emit.pulls import accesses
from airflow2prefect.emit.taken import gives_context, in_context, made_of_xcoms
from airflow2prefect.emit.tasks import Definition, Impossible, class_name, decorator, exit_line, import_for, named_in, place, waiting
from airflow2prefect.emit.templates import task_template
from airflow2prefect.emit.values import Scope, fixed_text, layout_of, text_of, value_needs
from airflow2prefect.findings import finding
from airflow2prefect.model import WHOLE_CONTEXT, Body, Callable, FlowPlan, Literal, Need, Pairs, Step, Task, Template, Value
from airflow2prefect.plan.flow import CONTEXT_KEYS, KEYS_OF_AIRFLOW_2

if TYPE_CHECKING:
    from airflow2prefect.emit.python import PythonTasks


def wrapper(
    python: PythonTasks, plan: FlowPlan, step: Step, function: Callable | None, options: Mapping[str, str], lifted: Definition | None = None
) -> Definition:
    """A task that computes the arguments of the callable, or that asks it until it is true.

    What other tasks return is only known inside a task. `lifted`: the callable, where it stood in a function that goes.
    """
    draft, body = python.draft, plan.bodies[step.task.task_id]
    if lifted is not None:
        callee, inner = lifted.function, lifted
    elif function is not None and body.polls is not None and _bare(function, body):
        callee, inner = "", Definition(identifier(f"{step.task.task_id}_condition"), "", {})
    else:
        callee, inner = _callee(python, plan, step, function)
    fixed = "" if step.varies else step.task.task_id
    wanted = fixed or (fixed_text(step.task.id_value) if body.builds else "") or inner.function
    name = draft.names.claim(identifier(wanted), identifier(f"{wanted}_task"))
    made = Definition(name, fixed, options)
    taken = Names({name, inner.function} | named_in(draft, step))
    producers = accesses(plan, step)
    for _, source in inner.parameters:
        if isinstance(source, Need) and not (inner.spread and in_context(source)):
            place(made, source, taken, producers, whole=True, inside=plan.inside)
    whole = dict(made.values)
    own_fields = body.fields.values() if body.around or body.flags.get("command") else ()
    values = (body.args, body.kwargs, *(body.polls or {}).values(), *own_fields)
    for need in dict.fromkeys(need for value in values for need in value_needs(value)):
        place(made, need, taken, producers, inside=plan.inside)
    scope = Scope(draft, plan.targets(step.loops), made.values.get)
    pairs = call_arguments(body, scope, step)
    built = Group(f"{class_name(draft, body, step)}(", arguments(pairs), ")") if body.builds else None
    pairs = [] if body.builds else pairs
    own = {key for key, _ in pairs}
    if inner.spread and own & {*CONTEXT_KEYS, *KEYS_OF_AIRFLOW_2, "params"}:
        raise Impossible("op_kwargs", "a key that Airflow's context has as well", step)
    for parameter, source in inner.parameters:
        if isinstance(source, Need) and source in whole and source != WHOLE_CONTEXT and parameter not in own:
            pairs.append((_keyword(parameter, pairs, inner), whole[source]))
        elif isinstance(source, str) and parameter not in own:
            if lifted is not None:
                made.parameters.append((parameter, source))
            pairs.append((parameter, source if lifted is None else parameter))
    if inner.spread and (built is not None or (function is not None and function.led)):
        pairs.insert(0, ("", whole[WHOLE_CONTEXT]))
    elif inner.spread:
        pairs.append(("", f"**{whole[WHOLE_CONTEXT]}"))
    draft.need("prefect.task", *(body.imports if "." not in body.builds else ()))
    call = Group(f"{callee}(", arguments(pairs), ")") if callee else _inline(draft, function)
    if built is not None:
        assert function is not None
        does = _building(built, Group(f".{function.name}(", arguments(pairs), ")"), body, scope)
    else:
        does = _command(body, call, scope) if body.flags.get("command") else _does(body, call, scope)
    for helper in body.helpers:
        draft.helper(*helper)
    made.parameters[:0] = [(captured, captured) for captured in scope.captured]
    head = lay_out(Group(f"def {name}(", tuple(n for n, _ in made.parameters), "):"))
    above = decorator(fixed, name, options) + exit_line(draft, function, plan.dag.airflow)
    draft.above.append(f"{above}\n{head}\n    {does}\n")
    import_for(draft, made)
    made.complete = True
    return made


def _keyword(name: str, pairs: list[tuple[str, str | Group]], inner: Definition) -> str:
    """The keyword to pass `name` by; "" where its position says it."""
    if any(key or str(text).startswith("*") for key, text in pairs) or inner.positions is None:
        return name
    return "" if len(pairs) < len(inner.positions) and inner.positions[len(pairs)] == name else name


def _building(built: Group, call: Group, body: Body, scope: Scope) -> str:
    """A class of the file is built, and its method called: again and again, if it is a sensor. `anew`: built each time as well."""
    if body.polls is None:
        return chained("return ", built, call, "    ")
    if body.flags.get("anew"):
        return waiting(Group(f"{built.flat()}{call.open}", call.items, call.close), body, scope)
    made = lay_out(Group(f"sensor = {built.open}", built.items, built.close), "    ")
    return f"{made}\n    " + waiting(Group(f"sensor{call.open}", call.items, call.close), body, scope)


def _bare(function: Callable, body: Body) -> bool:
    """A lambda that takes nothing: it is the condition as it is."""
    facts = (function.parameters, function.reads, function.pulls, function.replacements, function.escapes, body.args, body.kwargs)
    return function.kind == "lambda" and not any(facts)


def _inline(draft: Draft, function: Callable | None) -> str:
    assert function is not None and function.body is not None
    draft.used |= set(function.locals)
    return draft.text[function.body.start : function.body.end]


def _command(body: Body, call: Group | str, scope: Scope) -> str:
    """The callable returns a command of the shell, which the task runs."""
    fields = {name: layout_of(value, scope) for name, value in body.fields.items() if name != "renders"}
    if None in fields.values():
        raise Impossible("env", "a value that only the run knows")
    renders = body.fields.get("renders")
    if renders is not None:
        call = _rendered(call, renders, scope)
    text = task_template("bash").render({**body.flags, **body.words, **fields, "command": call}).strip("\n")
    return text.replace("\n", "\n    ")


def _rendered(call: Group | str, template: Value, scope: Scope) -> Group | str:
    """The command that a function returned, rendered: with the names that stand in it alone, else with all that a flow knows."""
    needs = value_needs(template)
    if isinstance(template, Template) and template.source is None and not needs:
        return call
    scope.draft.helper("airflow_templates", "render")
    names = set(re.findall(r"\{\{\s*(\w+)\s*\}\}", template.text)) if isinstance(template, Template) else set()
    plain = isinstance(template, Template) and not re.search(r"\{[{%]", re.sub(r"\{\{\s*\w+\s*\}\}", "", template.text))
    if plain and {need.name for need in needs if need.kind == "context"} == names:
        given: list[tuple[str, str | Group]] = [(need.name, scope.need(need) or "") for need in needs]
    else:
        scope.draft.need("jinja2.StrictUndefined")
        given = [("undefined", "StrictUndefined"), ("", f"**{scope.need(WHOLE_CONTEXT)}")]
    if not all(text for _, text in given):
        raise Impossible("command", "a template that only the run knows")
    return Group("render(", arguments([("", call), *given]), ")")


def _does(body: Body, call: Group | str, scope: Scope) -> str:
    """What the function does with the call."""
    if body.around:
        fields = {name: layout_of(value, scope) for name, value in body.fields.items()}
        lost = next((name for name, text in fields.items() if text is None), None)
        if lost is not None:
            raise Impossible(lost, body.fields[lost])
        return task_template(body.around).render(called=call, **fields).strip("\n").replace("\n", "\n    ")
    if body.polls is not None:
        return waiting(call, body, scope)
    assert isinstance(call, Group)
    return lay_out(Group(f"return {call.open}", call.items, call.close), "    ")


def _callee(python: PythonTasks, plan: FlowPlan, step: Step, function: Callable | None) -> tuple[str, Definition]:
    """How the callable is named, and what it takes; it is rewritten where it is first asked for."""
    draft = python.draft
    if function is None:
        return _unread(python, plan, step)
    if function.kind == "lambda":
        return _lambda(python, plan, step, function)
    if function.kind == "other":
        raise Impossible("python_callable", f"{function.name}, a function inside another", step)
    key = key_of(step.task)
    if key not in python.made:
        inner = Definition(function.name, "", {})
        draft.home(function.span.start).edits.extend(python.rewritten(plan, step, function, inner))
        python.without_decorator(function)
        python.made[key] = inner
    if draft.home(function.span.start) is draft:
        draft.used.add(function.name)
    return python.reference(step, function), python.made[key]


def _lambda(python: PythonTasks, plan: FlowPlan, step: Step, function: Callable) -> tuple[str, Definition]:
    """A lambda becomes a function with a name."""
    draft = python.draft
    name = f"{step.task.task_id}_condition" if plan.bodies[step.task.task_id].polls is not None else f"call_{step.task.task_id}"
    inner = Definition(draft.names.claim(identifier(name)), "", {})
    draft.above.append(python.named_lambda(plan, step, function, inner))
    return inner.function, inner


def _unread(python: PythonTasks, plan: FlowPlan, step: Step) -> tuple[str, Definition]:
    """A callable that is not read: imported, or made by a call. It gets all that a flow knows of the context."""
    task = step.task
    value = task.argument("python_callable")
    text = text_of(value, Scope(python.draft, plan.targets(step.loops), lambda need: None)) if value is not None else None
    if text is None:
        raise Impossible("python_callable", value if value is not None else "python_callable", step)
    inner = Definition(text, "", {})
    if gives_context(plan.dag, task):
        inner.spread = plan.dag.airflow < 2
        inner.parameters += [("context", WHOLE_CONTEXT)] if inner.spread else []
        python.draft.note(finding("A2P428" if inner.spread else "A2P425", task.site.line, task.site.column, task.task_id, what=text))
    return text, inner


def call_arguments(body: Body, scope: Scope, step: Step) -> list[tuple[str, str | Group]]:
    """op_args and op_kwargs as (name, text): positional ones without a name; `*`/`**` for what is only known as a whole."""
    pairs: list[tuple[str, str | Group]] = []
    for argument, value in (("op_args", body.args), ("op_kwargs", body.kwargs)):
        if value is None or (isinstance(value, Literal) and not value.value):
            continue
        if argument == "op_args" and hasattr(value, "items") and not isinstance(value, Pairs):
            pairs += [("", _text(item, scope, argument, step)) for item in value.items]
        elif isinstance(value, Pairs) and all(isinstance(k, Literal) and str(k.value).isidentifier() for k, _ in value.items):
            pairs += [(str(k.value), _text(item, scope, argument, step)) for k, item in value.items if isinstance(k, Literal)]
        else:
            text = _text(value, scope, argument, step)
            stars = "*" if argument == "op_args" else "**"
            pairs.append(("", stars + text if isinstance(text, str) else Group(stars + text.open, text.items, text.close)))
    return pairs


def _text(value: object, scope: Scope, argument: str, step: Step) -> str | Group:
    text = layout_of(value, scope)  # type: ignore[arg-type]
    if text is None:
        raise Impossible(argument, value, step)  # type: ignore[arg-type]
    return text


def key_of(task: Task) -> object:
    function = task.callable
    if function is not None and function.kind == "method":  # of each object by itself
        given = task.argument("python_callable")
        return function.span.start, repr(given)
    if function is not None and function.kind != "lambda":
        return function.span.start
    return (task.site.start, task.task_id)


def needs_wrapper(plan: FlowPlan, step: Step, body: Body) -> bool:
    """Arguments that are made from XComs can only be computed where those are known; a sensor's callable is its condition."""
    if (
        body.polls is not None
        or body.builds
        or body.around
        or body.flags.get("command")
        or any(isinstance(value, Template) for value in (body.args, body.kwargs))
    ):
        return True
    return not plan.order.line and any(made_of_xcoms(value, accesses(plan, step)) for value in (body.args, body.kwargs))
