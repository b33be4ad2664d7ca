"""Vision: airflow/providers/google/cloud/operators/vision.py, airflow/contrib/operators/gcp_vision_operator.py of 1.10."""

from contextlib import suppress

from google.api_core.exceptions import AlreadyExists
from google.cloud.vision_v1 import AnnotateImageRequest, ImageAnnotatorClient, Product, ProductSearchClient, ProductSet
from google.protobuf.json_format import MessageToDict


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionCreateProductSetOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionProductSetCreateOperator",
)
def create_product_set(product_set, location, project_id=project, product_set_id=None):
    client = ProductSearchClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}"
    if product_set_id:
        with suppress(AlreadyExists):
            client.create_product_set(parent=parent, product_set=product_set, product_set_id=product_set_id, **options)
        return product_set_id
    else:
        try:
            response = client.create_product_set(parent=parent, product_set=product_set, **options)
        except AlreadyExists:
            return None
        return response.name.rsplit("/", 1)[1]


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionGetProductSetOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionProductSetGetOperator",
)
def get_product_set(location, product_set_id, project_id=project):
    client = ProductSearchClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/productSets/{product_set_id}"
    return MessageToDict(client.get_product_set(name=name, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionUpdateProductSetOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionProductSetUpdateOperator",
)
def update_product_set(product_set, location=None, product_set_id=None, project_id=project, update_mask=None):
    client = ProductSearchClient(credentials=credentials)
    new = ProductSet(product_set)
    if location and product_set_id:
        new.name = f"projects/{project_id}/locations/{location}/productSets/{product_set_id}"
    return MessageToDict(client.update_product_set(product_set=new, update_mask=update_mask, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionDeleteProductSetOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionProductSetDeleteOperator",
)
def delete_product_set(location, product_set_id, project_id=project):
    client = ProductSearchClient(credentials=credentials)
    client.delete_product_set(name=f"projects/{project_id}/locations/{location}/productSets/{product_set_id}", **options)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionCreateProductOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionProductCreateOperator",
)
def create_product(location, product, project_id=project, product_id=None):
    client = ProductSearchClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}"
    if product_id:
        with suppress(AlreadyExists):
            client.create_product(parent=parent, product=product, product_id=product_id, **options)
        return product_id
    else:
        try:
            response = client.create_product(parent=parent, product=product, **options)
        except AlreadyExists:
            return None
        return response.name.rsplit("/", 1)[1]


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionGetProductOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionProductGetOperator",
)
def get_product(location, product_id, project_id=project):
    client = ProductSearchClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/products/{product_id}"
    return MessageToDict(client.get_product(name=name, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionUpdateProductOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionProductUpdateOperator",
)
def update_product(product, location=None, product_id=None, project_id=project, update_mask=None):
    client = ProductSearchClient(credentials=credentials)
    new = Product(product)
    if location and product_id:
        new.name = f"projects/{project_id}/locations/{location}/products/{product_id}"
    return MessageToDict(client.update_product(product=new, update_mask=update_mask, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionDeleteProductOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionProductDeleteOperator",
)
def delete_product(location, product_id, project_id=project):
    client = ProductSearchClient(credentials=credentials)
    client.delete_product(name=f"projects/{project_id}/locations/{location}/products/{product_id}", **options)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionCreateReferenceImageOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionReferenceImageCreateOperator",
)
def create_reference_image(location, reference_image, product_id, reference_image_id=None, project_id=project):
    client = ProductSearchClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}/products/{product_id}"
    if reference_image_id:
        with suppress(AlreadyExists):
            client.create_reference_image(
                parent=parent, reference_image=reference_image, reference_image_id=reference_image_id, **options
            )
        return reference_image_id
    else:
        try:
            response = client.create_reference_image(parent=parent, reference_image=reference_image, **options)
        except AlreadyExists:
            return None
        return response.name.rsplit("/", 1)[1]


@operator("airflow.providers.google.cloud.operators.vision.CloudVisionDeleteReferenceImageOperator")
def delete_reference_image(location, product_id, reference_image_id, project_id=project):
    client = ProductSearchClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/products/{product_id}/referenceImages/{reference_image_id}"
    client.delete_reference_image(name=name, **options)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionAddProductToProductSetOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionAddProductToProductSetOperator",
)
def add_product(product_set_id, product_id, location, project_id=project):
    client = ProductSearchClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}"
    client.add_product_to_product_set(name=f"{parent}/productSets/{product_set_id}", product=f"{parent}/products/{product_id}", **options)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionRemoveProductFromProductSetOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionRemoveProductFromProductSetOperator",
)
def remove_product(product_set_id, product_id, location, project_id=project):
    client = ProductSearchClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}"
    client.remove_product_from_product_set(
        name=f"{parent}/productSets/{product_set_id}", product=f"{parent}/products/{product_id}", **options
    )


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionImageAnnotateOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionAnnotateImageOperator",
)
def annotate(request):
    client = ImageAnnotatorClient(credentials=credentials)
    if isinstance(request, list):
        response = client.batch_annotate_images(requests=[AnnotateImageRequest(each) for each in request], **options)
    else:
        response = client.annotate_image(request=request, **options)
    return MessageToDict(response._pb)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionDetectTextOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionDetectTextOperator",
)
def detect_text(image, max_results=None, language_hints=None, web_detection_params=None, additional_properties=None):
    if additional_properties:
        refuse(additional_properties)
    client = ImageAnnotatorClient(credentials=credentials)
    if language_hints or web_detection_params:
        hints = {"language_hints": language_hints, "web_detection_params": web_detection_params}
        return MessageToDict(client.text_detection(image=image, max_results=max_results, image_context=hints, **options)._pb)
    else:
        return MessageToDict(client.text_detection(image=image, max_results=max_results, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionTextDetectOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionDetectDocumentTextOperator",
)
def detect_document_text(image, max_results=None, language_hints=None, web_detection_params=None, additional_properties=None):
    if additional_properties:
        refuse(additional_properties)
    client = ImageAnnotatorClient(credentials=credentials)
    if language_hints or web_detection_params:
        hints = {"language_hints": language_hints, "web_detection_params": web_detection_params}
        return MessageToDict(client.document_text_detection(image=image, max_results=max_results, image_context=hints, **options)._pb)
    else:
        return MessageToDict(client.document_text_detection(image=image, max_results=max_results, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionDetectImageLabelsOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionDetectImageLabelsOperator",
)
def detect_labels(image, max_results=None, additional_properties=None):
    if additional_properties:
        refuse(additional_properties)
    client = ImageAnnotatorClient(credentials=credentials)
    return MessageToDict(client.label_detection(image=image, max_results=max_results, **options)._pb)


@operator(
    "airflow.providers.google.cloud.operators.vision.CloudVisionDetectImageSafeSearchOperator",
    "airflow.contrib.operators.gcp_vision_operator.CloudVisionDetectImageSafeSearchOperator",
)
def detect_safe_search(image, max_results=None, additional_properties=None):
    if additional_properties:
        refuse(additional_properties)
    client = ImageAnnotatorClient(credentials=credentials)
    return MessageToDict(client.safe_search_detection(image=image, max_results=max_results, **options)._pb)
