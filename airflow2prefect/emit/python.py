"""python_callables as Prefect tasks: decorated in place, wrapped, or called by a generated task."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from airflow2prefect.emit.callables import OBJECTS, Rewriting, Rewritten, assigned, rewrite, rewrite_lambda
from airflow2prefect.emit.calls import Group, arguments, lay_out
from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.names import Names, identifier, plural
from airflow2prefect.emit.pulls import EVERY, NOTHING, WHOLE_RUN, accesses, gives, of_shape, resolve_pull, returns_dict
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.tasks import Definition, Impossible, common_options, decorator, doc_of, import_for, named_in, place
from airflow2prefect.emit.values import Scope, fixed_text, layout_of, text_of, value_needs
from airflow2prefect.findings import finding
from airflow2prefect.model import (
    WHOLE_CONTEXT,
    Body,
    Callable,
    Code,
    Dag,
    Edit,
    FlowPlan,
    Literal,
    Need,
    Pairs,
    Pull,
    Reference,
    Step,
    Task,
)
from airflow2prefect.plan.flow import CONTEXT_KEYS
from airflow2prefect.plan.rules import descendants

Use = tuple[FlowPlan, Step]


def in_context(source: Need | str) -> bool:
    """Whether `**context` holds it."""
    return isinstance(source, Need) and source.kind == "context" and source.name in (*CONTEXT_KEYS, "params")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a callable takes from the run, found for one step: needs in the order of its text, and by pull."""

    needs: tuple[Need, ...]
    pulls: Mapping[Pull, tuple[Need, ...]]
    context: bool
    stand_in: bool = False
    handed: bool = False


