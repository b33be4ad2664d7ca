"""Made-up code that builds DAGs, as people write it: loops, helper functions, lists and dicts of tasks, chains."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

HEAD = """\
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator
from airflow.utils.helpers import chain, cross_downstream

NAMES = ['a', 'b', 'c']
OTHERS = ['x', 'y']
EMPTY = []
PAIRS = [('p', 1), ('q', 2), ('r', 3)]
CONFIG = {
    'one': {'n': 1, 'deps': [], 'on': True},
    'two': {'n': 2, 'deps': ['one'], 'on': False},
    'six': {'n': 3, 'deps': ['one', 'two'], 'on': True},
}
COUNT = 3
FLAG = True
OFF = False
args = {'owner': 'me', 'start_date': datetime(2021, 1, 1)}


def work(name='', size=0, **kwargs):
    print(name, size)


"""
UNKNOWN = """\
LISTED = os.environ.get('BUILDERS_LISTED', 'l,m').split(',')
FOUND = int(os.environ.get('BUILDERS_FOUND', '2'))
SWITCH = os.environ.get('BUILDERS_SWITCH', 'on')


"""
# Loops: targets, what they go over, the part of a task's id; conditions on the targets.
KNOWN_LOOPS = (
    ("x", "NAMES", "x", ("x == 'b'", "x != 'a'", "x in ('a', 'c')", "x.startswith('b')")),
    ("i, x", "enumerate(NAMES)", "x", ("i > 0", "i % 2 == 0", "not i", "i")),
    ("i, x", "enumerate(OTHERS, 1)", "i", ("i > 1", "x == 'y'")),
    ("i", "range(COUNT)", "i", ("i > 0", "i % 2", "i == 1", "i < COUNT - 1")),
    ("i", "range(1, len(NAMES) + 1)", "i", ("i > 1", "i == len(NAMES)")),
    ("k, v", "CONFIG.items()", "k", ("v['n'] > 1", "v.get('on')", "v['deps']", "not v['deps']", "k != 'one'")),
    ("k, v", "sorted(CONFIG.items())", "k", ("v['on']", "v.get('missing')")),
    ("k", "CONFIG", "k", ("CONFIG[k]['on']", "k == 'two'")),
    ("k", "sorted(CONFIG.keys())", "k", ("CONFIG[k]['n'] < 3",)),
    ("p, n", "PAIRS", "p", ("n > 1", "n % 2", "p == 'q'")),
    ("a, b", "zip(NAMES, OTHERS)", "a", ("b == 'x'",)),
    ("x", "reversed(OTHERS)", "x", ("x == 'y'",)),
    ("x", "NAMES[1:]", "x", ("x == 'c'",)),
    ("x", "NAMES + OTHERS", "x", ("x in OTHERS", "x not in NAMES")),
    ("x", "[n.upper() for n in NAMES]", "x", ("x == 'A'",)),
    ("x", "['u', 'v']", "x", ("x == 'u'",)),
    ("x", "EMPTY", "x", ("x",)),
    ("x", "[n for n in NAMES if n in OTHERS]", "x", ("x",)),
    ("x", "'s,t'.split(',')", "x", ("x == 't'",)),
)
UNKNOWN_LOOPS = (
    ("x", "LISTED", "x", ("x == 'm'", "x != 'l'", "SWITCH == 'on'")),
    ("i, x", "enumerate(LISTED)", "x", ("i > 0", "i")),
    ("i", "range(FOUND)", "i", ("i > 0", "i == FOUND - 1", "i % 2")),
    ("x", "sorted(LISTED)", "x", ("x in LISTED", "SWITCH != 'on'")),
    ("x", "[n.strip() for n in LISTED]", "x", ("x",)),
)
HELPERS = {
    "make": """\
def make(name, dag, op='dummy', rule='all_success'):
    if op == 'bash':
        return BashOperator(task_id=name, bash_command='echo ' + name, trigger_rule=rule, dag=dag)
    return DummyOperator(task_id=name, trigger_rule=rule, dag=dag)
""",
    "plain": """\
def plain(task_id, **kwargs):
    return DummyOperator(task_id=task_id, **kwargs)
