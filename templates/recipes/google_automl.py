"""AutoML, before it was Vertex AI: airflow/providers/google/cloud/operators/automl.py"""

from google.cloud.automl_v1beta1 import AutoMlClient, Dataset, Model, PredictionServiceClient, PredictResponse


@operator("airflow.providers.google.cloud.operators.automl.AutoMLCreateDatasetOperator")
def create_dataset(dataset, location, project_id=project):
    client = AutoMlClient(credentials=credentials)
    result = client.create_dataset(
        request={"parent": f"projects/{project_id}/locations/{location}", "dataset": dataset}, **options
    )
    push(dataset_id=result.name.rpartition("/")[2])
    return Dataset.to_dict(result)
