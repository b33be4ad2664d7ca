"""python_callables as Prefect tasks: decorated in place, wrapped, or called by a generated task."""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace

from airflow2prefect.emit import looked_up
from airflow2prefect.emit.callables import Rewriting, Rewritten, helpers_of, rewrite, rewrite_lambda
from airflow2prefect.emit.calls import Group, arguments, lay_out
from airflow2prefect.emit.draft import Draft, absolute
from airflow2prefect.emit.edits import apart, apply_edits, comment_above, dedent
from airflow2prefect.emit.hidden import rename_hidden
from airflow2prefect.emit.inner import InnerHelpers
from airflow2prefect.emit.names import Names, identifier, plural
from airflow2prefect.emit.pulls import BY_ID, EVERY, accesses, parameter_name, resolve_pull
from airflow2prefect.emit.refusals import refuse_airflow, refuse_misfit, settle
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.taken import Taken, given_keywords, gives_context, has_param, sparse, take, taken_names
from airflow2prefect.emit.tasks import Definition, Impossible, common_options, decorator, doc_of, exit_guard, exit_line, import_for, place
from airflow2prefect.emit.values import Scope, fixed_text, text_of
from airflow2prefect.emit.wrapping import key_of, needs_wrapper, wrapper
from airflow2prefect.findings import finding
from airflow2prefect.model import (
    WHOLE_CONTEXT,
    Callable,
    Code,
    Edit,
    FlowPlan,
    Need,
    Reference,
    Step,
    Value,
)

Use = tuple[FlowPlan, Step]


