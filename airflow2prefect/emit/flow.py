"""One DAG as a `@flow`: parameters, dates, the calls of its tasks in order, what it returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from airflow2prefect.emit.calls import Group, arguments, chained, lay_out, listing
from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.names import Names, done, identifier, plural
from airflow2prefect.emit.pulls import EVERY, access_of, accesses
from airflow2prefect.emit.python import call_arguments
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.taken import in_context
from airflow2prefect.emit.tasks import Definition, Impossible
from airflow2prefect.emit.values import Scope, code_text, fixed_text, text_of, value_needs
from airflow2prefect.model import WHOLE_CONTEXT, Block, Code, Dag, Earlier, FlowPlan, Link, Literal, Need, Order, Pairs, Step
from airflow2prefect.plan.flow import CONTEXT_KEYS


@dataclass(slots=True)
class FlowWriter:
    """Writes one flow. `definitions` are by step index, `options` the decorator arguments of each step."""

    draft: Draft
    plan: FlowPlan
    definitions: Mapping[int, Definition]
    options: Mapping[int, Mapping[str, str]]
    names: Names
    variables: dict[int, str] = field(default_factory=dict)
    lists: dict[int, str] = field(default_factory=dict)
    locals: dict[Need, str] = field(default_factory=dict)

    @property
    def dag(self) -> Dag:
        return self.plan.dag

    @property
    def order(self) -> Order:
        return self.plan.order

    def body_lines(self) -> list[str]:
        """The statements of the flow, without its prelude; fills `locals` with what the prelude must make."""
        self._name_runs()
        lines: list[str] = []
        for item in self.order.items:
            lines += self._item(item, "")
        ending = self._ending()
        return lines + ([ending] if ending else [])

    # ------------------------------------------------------------------ names

    def _name_runs(self) -> None:
        """A variable for each step that something refers to, a list for each whose runs are collected."""
        referred = (
            {link.step for step in self.order.steps for link in step.after}
            | {e.step for s in self.order.steps for e in s.earlier}
            | set(self._data_sources())
        )
        for step in self.order.steps:
            direct_leaf = self.order.line and step.leaf and self._gives(step)
            if step.index not in referred and not (step.leaf and not self.order.line) and not direct_leaf:
                continue
            function = self.definitions[step.index].function
            task = step.task
            wanted = task.variable if task.variable.isidentifier() and not task.inlined else self._base_name(step)
            choices = [wanted] if wanted != function else []
            self.variables[step.index] = self.names.claim(*choices, done(self._base_name(step)))
            if step.collected:
                self.lists[step.index] = self.names.claim(plural(wanted), plural(done(wanted)))

    def _base_name(self, step: Step) -> str:
        if not step.loops:
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

    def _data_sources(self) -> Iterator[int]:
        for step in self.order.steps:
            for _, source in self.definitions[step.index].parameters:
                if isinstance(source, Need) and source.kind == "xcom":
                    found = self.plan.producer(step, source.name)
                    if found is not None:
                        yield found.step
            body = self.plan.bodies[step.task.task_id]
            for value in (body.args, body.kwargs):
                for need in value_needs(value):
                    found = self.plan.producer(step, need.name) if need.kind == "xcom" else None
                    if found is not None:
                        yield found.step

    # ------------------------------------------------------------------ statements

    def _item(self, item: Step | Block, indent: str) -> list[str]:
        if isinstance(item, Step):
            return self._step(item, indent)
        lines = [f"{indent}{self.lists[s.index]} = []" for s in steps_of(item) if s.index in self.lists and s.loops[0] == item.loop.id]
        iterable = code_text(item.loop.iterable, Scope(self.draft, self._loop_variables(item), lambda need: None))
        if iterable is None:
            raise Impossible("for", item.loop.iterable, loop=item.loop.id)
        lines.append(f"{indent}for {item.loop.target_text} in {iterable}:")
        for inner in item.items:
            lines += self._item(inner, indent + "    ")
        return lines

    def _loop_variables(self, block: Block) -> frozenset[str]:
        step = next(iter(steps_of(block)))
        outer = step.loops[: step.loops.index(block.loop.id)]
        return self.plan.targets(outer)

    def _step(self, step: Step, indent: str) -> list[str]:
        lines = [indent + line for line in comment_lines(step)]
        try:
            target, call = self._call(step)
        except Impossible as impossible:
            impossible.step, impossible.dag_id = step, self.dag.dag_id
            raise
        name = self.variables.get(step.index)
        used = name is not None and (not self.order.line or self._line_needs(step))
        head = f"{name} = " if used else ""
        text = chained(head, target, call, indent + "    ")
        lines += (indent + text.replace("\n    ", "\n")).split("\n")
        if step.index in self.lists:
            lines.append(f"{indent}{self.lists[step.index]}.append({name})")
        return lines

    def _line_needs(self, step: Step) -> bool:
        return step.index in set(self._data_sources()) or (step.leaf and self._gives(step))

    def _call(self, step: Step) -> tuple[str | Group, Group]:
        """What is called, and how: `load.with_options(...)` and `.submit(...)`."""
        definition = self.definitions[step.index]
        target = self._with_options(step, definition)
        pairs, sources = self._arguments(step, definition)
        if self.order.line:
            return target, Group("(", arguments(pairs), ")")
        task = step.task
        if task.task_id in self.plan.rules.ruled and (step.after or task.task_id in self.plan.skipping):
            return "", self._ruled_call(step, target, pairs)
        waits = self._waits_of(step, sources)
        if waits is not None:
            pairs.append(("wait_for", waits))
        return target, Group(".submit(", arguments(pairs), ")")

    def _waits_of(self, step: Step, sources: set[int]) -> Group | str | None:
        """What a step waits for besides the data that it takes; in a loop, maybe the pass before."""
        allow = step.task.trigger_rule == "all_done"
        first = {number for earlier in step.earlier for number in earlier.initial}
        links = [link for link in step.after if link.step not in sources | first]
        if not step.earlier:
            return self._waits(links, allow=allow)
        if allow:
            raise Impossible("trigger_rule", "all_done after the pass before", step)
        parts = [self._pass_before(step, earlier) for earlier in step.earlier]
        if not links and len(parts) == 1:
            return parts[0]
        rest = self._waits(links, allow=False)
        items = list(rest.items) if isinstance(rest, Group) else [f"*{rest}"] if rest else []
        return Group("[", (*items, *(f"*({part})" if " " in part else f"*{part}" for part in parts)), "]")

    def _pass_before(self, step: Step, earlier: Earlier) -> str:
        """The runs of the step in the pass before: the list of runs has those of this pass if they come first."""
        runs = self.lists[earlier.step]
        here = earlier.step < step.index
        text = f"{runs}[:-1]" if earlier.every and here else runs if earlier.every else f"{runs}[-2:-1]" if here else f"{runs}[-1:]"
        initial = ", ".join(self.variables[number] for number in earlier.initial)
        return f"{text} or [{initial}]" if initial else text

    def _ruled_call(self, step: Step, target: str | Group, pairs: list[tuple[str, str | Group]]) -> Group:
        self.draft.helper("airflow_rules", "submit")
        waits = self._waits(step.after, allow=False)
        if step.earlier:
            raise Impossible("trigger_rule", "a rule after the pass before", step)
        if waits is not None:
            pairs.append(("after", waits))
        if step.task.trigger_rule != "all_success":
            pairs.append(("rule", literal(step.task.trigger_rule)))
        gates: list[str | Group] = []
        for chooser, wanted in self.plan.rules.when.get(step.task.task_id, {}).items():
            link = self.plan.producer(step, chooser)
            if link is not None:
                value = wanted[0] if isinstance(wanted, tuple) and len(wanted) == 1 else wanted
                gates.append(f"{self._run(link)}: {literal(value)}")
        if gates:
            pairs.append(("when", Group("{", tuple(gates), "}")))
        return Group("submit(", (target, *arguments(pairs)), ")")

    def _run(self, link: Link) -> str:
        return self.lists[link.step] if link.kind == "all" else self.variables[link.step]

    def _waits(self, links: Iterable[Link], *, allow: bool) -> Group | str | None:
        links = tuple(links)
        if not links:
            return None
        if allow:
            self.draft.need("prefect.allow_failure")
            items = [f"*map(allow_failure, {self._run(n)})" if n.kind == "all" else f"allow_failure({self._run(n)})" for n in links]
            return listing(items)
        if len(links) == 1 and links[0].kind == "all":
            return self._run(links[0])
        return listing([f"*{self._run(link)}" if link.kind == "all" else self._run(link) for link in links])

    # ------------------------------------------------------------------ arguments

    def _with_options(self, step: Step, definition: Definition) -> str | Group:
        pairs: list[tuple[str, str]] = []
        if definition.name != step.task.task_id or step.loops:
            pairs.append(("name", self._name_text(step)))
        for key, text in self.options[step.index].items():
            if definition.options.get(key) != text:
                pairs.append((key, text))
        return Group(f"{definition.function}.with_options(", arguments(pairs), ")") if pairs else definition.function

    def _name_text(self, step: Step) -> str:
        task = step.task
        if not step.loops:
            return literal(task.task_id)
        value = task.id_value
        code = value.code if isinstance(value, Literal) else value if isinstance(value, Code) else None
        text = code_text(code, self._scope(step)) if code else None
        if text is None:
            raise Impossible("task_id", value)
        if task.group:
            prefix = task.task_id.removesuffix(str(value.value)) if isinstance(value, Literal) else f"{task.group}."
            return f"{literal(prefix)} + {text}"
        return text

    def _scope(self, step: Step) -> Scope:
        return Scope(self.draft, self.plan.targets(step.loops), lambda need: self._value_of(step, need))

    def _value_of(self, step: Step, need: Need) -> str | None:
        """What stands for a need inside an argument: of a task that returns a dict of XComs, the one that is meant."""
        if need.kind != "xcom":
            return self.resolve(step, need)
        keys = {task.task_id for task in self.dag.tasks}
        if need.name not in keys:
            return "None"
        text = self._xcom(step, need)
        return None if text is None else access_of(need, accesses(self.plan)).format(text)

    def resolve(self, step: Step, need: Need) -> str | None:
        """The flow's expression for what a task of `step` needs."""
        if need.kind == "xcom":
            return self._xcom(step, need)
        own = self._of_task(step, need)
        if own is not None:
            return own
        inside = self.plan.inside.get(need)
        if inside is not None:
            if inside.helper is not None:
                self.draft.helper(*inside.helper)
            return inside.text
        expression = self.plan.expressions.get(need)
        if expression is None:
            return None
        if expression.text != expression.name:
            self.locals.setdefault(need, expression.name)
        self.draft.need(*expression.imports)
        if expression.helper is not None:
            self.draft.helper(*expression.helper)
        return expression.name

    def _xcom(self, step: Step, need: Need) -> str | None:
        """The run of the task that pushes it; one of a list where a loop outside made it."""
        link = self.plan.producer(step, need.name)
        if link is None:
            return None
        runs = self._run(link)
        if link.kind == "one" or need.default == EVERY:
            return runs
        number = [task.task_id for task in self.order.steps[link.step].tasks].index(need.name)
        return f"{runs}[{number}]"

    def _of_task(self, step: Step, need: Need) -> str | None:
        """What a task is told about itself."""
        if need.kind == "param" or need == Need("context", "params"):
            return self._params(step, need)
        if need.kind != "context":
            return None
        match need.name:
            case "task_id":
                return self._name_text(step)
            case "dag_id":
                return self.plan.name
            case "templates_dict":
                given = self.plan.bodies[step.task.task_id].fields.get("templates_dict")
                return text_of(given, self._scope(step)) if given is not None else "None"
            case "task_instance_key_str":
                # https://github.com/apache/airflow/blob/1.10.15/airflow/models/taskinstance.py, get_template_context
                day = self.resolve(step, Need("context", "ds_nodash"))
                name = self._name_text(step)
                if self.plan.name != literal(self.dag.dag_id):
                    return None
                inner = name[2:-1] if name.startswith('f"') else name[1:-1] if name.startswith('"') else None
                return None if inner is None or day is None else f'f"{self.dag.dag_id}__{inner}__{{{day}}}"'
        return None

    def _params(self, step: Step, need: Need) -> str | None:
        """A task's own params stand before those of its DAG."""
        own = step.task.arguments.get("params")
        if not isinstance(own, Pairs):
            return None
        texts = {str(k.value): text_of(v, self._scope(step)) for k, v in own.items if isinstance(k, Literal)}
        if need.kind == "param":
            return texts.get(need.name)
        whole = self.plan.expressions.get(need)
        own_text = text_of(own, self._scope(step))
        return own_text if whole is None or whole.text == "{}" or own_text is None else f"{whole.text} | {own_text}"

    def _arguments(self, step: Step, definition: Definition) -> tuple[list[tuple[str, str | Group]], set[int]]:
        """Arguments of the call, and the steps that they wait for by themselves."""
        pairs: list[tuple[str, str | Group]] = []
        if not definition.complete:
            pairs = call_arguments(self.plan.bodies[step.task.task_id], self._scope(step), step)
        given = {name for name, _ in pairs}
        sources: set[int] = set()
        for name, source in definition.parameters:
            if name in given or source == WHOLE_CONTEXT or (definition.spread and in_context(source)):
                continue
            if isinstance(source, str):
                pairs.append((self._keyword(name, pairs, definition), source))
                continue
            text = self.resolve(step, source)
            if text is None:
                raise Impossible(name, f"{source.kind} {source.name}")
            if source.kind == "xcom":
                link = self.plan.producer(step, source.name)
                if link is not None:
                    sources.add(link.step)
            pairs.append((self._keyword(name, pairs, definition), text))
        if definition.spread:
            if given & {*CONTEXT_KEYS, "params"}:
                raise Impossible("op_kwargs", "a key that Airflow's context has as well", step)
            pairs.append(("", f"**{self.resolve(step, WHOLE_CONTEXT)}"))
        return pairs, sources

    def _keyword(self, name: str, pairs: list[tuple[str, str | Group]], definition: Definition) -> str:
        """The keyword to pass `name` by; "" where its position says it."""
        if any(key or str(text).startswith("*") for key, text in pairs):
            return name
        positions = definition.positions
        return "" if positions is None or (len(pairs) < len(positions) and positions[len(pairs)] == name) else name

    # ------------------------------------------------------------------ the end

    def _ending(self) -> str:
        if self.order.line:
            last = self.order.steps[-1]
            return f"return {self.variables[last.index]}" if last.index in self.variables and self._gives(last) else ""
        leaves = [step for step in self.order.steps if step.leaf]
        runs = [Link(step.index, "all" if step.loops else "one") for step in leaves]
        made = self._waits(runs, allow=False)
        if made is None:
            return ""
        return "return " + (made if isinstance(made, str) else lay_out(made, "    "))


def steps_of(item: Step | Block) -> Iterator[Step]:
    if isinstance(item, Step):
        yield item
    else:
        for inner in item.items:
            yield from steps_of(inner)


def comment_lines(step: Step) -> list[str]:
    return step.task.comment.split("\n") if step.task.comment else []