class PythonTasks:
    """All python_callables of a module, each made a task once."""

    def __init__(self, draft: Draft, plans: list[FlowPlan]) -> None:
        self.draft = draft
        self.uses: dict[object, list[Use]] = {}
        self.made: dict[object, Definition] = {}
        for plan in plans:
            for step in plan.order.steps:
                body = plan.bodies[step.task.task_id]
                if body.gap is None and not body.template:
                    self.uses.setdefault(_key(step.task), []).append((plan, step))
        self.calls = {region.defines[0]: self._other_uses(region.defines[0]) for region in draft.regions if region.kind == "function"}
        self.wrapped = {key for key, uses in self.uses.items() if any(_needs_wrapper(p, p.bodies[s.task.task_id]) for p, s in uses)}

    def _other_uses(self, name: str) -> bool:
        """Whether the user's own code that stays uses a function."""
        return any(name in r.uses and name not in r.defines for r in self.draft.regions if r.role == "keep" and r.kind != "main")

    def _is_called(self, method: str) -> bool:
        """Whether the user's own code calls a method of that name."""
        kept = "".join(self.draft.text[r.start : r.end] for r in self.draft.regions if r.role == "keep")
        return re.search(rf"\.{method}\s*\(", kept) is not None

    def access(self, plan: FlowPlan) -> Mapping[Need, str]:
        return accesses(plan)

    def definition(self, plan: FlowPlan, step: Step, options: Mapping[int, Mapping[str, str]]) -> Definition:
        """The task for a step; written where it is first asked for."""
        task = step.task
        function = task.callable
        if function is None or (function.kind == "other" and not (function.pulls or function.pushes)):
            return self._imported(plan, step, options[step.index])
        _refuse_airflow(function, step, gives_context(plan.dag, task), self.draft.lost)
        if function.kind == "lambda":
            return self._lambda(plan, step, function, options[step.index])
        key = _key(task)
        if key in self.wrapped:
            return self._wrapper(plan, step, function, options[step.index])
        if key not in self.made:
            self.made[key] = self._function(plan, step, function, options)
        shared = self.made[key]
        return shared

    # ------------------------------------------------------------------ functions of the file

    def _function(self, plan: FlowPlan, step: Step, function: Callable, options: Mapping[int, Mapping[str, str]]) -> Definition:
        """A function of the file: `@task` above it, and its body without Airflow."""
        uses = self.uses[_key(step.task)]
        every = [options[s.index] for p, s in uses if p is plan] or [options[step.index]]
        single = len({s.task.task_id for _, s in uses}) == 1
        fixed = step.task.task_id if single and not step.loops else ""
        shared = options[step.index] if len(uses) == 1 else common_options(every)
        draft = self.draft
        made = Definition(function.name, fixed, shared)
        self._rewritten(plan, step, function, made)
        draft.need("prefect.task")
        if function.kind != "method":
            draft.used.add(function.name)
        if function.kind == "method" or self.calls.get(function.name, False) or function.decorated:
            text = self._reference(step, function)
            made.function = draft.names.claim(identifier(step.task.task_id), f"{function.name}_task")
            pairs = [("", text), ("name", literal(fixed or function.name)), *shared.items()]
            draft.above.append(lay_out(Group(f"{made.function} = task(", arguments(pairs), ")")) + "\n")
            return made
        start = function.span.start
        doc = doc_of(step)
        if doc and len(uses) == 1:
            shared = {**shared, "description": literal(doc)}
        line = decorator(fixed, function.name, shared)
        draft.edits.append(Edit(start, start, line + "\n"))
        return made

    def _reference(self, step: Step, function: Callable) -> str:
        """How the module's code names the callable."""
        value = step.task.argument("python_callable")
        text = (
            text_of(value, Scope(self.draft, frozenset(), lambda need: None)) if function.kind == "method" and value is not None else None
        )
        return text or function.name

    def _rewritten(self, plan: FlowPlan, step: Step, function: Callable, made: Definition) -> None:
        """Rewrite the function; what it takes become parameters of `made`."""
        draft = self.draft
        if function.kind == "other":
            raise Impossible("python_callable", f"{function.name}, a function inside another", step)
        taken = self.taken(plan, step, function)
        if function.first_statement is None and (function.pushes or taken.stand_in):
            raise Impossible("python_callable", f"{function.name}, whose body stands on the line of its def", step)
        touched = taken.context and bool(function.reads or function.pulls or function.pushes or function.escapes or function.removals)
        if touched and (self.calls.get(function.name, False) or (function.kind == "method" and self._is_called(function.name))):
            raise Impossible("python_callable", f"{function.name}, which other code calls as well", step)
        producers = self.access(plan)
        for need in taken.needs:
            if need.kind == "param" and not self._has_param(plan, step, need):
                # Airflow raises KeyError where the callable asks for it, and so does the dict of all params.
                whole = Need("context", "params")
                place(made, whole, Names({function.name} | set(function.locals) - {"params"}), producers)
                made.values[need] = f"{made.values[whole]}[{literal(need.name)}]"
                continue
            names = Names({function.name} | _taken_names(function, need, taken, draft.text) | {name for name, _ in made.parameters})
            place(made, need, names, producers, wanted=_wanted(plan, function, need), inside=plan.inside)
        made.spread = WHOLE_CONTEXT in taken.needs
        result = rewrite(self._rewriting(step, function, taken, made))
        draft.edits.extend(result.edits)
        for helper, wanted in result.helpers.items():
            draft.helper(helper, *wanted)
        import_for(draft, made)
        self._order(made, result, function.bound)

    def _rewriting(self, step: Step, function: Callable, taken: Taken, made: Definition) -> Rewriting:
        stand_in = self._xcoms(step, made) if taken.stand_in else None
        return Rewriting(
            function, self.draft.text, made.values,
            added=tuple(name for name, source in made.parameters if source != WHOLE_CONTEXT),
            given=_given(step.task), pushes=bool(function.pushes or function.helper_pushes), context=taken.context,
            stand_in=stand_in, handed=taken.handed, pulls=taken.pulls,
        )  # fmt: skip

    def _xcoms(self, step: Step, made: Definition) -> dict[str, str]:
        """What the stand-in for a task instance knows: XComs by key, by the task that pushed them."""
        plan = next(p for p, s in self.uses[_key(step.task)] if s is step)
        by_id = {task.task_id: task for task in plan.dag.tasks}
        found: dict[str, str] = {}
        for need, text in made.values.items():
            if need.kind == "xcom" and need.default == WHOLE_RUN:
                found[need.name] = text if returns_dict(by_id[need.name]) else f'{{"return_value": {text}}}'
        return found

    def taken(self, plan: FlowPlan, step: Step, function: Callable) -> Taken:
        """What the callable takes from the run; raises Impossible where that cannot be said."""
        context = gives_context(plan.dag, step.task)
        if not context:
            return Taken((), {}, context)
        handed = function.hands_on
        needs: list[tuple[int, Need]] = []
        pulls: dict[Pull, tuple[Need, ...]] = {}
        named = {p.name for p in function.parameters if p.kind in ("positional", "keyword")} - _given(step.task)
        for position, parameter in enumerate(function.parameters):
            need = Need("context", parameter.name)
            if parameter.name in named and parameter.name not in OBJECTS and self._known(plan, need):
                needs.append((position - len(function.parameters), need))
        whole = any(what == "context" for _, what in function.escapes)
        needs += [(read.span.start, read.need) for read in function.reads if not (whole and in_context(read.need))]
        dynamic: list[Pull] = []
        for pull in function.pulls:
            found = self._resolved(plan, step, pull)
            if found is None:
                dynamic.append(pull)
                continue
            pulls[pull] = found
            needs += [(pull.span.start, need) for need in found]
        if handed or dynamic:
            needs += [
                (len(self.draft.text), need) for need in self._by_name(plan, step, (*dynamic, *function.helper_pulls), handed, function)
            ]
        if whole:
            needs.append((len(self.draft.text), WHOLE_CONTEXT))
            self.draft.note(finding("A2P422", step.task.site.line, step.task.site.column, step.task.task_id, what=function.name))
        ordered = [need for _, need in sorted(needs, key=lambda pair: pair[0])]
        return Taken(tuple(dict.fromkeys(ordered)), pulls, context, handed or bool(dynamic), handed)

    def _has_param(self, plan: FlowPlan, step: Step, need: Need) -> bool:
        own = step.task.arguments.get("params")
        known = isinstance(own, Pairs) and any(isinstance(k, Literal) and k.value == need.name for k, _ in own.items)
        return known or need in plan.expressions

    def _known(self, plan: FlowPlan, need: Need) -> bool:
        return need in plan.expressions or need.name in ("params", "templates_dict", "conf")

    def _resolved(self, plan: FlowPlan, step: Step, pull: Pull) -> tuple[Need, ...] | None:
        """What a pull takes; None where the callable computes it. Raises Impossible for what no flow can give."""
        needs = resolve_pull(plan, step, pull)
        text = self.draft.text[pull.span.start : pull.span.end]
        if needs is None and not pull.foreign:
            self.draft.note(finding("A2P426", pull.span.line, pull.span.column, step.task.task_id, what=text[:80]))
            return None
        if needs is None or any(need.default != NOTHING and plan.producer(step, need.name) is None for need in needs):
            raise Impossible(
                "xcom_pull", text, step, found=finding("A2P423", pull.span.line, pull.span.column, step.task.task_id, what=text[:80])
            )
        if any(need.default == NOTHING for need in needs):
            self.draft.note(finding("A2P424", pull.span.line, pull.span.column, step.task.task_id, what=text[:80]))
        return needs

    def _by_name(self, plan: FlowPlan, step: Step, pulls: tuple[Pull, ...], handed: bool, function: Callable) -> list[Need]:
        """The tasks whose XComs are looked up at run time: those that are named, or all before this one."""
        names: dict[str, None] = {}
        below = descendants(plan.dag)
        every = [t.task_id for t in plan.dag.tasks if step.task.task_id in below[t.task_id] and gives(plan, t)]
        for pull in pulls:
            names |= dict.fromkeys(pull.task_ids or pull.candidates or of_shape(plan, pull.shape) or every)
        if handed and not function.helper_pulls:
            names |= dict.fromkeys(every)
        return [Need("xcom", name, "return_value", WHOLE_RUN) for name in names if plan.producer(step, name) is not None]

    def _order(self, made: Definition, result: Rewritten, bound: str) -> None:
        positions = tuple(name for name in result.parameters if name != bound)
        place_of = {name: n for n, name in enumerate(positions)}
        made.parameters.sort(key=lambda pair: place_of.get(pair[0], len(place_of)))
        made.positions = positions

    # ------------------------------------------------------------------ tasks around callables

    def _wrapper(self, plan: FlowPlan, step: Step, function: Callable, options: Mapping[str, str]) -> Definition:
        """A task that computes the arguments of the callable: what other tasks return is only known inside a task."""
        draft = self.draft
        key = _key(step.task)
        if key not in self.made:
            inner = Definition(function.name, "", {})
            self._rewritten(plan, step, function, inner)
            self.made[key] = inner
        inner = self.made[key]
        body = plan.bodies[step.task.task_id]
        fixed = "" if step.loops else step.task.task_id
        name = draft.names.claim(identifier(fixed or function.name), identifier(f"{function.name}_task"))
        made = Definition(name, fixed, options)
        taken = Names({name, function.name} | named_in(draft, step))
        producers = self.access(plan)
        for _, source in inner.parameters:
            if isinstance(source, Need) and source != WHOLE_CONTEXT:
                place(made, source, taken, producers, whole=True, inside=plan.inside)
        whole = dict(made.values)
        for need in dict.fromkeys([*value_needs(body.args), *value_needs(body.kwargs)]):
            place(made, need, taken, producers, inside=plan.inside)
        scope = Scope(draft, plan.targets(step.loops), made.values.get)
        pairs = call_arguments(body, scope, step)
        own = {key for key, _ in pairs}
        pairs += [(n, whole[s]) for n, s in inner.parameters if isinstance(s, Need) and s != WHOLE_CONTEXT and n not in own]
        made.parameters[:0] = [(captured, captured) for captured in scope.captured]
        if inner.spread:
            raise Impossible("op_kwargs", "templates with XComs for a callable that takes all of the context", step)
        draft.need("prefect.task")
        draft.used.add(function.name)
        head = lay_out(Group(f"def {name}(", tuple(n for n, _ in made.parameters), "):"))
        call = lay_out(Group(f"return {function.name}(", arguments(pairs), ")"), "    ")
        draft.above.append(f"{decorator(fixed, name, options)}\n{head}\n    {call}\n")
        import_for(draft, made)
        made.complete = True
        return made

    def _imported(self, plan: FlowPlan, step: Step, options: Mapping[str, str]) -> Definition:
        """A callable that is not read: imported, a method, or made by a call. `task(fn, name=...)`."""
        value = step.task.argument("python_callable")
        scope = Scope(self.draft, plan.targets(step.loops), lambda need: None)
        text = text_of(value, scope) if value is not None else None
        if text is None:
            raise Impossible("python_callable", value if value is not None else "python_callable", step)
        draft = self.draft
        draft.need("prefect.task")
        if scope.captured:
            made = Definition(f"task({text})", "", {})
        else:
            fixed = "" if step.loops else step.task.task_id
            name = draft.names.claim(identifier(fixed or text), identifier(f"{text}_task"))
            pairs = [("", text)] + ([("name", literal(fixed))] if fixed else []) + list(options.items())
            draft.above.append(lay_out(Group(f"{name} = task(", arguments(pairs), ")")) + "\n")
            made = Definition(name, fixed, options)
        self._given_context(plan, step, made, text)
        return made

    def _given_context(self, plan: FlowPlan, step: Step, made: Definition, text: str) -> None:
        """What a callable that is not read gets of the context: all that a flow knows, where it must take keywords."""
        task, function = step.task, step.task.callable
        if not gives_context(plan.dag, task):
            return
        if function is not None and not any(p.kind == "kwargs" for p in function.parameters):
            for parameter in function.parameters:
                need = Need("context", parameter.name)
                if parameter.kind in ("positional", "keyword") and parameter.name not in _given(task) and need in plan.expressions:
                    made.parameters.append((parameter.name, need))
            made.positions = ()
            return
        made.spread = function is not None or plan.dag.airflow < 2
        code = "A2P428" if made.spread else "A2P425"
        self.draft.note(finding(code, task.site.line, task.site.column, task.task_id, what=text))

    def _lambda(self, plan: FlowPlan, step: Step, function: Callable, options: Mapping[str, str]) -> Definition:
        """A lambda as a function of its own."""
        draft = self.draft
        fixed = "" if step.loops else step.task.task_id
        name = draft.names.claim(identifier(fixed or "call"), identifier(f"{fixed or 'call'}_task"))
        made = Definition(name, fixed, options)
        taken = self.taken(plan, step, function)
        if taken.stand_in or function.pushes:
            raise Impossible("python_callable", draft.text[function.span.start : function.span.end], step)
        names = Names({name} | draft.kept | {p.name for p in function.parameters})
        producers = self.access(plan)
        for need in taken.needs:
            place(made, need, names if need.name not in {p.name for p in function.parameters} else Names({name}), producers)
        draft.need("prefect.task", *made.imports)
        bare = self._captured(plan, step, function, made)
        what = Rewriting(
            function,
            draft.text,
            made.values,
            added=tuple(n for n, _ in made.parameters),
            given=_given(step.task),
            context=taken.context,
            bare=bare,
            pulls=taken.pulls,
        )
        text, positions = rewrite_lambda(what, name)
        made.positions = positions
        draft.above.append(decorator(fixed, name, options) + "\n" + text.rstrip("\n") + "\n")
        draft.used |= set(function.locals)
        return made

    def _captured(self, plan: FlowPlan, step: Step, function: Callable, made: Definition) -> frozenset[str]:
        """Parameters whose defaults hold on to a loop's variables (`lambda n=n: ...`): the call gives them instead."""
        value = step.task.argument("python_callable")
        code = value.code if isinstance(value, Reference) else None
        found: set[str] = set()
        for parameter in function.parameters:
            inner = parameter.default or ""
            if code is None or not inner.isidentifier() or inner in self.draft.kept or inner not in code.bound:
                continue
            text = text_of(
                Code(inner, code.span, ((0, len(inner), inner),), code.bound),
                Scope(self.draft, plan.targets(step.loops), lambda need: None),
            )
            if text is None:
                raise Impossible("python_callable", self.draft.text[function.span.start : function.span.end], step)
            made.parameters.append((parameter.name, text))
            found.add(parameter.name)
        return frozenset(found)


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


