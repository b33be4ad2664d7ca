"""Groups and sub-DAGs as plain functions: they take what their tasks wait for and need, and return the runs that others wait for."""

from __future__ import annotations

import re
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from airflow2prefect.emit.calls import Group, arguments, lay_out, listing
from airflow2prefect.emit.names import Names, done, identifier
from airflow2prefect.emit.resolve import Resolver
from airflow2prefect.emit.strings import docstring, literal
from airflow2prefect.emit.values import fixed_text
from airflow2prefect.findings import finding
from airflow2prefect.model import Block, Code, Fork, Guard, Link, Literal, Part, Step, TaskGroup
from airflow2prefect.plan.groups import steps_in
from airflow2prefect.plan.rules import PLAIN, UNBOUND

AFTER = "after"


@dataclass(eq=False)
class Function:
    """A part as a function. `outputs`: its steps that others refer to, by index.

    `awaited`: they are only waited for, all of them by each that does: it returns one list of them, `name` where it is called.
    `after`: what its first tasks wait for is the same, and given to it as one list. `subflow`: it is a flow, which starts when `border` has ended.
    """

    part: Part
    name: str
    steps: frozenset[int]
    outputs: tuple[int, ...]
    awaited: bool
    after: tuple[Link, ...] = ()
    border: tuple[Link, ...] = ()
    subflow: bool = False
    run: str = ""
    variables: dict[int, str] = field(default_factory=dict)  # of its own steps, in the function


