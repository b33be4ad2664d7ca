"""The one table of findings: permanent codes, levels, facts and advice. Append only; a code never changes its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How much a person has to do. Ordered: `--fail-on gap` means GAP and above."""

    NOTE = 1  # converted, worth knowing
    CHECK = 2  # converted, behaves differently as described
    GAP = 3  # not converted: the task raises
    ERROR = 4  # this file was not converted


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding. `message` and `advice` are filled from the facts of a finding."""

    code: str
    level: Level
    message: str
    advice: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A rule met at a place of a file: `line` and `column` count from 1, 0 means the file as a whole."""

    line: int
    column: int
    code: str
    facts: tuple[tuple[str, str], ...] = ()
    task: str = ""

    @property
    def rule(self) -> Rule:
        return RULES[self.code]

    @property
    def level(self) -> Level:
        return self.rule.level

    @property
    def message(self) -> str:
        return self.rule.message.format_map(dict(self.facts))

    @property
    def advice(self) -> str:
        text = self.rule.advice
        for name, value in self.facts:
            text = text.replace("{" + name + "}", value)
        return text


def finding(code: str, line: int = 0, column: int = 0, task: str = "", **facts: object) -> Finding:
    """A finding; raises KeyError for a code or a fact that the table does not know."""
    found = Finding(line, column, code, tuple((name, str(value)) for name, value in facts.items()), task)
    found.message  # noqa: B018  a missing fact must show here, not in the report
    return found


