"""One DAG as a `@flow`: parameters, dates, the calls of its tasks in order, what it returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from airflow2prefect.emit.calls import Group, arguments, chained, lay_out, listing
from airflow2prefect.emit.edits import words
from airflow2prefect.emit.mapping import group_lines, mapped_call
from airflow2prefect.emit.names import Names, done, identifier, plural
from airflow2prefect.emit.parts import PartWriter
from airflow2prefect.emit.paths import path_lines
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.taken import in_context
from airflow2prefect.emit.tasks import Definition, Impossible
from airflow2prefect.emit.values import Scope, code_text, fixed_text, value_needs
from airflow2prefect.emit.wrapping import call_arguments
from airflow2prefect.model import WHOLE_CONTEXT, Block, Earlier, Fork, Guard, Link, Literal, Need, Part, Step
from airflow2prefect.plan.flow import CONTEXT_KEYS, KEYS_OF_AIRFLOW_2
from airflow2prefect.plan.groups import list_begins, steps_in
from airflow2prefect.plan.rules import KNOWN, UNBOUND, rule_of


@dataclass
class FlowWriter(PartWriter):
    """Writes one flow."""

    def body_lines(self) -> list[str]:
        """The statements of the flow, without its prelude; fills `locals` with what the prelude must make."""
        self.plan_parts(self.order.items)
        self._name_runs()
        lines = [line for item in self.order.items for line in self.item_lines(item, "")]
        ending = self._ending()
        return lines + self._waiting() + ([ending] if ending else [])

    def _waiting(self) -> list[str]:
        """Teardowns that nothing follows: the flow waits for them, but their states do not count for its own."""
        steps = [step for step in self.order.steps if step.awaited]
        if len(steps) == 1 and not steps[0].loops and not self.plan.is_mapped(steps[0]):
            return [f"{self.variables[steps[0].index]}.wait()"]
        made = self.waits([self._link(step) for step in steps], allow=False)
        if made is None:
            return []
        self.draft.need("prefect.futures.wait")
        return lay_out(Group("wait(", (made,), ")"), "    ").replace("\n    ", "\n").split("\n")

    def _link(self, step: Step) -> Link:
        return Link(step.index, "all" if step.loops or self.plan.is_mapped(step) else "one")

    # ------------------------------------------------------------------ names

    def _name_runs(self) -> None:
        """A variable for each step that something refers to, a list for each whose runs are collected."""
        for step in self.order.steps:
            if not self.is_used(step):
                continue
            if self.inside_of(step):
                self.variables[step.index] = ""  # its function has a name for it
                continue
            self.variables[step.index] = self.claim(step, self.names, inside=False)
        for step in self.order.steps:
            if step.index in self.variables and not self.plan.is_mapped(step) and (step.collected or self._read_behind_loop(step)):
                wanted = self._wanted(step)
                self.lists[step.index] = self.names.claim(plural(wanted), plural(done(wanted)))
        self.name_parts(self.order.items, self.names)

    def _wanted(self, step: Step) -> str:
        task = step.task
        return task.variable if task.variable.isidentifier() and not task.inlined else self._base_name(step)

    def claim(self, step: Step, names: Names, *, inside: bool) -> str:
        """A name for the run of a step; `inside`: in the function of its group, whose prefix it does without."""
        function, task = self.definitions[step.index].function, step.task
        short = identifier(task.task_id.rpartition(".")[2]) if inside and not step.varies and task.groups else ""
        if self.plan.is_mapped(step):
            own = [task.variable] if task.variable.isidentifier() and not task.inlined and task.variable != function else []
            return names.claim(*own, *([f"{short}_runs"] if short else []), f"{self._base_name(step)}_runs")
        wanted = self._wanted(step)
        choices = [wanted] if wanted != function and not (short and task.inlined) else []
        return names.claim(*choices, *([short, done(short)] if short else []), done(self._base_name(step)))

    def _base_name(self, step: Step) -> str:
        if not step.varies:
            return identifier(step.task.task_id)
        return identifier(fixed_text(step.task.id_value), self.definitions[step.index].function)

    def _gives(self, step: Step) -> bool:
        body = self.plan.bodies[step.task.task_id]
        function = step.task.callable
        return (
            body.returns
            and body.gap is None
            and (function is None or any(r.value and not r.is_none for r in function.returns) or bool(function.pushes))
        )

    def is_used(self, step: Step) -> bool:
        """Whether anything in the flow refers to the run of `step`, or to what it returned."""
        if self.order.line:
            return bool(self.readers(step)) or step is self.result_step()
        waited = any(link.step == step.index for other in self.order.steps for link in other.after)
        return (
            waited
            or step.leaf
            or step.awaited
            or bool(self.readers(step))
            or any(e.step == step.index for s in self.order.steps for e in s.earlier)
        )

    def result_step(self) -> Step | None:
        """The step at the end of a path whose value is the flow's."""
        last = self.order.items[-1]
        last = steps_in(last)[-1] if isinstance(last, Part) else last
        return last if isinstance(last, Step) and self._gives(last) else None

    def readers(self, step: Step) -> frozenset[int]:
        """The steps, by index, that take what `step` returns."""
        return self._readers.get(step.index, frozenset())

    def _read_behind_loop(self, step: Step) -> bool:
        """Whether a step outside of the loops around `step` takes what its runs return."""
        steps = self.order.steps
        return bool(step.loops) and any(steps[n].loops[: len(step.loops)] != step.loops for n in self.readers(step))

    @cached_property
    def _readers(self) -> Mapping[int, frozenset[int]]:
        found: dict[int, set[int]] = {}
        for step in self.order.steps:
            body = self.plan.bodies[step.task.task_id]
            sources = [source for _, source in self.definitions[step.index].parameters if isinstance(source, Need)]
            over = [need for value in body.over.values() for need in value_needs(value)]
            for need in (*sources, *over, *value_needs(body.args), *value_needs(body.kwargs)):
                link = self.plan.producer(step, need.name) if need.kind == "xcom" else None
                if link is not None:
                    found.setdefault(link.step, set()).add(step.index)
        return {index: frozenset(readers) for index, readers in found.items()}

    # ------------------------------------------------------------------ statements

    def item_lines(self, item: Step | Block | Guard | Fork | Part, indent: str) -> list[str]:
        if isinstance(item, Part):
            return self.part_lines(item, indent)
        if self.order.line and not isinstance(item, Block):
            return list(path_lines(self, [item], indent))
        if not isinstance(item, Block):
            return self.step_lines(item if isinstance(item, Step) else item.step, indent)
        lines = [f"{indent}{self.lists[s.index]} = []" for s in steps_in(item) if s.index in self.lists and list_begins(self.order, s, read=bool(self.readers(s))) == item.loop.id]
        if item.loop.over:
            return lines + group_lines(self, item, indent)
        iterable = code_text(item.loop.iterable, Scope(self.draft, self._loop_variables(item), lambda need: None))
        if iterable is None:
            raise Impossible("for", item.loop.iterable, loop=item.loop.id)
        lines.append(f"{indent}for {item.loop.target_text} in {iterable}:")
        for inner in item.items:
            lines += self.item_lines(inner, indent + "    ")
        return lines

    def _loop_variables(self, block: Block) -> frozenset[str]:
        step = steps_in(block)[0]
        outer = step.loops[: step.loops.index(block.loop.id)]
        return self.plan.targets(outer)

    def step_lines(self, step: Step, indent: str, name: str | None = None, head: str | None = None) -> list[str]:
        """The call of a task, below its comments; what it returns is called `name`, or as the flow refers to it. `head`: what is done with it instead."""
        lines = [indent + line for line in self._comment(step)]
        try:
            target, call = self._call(step)
        except Impossible as impossible:
            impossible.step, impossible.dag_id = step, self.dag.dag_id
            raise
        name = name or self.variables.get(step.index)
        head = head or (f"{name} = " if name else "")
        text = chained(head, target, call, indent + "    ")
        lines += (indent + text.replace("\n    ", "\n")).split("\n")
        if step.index in self.lists and not self._collected_outside(step):
            lines.append(f"{indent}{self.lists[step.index]}.append({name})")
        return lines

    def _collected_outside(self, step: Step) -> bool:
        """Whether the run of a step goes to a list where the function of its group is called."""
        return any(len(function.part.loops) == len(step.loops) for function in self.around)

    def _comment(self, step: Step) -> list[str]:
        """The comment lines above the statement that made the task, at the first of its tasks."""
        comment = step.task.comment
        if not step.task.inlined and next(s for s in self.order.steps if s.task.statement == step.task.statement) is not step:
            comment = ""
        comments = [*self.comments_of_groups(step), comment]
        return [line for text in comments for line in text.split("\n") if text]

    def _call(self, step: Step) -> tuple[str | Group, Group]:
        """What is called, and how: `load.with_options(...)` and `.submit(...)`."""
        definition = self.definitions[step.index]
        if step.task.trigger_rule not in KNOWN and self.plan.bodies[step.task.task_id].gap is None:
            given = step.task.argument("trigger_rule")
            raise Impossible("trigger_rule", step.task.trigger_rule if given is None or isinstance(given, Literal) else given)
        target = self._with_options(step, definition)
        pairs, sources = self._arguments(step, definition)
        if self.plan.is_mapped(step):
            return mapped_call(self, step, target, pairs, self._waits_of(step, sources))
        if self.order.line:
            return target, Group("(", arguments(pairs), ")")
        if self.is_ruled(step):
            return "", self._ruled_call(step, target, pairs)
        waits = self._waits_of(step, sources)
        if waits is not None:
            pairs.append(("wait_for", waits))
        return target, Group(".submit(", arguments(pairs), ")")

    def is_ruled(self, step: Step) -> bool:
        task_id = step.task.task_id
        waits = bool(step.after or (self._elsewhere and self._given_any(step)))
        return task_id in self.plan.rules.ruled and (waits or task_id in self.plan.skipping or task_id in self.plan.rules.choices)

    @property
    def _elsewhere(self) -> bool:
        """Whether the tasks run in other processes than the flow."""
        return self.draft.options.task_runner != "thread"

    def _given_any(self, step: Step) -> bool:
        """Whether a step takes what another returns."""
        return any(step.index in readers for readers in self._readers.values())

    def _waits_of(self, step: Step, sources: set[int]) -> Group | str | None:
        """What a step waits for besides the data that it takes; in a loop, maybe the pass before."""
        if step.task.trigger_rule in UNBOUND:
            return None
        return self._awaited_by(step, sources, allow=step.task.trigger_rule == "all_done")

    def _awaited_by(self, step: Step, sources: set[int], *, allow: bool) -> Group | str | None:
        first = {number for earlier in step.earlier for number in earlier.initial}
        first |= {earlier.step for earlier in step.earlier if self._is_behind(step, earlier)}
        links = [link for link in step.after if link.step not in sources | first]
        if not step.earlier:
            return self.waits(links, allow=allow)
        parts = [self._pass_before(step, earlier) for earlier in step.earlier]
        if allow:
            self.draft.need("prefect.allow_failure")
            parts = [f"[allow_failure(run) for run in {part}]" for part in parts]
        if not links and len(parts) == 1:
            return parts[0]
        rest = self.waits(links, allow=allow)
        items = list(rest.items) if isinstance(rest, Group) else [f"*{rest}"] if rest else []
        return Group("[", (*items, *(f"*({part})" if " or " in part and not allow else f"*{part}" for part in parts)), "]")

    def _is_behind(self, step: Step, earlier: Earlier) -> bool:
        """Whether a step stands behind the loop whose last pass it waits for."""
        return self.order.steps[earlier.step].loops[:1] != step.loops[:1]

    def _pass_before(self, step: Step, earlier: Earlier) -> str:
        """The runs of the step in the pass before: the list of runs has those of this pass if they come first."""
        runs = self.lists[earlier.step]
        here = earlier.step < step.index and not self._is_behind(step, earlier)
        text = f"{runs}[:-1]" if earlier.every and here else runs if earlier.every else f"{runs}[-2:-1]" if here else f"{runs}[-1:]"
        initial = ", ".join(self.variables[number] for number in earlier.initial)
        return f"{text} or [{initial}]" if initial else text

    def _ruled_call(self, step: Step, target: str | Group, pairs: list[tuple[str, str | Group]]) -> Group:
        self.draft.helper("airflow_rules", "submit")
        self.draft.use("airflow_rules", *self.used_rules(step, pairs))
        return Group("submit(", (target, *arguments([*pairs, *self.rule_pairs(step)])), ")")

    def rule_pairs(self, step: Step) -> list[tuple[str, str | Group]]:
        """Arguments of `submit` for what a step waits for, and by which rule."""
        pairs: list[tuple[str, str | Group]] = []
        unbound = step.task.trigger_rule in UNBOUND
        waits = None if unbound else self._awaited_by(step, set(), allow=False)
        if waits is not None:
            pairs.append(("after", waits))
        rule = rule_of(step.task, self.dag)
        if rule != "all_success" and not unbound:
            pairs.append(("rule", literal(rule)))
        if setups := self._setups(step):
            pairs.append(("setups", listing(setups)))
        gates = tuple(self._gates(step))
        if gates:
            pairs.append(("when", Group("{", gates, "}")))
        if step.task.task_id in self.plan.rules.choices:
            pairs.append(("choices", self._choices(step)))
        return pairs

    def _setups(self, step: Step) -> list[str]:
        """The setups before a teardown, of which one at least must have succeeded."""
        if step.task.trigger_rule != "all_done_setup_success":
            return []
        links = [link for link in step.after if self.order.steps[link.step].task.role == "setup"]
        return [f"*{self.run(link)}" if link.kind == "all" else self.run(link) for link in links]

    def used_rules(self, step: Step, pairs: list[tuple[str, str | Group]]) -> Iterator[str]:
        """What the rules helper must have for the call of a task: templates/airflow_rules.py.j2 says what there is."""
        task_id = step.task.task_id
        if step.task.trigger_rule not in UNBOUND:
            yield rule_of(step.task, self.dag)
        if self._setups(step):
            yield "setups"
        wanted = self.plan.rules.when.get(task_id, {}).values()
        if any(isinstance(each, tuple) for each in wanted):
            yield "branch"
        if True in wanted:
            yield "short_circuit"
        if task_id in self.plan.rules.choices:
            yield "choices"
        if task_id in self.plan.skipping:
            yield "Skip"
        if "cache_policy" in self.options[step.index]:
            yield "cached"
        runs = {*self.variables.values(), *self.lists.values()}
        given = [text if isinstance(text, str) else text.flat() for _, text in pairs]
        if any(runs & words(text) for text in given):
            yield "xcoms"
        if any(runs & words(text) for text in given if text.startswith("{")):
            yield "dicts"

    def _gates(self, step: Step) -> Iterator[str]:
        """`{branch: "the choice on which it runs"}`, by the branching tasks above."""
        for chooser in self.plan.rules.when.get(step.task.task_id, {}):
            link = self.plan.run_before(step, chooser)
            if link is None:
                continue
            every = [self.plan.rules.when[task.task_id][chooser] for task in step.tasks]
            if step.loops and all(wanted == (task.task_id,) for wanted, task in zip(every, step.tasks, strict=True)):
                yield f"{self.run(link)}: {self.name_text(step)}"
            elif any(wanted != every[0] for wanted in every):
                raise Impossible("for", "a loop whose passes are chosen apart", loop=step.loops[-1])
            elif every[0] is False:
                self.draft.helper("airflow_rules", "NOT_SKIPPED")
                yield f"{self.run(link)}: NOT_SKIPPED"
            elif every[0] is None:
                self.draft.helper("airflow_rules", "STARTED")
                yield f"{self.run(link)}: STARTED"
            else:
                wanted = every[0]
                yield f"{self.run(link)}: {literal(wanted[0] if isinstance(wanted, tuple) and len(wanted) == 1 else wanted)}"

    def _choices(self, step: Step) -> str | Group:
        """What a branching task may choose: task_ids, those of a loop by its items."""
        left = {task_id: place for place, task_id in enumerate(self.plan.rules.choices[step.task.task_id])}
        items: list[str] = []
        places = [min((left[task.task_id] for task in other.tasks if task.task_id in left), default=-1) for other in self.order.steps]
        for _, other in sorted(zip(places, self.order.steps, strict=True), key=lambda pair: pair[0]):
            ids = [task.task_id for task in other.tasks if task.task_id in left]
            if other.loops and ids:
                items.append(f"*[{self.name_text(other)} {' '.join(self.loop_heads(other))}]")
            else:
                items += map(literal, ids)
            for task_id in ids:
                del left[task_id]
        nothing = ["None"] if self.dag.airflow >= 2 else []  # skips all that follows in 2.x, fails in 1.10
        items += [*map(literal, left), *nothing]
        return items[0][1:] if len(items) == 1 and items[0].startswith("*") else listing(items)

    # ------------------------------------------------------------------ arguments

    def _with_options(self, step: Step, definition: Definition) -> str | Group:
        pairs: list[tuple[str, str]] = []
        if definition.name != step.task.name or step.varies:
            pairs.append(("name", self.name_text(step)))
        for key, text in self.options[step.index].items():
            if definition.options.get(key) != text:
                pairs.append((key, text))
        return Group(f"{definition.function}.with_options(", arguments(pairs), ")") if pairs else definition.function

    def _arguments(self, step: Step, definition: Definition) -> tuple[list[tuple[str, str | Group]], set[int]]:
        """Arguments of the call, and the steps that they wait for by themselves."""
        pairs: list[tuple[str, str | Group]] = []
        if not definition.complete:
            pairs = call_arguments(self.plan.bodies[step.task.task_id], self.scope(step), step)
        given = {name for name, _ in pairs}
        named = self.plan.is_mapped(step) and self.is_ruled(step)
        sources = set() if definition.complete else set(self._given_runs(step))
        for name, source in definition.parameters:
            if name in given or (definition.spread and (source == WHOLE_CONTEXT or in_context(source))):
                continue
            if isinstance(source, str):
                pairs.append((name if named else self._keyword(name, pairs, definition), source))
                continue
            text = self.resolve(step, source)
            if text is None:
                raise Impossible(name, f"{source.kind} {source.name}")
            if source.kind == "xcom":
                link = self.plan.producer(step, source.name)
                if link is not None:
                    sources.add(link.step)
            pairs.append((name if named else self._keyword(name, pairs, definition), text))
        if definition.spread:
            if given & {*CONTEXT_KEYS, *KEYS_OF_AIRFLOW_2, "params"}:
                raise Impossible("op_kwargs", "a key that Airflow's context has as well", step)
            context = self.resolve(step, WHOLE_CONTEXT)
            pairs += [("", f"**{context}")] if context is not None else []
        return pairs, sources

    def _given_runs(self, step: Step) -> Iterator[int]:
        """The steps whose runs are among the arguments that the DAG gives: Prefect waits for them by itself."""
        body = self.plan.bodies[step.task.task_id]
        for need in (*value_needs(body.args), *value_needs(body.kwargs)):
            link = self.plan.producer(step, need.name) if need.kind == "xcom" else None
            if link is not None:
                yield link.step

    def _keyword(self, name: str, pairs: list[tuple[str, str | Group]], definition: Definition) -> str:
        """The keyword to pass `name` by; "" where its position says it."""
        if any(key or str(text).startswith("*") for key, text in pairs):
            return name
        positions = definition.positions
        return "" if positions is None or (len(pairs) < len(positions) and positions[len(pairs)] == name) else name

    # ------------------------------------------------------------------ the end

    def _ending(self) -> str:
        if self.order.line:
            last = self.result_step()
            return f"return {self.variables[last.index]}" if last is not None else ""
        leaves = [step for step in self.order.steps if step.leaf]
        made = self.waits(map(self._link, leaves), allow=False)
        if made is None:
            return ""
        return "return " + (made if isinstance(made, str) else lay_out(made, "    "))
