"""Automl of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.automl import (
    AutoMLBatchPredictOperator,
    AutoMLCreateDatasetOperator,
    AutoMLDeleteDatasetOperator,
    AutoMLDeleteModelOperator,
    AutoMLGetModelOperator,
    AutoMLImportDataOperator,
    AutoMLListDatasetOperator,
    AutoMLPredictOperator,
    AutoMLTrainModelOperator,
)

with DAG('google_automl', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    AutoMLTrainModelOperator(task_id="automl_train_model", model={"display_name": "x", "dataset_id": "d", "translation_model_metadata": {}}, location="eu")
    AutoMLTrainModelOperator(task_id="automl_train_model_all", model={"display_name": "x", "dataset_id": "d", "translation_model_metadata": {}}, location="eu", project_id="the-project-id")
    AutoMLPredictOperator(task_id="automl_predict", model_id="the-model-id", location="eu", payload={"text_snippet": {"content": "a"}})
    AutoMLPredictOperator(task_id="automl_predict_all", model_id="the-model-id", location="eu", payload={"text_snippet": {"content": "a"}}, operation_params="the-operation-params", project_id="the-project-id", endpoint_id="the-endpoint-id", instances=["a"])
    AutoMLBatchPredictOperator(task_id="automl_batch_predict", model_id="the-model-id", input_config={"gcs_source": {"input_uris": ["gs://a"]}}, output_config={}, location="eu")
    AutoMLBatchPredictOperator(task_id="automl_batch_predict_all", model_id="the-model-id", input_config={"gcs_source": {"input_uris": ["gs://a"]}}, output_config={}, location="eu", project_id="the-project-id", prediction_params="the-prediction-params")
    AutoMLCreateDatasetOperator(task_id="automl_create_dataset", dataset={"display_name": "x", "translation_dataset_metadata": {"source_language_code": "en"}}, location="eu")
    AutoMLCreateDatasetOperator(task_id="automl_create_dataset_all", dataset={"display_name": "x", "translation_dataset_metadata": {"source_language_code": "en"}}, location="eu", project_id="the-project-id")
    AutoMLImportDataOperator(task_id="automl_import_data", dataset_id="the-dataset-id", location="eu", input_config={"gcs_source": {"input_uris": ["gs://a"]}})
    AutoMLImportDataOperator(task_id="automl_import_data_all", dataset_id="the-dataset-id", location="eu", input_config={"gcs_source": {"input_uris": ["gs://a"]}}, project_id="the-project-id")
    AutoMLGetModelOperator(task_id="automl_get_model", model_id="the-model-id", location="eu")
    AutoMLGetModelOperator(task_id="automl_get_model_all", model_id="the-model-id", location="eu", project_id="the-project-id")
    AutoMLDeleteModelOperator(task_id="automl_delete_model", model_id="the-model-id", location="eu")
    AutoMLDeleteModelOperator(task_id="automl_delete_model_all", model_id="the-model-id", location="eu", project_id="the-project-id")
    AutoMLListDatasetOperator(task_id="automl_list_dataset", location="eu")
    AutoMLListDatasetOperator(task_id="automl_list_dataset_all", location="eu", project_id="the-project-id")
    AutoMLDeleteDatasetOperator(task_id="automl_delete_dataset", dataset_id="the-dataset-id", location="eu")
    AutoMLDeleteDatasetOperator(task_id="automl_delete_dataset_all", dataset_id="the-dataset-id", location="eu", project_id="the-project-id")
