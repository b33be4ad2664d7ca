"""python_callables as Prefect tasks: decorated in place, wrapped, or called by a generated task."""

from __future__ import annotations

from collections.abc import Mapping

from airflow2prefect.emit.callables import rewrite, rewrite_lambda
from airflow2prefect.emit.calls import Group, arguments, lay_out
from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.names import Names, identifier
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.tasks import Definition, Impossible, common_options, decorator, place
from airflow2prefect.emit.values import Scope, layout_of, text_of, value_needs
from airflow2prefect.model import Body, Callable, Edit, FlowPlan, Literal, Need, Pairs, Pull, Sequence, Step, Task

Use = tuple[FlowPlan, Step]


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

    def _other_uses(self, name: str) -> bool:
        """Whether the user's own code that stays uses a function."""
        return any(name in r.uses and name not in r.defines for r in self.draft.regions if r.role == "keep" and r.kind != "main")

    def access(self, plan: FlowPlan) -> Mapping[Need, str]:
        """How a key is read from what a task returns: `{0}["key"]` where it returns all its XComs as a dict."""
        made: dict[Need, str] = {}
        for task in plan.dag.tasks:
            for key, always in pushed(task).items():
                made[Need("xcom", task.task_id, key)] = "{0}[" + literal(key) + "]" if always else "{0}.get(" + literal(key) + ")"
        return made

    def definition(self, plan: FlowPlan, step: Step, options: Mapping[int, Mapping[str, str]]) -> Definition:
        """The task for a step; written where it is first asked for."""
        body, task = plan.bodies[step.task.task_id], step.task
        function = task.callable
        if function is None:
            return self._imported(plan, step, options[step.index])
        if function.kind == "lambda" or _needs_wrapper(plan, body):
            return self._generated(plan, step, function, body, options[step.index])
        key = _key(task)
        if key not in self.made:
            self.made[key] = self._function(plan, step, function, options)
        shared = self.made[key]
        if len(self.uses[key]) == 1:
            return shared
        return Definition(shared.function, "", shared.options, shared.parameters, shared.values)

    def _function(self, plan: FlowPlan, step: Step, function: Callable, options: Mapping[int, Mapping[str, str]]) -> Definition:
        """A function of the file: `@task` above it, and its body without Airflow."""
        uses = self.uses[_key(step.task)]
        every = [options[s.index] for p, s in uses if p is plan] or [options[step.index]]
        single = len(uses) == 1
        fixed = step.task.task_id if single and not step.loops else ""
        shared = options[step.index] if single else common_options(every)
        draft = self.draft
        called = self.calls.get(function.name, False)
        made = Definition(function.name, fixed, shared)
        for need in dict.fromkeys(needs_of(function)):
            place(made, need, Names({function.name} | set(function.locals) - {need.name}), self.access(plan))
        touched = bool(function.reads or function.pulls or function.pushes or function.escapes or function.removals)
        if called and touched:
            raise Impossible("python_callable", f"{function.name}, which other code calls as well", step)
        rewritten = rewrite(function, draft.text, made.values, pushes=bool(function.pushes))
        draft.edits.extend(rewritten.edits)
        for helper, names in rewritten.helpers.items():
            draft.helper(helper, *names)
        draft.note(*function.findings)
        self._order(made, rewritten.parameters)
        draft.need("prefect.task")
        if called:
            made.function = draft.names.claim(identifier(step.task.task_id), f"{function.name}_task")
            pairs = [("", function.name), ("name", literal(fixed or function.name)), *shared.items()]
            draft.above.append(lay_out(Group(f"{made.function} = task(", arguments(pairs), ")")) + "\n")
            draft.used.add(function.name)
            return made
        line = decorator(fixed if fixed != function.name or True else "", function.name, shared)
        start = function.span.start
        draft.edits.append(Edit(start, start, line + "\n"))
        draft.used.add(function.name)
        return made

    def _order(self, made: Definition, parameters: tuple[str, ...]) -> None:
        place_of = {name: n for n, name in enumerate(parameters)}
        made.parameters.sort(key=lambda pair: place_of.get(pair[0], len(place_of)))

    def _imported(self, plan: FlowPlan, step: Step, options: Mapping[str, str]) -> Definition:
        """A callable that is not of this file, or is a method: `task(fn, name=...)`."""
        value = step.task.argument("python_callable")
        text = text_of(value, Scope(self.draft, plan.targets(step.loops), lambda need: None)) if value is not None else None
        if text is None:
            raise Impossible("python_callable", value if value is not None else "python_callable", step)
        given = step.task.argument("provide_context")
        if isinstance(given, Literal) and given.value:
            raise Impossible("provide_context", f"{text} takes Airflow's context, and is not in this file", step)
        draft = self.draft
        draft.need("prefect.task")
        fixed = "" if step.loops else step.task.task_id
        name = draft.names.claim(identifier(fixed or text), identifier(f"{text}_task"))
        pairs = [("", text)] + ([("name", literal(fixed))] if fixed else []) + list(options.items())
        draft.above.append(lay_out(Group(f"{name} = task(", arguments(pairs), ")")) + "\n")
        return Definition(name, fixed, options)

    def _generated(self, plan: FlowPlan, step: Step, function: Callable, body: Body, options: Mapping[str, str]) -> Definition:
        """A task around the callable: for lambdas, and where arguments are made of what other tasks return."""
        draft = self.draft
        fixed = "" if step.loops else step.task.task_id
        name = draft.names.claim(identifier(fixed or function.name.strip("<>")), identifier(f"{function.name.strip('<>')}_task"))
        made = Definition(name, fixed, options)
        taken = Names({name, function.name} | draft.kept)
        access = self.access(plan)
        for need in dict.fromkeys([*needs_of(function), *value_needs(body.args), *value_needs(body.kwargs)]):
            place(made, need, taken, access)
        draft.need("prefect.task")
        if function.kind == "lambda":
            text = rewrite_lambda(function, draft.text, made.values, name=name, parameters=tuple(n for n, _ in made.parameters))
            draft.above.append(decorator(fixed, name, options) + "\n" + text.rstrip("\n") + "\n")
            return made
        raise Impossible("op_kwargs", "a template with XComs", step)


def _key(task: Task) -> object:
    function = task.callable
    if function is not None and function.kind != "lambda":
        return function.span.start
    return (task.site.start, task.task_id)


def _needs_wrapper(plan: FlowPlan, body: Body) -> bool:
    if plan.order.line:
        return False
    return any(need.kind == "xcom" for value in (body.args, body.kwargs) for need in value_needs(value))


def needs_of(function: Callable) -> list[Need]:
    """What a callable takes from the context and from other tasks, in the order of its text."""
    found: list[tuple[int, Need]] = [(read.span.start, read.need) for read in function.reads]
    for pull in function.pulls:
        found += [(pull.span.start, need) for need in pull_needs(pull)]
    return [need for _, need in sorted(found, key=lambda pair: pair[0])]


def pull_needs(pull: Pull) -> list[Need]:
    return [Need("xcom", task_id, pull.key or "return_value") for task_id in pull.task_ids or ()]


def pushed(task: Task) -> dict[str, bool]:
    """Keys that a task pushes besides returning, and whether it always does; with them, "return_value"."""
    function = task.callable
    if function is None or not function.pushes:
        return {}
    keys = {push.key: push.always for push in function.pushes if push.key is not None}
    valued = any(r.value is not None and not r.is_none for r in function.returns)
    return {"return_value": valued and not function.ends_open, **keys}


__all__ = ["Literal", "Pairs", "PythonTasks", "Sequence", "layout_of"]
