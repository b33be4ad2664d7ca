"""Updates of datasets as events: the deployments that wait for them have triggers for these in prefect.yaml."""

from prefect.events import emit_event


def updates(*uris):
    """A hook of a task that tells of the datasets that it has updated, where it ran and succeeded."""

    def tell(task, task_run, state):
        if state.name == "Completed":  # neither skipped nor taken from the cache
            for uri in uris:
                emit_event("dataset.updated", resource={"prefect.resource.id": uri}, payload={"task": task.name})

    return tell
