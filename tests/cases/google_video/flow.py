"""Video of Google Cloud: each operator with what it must have, and with more."""
import sys
from datetime import datetime

from google.cloud.videointelligence_v1 import Feature, VideoIntelligenceServiceClient
from google.protobuf.json_format import MessageToDict
from prefect import flow, task
from prefect_gcp import GcpCredentials

from airflow_resume import SAME_DATE


@task(
    name="cloud_video_intelligence_detect_video_labels",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_video_intelligence_detect_video_labels():
    client = VideoIntelligenceServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    operation = client.annotate_video(request={"input_uri": "the-input-uri", "features": [Feature.LABEL_DETECTION]})
    return MessageToDict(operation.result()._pb)


@task(
    name="cloud_video_intelligence_detect_video_labels_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_video_intelligence_detect_video_labels_all():
    client = VideoIntelligenceServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    operation = client.annotate_video(
        request={
            "input_uri": "the-input-uri",
            "features": [Feature.LABEL_DETECTION],
            "input_content": "the-input-content",
            "video_context": {"segments": []},
            "location_id": "eu",
        }
    )
    return MessageToDict(operation.result()._pb)


@task(
    name="cloud_video_intelligence_detect_video_explicit_content",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_video_intelligence_detect_video_explicit_content():
    client = VideoIntelligenceServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    operation = client.annotate_video(
        request={"input_uri": "the-input-uri", "features": [Feature.EXPLICIT_CONTENT_DETECTION]}
    )
    return MessageToDict(operation.result()._pb)


@task(
    name="cloud_video_intelligence_detect_video_explicit_content_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_video_intelligence_detect_video_explicit_content_all():
    client = VideoIntelligenceServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    operation = client.annotate_video(
        request={
            "input_uri": "the-input-uri",
            "features": [Feature.EXPLICIT_CONTENT_DETECTION],
            "input_content": "the-input-content",
            "video_context": {"segments": []},
            "location_id": "eu",
        }
    )
    return MessageToDict(operation.result()._pb)


@task(
    name="cloud_video_intelligence_detect_video_shots",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_video_intelligence_detect_video_shots():
    client = VideoIntelligenceServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    operation = client.annotate_video(
        request={"input_uri": "the-input-uri", "features": [Feature.SHOT_CHANGE_DETECTION]}
    )
    return MessageToDict(operation.result()._pb)


@task(
    name="cloud_video_intelligence_detect_video_shots_all",
    retries=2,
    retry_delay_seconds=[10, 20],
    retry_jitter_factor=0.5,
    cache_policy=SAME_DATE,
)
def cloud_video_intelligence_detect_video_shots_all():
    client = VideoIntelligenceServiceClient(
        credentials=GcpCredentials.load("google-cloud-default").get_credentials_from_service_account()
    )
    operation = client.annotate_video(
        request={
            "input_uri": "the-input-uri",
            "features": [Feature.SHOT_CHANGE_DETECTION],
            "input_content": "the-input-content",
            "video_context": {"segments": []},
            "location_id": "eu",
        }
    )
    return MessageToDict(operation.result()._pb)


@flow(name="google_video")
def google_video(logical_date: datetime | None = None):
    """logical_date: start of the day to process; by default, of the scheduled run."""
    cloud_video_intelligence_detect_video_labels_run = cloud_video_intelligence_detect_video_labels.submit()
    cloud_video_intelligence_detect_video_labels_all_run = cloud_video_intelligence_detect_video_labels_all.submit()
    cloud_video_intelligence_detect_video_explicit_content_run = cloud_video_intelligence_detect_video_explicit_content.submit()
    cloud_video_intelligence_detect_video_explicit_content_all_run = cloud_video_intelligence_detect_video_explicit_content_all.submit()
    cloud_video_intelligence_detect_video_shots_run = cloud_video_intelligence_detect_video_shots.submit()
    cloud_video_intelligence_detect_video_shots_all_run = cloud_video_intelligence_detect_video_shots_all.submit()
    return [
        cloud_video_intelligence_detect_video_labels_run,
        cloud_video_intelligence_detect_video_labels_all_run,
        cloud_video_intelligence_detect_video_explicit_content_run,
        cloud_video_intelligence_detect_video_explicit_content_all_run,
        cloud_video_intelligence_detect_video_shots_run,
        cloud_video_intelligence_detect_video_shots_all_run,
    ]


if __name__ == "__main__":
    sys.exit(not google_video(return_state=True).is_completed())
