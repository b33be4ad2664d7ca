"""Speech and translation: airflow/providers/google/cloud/operators/{speech_to_text,text_to_speech,translate,translate_speech}.py"""

from google.cloud.speech_v1 import SpeechClient
from google.cloud.texttospeech_v1 import TextToSpeechClient
from google.cloud.translate_v2 import Client
from google.protobuf.json_format import MessageToDict


@operator(
    "airflow.providers.google.cloud.operators.speech_to_text.CloudSpeechToTextRecognizeSpeechOperator",
    "airflow.contrib.operators.gcp_speech_to_text_operator.GcpSpeechToTextRecognizeSpeechOperator",
)
def recognize(audio, config, project_id=None):
    client = SpeechClient(credentials=credentials)
    return MessageToDict(client.recognize(config=config, audio=audio, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.text_to_speech.CloudTextToSpeechSynthesizeOperator",
    "airflow.contrib.operators.gcp_text_to_speech_operator.GcpTextToSpeechSynthesizeOperator",
)
def synthesize(input_data, voice, audio_config, target_bucket_name, target_filename, project_id=None):
    client = TextToSpeechClient(credentials=credentials)
    result = client.synthesize_speech(input=input_data, voice=voice, audio_config=audio_config, **options)
    blob = gcp.get_cloud_storage_client().bucket(target_bucket_name).blob(target_filename)
    blob.upload_from_string(result.audio_content, content_type="application/octet-stream")


@operator(
    "airflow.providers.google.cloud.operators.translate.CloudTranslateTextOperator",
    "airflow.contrib.operators.gcp_translate_operator.CloudTranslateTextOperator",
)
def translate(values, target_language, format_, model, source_language=None):
    client = Client(credentials=credentials)
    return client.translate(values, target_language=target_language, format_=format_, source_language=source_language, model=model)


@operator(
    "airflow.providers.google.cloud.operators.translate_speech.CloudTranslateSpeechOperator",
    "airflow.contrib.operators.gcp_translate_speech_operator.GcpTranslateSpeechOperator",
)
def translate_speech(audio, config, target_language, format_, model, source_language=None, project_id=None):
    speech = SpeechClient(credentials=credentials)
    recognized = MessageToDict(speech.recognize(config=config, audio=audio)._pb)
    transcript = recognized["results"][0]["alternatives"][0]["transcript"]
    client = Client(credentials=credentials)
    return client.translate(transcript, target_language=target_language, format_=format_, source_language=source_language, model=model)