@dataclass
class PartWriter(Resolver):
    """Writes the parts of a flow. `variables` hold the names in the function that is being written."""

    functions: dict[int, Function] = field(default_factory=dict)  # by the id of the part
    around: list[Function] = field(default_factory=list)  # the functions that are being written, outermost first
    texts: list[str] = field(default_factory=list)
    gates: dict[int, str] = field(default_factory=dict)  # what mapped groups wait for instead of these steps, by index

    # ------------------------------------------------------------------ what becomes a function, and its names

    def plan_parts(self, items: Iterable[object]) -> None:
        """Fill `functions`; what is no use as a function is written where it stands."""
        for item in items:
            if isinstance(item, Part):
                function = self._function(item)
                if function is not None:
                    self.functions[id(item)] = function
            if isinstance(item, (Part, Block)):
                self.plan_parts(item.items)

    def _function(self, part: Part) -> Function | None:
        steps = steps_in(part)
        inside = frozenset(step.index for step in steps)
        depth = len(part.loops)
        if depth and any(step.collected and len(step.loops) > depth for step in steps):
            return None  # lists of a loop around would be filled in here
        waited: list[frozenset[int]] = []
        taken: set[int] = set()
        for step in self.order.steps:
            if step.index in inside:
                continue
            others = self._otherwise(step) & inside
            taken |= others
            if step.task.trigger_rule not in UNBOUND and not self.order.line:
                waited.append(frozenset(link.step for link in step.after) & inside)
        waited.append(frozenset(step.index for step in steps if step.leaf))
        alone = {step.index for step in steps if step.awaited}
        kept = {step.index for step in steps if step.collected and len(step.loops) == depth}
        taken |= alone | kept
        groups = {group for group in waited if group}
        outputs = sorted(taken.union(*groups) if not self.order.line else taken | self._ends_with(inside))
        awaited = not self.order.line and not taken and len(groups) == 1 and len(outputs) > 1
        wanted, made_by = _called(part.group), part.group.made_by
        name = self.draft.names.claim(wanted, *([made_by] if made_by else []), identifier(part.group.group_id, wanted), f"{wanted}_tasks")
        self.names.taken.add(name)
        border, after = self._border(steps, inside)
        function = Function(part, name, inside, tuple(outputs), awaited, after, border)
        if self.draft.options.subflows:
            why = self.no_subflow(function, whole=not taken - kept and len(groups) <= 1)
            at = (part.group.statement.line, part.group.statement.column)
            told = finding("A2P325", *at, group=part.group.group_id, why=why) if why else finding("A2P324", *at, group=part.group.group_id)
            self.draft.note(told)
            function.subflow = not why
        return function

    def no_subflow(self, function: Function, *, whole: bool) -> str:
        """Why a part cannot be a flow; "" if it can. `whole`: its runs are only waited for, and by all that do together."""
        inside = function.steps
        steps = [self.order.steps[n] for n in sorted(inside)]
        if self.order.line:
            return ""
        if not whole or not function.outputs:
            return "others take single tasks of it"
        if len(function.outputs) > 1 and any(
            step.index in self.lists or step.collected for step in steps if len(step.loops) == len(function.part.loops)
        ):
            return "it ends with several tasks in each pass of a loop"
        border = {link.step for link in function.border}
        for step in steps:
            outer = {link.step for link in step.after} - inside
            if (outer or not step.after) and outer != border:
                return "its first tasks wait for different ones"
            if outer and (self.is_ruled(step) or step.task.trigger_rule not in PLAIN):
                return f"{step.task.task_id} starts by a rule of its own"
            if step.earlier or not self._otherwise(step) - inside <= border:
                return f"{step.task.task_id} takes what others return"
        for step in self.order.steps:
            waits = step.index not in inside and {link.step for link in step.after} & set(function.outputs)
            if waits and (self.is_ruled(step) or step.task.trigger_rule not in PLAIN):
                return f"{step.task.task_id} waits for it by a rule of its own"
        return ""

    def is_ruled(self, step: Step) -> bool:
        raise NotImplementedError

    def _ends_with(self, inside: frozenset[int]) -> set[int]:
        """The last step of a path, whose value is the flow's."""
        last = self.result_step()
        return {last.index} & inside if last is not None else set()

    def result_step(self) -> Step | None:
        raise NotImplementedError

    def readers(self, step: Step) -> frozenset[int]:
        raise NotImplementedError

    def item_lines(self, item: Step | Block | Guard | Fork | Part, indent: str) -> list[str]:
        raise NotImplementedError

    def step_lines(self, step: Step, indent: str, name: str | None = None, head: str | None = None) -> list[str]:
        raise NotImplementedError

    def _otherwise(self, step: Step) -> set[int]:
        """The steps whose runs a step refers to, but for waiting for them."""
        found = {other.index for other in self.order.steps if step.index in self.readers(other)}
        for task in step.tasks:
            gates = self.plan.rules.when.get(task.task_id, {}) if not self.order.line else ()
            found |= {self.plan.steps_by_task[gate].index for gate in gates if gate in self.plan.steps_by_task}
        for earlier in step.earlier:
            found |= {earlier.step, *earlier.initial}
        if step.task.trigger_rule == "all_done_setup_success":
            found |= {link.step for link in step.after}
        return found

    def _border(self, steps: list[Step], inside: frozenset[int]) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
        """What the first tasks of a part wait for, if it is the same for all; and the same if it is for nothing else."""
        borders: set[tuple[Link, ...]] = set()
        taken: set[int] = set()
        for step in steps:
            taken |= self._otherwise(step) - inside
            if step.task.trigger_rule not in UNBOUND:
                borders.add(tuple(link for link in step.after if link.step not in inside))
        borders -= {()}
        border = next(iter(borders)) if len(borders) == 1 else ()
        return border, () if self.order.line or taken & {link.step for link in border} else border

    def name_parts(self, items: Iterable[object], names: Names) -> None:
        """Names in each function: short ones, as its group is said by the function's own name."""
        parts = [item for item in _flat(items) if id(item) in self.functions]
        for part in parts:
            function = self.functions[id(part)]
            if function.awaited:
                function.run = names.claim(done(function.name))
        for part in parts:
            function = self.functions[id(part)]
            own = Names(names.taken | {AFTER})
            for step in steps_in(part):
                if step.index in self.variables and not any(step.index in self.functions[id(p)].steps for p in _flat(part.items)):
                    function.variables[step.index] = self.claim(step, own, inside=True)
            for inner in _flat(part.items):
                if id(inner) in self.functions:
                    within = self.functions[id(inner)]
                    for index in within.outputs if not within.awaited else ():
                        function.variables[index] = self.claim(self.order.steps[index], own, inside=True)
            self.name_parts(part.items, own)

    def claim(self, step: Step, names: Names, *, inside: bool) -> str:
        raise NotImplementedError

    def inside_of(self, step: Step) -> bool:
        """Whether the flow itself has no name for the run of a step."""
        functions = [function for function in self.functions.values() if step.index in function.steps]
        return any(step.index not in function.outputs or function.awaited for function in functions)

    def comments_of_groups(self, step: Step) -> Iterator[str]:
        """The comments above groups that become no function, at the first of their tasks."""
        written = {function.part.group.statement for function in self.functions.values()}
        for group in step.task.groups:
            first = next(s for s in self.order.steps if any(g.statement == group.statement for g in s.task.groups))
            if group.comment and first is step and group.statement not in written:
                yield group.comment

    # ------------------------------------------------------------------ what is waited for

    def waits(self, links: Iterable[Link], *, allow: bool) -> Group | str | None:
        """The list of the runs that are waited for."""
        links = tuple(links)
        if not links:
            return None
        items = list(self._awaited(links))
        if not items:
            return None
        if allow:
            self.draft.need("prefect.allow_failure")
            return listing([f"*map(allow_failure, {text})" if many else f"allow_failure({text})" for text, many in items])
        if len(items) == 1 and items[0][1]:
            return items[0][0]
        return listing([f"*{text}" if many else text for text, many in items])

    def _awaited(self, links: tuple[Link, ...]) -> Iterator[tuple[str, bool]]:
        """The names of runs and of lists of runs (True)."""
        left = {link.step: link for link in links}
        here = self.around[-1] if self.around else None
        for outer in self.around:
            if outer.subflow:  # it starts when these have ended
                links = tuple(link for link in links if link.step in outer.steps)
                left = {link.step: link for link in links}
        if here is not None and here.after:
            given = [link.step for link in here.after if link.step in left]
            if given:
                yield AFTER, True
            for step in given:
                del left[step]
        for gate in dict.fromkeys(self.gates[step] for step in left if step in self.gates):
            yield gate, True
        for link in links:
            if link.step not in left or link.step in self.gates:
                continue
            whole = self._whole(link.step)
            if whole is None:
                yield self.run(link), link.kind == "all"
                continue
            yield whole.run, not whole.subflow
            for step in whole.outputs:
                left.pop(step, None)

    def _whole(self, step: int) -> Function | None:
        """The function, seen from where is being written, that returns the run of a step in a list."""
        for function in self.functions.values():
            if step in function.steps and not any(function is outer for outer in self.around):
                return function if function.awaited else None  # the outermost comes first
        return None

    # ------------------------------------------------------------------ text

    def part_lines(self, part: Part, indent: str, head: str | None = None) -> list[str]:
        """The call of a part's function, whose text is kept; or its own lines, where it is none."""
        function = self.functions.get(id(part))
        if function is None:
            return [line for item in part.items for line in self.item_lines(item, indent)]
        outer = self.variables
        self.variables = {**outer, **function.variables}
        self.around.append(function)
        body = self._body(function)
        self.around.pop()
        self.variables = outer
        parameters = self._parameters(function, body)
        self._define(function, body, parameters)
        pairs: list[tuple[str, str | Group]] = [("", name) for name in parameters if name != AFTER]
        if AFTER in parameters:
            pairs.append((AFTER, self.waits(function.after, allow=False) or "[]"))
        if function.subflow and not self.order.line:
            given = {step for n in function.steps for step in self._otherwise(self.order.steps[n])}
            waits = self.waits([link for link in function.border if link.step not in given], allow=False)
            pairs += [("wait_for", waits)] if waits is not None else []
            pairs.append(("return_state", "True"))
        if head is None:
            names = [function.run] if function.awaited else [self._shown(index, part) for index in function.outputs]
            head = f"{', '.join(names)} = " if names else ""
        text = lay_out(Group(f"{head}{function.name}(", arguments(pairs), ")"), indent + "    ").replace("\n    ", "\n")
        lines = [indent + line for line in part.group.comment.split("\n") if line] + (indent + text).split("\n")
        kept = [step for step in steps_in(part) if step.index in self.lists and len(step.loops) == len(part.loops)]
        return lines + [f"{indent}{self.lists[step.index]}.append({self.variables[step.index]})" for step in kept]

    def _shown(self, index: int, part: Part) -> str:
        """The name of a run, or of the list of the runs of a loop in the part."""
        deeper = len(self.order.steps[index].loops) > len(part.loops)
        return self.lists[index] if deeper and index in self.lists else self.variables[index]

    def _body(self, function: Function) -> list[str]:
        part, lines = function.part, []
        *before, last = part.items
        for item in before:
            lines += self.item_lines(item, "")
        if not self.order.line and isinstance(last, Step) and function.outputs == (last.index,):
            return lines + self.step_lines(last, "", head="return ")
        inner = self.functions.get(id(last))
        if isinstance(last, Part) and inner is not None and inner.awaited == function.awaited and inner.outputs == function.outputs:
            return lines + self.part_lines(last, "", head="return ")
        lines += self.item_lines(last, "")
        if function.awaited:
            links = [
                Link(n, "all" if len(self.order.steps[n].loops) > len(part.loops) or self.plan.is_mapped(self.order.steps[n]) else "one")
                for n in function.outputs
            ]
            made = self.waits(links, allow=False)
            assert made is not None
            lines += ("return " + (made if isinstance(made, str) else lay_out(made, "    ").replace("\n    ", "\n"))).split("\n")
        elif function.outputs:
            lines.append(f"return {', '.join(self._shown(index, part) for index in function.outputs)}")
        return lines

    def _parameters(self, function: Function, body: list[str]) -> list[str]:
        """What the function uses of the names in the flow, in the order in which it does; what it waits for comes last."""
        text = "def function():\n" + "".join(f"    {line}\n" for line in body)
        known = {*self.variables.values(), *self.lists.values(), *(f.run for f in self.functions.values()), AFTER}
        known |= set(self.locals.values()) | {parameter.name for parameter in self.plan.parameters}
        known |= self.plan.targets(function.part.loops)
        if function.subflow and any("cache_policy" in self.options[n] for n in function.steps) and self.draft.options.cache == "resume":
            text += "    logical_date\n"
        found = set(_free(symtable.symtable(text, "flow", "exec").get_children()[0])) & known
        return sorted(found, key=lambda name: (name == AFTER, _place(name, text)))

    def _define(self, function: Function, body: list[str], parameters: list[str]) -> None:
        head = lay_out(Group(f"def {function.name}(", tuple(parameters), "):"))
        if function.subflow:
            given = [f"{key}={text}" for key, text in self.plan.options.items() if key in ("log_prints", "task_runner")]
            name = f"{self.dag.dag_id}.{function.name if function.part.loops else function.part.group.group_id}"
            head = lay_out(Group("@flow(", (f"name={literal(name)}", *given), ")")) + f"\n{head}"
        lines = [*(docstring(function.part.group.doc) if function.part.group.doc else ()), *body]
        above = [line for line in function.part.group.above.split("\n") if line]
        self.texts.append("\n".join([*above, head, *(f"    {line}" if line else "" for line in lines)]) + "\n")


def _called(group: TaskGroup) -> str:
    """What a group's function is called: `load_source` for f"load_{source}"."""
    value = group.id_value
    code = value.code if isinstance(value, Literal) else value if isinstance(value, Code) else None
    if code is not None and code.names and (text := re.fullmatch(r"""f(["'])(.*)\1""", code.text)):
        return re.sub("_+", "_", identifier(text[2], "group"))
    own = value.value if isinstance(value, Literal) and isinstance(value.value, str) else fixed_text(value)
    return identifier(own or group.group_id, "group")


def _place(name: str, text: str) -> int:
    found = re.search(rf"\b{re.escape(name)}\b", text)
    return found.start() if found is not None else 0


def _free(table: symtable.SymbolTable) -> Iterator[str]:
    """The names that a function takes from the module, those in its comprehensions included."""
    yield from (symbol.get_name() for symbol in table.get_symbols() if symbol.is_global())
    for inner in table.get_children():
        yield from _free(inner)


def _flat(items: Iterable[object]) -> Iterator[Part]:
    """The parts among items and in loops of them, without those in other parts."""
    for item in items:
        if isinstance(item, Part):
            yield item
        elif isinstance(item, Block):
            yield from _flat(item.items)
