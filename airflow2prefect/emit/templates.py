"""The package's own templates: task bodies and helper modules. The home of jinja2 for writing."""

from __future__ import annotations

from functools import cache

import jinja2

from airflow2prefect.resources import templates_folder


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


@cache
def task_template(name: str) -> jinja2.Template:
    """templates/tasks/<name>.py.j2: the lines of a task's body."""
    return _environment().get_template(f"tasks/{name}.py.j2")


@cache
def helper_module(name: str) -> str:
    """The text of a helper module that flows import, templates/<name>.py."""
    return (templates_folder() / f"{name}.py").read_text(encoding="utf-8")
