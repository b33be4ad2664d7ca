"""Video Intelligence: airflow/providers/google/cloud/operators/video_intelligence.py. Airflow does not pass output_uri on."""

from google.cloud.videointelligence_v1 import Feature, VideoIntelligenceServiceClient
from google.protobuf.json_format import MessageToDict


@operator(
    "airflow.providers.google.cloud.operators.video_intelligence.CloudVideoIntelligenceDetectVideoLabelsOperator",
    "airflow.contrib.operators.gcp_video_intelligence_operator.CloudVideoIntelligenceDetectVideoLabelsOperator",
)
def detect_labels(input_uri, input_content=None, output_uri=None, video_context=None, location=None):
    client = VideoIntelligenceServiceClient(credentials=credentials)

    operation = client.annotate_video(
        request={
            "input_uri": input_uri,
            "features": [Feature.LABEL_DETECTION],
            "input_content": input_content,
            "video_context": video_context,
            "location_id": location,
        },
        **options,
    )
    return MessageToDict(operation.result()._pb)


@operator(
    "airflow.providers.google.cloud.operators.video_intelligence.CloudVideoIntelligenceDetectVideoExplicitContentOperator",
    "airflow.contrib.operators.gcp_video_intelligence_operator.CloudVideoIntelligenceDetectVideoExplicitContentOperator",
)
def detect_explicitcontent(input_uri, input_content=None, output_uri=None, video_context=None, location=None):
    client = VideoIntelligenceServiceClient(credentials=credentials)

    operation = client.annotate_video(
        request={
            "input_uri": input_uri,
            "features": [Feature.EXPLICIT_CONTENT_DETECTION],
            "input_content": input_content,
            "video_context": video_context,
            "location_id": location,
        },
        **options,
    )
    return MessageToDict(operation.result()._pb)


@operator(
    "airflow.providers.google.cloud.operators.video_intelligence.CloudVideoIntelligenceDetectVideoShotsOperator",
    "airflow.contrib.operators.gcp_video_intelligence_operator.CloudVideoIntelligenceDetectVideoShotsOperator",
)
def detect_shots(input_uri, input_content=None, output_uri=None, video_context=None, location=None):
    client = VideoIntelligenceServiceClient(credentials=credentials)

    operation = client.annotate_video(
        request={
            "input_uri": input_uri,
            "features": [Feature.SHOT_CHANGE_DETECTION],
            "input_content": input_content,
            "video_context": video_context,
            "location_id": location,
        },
        **options,
    )
    return MessageToDict(operation.result()._pb)
