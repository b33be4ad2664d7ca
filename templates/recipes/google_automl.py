"""AutoML, before it was Vertex AI: airflow/providers/google/cloud/operators/automl.py

As in the provider's 2.0. Later ones ask for the dataset or model first, and refuse all that is no translation.
"""

from airflow_google import listed
from google.cloud.automl_v1beta1 import (
    AutoMlClient, BatchPredictResult, ColumnSpec, Dataset, Model, PredictionServiceClient, PredictResponse, TableSpec,
)


@operator("airflow.providers.google.cloud.operators.automl.AutoMLTrainModelOperator")
def train(model, location, project_id=project):
    client = AutoMlClient(credentials=credentials)
    operation = client.create_model(request={"parent": f"projects/{project_id}/locations/{location}", "model": model}, **options)
    result = operation.result()
    push(model_id=result.name.rpartition("/")[2])
    return Model.to_dict(result)


@operator("airflow.providers.google.cloud.operators.automl.AutoMLPredictOperator")
def predict(model_id, location, payload, operation_params=None, params=None, project_id=project, endpoint_id=None, instances=None):
    if params:
        refuse(params)
    if endpoint_id:
        refuse(endpoint_id)
    if instances:
        refuse(instances)
    client = PredictionServiceClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/models/{model_id}"
    result = client.predict(request={"name": name, "payload": payload, "params": operation_params}, **options)
    return PredictResponse.to_dict(result)


@operator("airflow.providers.google.cloud.operators.automl.AutoMLBatchPredictOperator")
def batch_predict(model_id, input_config, output_config, location, project_id=project, prediction_params=None):
    client = PredictionServiceClient(credentials=credentials)
    operation = client.batch_predict(
        request={
            "name": f"projects/{project_id}/locations/{location}/models/{model_id}",
            "input_config": input_config,
            "output_config": output_config,
            "params": prediction_params,
        },
        **options,
    )
    return BatchPredictResult.to_dict(operation.result())


@operator("airflow.providers.google.cloud.operators.automl.AutoMLCreateDatasetOperator")
def create_dataset(dataset, location, project_id=project):
    client = AutoMlClient(credentials=credentials)
    result = client.create_dataset(request={"parent": f"projects/{project_id}/locations/{location}", "dataset": dataset}, **options)
    push(dataset_id=result.name.rpartition("/")[2])
    return Dataset.to_dict(result)


@operator("airflow.providers.google.cloud.operators.automl.AutoMLImportDataOperator")
def import_data(dataset_id, location, input_config, project_id=project):
    client = AutoMlClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/datasets/{dataset_id}"
    client.import_data(request={"name": name, "input_config": input_config}, **options).result()


@operator("airflow.providers.google.cloud.operators.automl.AutoMLTablesListColumnSpecsOperator")
def list_columns(dataset_id, table_spec_id, location, field_mask=None, filter_=None, page_size=None, project_id=project):
    client = AutoMlClient(credentials=credentials)
    columns = client.list_column_specs(
        request={
            "parent": f"projects/{project_id}/locations/{location}/datasets/{dataset_id}/tableSpecs/{table_spec_id}",
            "field_mask": field_mask,
            "filter": filter_,
            "page_size": page_size,
        },
        **options,
    )
    return [ColumnSpec.to_dict(column) for column in columns]


@operator("airflow.providers.google.cloud.operators.automl.AutoMLTablesUpdateDatasetOperator")
def update_dataset(dataset, location, update_mask=None):
    client = AutoMlClient(credentials=credentials)
    return Dataset.to_dict(client.update_dataset(request={"dataset": dataset, "update_mask": update_mask}, **options))


@operator("airflow.providers.google.cloud.operators.automl.AutoMLGetModelOperator")
def get_model(model_id, location, project_id=project):
    client = AutoMlClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/models/{model_id}"
    return Model.to_dict(client.get_model(request={"name": name}, **options))


@operator("airflow.providers.google.cloud.operators.automl.AutoMLDeleteModelOperator")
def delete_model(model_id, location, project_id=project):
    client = AutoMlClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/models/{model_id}"
    client.delete_model(request={"name": name}, **options).result()


@operator("airflow.providers.google.cloud.operators.automl.AutoMLDeployModelOperator")
def deploy_model(model_id, location, project_id=project, image_detection_metadata=None):
    client = AutoMlClient(credentials=credentials)
    client.deploy_model(
        request={
            "name": f"projects/{project_id}/locations/{location}/models/{model_id}",
            "image_object_detection_model_deployment_metadata": image_detection_metadata,
        },
        **options,
    ).result()


@operator("airflow.providers.google.cloud.operators.automl.AutoMLTablesListTableSpecsOperator")
def list_tables(dataset_id, location, page_size=None, filter_=None, project_id=project):
    client = AutoMlClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}/datasets/{dataset_id}"
    tables = client.list_table_specs(request={"parent": parent, "filter": filter_, "page_size": page_size}, **options)
    return [TableSpec.to_dict(table) for table in tables]


@operator("airflow.providers.google.cloud.operators.automl.AutoMLListDatasetOperator")
def list_datasets(location, project_id=project):
    client = AutoMlClient(credentials=credentials)
    datasets = client.list_datasets(request={"parent": f"projects/{project_id}/locations/{location}"}, **options)
    result = [Dataset.to_dict(dataset) for dataset in datasets]
    push(dataset_id_list=[dataset["name"].rpartition("/")[2] for dataset in result])
    return result


@operator("airflow.providers.google.cloud.operators.automl.AutoMLDeleteDatasetOperator")
def delete_dataset(dataset_id, location, project_id=project):
    client = AutoMlClient(credentials=credentials)
    for name in listed(dataset_id):
        client.delete_dataset(request={"name": f"projects/{project_id}/locations/{location}/datasets/{name}"}, **options)
