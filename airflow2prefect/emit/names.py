"""Names in the flow module: valid, unique, stable, and as near to the user's as can be."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable

# What a future is called when the task's function already has the name: `created = create.submit()`.
# Verbs that DAGs start their task_ids with; any other name gets `_run`.
_PARTICIPLES = {
    verb: form
    for form, verbs in {
        "{}ed": "add alert append calculate check clean collect commit compact comput copy crawl delet deploy download drop email "
        "end evaluat export extract fail fetch filter finish flush generat import index ingest join launch list load mark merg "
        "migrat monitor mount notifi pars patch persist poll predict prepar print process provision publish pull purg push queu "
        "refresh register remov render report reset restor sav scor search select sort start stor sync test train transfer "
        "transform trigger truncat updat upload validat verifi vacuum wait warn archiv aggregat analyz clos creat enabl disabl "
        "execut measur rotat scal terminat tun unload unzip".split(),
    }.items()
    for verb in verbs
}
_IRREGULAR = {
    "begin": "begun", "build": "built", "run": "ran", "send": "sent", "get": "got", "put": "put", "read": "read_in", "write": "written",
    "make": "made", "find": "found", "split": "split_up", "stop": "stopped", "ship": "shipped", "scan": "scanned", "plan": "planned",
    "copy": "copied", "notify": "notified", "verify": "verified", "apply": "applied", "set": "set_up", "dedup": "deduped", "drop": "dropped",
    "sleep": "slept", "tag": "tagged", "trim": "trimmed", "wrap": "wrapped", "swap": "swapped", "zip": "zipped", "unzip": "unzipped",
    "log": "logged", "commit": "committed", "submit": "submitted", "choose": "chosen",
}  # fmt: skip


def identifier(text: str, fallback: str = "task") -> str:
    """A valid Python name for a task_id or dag_id: ASCII letters, digits, underscores; no keyword."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = re.sub(r"\W+", "_", plain).strip("_")
    if not name:
        return fallback
    if name[0].isdigit():
        name = f"{fallback}_{name}"
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        name += "_"
    return name[:80]


def done(name: str) -> str:
    """What the run of a task called `name` is called: `create` gives `created`, `sales` gives `sales_run`."""
    head, _, rest = name.partition("_")
    verb = head.lower()
    form = _IRREGULAR.get(verb)
    if form is None:
        for stem in (verb, verb[:-1] if verb.endswith("e") else "", verb[:-1] + "i" if verb.endswith("y") else ""):
            if stem and stem in _PARTICIPLES:
                form = _PARTICIPLES[stem].format(stem)
                break
    if form is None:
        return f"{name}_run"
    return f"{form}_{rest}" if rest else form


def plural(name: str) -> str:
    """The name of a list of what `name` names."""
    if re.search(r"[^aeiou]y$", name):
        return name[:-1] + "ies"
    return name + ("es" if re.search(r"(s|x|z|ch|sh)$", name) else "s")


class Names:
    """The names taken in one scope. `claim` gives each name out once."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)

    def claim(self, *wanted: str) -> str:
        """The first of `wanted` that is free, else the last with a number; it is taken then."""
        for name in wanted:
            if self.free(name):
                self.taken.add(name)
                return name
        number = 2
        while not self.free(f"{wanted[-1]}_{number}"):
            number += 1
        name = f"{wanted[-1]}_{number}"
        self.taken.add(name)
        return name

    def free(self, name: str) -> bool:
        return name not in self.taken and not keyword.iskeyword(name) and name not in BUILTINS


BUILTINS = frozenset(dir(builtins)) - {"copyright", "credits", "license"}