def gives_context(dag: Dag, task: Task) -> bool:
    """Whether Airflow calls the callable with its context: always from 2.0 on, with provide_context before.

    https://airflow.apache.org/docs/apache-airflow/2.0.0/upgrading-to-2.html#changes-to-pythonoperator
    """
    if dag.airflow >= 2 or not task.operator.startswith(("airflow.operators.python_operator", "airflow.operators.PythonOperator")):
        return True
    given = task.argument("provide_context")
    return given is not None and not (isinstance(given, Literal) and not given.value)


def _refuse_airflow(function: Callable, step: Step, context: bool, lost: frozenset[str]) -> None:
    missing = sorted(function.free & lost)
    if missing:
        raise Impossible(
            "python_callable",
            function.name,
            step,
            found=finding("A2P427", function.span.line, function.span.column, step.task.task_id, what=", ".join(missing)),
        )
    if function.findings:
        raise Impossible("python_callable", function.name, step, found=function.findings[0])
    for span, what in function.escapes if context else ():
        if what not in ("ti", "context"):
            raise Impossible(
                "python_callable",
                what,
                step,
                found=finding("A2P420", span.line, span.column, step.task.task_id, what=f"the context's {what}"),
            )


def _taken_names(function: Callable, need: Need, taken: Taken, text: str) -> set[str]:
    """Names that a parameter for `need` must not have: the function's own, but for those that it only gives to this value."""
    own = set(function.locals)
    same = {pull.target for pull, needs in taken.pulls.items() if need in needs and pull.statement is not None}
    same |= {assigned(text, read.span) for read in function.reads if read.need == need}
    same |= {p.name for p in function.parameters if need == Need("context", p.name)}
    reads = [read for read in function.reads if read.need == need]
    if len(reads) == 1:
        # `conf = context["dag_run"].conf or {}`: the parameter may have the name that its one use is given to.
        line = text[text.rfind("\n", 0, reads[0].span.start) + 1 : reads[0].span.start]
        found = re.match(r"\s*(\w+)\s*=(?!=)", line)
        same |= {found[1]} if found else set()
    return own - same


def _wanted(plan: FlowPlan, function: Callable, need: Need) -> str:
    """The function's own parameter of that name; `loads` for the XComs of all tasks that a loop made of `load_%s`."""
    if need.kind == "context" and any(p.name == need.name for p in function.parameters):
        return need.name
    if need.default != EVERY:
        return ""
    return plural(identifier(fixed_text(plan.steps_by_task[need.name].task.id_value), "value"))


def _key(task: Task) -> object:
    function = task.callable
    if function is not None and function.kind != "lambda":
        return function.span.start
    return (task.site.start, task.task_id)


def _given(task: Task) -> frozenset[str]:
    kwargs = task.argument("op_kwargs")
    if not isinstance(kwargs, Pairs):
        return frozenset()
    return frozenset(str(key.value) for key, _ in kwargs.items if isinstance(key, Literal))


def _needs_wrapper(plan: FlowPlan, body: Body) -> bool:
    """Arguments that are made from XComs can only be computed where those are known."""
    if plan.order.line:
        return False
    made = [value for value in (body.args, body.kwargs) if value is not None]
    return any(need.kind == "xcom" for value in made for need in value_needs(value))
