"""Functions of one name, one after the other: each task has its own."""
from prefect import flow, task


@task(name="orders.extract")
def orders_extract():
    return [1]


@task(name="orders.load")
def orders_load(rows):
    return sum(rows)


# other rows
@task(name="items.extract")
def extract(n=2):
    return [n, n]


@task(name="items.load")
def load(rows):
    return len(rows)


@task(name="users.extract")
def twins_extract():
    return "users"


def orders():
    extracted = orders_extract()
    orders_load(extracted)


def items():
    items_extract = extract()
    load(items_extract)


@flow(name="twins")
def twins():
    orders()
    items()
    users_extract = twins_extract()
    return users_extract


if __name__ == "__main__":
    twins()
