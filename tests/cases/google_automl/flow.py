"""Automl of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime

from google.cloud.automl_v1beta1 import (
    AutoMlClient, BatchPredictResult, Dataset, Model, PredictResponse, PredictionServiceClient
)
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_google import listed
from airflow_resume import SAME_DATE


@task(
    name="automl_train_model", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)
def automl_train_model():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = AutoMlClient(credentials=gcp_credentials.get_credentials_from_service_account())
    operation = client.create_model(
        request={
            "parent": f"projects/{gcp_credentials.project}/locations/eu",
            "model": {"display_name": "x", "dataset_id": "d", "translation_model_metadata": {}},
        }
    )
    result = operation.result()
    return Model.to_dict(result)


@task(
    name="automl_train_model_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_train_model_all():
    client = AutoMlClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    operation = client.create_model(
        request={
            "parent": "projects/the-project-id/locations/eu",
            "model": {"display_name": "x", "dataset_id": "d", "translation_model_metadata": {}},
        }
    )
    result = operation.result()
    return Model.to_dict(result)


@task(name="automl_predict", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def automl_predict():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = PredictionServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/models/the-model-id"
    result = client.predict(request={"name": name, "payload": {"text_snippet": {"content": "a"}}})
    return PredictResponse.to_dict(result)


@task(name="automl_predict_all")
def automl_predict_all():
    # AutoMLPredictOperator(task_id="automl_predict_all", model_id="the-model-id", location="eu", payload={"text_snippet": {"content": "a"}}, operation_params="the-operation-params", project_id="the-project-id", endpoint_id="the-endpoint-id", instances=["a"])
    raise NotImplementedError("A2P220: AutoMLPredictOperator(endpoint_id=...) changes what the task does and cannot be carried over")


@task(
    name="automl_batch_predict",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_batch_predict():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = PredictionServiceClient(credentials=gcp_credentials.get_credentials_from_service_account())
    operation = client.batch_predict(
        request={
            "name": f"projects/{gcp_credentials.project}/locations/eu/models/the-model-id",
            "input_config": {"gcs_source": {"input_uris": ["gs://a"]}},
            "output_config": {},
        }
    )
    return BatchPredictResult.to_dict(operation.result())


@task(
    name="automl_batch_predict_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_batch_predict_all():
    client = PredictionServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    operation = client.batch_predict(
        request={
            "name": "projects/the-project-id/locations/eu/models/the-model-id",
            "input_config": {"gcs_source": {"input_uris": ["gs://a"]}},
            "output_config": {},
            "params": "the-prediction-params",
        }
    )
    return BatchPredictResult.to_dict(operation.result())


@task(
    name="automl_create_dataset",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_create_dataset():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = AutoMlClient(credentials=gcp_credentials.get_credentials_from_service_account())
    result = client.create_dataset(
        request={
            "parent": f"projects/{gcp_credentials.project}/locations/eu",
            "dataset": {"display_name": "x", "translation_dataset_metadata": {"source_language_code": "en"}},
        }
    )
    return Dataset.to_dict(result)


@task(
    name="automl_create_dataset_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_create_dataset_all():
    client = AutoMlClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    result = client.create_dataset(
        request={
            "parent": "projects/the-project-id/locations/eu",
            "dataset": {"display_name": "x", "translation_dataset_metadata": {"source_language_code": "en"}},
        }
    )
    return Dataset.to_dict(result)


@task(
    name="automl_import_data", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)
def automl_import_data():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = AutoMlClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/datasets/the-dataset-id"
    client.import_data(request={"name": name, "input_config": {"gcs_source": {"input_uris": ["gs://a"]}}}).result()


@task(
    name="automl_import_data_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_import_data_all():
    client = AutoMlClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/datasets/the-dataset-id"
    client.import_data(request={"name": name, "input_config": {"gcs_source": {"input_uris": ["gs://a"]}}}).result()


@task(name="automl_get_model", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE)
def automl_get_model():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = AutoMlClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/models/the-model-id"
    return Model.to_dict(client.get_model(request={"name": name}))


@task(
    name="automl_get_model_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_get_model_all():
    client = AutoMlClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/models/the-model-id"
    return Model.to_dict(client.get_model(request={"name": name}))


@task(
    name="automl_delete_model", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)
def automl_delete_model():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = AutoMlClient(credentials=gcp_credentials.get_credentials_from_service_account())
    name = f"projects/{gcp_credentials.project}/locations/eu/models/the-model-id"
    client.delete_model(request={"name": name}).result()


@task(
    name="automl_delete_model_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_delete_model_all():
    client = AutoMlClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    name = "projects/the-project-id/locations/eu/models/the-model-id"
    client.delete_model(request={"name": name}).result()


@task(
    name="automl_list_dataset", retries=2, retry_delay_seconds=[10, 20], retry_jitter_factor=0.5, cache_policy=SAME_DATE
)
def automl_list_dataset():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = AutoMlClient(credentials=gcp_credentials.get_credentials_from_service_account())
    datasets = client.list_datasets(request={"parent": f"projects/{gcp_credentials.project}/locations/eu"})
    result = [Dataset.to_dict(dataset) for dataset in datasets]
    return result


@task(
    name="automl_list_dataset_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_list_dataset_all():
    client = AutoMlClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    datasets = client.list_datasets(request={"parent": "projects/the-project-id/locations/eu"})
    result = [Dataset.to_dict(dataset) for dataset in datasets]
    return result


@task(
    name="automl_delete_dataset",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_delete_dataset():
    gcp_credentials = GcpCredentials.load("google-cloud-default")
    client = AutoMlClient(credentials=gcp_credentials.get_credentials_from_service_account())
    for name in listed("the-dataset-id"):
        client.delete_dataset(request={"name": f"projects/{gcp_credentials.project}/locations/eu/datasets/{name}"})


@task(
    name="automl_delete_dataset_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def automl_delete_dataset_all():
    client = AutoMlClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    for name in listed("the-dataset-id"):
        client.delete_dataset(request={"name": f"projects/the-project-id/locations/eu/datasets/{name}"})


@flow(name="google_automl")
def google_automl(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    automl_train_model_run = automl_train_model.submit()
    automl_train_model_all_run = automl_train_model_all.submit()
    automl_predict_run = automl_predict.submit()
    automl_predict_all_run = automl_predict_all.submit()
    automl_batch_predict_run = automl_batch_predict.submit()
    automl_batch_predict_all_run = automl_batch_predict_all.submit()
    automl_create_dataset_run = automl_create_dataset.submit()
    automl_create_dataset_all_run = automl_create_dataset_all.submit()
    automl_import_data_run = automl_import_data.submit()
    automl_import_data_all_run = automl_import_data_all.submit()
    automl_get_model_run = automl_get_model.submit()
    automl_get_model_all_run = automl_get_model_all.submit()
    automl_delete_model_run = automl_delete_model.submit()
    automl_delete_model_all_run = automl_delete_model_all.submit()
    automl_list_dataset_run = automl_list_dataset.submit()
    automl_list_dataset_all_run = automl_list_dataset_all.submit()
    automl_delete_dataset_run = automl_delete_dataset.submit()
    automl_delete_dataset_all_run = automl_delete_dataset_all.submit()
    return [
        automl_train_model_run,
        automl_train_model_all_run,
        automl_predict_run,
        automl_predict_all_run,
        automl_batch_predict_run,
        automl_batch_predict_all_run,
        automl_create_dataset_run,
        automl_create_dataset_all_run,
        automl_import_data_run,
        automl_import_data_all_run,
        automl_get_model_run,
        automl_get_model_all_run,
        automl_delete_model_run,
        automl_delete_model_all_run,
        automl_list_dataset_run,
        automl_list_dataset_all_run,
        automl_delete_dataset_run,
        automl_delete_dataset_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_automl(return_state=True).is_completed())
