"""Templates as people write them, and what they see: read by tests/test_jinja.py and, in Python 3.8, by Airflow itself.

The public ones come from the example DAGs of Airflow and its providers (Apache-2.0); tests/make_template_truth.py says
what Airflow 1.10.15 makes of each.
"""

import json
import os

_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
with open(os.path.join(_DATA, "templates_public.json")) as _file:
    PUBLIC = json.load(_file)
with open(os.path.join(_DATA, "templates_written.json")) as _file:
    WRITTEN = json.load(_file)

PARAMS = {
    "region": "eu",
    "days": 3,
    "ratio": 2.345,
    "flag": True,
    "null": None,
    "empty": "",
    "format": "%d/%m/%y",
    "names": ["a", "b"],
    "table": {"name": "orders", "schema": "sales"},
    "begin_date": "2020-01-31",
    "end_date": "2020-12-31",
    "my_param": "Parameter I passed in",
    "foo": "f",
    "miff": "m",
    "other_param": 1,
    "model_name": "iris",
    "source_location": "/in",
    "target_location": "/out",
    "cluster_label": "default",
}
CONF = {"message": "hello you", "list": [1, 2], "deep": {"er": "x"}, "er": 1}
VARIABLES = {"bucket": "my-bucket", "settings": '{"name": "n", "size": 5}'}
_OPERATIONS = [{"name": "first"}, {"name": "second"}]
XCOMS = {
    "list": ["x", "y"],
    "text": " t ",
    "number": 5,
    "dict": {"name": "thing"},
    "create_transfer_job_from_aws": {"name": "job"},
    "create_transfer": {"name": "tr"},
    "start-python-job-async": {"job_id": "j1"},
    "list_operations": _OPERATIONS,
    "get_operation": {"name": "op"},
    "list_tables_spec_task": _OPERATIONS,
    "create_build_from_storage": {"images": ["i1"]},
    "create_build_from_repo": {"images": ["i2"]},
    "create_template": {"name": "tpl"},
    "create_glacier_job": {"jobId": "g"},
    "detect_video_label": {"annotationResults": [{"shotLabelAnnotations": [{"entity": {"id": 1}}]}]},
    "detect_video_explicit_content": {"annotationResults": [{"explicitAnnotation": {"frames": [1.5]}}]},
    "detect_video_shots": {"annotationResults": [{"shotAnnotations": ["s"]}]},
    "annotate_image": {"logoAnnotations": [{"description": "logo"}]},
    "detect_text": {"textAnnotations": ["ta"]},
    "document_detect_text": {"textAnnotations": ["tb"]},
    "detect_labels": {"labelAnnotations": [None]},
    "create_report": {"id": 7},
    "run_report": {"id": 8},
    "create_sdf_download_task": {"name": "sdf"},
    "translate": ["hi"],
    "export_task": {"response": {"outputUrl": "gs://b/c/d/e"}},
    "create_dataset_task": {"name": "ds1"},
    "pod_task_xcom": [1],
    "get-instance": {"persistence_iam_identity": "user:me:x"},
    "list-notification-channel": _OPERATIONS,
    "list-alert-policies": _OPERATIONS,
    "get-dataset": {"id": "d"},
    "spark_pi_submit": {"metadata": {"name": "pi"}},
    "write-xcom": [2],
    "add_steps": ["s1"],
    "create_transfer_job_from_gcp": {"name": "gcp"},
    "upload_sheet_to_gcs": ["sheet"],
    "lookup_entry": {"display_name": "dn"},
    "pull_messages": [{"ackId": 1, "message": "m"}],
    "pull-messages": [{"ackId": 2, "message": "n"}],
}
# Those pulled by a key of their own.
KEYED = {
    ("wait_for_operation_to_start", "sensed_operations"): _OPERATIONS,
    ("wait_for_second_operation_to_start", "sensed_operations"): _OPERATIONS,
    ("add_steps", "return_value"): ["s1"],
    ("text", "other"): "o",
    ("list_datasets_task", "dataset_id_list"): [1, 2],
}


def pulled(task_id, key):
    """The XCom of a task, of which there is one for every task but `nobody`."""
    if task_id == "nobody":
        return None
    if (task_id, key) in KEYED:
        return KEYED[task_id, key]
    if key == "return_value" and task_id in XCOMS:
        return XCOMS[task_id]
    return f"{key} of {task_id}"


def greet(name, end=""):
    return "hi " + name + end


def weekday(date):
    return date.weekday()


def extract_object_id(thing):
    return thing["name"].upper()


def get_target_column_spec(specs, name):
    return f"{name}: {specs}"


MACROS = {
    "greet": greet,
    "weekday": weekday,
    "target": "Class",
    "table": {"name": "orders"},
    "extract_object_id": extract_object_id,
    "get_target_column_spec": get_target_column_spec,
}
FILTERS = {"shout": lambda text: text.upper() + "!"}

# What the runs of the DAG are like: a scheduled one without a conf, and one triggered with it.
RUNS = {
    "scheduled": {
        "date": "2021-06-15T06:30:00",
        "run_id": "scheduled__2021-06-15T06:30:00+00:00",
        "conf": None,
        "trigger": False,
    },
    "triggered": {
        "date": "2021-03-01T23:59:58.000678",
        "run_id": "manual__2021-03-01T23:59:58",
        "conf": CONF,
        "trigger": True,
    },
}
