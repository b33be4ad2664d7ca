"""What stands in a flow for the things that its tasks need: dates, params, the runs of other tasks, what a task is told of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from airflow2prefect.emit.draft import Draft
from airflow2prefect.emit.names import Names
from airflow2prefect.emit.pulls import BY_ID, EVERY, access_of, accesses
from airflow2prefect.emit.strings import literal
from airflow2prefect.emit.tasks import Definition, Impossible
from airflow2prefect.emit.values import Scope, code_text, joined, text_of
from airflow2prefect.model import Code, Dag, FlowPlan, Link, Literal, Need, Order, Pairs, Step

# Iterables that have the same items when they are asked again.
_SAME_AGAIN = re.compile(r"(?:(?:sorted|enumerate|list|tuple|reversed)\()?[\w.]+(?:\.(?:items|keys|values)\(\))?\)?")


def mark(parameter: str) -> str:
    """What stands in the arguments of a call for a value that is mapped over."""
    return f"\ue0f0{parameter}\ue0f1"


@dataclass
class Resolver:
    """The names of one flow. `definitions` are by step index, `options` the decorator arguments of each step.

    `variables` and `lists` hold runs of steps, `locals` what the prelude must make.
    """

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

    def run(self, link: Link) -> str:
        runs = self.lists.get(link.step) if link.kind == "all" else None
        return runs or self.variables[link.step]

    def loop_heads(self, step: Step) -> Iterator[str]:
        """`for x in xs`, for each loop around a step."""
        for number, key in enumerate(step.loops):
            loop = self.dag.loops[key]
            iterable = code_text(loop.iterable, Scope(self.draft, self.plan.targets(step.loops[:number]), lambda need: None))
            if iterable is None:
                raise Impossible("for", loop.iterable, loop=key)
            yield f"for {loop.target_text} in {iterable}"

    def name_text(self, step: Step) -> str:
        task = step.task
        if not step.varies:
            return literal(task.name)
        value = task.id_value
        code = value.code if isinstance(value, Literal) else value if isinstance(value, Code) else None
        if task.outer:
            text = joined((*task.outer, value), ".", self.scope(step))
        else:
            text = code_text(code, self.scope(step)) if code else None
        if text is None and self.plan.bodies[task.task_id].gap is not None:
            return literal(task.task_id)  # one task stands for those that a loop over what got lost would have made
        if text is None:
            raise Impossible("task_id", value)
        return text

    def scope(self, step: Step) -> Scope:
        return Scope(self.draft, self.plan.targets(step.loops), lambda need: self._value_of(step, need))

    def _value_of(self, step: Step, need: Need) -> str | None:
        """What stands for a need inside an argument: of a task that returns a dict of XComs, the one that is meant."""
        if need.kind != "xcom":
            return self.resolve(step, need)
        if step.task.within + need.name not in {task.task_id for task in self.dag.tasks}:
            return "None"
        text = self._xcom(step, need)
        return None if text is None else access_of(need, accesses(self.plan, step)).format(text)

    def resolve(self, step: Step, need: Need) -> str | None:
        """The flow's expression for what a task of `step` needs."""
        if need.kind == "xcom":
            return self._xcom(step, need)
        if need.kind == "mapped":
            return mark(need.name)
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
        runs = self.run(link)
        if need.default == BY_ID:
            return self._by_id(self.order.steps[link.step], runs, every=link.kind == "all")
        producer = self.order.steps[link.step]
        if link.kind == "one" or need.default == EVERY or self.plan.is_mapped(producer) or self.plan.is_expanded(producer.task, step):
            return runs
        number = [task.task_id for task in self.order.steps[link.step].tasks].index(need.name)
        return f"{runs}[{number}]"

    def _by_id(self, step: Step, runs: str, *, every: bool) -> str:
        """The runs of a step of a loop by the names of their tasks."""
        if not every:
            return f"{{{self.name_text(step)}: {runs}}}"
        if len(step.loops) > 1:
            raise Impossible("xcom_pull", "of tasks of nested loops", step)
        loop = self.dag.loops[step.loops[0]]
        (head,) = self.loop_heads(step)
        iterable = head.partition(" in ")[2]
        if _SAME_AGAIN.fullmatch(iterable) is None:  # what is computed anew may have other items
            raise Impossible("xcom_pull", f"of tasks that `{head}` makes", step)
        target = f"({loop.target_text})" if "," in loop.target_text else loop.target_text
        name = "run" if "run" not in loop.targets else "its_run"
        return f"{{{self.name_text(step)}: {name} for {target}, {name} in zip({iterable}, {runs})}}"

    def _of_task(self, step: Step, need: Need) -> str | None:
        """What a task is told about itself."""
        if need.kind == "param" or need == Need("context", "params"):
            return self._params(step, need)
        if need.kind != "context":
            return None
        match need.name:
            case "task_id":
                return self.name_text(step)
            case "dag_id":
                return self.plan.name
            case "templates_dict":
                given = self.plan.bodies[step.task.task_id].fields.get("templates_dict")
                return text_of(given, self.scope(step)) if given is not None else "None"
            case "task_instance_key_str":
                # https://github.com/apache/airflow/blob/1.10.15/airflow/models/taskinstance.py, get_template_context
                day = self.resolve(step, Need("context", "ds_nodash"))
                name = self.name_text(step)
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
        texts = {str(k.value): text_of(v, self.scope(step)) for k, v in own.items if isinstance(k, Literal)}
        if need.kind == "param":
            return texts.get(need.name)
        whole = self.plan.expressions.get(need)
        own_text = text_of(own, self.scope(step))
        return own_text if whole is None or whole.text == "{}" or own_text is None else f"{whole.text} | {own_text}"