_TABLE = (
    # 1xx: file and DAG
    Rule("A2P101", Level.NOTE, "no DAG in this file", "Nothing to do; the file is left alone."),
    Rule("A2P102", Level.ERROR, "syntax error: {error}", "Mend the file so that Python 3 can read it, then convert again."),
    Rule(
        "A2P103",
        Level.ERROR,
        "Python 2 source: {error}",
        "Run `2to3 -w` or `python-modernize` on the file first; Prefect needs Python 3.10 or newer.",
    ),
    Rule("A2P104", Level.ERROR, "cannot read the file: {error}", "Check that it is a text file in the encoding that it declares."),
    Rule("A2P105", Level.ERROR, "nested too deeply to be read", "Split the nested expression or block into smaller ones."),
    Rule(
        "A2P110",
        Level.CHECK,
        "the dag_id is only known at run time: {what}",
        "The flow is named after the expression; give it the name that you want.",
    ),
    Rule(
        "A2P111",
        Level.GAP,
        "default_args are only known at run time: {what}",
        "Write them as a dict in this file, or set the options of the tasks by hand.",
    ),
    Rule(
        "A2P112",
        Level.ERROR,
        "the file makes more tasks or runs longer than can be followed",
        "Split the file, or make the loop's range smaller and convert again.",
    ),
    Rule(
        "A2P113",
        Level.CHECK,
        "Airflow 1.10 does not load {dag_id}: no variable of the module holds it in the end",
        "It is converted all the same; delete the flow and its deployment if it never ran.",
    ),
    Rule(
        "A2P114",
        Level.CHECK,
        "the flow imports {what} from the folder of the DAGs",
        "Copy what it imports beside the flow, or put that folder on PYTHONPATH.",
    ),
    Rule(
        "A2P115",
        Level.GAP,
        "a statement uses what went with the DAG, and was left out: {what}",
        "See whether the flow needs it, and write it in by hand.",
    ),
    # 2xx: operators and arguments
    Rule("A2P201", Level.GAP, "{operator} is not converted", "The task raises; write its body by hand, or keep it in Airflow for now."),
    Rule(
        "A2P202",
        Level.CHECK,
        "{operator}({argument}=...) has no equivalent",
        "The argument was left out: see whether the task depends on it.",
    ),
    Rule("A2P203", Level.GAP, "the operator has no {argument}", "Airflow refuses this task as well; complete it."),
    Rule(
        "A2P206",
        Level.GAP,
        "{argument} cannot stand in the flow: {what}",
        "The task raises; compute the value inside the task or pass it as a parameter.",
    ),
    Rule(
        "A2P207",
        Level.CHECK,
        "the template file {file} is read when the task runs",
        "Keep it beside the flow as it stands beside the DAG file; it knows dates and params, other names in it raise.",
    ),
    Rule("A2P204", Level.GAP, "arguments only known at run time: {what}", "Write the arguments out, so that they can be converted."),
    Rule("A2P205", Level.GAP, "the task_id {task_id!r} is used twice", "Airflow keeps one of the two; give the other an id of its own."),
    # 3xx: order, branches, rules, loops
    Rule(
        "A2P301",
        Level.GAP,
        "an order between tasks that is only known at run time: {what}",
        "Add the missing wait_for to the flow by hand.",
    ),
    Rule(
        "A2P303",
        Level.ERROR,
        "a loop over {what} whose passes depend on one another and are only known at run time",
        "Write the loop's items out as a list, or chain the tasks by hand.",
    ),
    Rule(
        "A2P302",
        Level.CHECK,
        "tasks made under a condition that is only known at run time: {what}",
        "The flow has the tasks of all branches; put them under an `if`.",
    ),
    Rule(
        "A2P304",
        Level.GAP,
        "a task made under a condition that is only known at run time: {what}",
        "The task raises; put its call in the flow under an `if`, or delete it.",
    ),
    # 43x-45x: Jinja templates
    Rule(
        "A2P430",
        Level.GAP,
        "the template uses {name!r}, which Airflow's context and user_defined_macros do not have",
        "Airflow renders it as nothing. Remove it, or add it to user_defined_macros, then convert again.",
    ),
    Rule(
        "A2P431",
        Level.GAP,
        "the template reads a connection: {name}",
        "Make a Prefect block with its settings and load it in the task: `Secret.load(...)` for passwords.",
    ),
    Rule("A2P432", Level.GAP, "the template reads airflow.cfg: {name}", "Write the value into the flow, or keep it in a Prefect Variable."),
    Rule(
        "A2P433",
        Level.GAP,
        "the template uses an object of Airflow's own: {name}",
        "Say in the flow what is meant; prefect.runtime has the run's name, id, tags and counts.",
    ),
    Rule(
        "A2P434",
        Level.GAP,
        "Jinja cannot read the template: {error}",
        "Airflow fails on it as well. Mend it (`{% raw %}...{% endraw %}` around text that looks like Jinja), then convert again.",
    ),
    Rule(
        "A2P435",
        Level.NOTE,
        "the template takes an item that may be missing: {name}",
        "Jinja prints nothing then; the flow raises. Use `.get(...)` if it may be missing.",
    ),
    Rule(
        "A2P436",
        Level.CHECK,
        "the template passes a date to {name}",
        "It gets a datetime in UTC, not a pendulum date: use only what datetime has.",
    ),
    Rule(
        "A2P437",
        Level.GAP,
        "the template uses the {what} {name!r}, which neither Jinja nor the DAG has",
        "Add it to user_defined_filters, or write the value out, then convert again.",
    ),
    Rule(
        "A2P438",
        Level.GAP,
        "the template pulls an XCom that cannot be resolved: {name}",
        "Name the task and the key as literals, of a task of this DAG and this run.",
    ),
    Rule("A2P439", Level.GAP, "the template uses {name}, which a flow does not have", "Compute the value in a task and pass it on."),
    Rule(
        "A2P440",
        Level.NOTE,
        "the template is rendered by Jinja at run time",
        "Write an f-string by hand if you do not want the dependency on airflow_templates.py.",
    ),
    # 42x: Airflow inside callables
    Rule(
        "A2P420",
        Level.GAP,
        "the callable uses {what}, which a flow does not have",
        "The task raises; replace it by Prefect's counterpart (a block, a Variable, a client library).",
    ),
    Rule(
        "A2P421",
        Level.GAP,
        "module-level code uses Airflow and was left out: {what}",
        "What needs it raises; compute the value in a task or read it from a Prefect Variable.",
    ),
    Rule(
        "A2P422",
        Level.CHECK,
        "Airflow's context leaves the callable: {what}",
        "It gets a dict with what Airflow's context had of the keys that a flow knows; see what else is asked of it.",
    ),
    Rule(
        "A2P423",
        Level.GAP,
        "an XCom that cannot be resolved: {what}",
        "Name the task and the key as literals, of a task of this DAG that runs before.",
    ),
    Rule("A2P424", Level.CHECK, "an XCom that no task of the DAG pushes: {what}", "It is None, as in Airflow."),
    Rule(
        "A2P425",
        Level.CHECK,
        "{what} is imported and may use Airflow's context",
        "It is called with op_args and op_kwargs only; give it what else it needs.",
    ),
    Rule(
        "A2P426",
        Level.CHECK,
        "an XCom whose task or key the callable computes: {what}",
        "It is looked up among the tasks before; take the parameters instead if you know which it is.",
    ),
    Rule(
        "A2P427",
        Level.GAP,
        "the callable uses {what}, which was left out since it is made with Airflow",
        "The task raises; make the value without Airflow, or pass it as a parameter.",
    ),
    Rule(
        "A2P428",
        Level.CHECK,
        "{what} gets Airflow's context, and what it does with it is not known",
        "It gets what a flow knows of it (dates, params); a task instance, connections and the like are not among that.",
    ),
    Rule(
        "A2P429",
        Level.CHECK,
        "an Airflow Variable is read when the module is imported: {what}",
        "It is a Prefect Variable now, and importing the flow needs Prefect's API; better read it in the task that needs it.",
    ),
    # 5xx: retries, caching, schedule, deployment
    Rule(
        "A2P501",
        Level.CHECK,
        "catchup has no equivalent: missed runs are not made up for",
        "Backfill with `prefect deployment run NAME -p logical_date=...`, one run a date.",
    ),
    Rule(
        "A2P502",
        Level.CHECK,
        "{argument} has no equivalent",
        "Runs do not look at the run before; limit the deployment to one run at a time if order matters.",
    ),
    Rule("A2P503", Level.CHECK, "end_date has no equivalent", "Pause or delete the deployment's schedule on that day."),
    Rule("A2P504", Level.CHECK, "sla has no equivalent in the flow", "Make an automation that tells when the flow run takes too long."),
    Rule(
        "A2P505",
        Level.CHECK,
        "Airflow mails when the task fails or retries; the flow does not",
        "Make an automation that mails on failed flow runs.",
    ),
    Rule(
        "A2P506",
        Level.CHECK,
        "a schedule that is only known at run time: {what}",
        "The deployment has no schedule; write it into prefect.yaml.",
    ),
    Rule(
        "A2P507", Level.GAP, "{what} is only known at run time and was left out", "Give the task's or flow's decorator the value by hand."
    ),
    Rule("A2P508", Level.CHECK, "{argument} has no equivalent and was left out", "See whether the task depends on it."),
    Rule(
        "A2P509", Level.NOTE, "{argument} became the tag {tag}", "Create the limit once: `prefect concurrency-limit create {tag} {limit}`."
    ),
    Rule(
        "A2P510",
        Level.CHECK,
        "{argument} of the DAG has no equivalent",
        "The flow submits all that is ready; give the tasks a tag with a concurrency limit if it must be bounded.",
    ),
    Rule("A2P511", Level.CHECK, "@once: the deployment has no schedule", "Start it once: `prefect deployment run`."),
    Rule(
        "A2P512",
        Level.GAP,
        "the callback {what} was left out",
        "Write it as a hook, `def hook(task, task_run, state)`, and give it to the decorator.",
    ),
    Rule("A2P541", Level.NOTE, "{retries} retries were added to the tasks of {dag_id} for which it sets none", "`--retries 0` adds none."),
    Rule(
        "A2P542",
        Level.NOTE,
        "results are kept: running the same logical date again resumes at the task that failed",
        "`--cache none` keeps none.",
    ),
    Rule(
        "A2P543",
        Level.NOTE,
        "results are kept by task, inputs and code, whatever the date",
        "`--cache resume` keeps them a date, `--cache none` keeps none.",
    ),
    # 9xx: our own failures
    Rule("A2P901", Level.ERROR, "airflow2prefect failed: {error}", "Nothing was written for this file. Please report it with the file."),
)
RULES = {rule.code: rule for rule in _TABLE}
