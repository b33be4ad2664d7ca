"""Video of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.video_intelligence import (
    CloudVideoIntelligenceDetectVideoExplicitContentOperator,
    CloudVideoIntelligenceDetectVideoLabelsOperator,
    CloudVideoIntelligenceDetectVideoShotsOperator,
)

with DAG('google_video', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudVideoIntelligenceDetectVideoLabelsOperator(task_id="cloud_video_intelligence_detect_video_labels", input_uri="the-input-uri")
    CloudVideoIntelligenceDetectVideoLabelsOperator(task_id="cloud_video_intelligence_detect_video_labels_all", input_uri="the-input-uri", input_content="the-input-content", output_uri="the-output-uri", video_context={"segments": []}, location="eu")
    CloudVideoIntelligenceDetectVideoExplicitContentOperator(task_id="cloud_video_intelligence_detect_video_explicit_content", input_uri="the-input-uri")
    CloudVideoIntelligenceDetectVideoExplicitContentOperator(task_id="cloud_video_intelligence_detect_video_explicit_content_all", input_uri="the-input-uri", input_content="the-input-content", output_uri="the-output-uri", video_context={"segments": []}, location="eu")
    CloudVideoIntelligenceDetectVideoShotsOperator(task_id="cloud_video_intelligence_detect_video_shots", input_uri="the-input-uri")
    CloudVideoIntelligenceDetectVideoShotsOperator(task_id="cloud_video_intelligence_detect_video_shots_all", input_uri="the-input-uri", input_content="the-input-content", output_uri="the-output-uri", video_context={"segments": []}, location="eu")