class PythonTasks:
    """All python_callables of a module, each made a task once."""

    def __init__(self, draft: Draft, plans: list[FlowPlan]) -> None:
        self.draft = draft
        self.uses: dict[object, list[Use]] = {}
        self.made: dict[object, Definition] = {}
        self._inner = InnerHelpers(draft)
        for plan in plans:
            for step in plan.order.steps:
                body = plan.bodies[step.task.task_id]
                if body.gap is None and not body.template:
                    self.uses.setdefault(key_of(step.task), []).append((plan, step))
        self._calls: dict[tuple[str, int], bool] = {}
        self.wrapped = {key for key, uses in self.uses.items() if any(needs_wrapper(p, s, p.bodies[s.task.task_id]) for p, s in uses)}

    def undecorate(self, plans: Iterable[FlowPlan]) -> None:
        """Take Airflow's decorator off functions of which no task could be made."""
        functions = {key_of(task): task.callable for plan in plans for task in plan.dag.tasks if task.callable is not None}
        for key, function in functions.items():
            if function.kind == "function" and key not in self.made:
                self.without_decorator(function)

    def without_decorator(self, function: Callable) -> None:
        """Take Airflow's decorator off a function that stays one."""
        if function.taskflow is not None:
            edits = self.draft.home(function.span.start).edits
            edits.append(Edit(function.taskflow.start, function.taskflow.end, ""))

    def _is_used(self, function: Callable) -> bool:
        """Whether the user's own code that stays uses a function of a module."""
        home = self.draft.home(function.span.start)
        key = (function.name, home.base)
        if key not in self._calls:
            defined = any(r.kind == "function" and function.name in r.defines for r in home.regions)
            drafts = {id(draft): draft for draft in (home, self.draft)}.values()
            regions = [r for draft in drafts for r in draft.regions if r.role == "keep" and r.kind not in ("main", "import")]
            self._calls[key] = defined and any(function.name in r.uses and function.name not in r.defines for r in regions)
        return self._calls[key]

    def _goes(self, function: Callable) -> bool:
        """Whether a function stands in what goes: in a loop that made tasks."""
        at = function.span.start
        return function.kind == "function" and any(r.role != "keep" and r.start <= at < r.end for r in self.draft.home(at).regions)

    def _is_called(self, method: str) -> bool:
        """Whether the user's own code calls a method of that name."""
        kept = "".join(self.draft.text[r.start : r.end] for r in self.draft.regions if r.role == "keep")
        return re.search(rf"\.{method}\s*\(", kept) is not None

    def definition(self, plan: FlowPlan, step: Step, options: Mapping[int, Mapping[str, str]]) -> Definition:
        """The task for a step; written where it is first asked for."""
        task = step.task
        function = task.callable
        polls = plan.bodies[task.task_id].polls is not None
        if function is None:
            wraps = polls or _is_native(task.argument("python_callable"))
            return wrapper(self, plan, step, None, options[step.index]) if wraps else self._imported(plan, step, options[step.index])
        refuse_airflow(plan.dag, function, step, gives_context(plan.dag, task), self.draft.home(function.span.start).lost)
        refuse_misfit(plan, function, step)
        if polls and (function.kind in ("lambda", "other") or self._goes(function)) and function.taskflow is None:
            return wrapper(self, plan, step, function, options[step.index])
        if function.kind == "lambda" and key_of(task) in self.wrapped:
            return wrapper(self, plan, step, function, options[step.index])
        if function.kind == "lambda":
            return self._lambda(plan, step, function, options[step.index])
        if function.kind == "other" or self._goes(function):
            given = task.arguments["python_callable"]
            named = isinstance(given, Reference) and (given.code is None or given.code.text == function.name)
            made_by_call = None if named else text_of(given, Scope(self.draft, plan.targets(step.loops), lambda need: None))
            if made_by_call is not None and not (function.pulls or function.pushes):
                return self._imported(plan, step, options[step.index])
            if (polls or key_of(task) in self.wrapped) and function.taskflow is not None:
                inner = self._lifted(plan, step, function, options, plain=True)
                return wrapper(self, plan, step, function, options[step.index], inner)
            return self._lifted(plan, step, function, options)
        key = key_of(task)
        if function.kind == "method":
            looked_up.refuse_several(self.uses, step, function)
        if key in self.wrapped:
            return wrapper(self, plan, step, function, options[step.index])
        if key not in self.made:
            self.made[key] = self._function(plan, step, function, options)
        return self._of_step(plan, step, function, self.made[key])

    def _of_step(self, plan: FlowPlan, step: Step, function: Callable, shared: Definition) -> Definition:
        """A function's definition with what its pulls by computed ids mean for this step: it was written for the first."""
        first_plan, first = self.uses[key_of(step.task)][0]
        if len(self.uses[key_of(step.task)]) > 1:
            shared = looked_up.of_step(self.draft, plan, step, function, shared)
        if first is step or not any(pull.holes for pull in function.pulls):
            return shared
        meant: dict[Need, Need] = {}
        for pull in function.pulls:
            before = resolve_pull(first_plan, first, pull) if pull.holes else None
            now = resolve_pull(plan, step, pull) if before is not None else ()
            pairs = list(zip(before or (), now or (), strict=False))
            if now is None or any(meant.setdefault(old, new) != new for old, new in pairs):
                text = self.draft.text[pull.span.start : pull.span.end]
                found = finding("A2P423", pull.span.line, pull.span.column, step.task.task_id, what=text[:80])
                raise Impossible("xcom_pull", text, step, found=found)
        parameters = [(name, meant.get(source, source) if isinstance(source, Need) else source) for name, source in shared.parameters]
        return replace(shared, parameters=parameters)

    # ------------------------------------------------------------------ functions of the file

    def _function(self, plan: FlowPlan, step: Step, function: Callable, options: Mapping[int, Mapping[str, str]]) -> Definition:
        """A function of the file: `@task` above it, and its body without Airflow."""
        uses = self.uses[key_of(step.task)]
        shared, fixed = self._common(plan, step, options)
        draft = self.draft
        made = Definition(function.name, fixed, shared)
        home = draft.home(function.span.start)
        home.edits.extend(self.rewritten(plan, step, function, made))
        draft.need("prefect.task")
        if function.kind != "method" and home is draft:
            draft.used.add(function.name)
        apart = function.kind == "method" or function.decorated or function.name in draft.locals or home is not draft
        if apart or self._is_used(function):
            text = self.reference(step, function)
            wanted = identifier(step.task.task_id) if fixed or home is draft else f"{function.name}_task"
            made.function = draft.names.claim(wanted, f"{function.name}_task")
            guard = exit_guard(draft, function, plan.dag.airflow)
            pairs = [("", f"{guard}({text})" if guard else text), ("name", literal(fixed or function.name)), *shared.items()]
            draft.above.append(lay_out(Group(f"{made.function} = task(", arguments(pairs), ")")) + "\n")
            self.without_decorator(function)
            return made
        rename_hidden(draft, step, function, made)
        start = function.span.start
        doc = doc_of(step)
        if doc and len(uses) == 1:
            shared = {**shared, "description": literal(doc)}
        line = decorator(fixed, made.function, shared) + exit_line(self.draft, function, plan.dag.airflow)
        if function.taskflow is not None:
            start = function.taskflow.start
        margin = draft.text[draft.text.rfind("\n", 0, start) + 1 : start]  # inside of `with DAG`
        draft.edits.append(Edit(start, function.span.start, f"{line}\n".replace("\n", f"\n{margin}")))
        return made

    def _lifted(
        self, plan: FlowPlan, step: Step, function: Callable, options: Mapping[int, Mapping[str, str]], *, plain: bool = False
    ) -> Definition:
        """A function inside another that goes: at the module's level, with what it took from around it as parameters."""
        draft = self.draft
        closure = {name: value for name, value in step.task.closure.items() if not self._inner.moves(name, value, step)}
        scope = Scope(draft, plan.targets(step.loops), lambda need: None)
        held = {p.name for p in function.parameters if p.name in step.task.defaults and (p.default or "").isidentifier()}
        given = {name: text_of(value, scope) for name, value in closure.items()}
        given |= {name: text_of(step.task.defaults[name], scope) for name in held}
        if None in given.values() or function.decorated:
            raise Impossible("python_callable", f"{function.name}, a function inside another", step)
        key = ("lifted", key_of(step.task))
        if key not in self.made:
            shared, fixed = self._common(plan, step, options)
            made = Definition(draft.names.claim(function.name, f"{plan.function}_{function.name}"), fixed, shared)
            made.parameters += [(name, name) for name in given]
            self._globals(function, step)
            edits = self.rewritten(plan, step, function, made, frozenset(held))
            start = draft.text.rfind("\n", 0, function.span.start) + 1
            text = dedent(apply_edits(draft.text, start, function.span.end, apart(edits)), function.span.start - start)
            comment = comment_above(draft.text, (function.taskflow or function.span).start)
            text = re.sub(rf"\bdef {function.name}\b", f"def {made.function}", text, count=1)
            draft.need("prefect.task")
            head = "" if plain else decorator(fixed, made.function, shared) + exit_line(self.draft, function, plan.dag.airflow) + "\n"
            draft.above.append(f"{comment}{head}" + text.rstrip("\n") + "\n")
            self.made[key] = made
        made = self.made[key]
        mine = [(name, given[source] or "" if isinstance(source, str) else source) for name, source in made.parameters]
        return replace(made, parameters=mine)

    def _globals(self, function: Callable, step: Step) -> None:
        """Import what a function that leaves its module takes from there."""
        home = self.draft.home(function.span.start)
        if home.module is None:
            return
        imported = {item.local: absolute(item.path, home.module) for region in home.regions for item in region.imported}
        for name in sorted((function.free & {n for r in home.regions for n in r.defines}) - step.task.closure.keys()):
            path = imported.get(name) or f"{home.module.name}.{name}"
            if name not in home.kept or path.rpartition(".")[2] != name or self.draft.reference(path) != name:
                raise Impossible("python_callable", f"{function.name}, which uses {name} of {home.module.name}", step)

    def _common(self, plan: FlowPlan, step: Step, options: Mapping[int, Mapping[str, str]]) -> tuple[Mapping[str, str], str]:
        """Decorator arguments and name for all tasks that one function makes."""
        uses = self.uses[key_of(step.task)]
        every = [options[s.index] for p, s in uses if p is plan] or [options[step.index]]
        single = len({s.task.task_id for _, s in uses}) == 1 and not step.varies
        return options[step.index] if len(uses) == 1 else common_options(every), step.task.task_id if single else ""

    def reference(self, step: Step, function: Callable) -> str:
        """How the module's code names the callable."""
        value = step.task.argument("python_callable")
        text = (
            text_of(value, Scope(self.draft, frozenset(), lambda need: None)) if function.kind == "method" and value is not None else None
        )
        home = self.draft.home(function.span.start)
        if home.module is not None and function.kind == "function":
            text = self.draft.reference(f"{home.module.name}.{function.name}")
            if text is None:
                raise Impossible("python_callable", function.name, step)
        return text or function.name

    def rewritten(
        self, plan: FlowPlan, step: Step, function: Callable, made: Definition, bare: frozenset[str] = frozenset()
    ) -> tuple[Edit, ...]:
        """The edits of the function; what it takes become parameters of `made`. `bare` parameters lose their default."""
        draft = self.draft
        taken = looked_up.of_all(self.draft, self.uses[key_of(step.task)], step, function, take(self.draft, plan, step, function))
        if function.first_statement is None and (function.pushes or taken.stand_in):
            raise Impossible("python_callable", f"{function.name}, whose body stands on the line of its def", step)
        touched = taken.context and bool(function.reads or function.pulls or function.pushes or function.escapes or function.removals)
        home = draft.home(function.span.start)
        called = self._is_used(function) or (function.kind == "method" and self._is_called(function.name))
        if touched and called and not function.context:
            raise Impossible("python_callable", f"{function.name}, which other code calls as well", step)
        producers = accesses(plan, step)
        for need in taken.needs:
            if need.kind == "param" and not has_param(plan, step, need):
                # Airflow raises KeyError where the callable asks for it, and so does the dict of all params.
                whole = Need("context", "params")
                place(made, whole, Names({function.name} | set(function.locals) - {"params"}), producers)
                made.values[need] = f"{made.values[whole]}[{literal(need.name)}]"
                continue
            names = Names({function.name} | taken_names(function, need, taken, draft.text) | {name for name, _ in made.parameters})
            place(made, need, names, producers, wanted=_wanted(plan, step, function, need), inside=plan.inside)
        made.spread = WHOLE_CONTEXT in taken.needs
        result = rewrite(replace(self._rewriting(plan, step, function, taken, made), bare=bare))
        settle(home, function, result.edits, step)
        for helper, wanted in result.helpers.items():
            home.helper(helper, *wanted)
        draft.note(*function.notes)
        import_for(home, made)
        self._order(made, result, function.bound)
        return result.edits

    def _rewriting(self, plan: FlowPlan, step: Step, function: Callable, taken: Taken, made: Definition) -> Rewriting:
        stand_in = looked_up.xcoms(self.uses[key_of(step.task)], step, made) if taken.stand_in else None
        return Rewriting(
            function, self.draft.text, made.values,
            added=tuple(name for name, source in made.parameters if source != WHOLE_CONTEXT),
            given=given_keywords(step.task), pushes=bool(function.pushes or function.helper_pushes), context=taken.context,
            stand_in=stand_in, handed=taken.handed, pulls=taken.pulls, sparse=sparse(plan, step, taken.pulls),
        )  # fmt: skip

    def _order(self, made: Definition, result: Rewritten, bound: str) -> None:
        positions = tuple(name for name in result.parameters if name != bound)
        place_of = {name: n for n, name in enumerate(positions)}
        made.parameters.sort(key=lambda pair: place_of.get(pair[0], len(place_of)))
        made.positions = positions

    # ------------------------------------------------------------------ other callables

    def _imported(self, plan: FlowPlan, step: Step, options: Mapping[str, str]) -> Definition:
        """A callable that is not read: imported, a method, or made by a call. `task(fn, name=...)`."""
        value = step.task.argument("python_callable")
        scope = Scope(self.draft, plan.targets(step.loops), lambda need: None)
        text = text_of(value, scope) if value is not None else None
        if text is None:
            path = value.path if isinstance(value, Reference) and value.path else ""
            place = step.task.site
            found = finding("A2P129", place.line, place.column, step.task.task_id, what=path) if path.startswith("airflow.") else None
            raise Impossible("python_callable", value if value is not None else "python_callable", step, found=found)
        draft = self.draft
        draft.need("prefect.task")
        if scope.captured:
            made = Definition(f"task({text})", "", {})
        else:
            fixed = "" if step.varies else step.task.task_id
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
                if parameter.kind in ("positional", "keyword") and parameter.name not in given_keywords(task) and need in plan.expressions:
                    made.parameters.append((parameter.name, need))
            made.positions = ()
            return
        made.spread = function is not None or plan.dag.airflow < 2
        code = "A2P428" if made.spread else "A2P425"
        self.draft.note(finding(code, task.site.line, task.site.column, task.task_id, what=text))

    def _lambda(self, plan: FlowPlan, step: Step, function: Callable, options: Mapping[str, str]) -> Definition:
        """A lambda as a function of its own."""
        draft = self.draft
        fixed = "" if step.varies else step.task.task_id
        name = draft.names.claim(identifier(fixed or "call"), identifier(f"{fixed or 'call'}_task"))
        made = Definition(name, fixed, options)
        draft.need("prefect.task")
        head = decorator(fixed, name, options) + exit_line(draft, function, plan.dag.airflow)
        draft.above.append(f"{head}\n{self.named_lambda(plan, step, function, made)}")
        return made

    def named_lambda(self, plan: FlowPlan, step: Step, function: Callable, made: Definition) -> str:
        """A lambda as the function that `made` is; what it takes become parameters."""
        draft, name = self.draft, made.function
        self._globals(function, step)
        taken = take(self.draft, plan, step, function)
        if taken.stand_in or function.pushes:
            raise Impossible("python_callable", draft.text[function.span.start : function.span.end], step)
        names = Names({name} | draft.kept | {p.name for p in function.parameters})
        producers = accesses(plan, step)
        for need in taken.needs:
            place(made, need, names if need.name not in {p.name for p in function.parameters} else Names({name}), producers)
        draft.need(*made.imports)
        bare = self._captured(plan, step, function, made)
        for inner, value in step.task.closure.items():
            given = text_of(value, Scope(draft, plan.targets(step.loops), lambda need: None))
            if given is None:
                raise Impossible("python_callable", draft.text[function.span.start : function.span.end], step)
            made.parameters.append((inner, given))
        what = Rewriting(
            function,
            draft.text,
            made.values,
            added=tuple(n for n, _ in made.parameters),
            given=given_keywords(step.task),
            context=taken.context,
            bare=bare,
            pulls=taken.pulls,
            sparse=sparse(plan, step, taken.pulls),
        )
        text, positions = rewrite_lambda(what, name)
        for helper, wanted in helpers_of(function).items():
            draft.helper(helper, *wanted)
        draft.note(*function.notes)
        made.positions = positions
        draft.used |= set(function.locals)
        return text.rstrip("\n") + "\n"

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


def _is_native(value: Value | None) -> bool:
    """Whether a callable may be one that is not written in Python, of which Prefect makes no task: of Python itself, or its library."""
    if not isinstance(value, Reference):
        return False
    path = value.path or (value.code.text if value.code is not None else "")
    first, _, rest = path.partition(".")
    return first in sys.stdlib_module_names if rest else first in vars(builtins)


def _wanted(plan: FlowPlan, step: Step, function: Callable, need: Need) -> str:
    """The function's own parameter of that name; `loads` for the XComs of all tasks that a loop made of `load_%s`."""
    if need.kind == "context" and any(p.name == need.name for p in function.parameters):
        return need.name
    if need.default not in (EVERY, BY_ID):
        return parameter_name(plan, step, need)
    return plural(identifier(fixed_text(plan.steps_by_task[need.name].task.id_value), "value"))