""",
    "after": """\
def after(name, dag, upstream=None):
    t = PythonOperator(task_id='after_%s' % name, python_callable=work, op_args=[name], dag=dag)
    if upstream:
        t.set_upstream(upstream)
    return t
""",
    "line": """\
def line(prefix, dag, names=('f', 'g'), first=None):
    last = first
    for name in names:
        t = DummyOperator(task_id='{}_{}'.format(prefix, name), dag=dag)
        if last is not None:
            last >> t
        last = t
    return last
""",
    "fan": """\
def fan(prefix, dag, count=2):
    head = DummyOperator(task_id=prefix + '_head', dag=dag)
    tail = DummyOperator(task_id=prefix + '_tail', dag=dag)
    for n in range(count):
        head >> DummyOperator(task_id=f'{prefix}_{n}', dag=dag) >> tail
    return head, tail
""",
    "several": """\
def several(prefix, names, dag):
    return [BashOperator(task_id=prefix + '_' + n, bash_command='echo %s' % n, dag=dag) for n in names]
""",
    "link": """\
def link(one, other, both=True):
    if both:
        one.set_downstream(other)
    return other
""",
}


@dataclass
class Maker:
    """Writes one file. `unknown`: how likely a loop or condition is one that only the run knows."""

    dice: random.Random
    unknown: float
    lines: list[str] = field(default_factory=list)
    indent: int = 0
    tasks: list[str] = field(default_factory=list)  # names that hold a task here for certain
    lists: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)  # what the ids of tasks here must have in them
    conditions: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    counter: int = 0
    given: str = ", dag=dag"

    def write(self, *lines: str) -> None:
        self.lines += ["    " * self.indent + line for line in lines]

    def name(self, stem: str) -> str:
        self.counter += 1
        return f"{stem}{self.counter}"

    # ------------------------------------------------------------------ expressions

    def task_id(self, stem: str) -> str:
        """The source of an id: what varies around it is part of it."""
        parts = self.around
        if not parts:
            return repr(stem)
        pick = self.dice.randrange(4)
        if pick == 0:
            return f"'{stem}" + "_%s" * len(parts) + "' % " + (parts[0] if len(parts) == 1 else f"({', '.join(parts)})")
        if pick == 1:
            return f"'{stem}" + "_{}" * len(parts) + f"'.format({', '.join(parts)})"
        if pick == 2:
            return f"'{stem}_' + " + " + '_' + ".join(f"str({part})" for part in parts)
        return f"f'{stem}" + "".join(f"_{{{part}}}" for part in parts) + "'"

    def operator(self, stem: str) -> str:
        dice, task_id = self.dice, self.task_id(stem)
        pick = dice.random()
        rule = f", trigger_rule='{dice.choice(('all_done', 'one_success'))}'" if dice.random() < 0.1 else ""
        if self.used and pick < 0.15 and "make" in self.used:
            return f"make({task_id}, dag{dice.choice(('', ', op=' + repr('bash'), ', rule=' + repr('all_done')))})"
        if pick < 0.3 and "plain" in self.used:
            return f"plain({task_id}{self.given or ', dag=dag'})"
        if pick < 0.6:
            return f"DummyOperator(task_id={task_id}{rule}{self.given})"
        if pick < 0.8:
            value = dice.choice(self.around or ["'it'"])
            return f"PythonOperator(task_id={task_id}, python_callable=work, op_kwargs={{'name': {value}}}{rule}{self.given})"
        value = f" % {dice.choice(self.around)}" if self.around else ""
        return f"BashOperator(task_id={task_id}, bash_command='echo {'%s' if value else 'it'}'{value}{rule}{self.given})"

    def loop(self) -> tuple[str, str, str, tuple[str, ...]]:
        loops = UNKNOWN_LOOPS if self.dice.random() < self.unknown else KNOWN_LOOPS
        free = [each for each in loops if not set(each[0].split(", ")) & set(", ".join(self.around).split(", "))]
        return self.dice.choice(free or [("z", "['z']", "z", ("z",))])

    def condition(self) -> str:
        if self.conditions and self.dice.random() < 0.8:
            return self.dice.choice(self.conditions)
        return "SWITCH == 'on'" if self.dice.random() < self.unknown else self.dice.choice(("FLAG", "OFF", "COUNT > 2", "not OFF", "EMPTY"))

    # ------------------------------------------------------------------ statements

    def block(self, depth: int) -> None:
        """Some statements; what they bind is known behind them, not behind what they stand in."""
        for _ in range(self.dice.randint(1, 3 if depth else 5)):
            choices = [self.task, self.task, self.edge, self.chained, self.collected, self.comprehended, self.called, self.keyed]
            if depth < 2:
                choices += [self.looped, self.looped, self.chosen, self.counted]
            self.dice.choice(choices)(depth)

    def inner(self, loop: tuple[str, str, str, tuple[str, ...]] | None, depth: int) -> Iterator[None]:
        """Around what is written inside a loop or condition."""
        before = list(self.tasks), list(self.lists), list(self.around), list(self.conditions)
        self.indent += 1
        if loop is not None:
            self.around.append(loop[2])
            self.conditions = list(loop[3]) + (self.conditions if self.dice.random() < 0.3 else [])
        yield
        self.indent -= 1
        self.tasks, self.lists, self.around, self.conditions = before

    def task(self, depth: int) -> None:
        name = self.name("t")
        operator = self.operator(name)
        if self.tasks and self.dice.random() < 0.3:
            self.write(f"{self.dice.choice(self.tasks)} >> {operator}")
            return
        self.write(f"{name} = {operator}")
        if self.tasks and self.dice.random() < 0.6:
            self.connect(self.dice.choice(self.tasks), name)
        self.tasks.append(name)

    def connect(self, first: str, second: str) -> None:
        form = self.dice.choice(("{0} >> {1}", "{1} << {0}", "{0}.set_downstream({1})", "{1}.set_upstream({0})", "chain({0}, {1})", "{0} >> [{1}]"))
        self.write(form.format(first, second))

    def edge(self, depth: int) -> None:
        if len(self.tasks) < 2:
            return self.task(depth)
        chosen = sorted(self.dice.sample(range(len(self.tasks)), min(len(self.tasks), self.dice.randint(2, 3))))
        names = [self.tasks[n] for n in chosen]
        if len(names) == 2:
            self.connect(*names)
        else:
            form = self.dice.choice(("{} >> {} >> {}", "{} >> [{}, {}]", "[{}, {}] >> {}", "chain({}, {}, {})", "cross_downstream([{}], [{}, {}])"))
            self.write(form.format(*names))

    def looped(self, depth: int) -> None:
        loop = self.loop()
        self.write(f"for {loop[0]} in {loop[1]}:")
        for _ in self.inner(loop, depth):
            if self.dice.random() < 0.2:
                self.write(f"if {self.condition()}:", "    continue")
            if loop[2] in "xpk" and self.dice.random() < 0.15:
                self.write(self.dice.choice((f"{loop[2]} = {loop[2]} + '_'", f"{loop[2]} = {loop[2]}.strip().upper()")))
            self.block(depth + 1)

    def chosen(self, depth: int) -> None:
        self.write(f"if {self.condition()}:")
        for _ in self.inner(None, depth):
            self.block(depth + 1)
        if self.dice.random() < 0.4:
            self.write("else:")
            for _ in self.inner(None, depth):
                self.block(depth + 1)

    def counted(self, depth: int) -> None:
        if self.dice.random() < 0.5:
            return self.looped(depth)
        name = self.name("n")
        self.write(f"{name} = 0", f"while {name} < {self.dice.choice(('2', 'COUNT', 'len(OTHERS)'))}:")
        for _ in self.inner(("", "", name, (f"{name} > 0", f"{name} == 1")), depth):
            self.block(depth + 1)
            self.write(f"{name} += 1")
        return None

    def chained(self, depth: int) -> None:
        """`prev >> t; prev = t`"""
        dice, loop = self.dice, self.loop()
        first = dice.choice(self.tasks) if self.tasks and dice.random() < 0.6 else None
        prev, task = self.name("prev"), self.name("t")
        self.write(f"{prev} = {first}", f"for {loop[0]} in {loop[1]}:")
        for _ in self.inner(loop, depth):
            if dice.random() < 0.15:
                self.write(f"if {self.condition()}:", "    continue")
            self.write(f"{task} = {self.operator(task)}")
            asks = dice.choice((f"if {prev}:", f"if {prev} is not None:")) if first is None or dice.random() < 0.2 else ""
            self.write(*([asks, f"    {prev} >> {task}"] if asks else [dice.choice((f"{prev} >> {task}", f"{task}.set_upstream({prev})"))]))
            self.write(f"{prev} = {task}")
        if first is not None:
            self.tasks.append(prev)
        elif dice.random() < 0.5:
            end = self.name("t")
            self.write(f"{end} = {self.operator(end)}", f"if {prev}:", f"    {prev} >> {end}")
            self.tasks.append(end)

    def collected(self, depth: int) -> None:
        """A list of tasks, wired later."""
        dice, loop = self.dice, self.loop()
        tasks, task = self.name("list"), self.name("t")
        self.write(f"{tasks} = []", f"for {loop[0]} in {loop[1]}:")
        for _ in self.inner(loop, depth):
            if dice.random() < 0.3:
                self.write(f"if {self.condition()}:", "    continue")
            if dice.random() < 0.4:
                self.write(f"{tasks}.append({self.operator(task)})")
            else:
                self.write(f"{task} = {self.operator(task)}")
                if self.tasks and dice.random() < 0.4:
                    self.connect(dice.choice(self.tasks), task)
                self.write(dice.choice((f"{tasks}.append({task})", f"{tasks} += [{task}]")))
                if dice.random() < 0.3:
                    index = loop[0] if loop[0] == "i" and loop[1].startswith("range(COUNT") else ""
                    test = f"if len({tasks}) > 1:" if not index else f"if {index} > 0 and len({tasks}) > 1:"
                    self.write(test, f"    {tasks}[-2] >> {tasks}[-1]")
        self.wire(tasks)

    def comprehended(self, depth: int) -> None:
        loop, tasks = self.loop(), self.name("list")
        for _ in self.inner(loop, depth):
            operator = self.operator(tasks)
            asks = f" if {self.condition()}" if self.dice.random() < 0.3 else ""
        self.write(f"{tasks} = [{operator} for {loop[0]} in {loop[1]}{asks}]")
        self.wire(tasks)

    def wire(self, tasks: str) -> None:
        dice = self.dice
        self.lists.append(tasks)
        if self.tasks and dice.random() < 0.5:
            first = dice.choice(self.tasks)
            self.write(*dice.choice(([f"{first} >> {tasks}"], [f"for t in {tasks}:", f"    {first} >> t"], [f"{first}.set_downstream({tasks})"])))
        pick = dice.randrange(7)
        if pick == 0:
            self.write(f"for i in range(len({tasks}) - 1):", f"    {tasks}[i] >> {tasks}[i + 1]")
        elif pick == 1:
            self.write(f"for one, other in zip({tasks}, {tasks}[1:]):", "    one >> other")
        elif pick == 2:
            self.write(f"for i, t in enumerate({tasks}):", "    if i:", f"        {tasks}[i - 1] >> t")
        elif pick == 3:
            self.write(f"if len({tasks}) > 1:", f"    chain(*{tasks})")
        if dice.random() < 0.6:
            end = self.name("t")
            self.write(f"{end} = {self.operator(end)}")
            form = dice.choice((f"{tasks} >> {end}", f"{end} << {tasks}", f"{end}.set_upstream({tasks})", f"if {tasks}:\n{tasks}[-1] >> {end}"))
            first, *more = form.split("\n")
            self.write(first, *(f"    {line}" for line in more))
            self.tasks.append(end)

    def keyed(self, depth: int) -> None:
        """A dict of tasks."""
        dice, tasks, task = self.dice, self.name("by"), self.name("t")
        loop = self.loop()
        for _ in self.inner(loop, depth):
            operator = self.operator(task)
        if dice.random() < 0.3:
            self.write(f"{tasks} = {{{loop[2]}: {operator} for {loop[0]} in {loop[1]}}}")
        else:
            self.write(f"{tasks} = {{}}", f"for {loop[0]} in {loop[1]}:", f"    {tasks}[{loop[2]}] = {operator}")
        if "CONFIG" in loop[1] and dice.random() < 0.7:
            self.write("for key, value in CONFIG.items():", "    for dep in value['deps']:", f"        {tasks}[dep] >> {tasks}[key]")
            return
        first = dice.choice(self.tasks) if self.tasks else ""
        if first:
            self.write(*dice.choice((
                [f"for key in {tasks}:", f"    {first} >> {tasks}[key]"],
                [f"for key, value in {tasks}.items():", f"    {first} >> value"],
                [f"{first} >> list({tasks}.values())"],
                [f"for key in sorted({tasks}):", f"    {tasks}[key].set_upstream({first})"],
            )))  # fmt: skip

    def called(self, depth: int) -> None:
        """A call of a helper function."""
        dice, name = self.dice, self.name("t")
        helpers = sorted(self.used - {"make", "plain"})
        if not helpers:
            return self.task(depth)
        helper, task_id = dice.choice(helpers), self.task_id(name)
        before = dice.choice(self.tasks) if self.tasks else ""
        if helper == "after":
            given = dice.choice((f", upstream={before}", f", {before}", "")) if before else ""
            self.write(f"{name} = after({task_id}, dag{given})")
        elif helper == "line":
            given = dice.choice(("", ", names=NAMES", ", names=OTHERS[:1]")) + (f", first={before}" if before and dice.random() < 0.6 else "")
            self.write(f"{name} = line({task_id}, dag{given})")
        elif helper == "fan":
            self.write(f"{name}_head, {name} = fan({task_id}, dag{dice.choice(('', ', count=3', ', 1'))})")
            if before:
                self.connect(before, f"{name}_head")
        elif helper == "several":
            self.write(f"{name} = several({task_id}, {dice.choice(('NAMES', 'OTHERS', 'EMPTY', 'sorted(CONFIG)'))}, dag)")
            self.wire(name)
            return None
        elif len(self.tasks) > 1:
            one, other = sorted(dice.sample(range(len(self.tasks)), 2))
            self.write(f"link({self.tasks[one]}, {self.tasks[other]}{dice.choice(('', ', both=OFF', ', True'))})")
            return None
        else:
            return self.task(depth)
        self.tasks.append(name)
        return None


def source_of(seed: int) -> str:
    """The DAG file of a seed."""
    dice = random.Random(seed)
    unknown = dice.choice((0.0, 0.0, 0.3))
    maker = Maker(dice, unknown)
    text = HEAD + (UNKNOWN if unknown else "")
    maker.used = {name for name in HELPERS if dice.random() < 0.4}
    form = dice.choice(("with", "with", "plain", "plain", "function", "factory"))
    made = "DAG({}, default_args=args, schedule_interval='@daily')"
    if form == "with":
        maker.write(f"with {made.format(repr('made_up'))} as dag:")
        maker.indent, maker.given = 1, dice.choice(("", ", dag=dag"))
    elif form == "plain":
        maker.write(f"dag = {made.format(repr('made_up'))}", "")
    elif form == "function":
        maker.write("def build():")
        maker.indent = 1
        maker.write(f"dag = {made.format(repr('made_up'))}")
    else:
        maker.write(dice.choice(("def build(dag_id, count=2):", "def build(dag_id, names=NAMES, **kwargs):")))
        maker.indent = 1
        maker.write(f"dag = {made.format('dag_id')}")
    if dice.random() < 0.6:
        maker.task(0)
    maker.block(0)
    if form in ("function", "factory"):
        maker.write("return dag")
        maker.indent = 0
        if form == "function":
            maker.write("", "", "dag = build()")
        else:
            maker.write("", "", "for name in OTHERS:", "    globals()['made_' + name] = build('made_' + name)")
    body = "\n".join(maker.lines) + "\n"
    helpers = [HELPERS[name] for name in sorted(maker.used) if f"{name}(" in body]
    return text + "\n\n".join([*helpers, body])
