"""Speech of Google Cloud: each operator with what it must have, and with more."""
from datetime import datetime

from airflow import DAG
from airflow.providers.google.cloud.operators.speech_to_text import (
    CloudSpeechToTextRecognizeSpeechOperator,
)
from airflow.providers.google.cloud.operators.text_to_speech import (
    CloudTextToSpeechSynthesizeOperator,
)
from airflow.providers.google.cloud.operators.translate import (
    CloudTranslateTextOperator,
)
from airflow.providers.google.cloud.operators.translate_speech import (
    CloudTranslateSpeechOperator,
)

with DAG('google_speech', start_date=datetime(2020, 1, 1), schedule_interval='@daily', catchup=False) as dag:
    CloudSpeechToTextRecognizeSpeechOperator(task_id="cloud_speech_to_text_recognize_speech", audio="the-audio", config="the-config")
    CloudSpeechToTextRecognizeSpeechOperator(task_id="cloud_speech_to_text_recognize_speech_all", audio="the-audio", config="the-config", project_id="the-project-id")
    CloudTextToSpeechSynthesizeOperator(task_id="cloud_text_to_speech_synthesize", input_data={"text": "a"}, voice={"language_code": "en"}, audio_config={"audio_encoding": 1}, target_bucket_name="the-target-bucket-name", target_filename="the-target-filename")
    CloudTextToSpeechSynthesizeOperator(task_id="cloud_text_to_speech_synthesize_all", input_data={"text": "a"}, voice={"language_code": "en"}, audio_config={"audio_encoding": 1}, target_bucket_name="the-target-bucket-name", target_filename="the-target-filename", project_id="the-project-id")
    CloudTranslateTextOperator(task_id="cloud_translate_text", values=["a"], target_language="the-target-language", format_="the-format-", source_language="the-source-language", model="the-model")
    CloudTranslateTextOperator(task_id="cloud_translate_text_all", values=["a"], target_language="the-target-language", format_="the-format-", source_language="the-source-language", model="the-model")
    CloudTranslateSpeechOperator(task_id="cloud_translate_speech", audio="the-audio", config="the-config", target_language="the-target-language", format_="the-format-", source_language="the-source-language", model="the-model")
    CloudTranslateSpeechOperator(task_id="cloud_translate_speech_all", audio="the-audio", config="the-config", target_language="the-target-language", format_="the-format-", source_language="the-source-language", model="the-model", project_id="the-project-id")

# differs: cloud_text_to_speech_synthesize: Airflow loses what is still in the buffer of its file
# differs: cloud_text_to_speech_synthesize_all: Airflow loses what is still in the buffer of its file
