"""Data Catalog: airflow/providers/google/cloud/operators/datacatalog.py"""

from contextlib import suppress

from google.api_core.exceptions import AlreadyExists, NotFound
from google.cloud.datacatalog import (
    DataCatalogClient, Entry, EntryGroup, SearchCatalogResult, Tag, TagTemplate, TagTemplateField,
)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogCreateEntryOperator")
def create_entry(location, entry_group, entry_id, entry, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    parent = f"projects/{project_id}/locations/{location}/entryGroups/{entry_group}"
    try:
        made = client.create_entry(request={"parent": parent, "entry_id": entry_id, "entry": entry}, **options)
    except AlreadyExists:
        made = client.get_entry(request={"name": f"{parent}/entries/{entry_id}"}, **options)
    push(entry_id=made.name.rpartition("/")[2])
    return Entry.to_dict(made)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogCreateEntryGroupOperator")
def create_entry_group(location, entry_group_id, entry_group, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    parent = f"projects/{project_id}/locations/{location}"
    try:
        made = client.create_entry_group(
            request={"parent": parent, "entry_group_id": entry_group_id, "entry_group": entry_group}, **options
        )
    except AlreadyExists:
        made = client.get_entry_group(request={"name": f"{parent}/entryGroups/{entry_group_id}"}, **options)
    push(entry_group_id=made.name.rpartition("/")[2])
    return EntryGroup.to_dict(made)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogCreateTagTemplateOperator")
def create_tag_template(location, tag_template_id, tag_template, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    parent = f"projects/{project_id}/locations/{location}"
    try:
        made = client.create_tag_template(
            request={"parent": parent, "tag_template_id": tag_template_id, "tag_template": tag_template}, **options
        )
    except AlreadyExists:
        made = client.get_tag_template(request={"name": f"{parent}/tagTemplates/{tag_template_id}"}, **options)
    push(tag_template_id=made.name.rpartition("/")[2])
    return TagTemplate.to_dict(made)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogCreateTagTemplateFieldOperator")
def create_field(location, tag_template, tag_template_field_id, tag_template_field, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    parent = f"projects/{project_id}/locations/{location}/tagTemplates/{tag_template}"
    try:
        made = client.create_tag_template_field(
            request={"parent": parent, "tag_template_field_id": tag_template_field_id, "tag_template_field": tag_template_field}, **options
        )
    except AlreadyExists:
        made = client.get_tag_template(request={"name": parent}, **options).fields[tag_template_field_id]
    push(tag_template_field_id=tag_template_field_id)
    return TagTemplateField.to_dict(made)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogDeleteEntryOperator")
def delete_entry(location, entry_group, entry, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    name = f"projects/{project_id}/locations/{location}/entryGroups/{entry_group}/entries/{entry}"
    with suppress(NotFound):
        client.delete_entry(request={"name": name}, **options)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogDeleteEntryGroupOperator")
def delete_entry_group(location, entry_group, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    name = f"projects/{project_id}/locations/{location}/entryGroups/{entry_group}"
    with suppress(NotFound):
        client.delete_entry_group(request={"name": name}, **options)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogDeleteTagOperator")
def delete_tag(location, entry_group, entry, tag, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    name = f"projects/{project_id}/locations/{location}/entryGroups/{entry_group}/entries/{entry}/tags/{tag}"
    with suppress(NotFound):
        client.delete_tag(request={"name": name}, **options)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogDeleteTagTemplateOperator")
def delete_tag_template(location, tag_template, force, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    name = f"projects/{project_id}/locations/{location}/tagTemplates/{tag_template}"
    with suppress(NotFound):
        client.delete_tag_template(request={"name": name, "force": force}, **options)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogDeleteTagTemplateFieldOperator")
def delete_tag_template_field(location, tag_template, field, force, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    name = f"projects/{project_id}/locations/{location}/tagTemplates/{tag_template}/fields/{field}"
    with suppress(NotFound):
        client.delete_tag_template_field(request={"name": name, "force": force}, **options)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogGetEntryOperator")
def get_entry(location, entry_group, entry, project_id=project):
    client = DataCatalogClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/entryGroups/{entry_group}/entries/{entry}"
    return Entry.to_dict(client.get_entry(request={"name": name}, **options))


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogGetEntryGroupOperator")
def get_entry_group(location, entry_group, read_mask, project_id=project):
    client = DataCatalogClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/entryGroups/{entry_group}"
    return EntryGroup.to_dict(client.get_entry_group(request={"name": name, "read_mask": read_mask}, **options))


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogGetTagTemplateOperator")
def get_tag_template(location, tag_template, project_id=project):
    client = DataCatalogClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/tagTemplates/{tag_template}"
    return TagTemplate.to_dict(client.get_tag_template(request={"name": name}, **options))


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogListTagsOperator")
def list_tags(location, entry_group, entry, page_size=100, project_id=project):
    client = DataCatalogClient(credentials=credentials)
    parent = f"projects/{project_id}/locations/{location}/entryGroups/{entry_group}/entries/{entry}"
    return [Tag.to_dict(tag) for tag in client.list_tags(request={"parent": parent, "page_size": page_size}, **options)]


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogLookupEntryOperator")
def lookup_entry(linked_resource=None, sql_resource=None):
    if linked_resource and sql_resource:
        refuse(sql_resource)
    client = DataCatalogClient(credentials=credentials)
    return Entry.to_dict(client.lookup_entry(request={"linked_resource": linked_resource, "sql_resource": sql_resource}, **options))


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogRenameTagTemplateFieldOperator")
def rename_field(location, tag_template, field, new_tag_template_field_id, project_id=project):
    client = DataCatalogClient(credentials=credentials)
    name = f"projects/{project_id}/locations/{location}/tagTemplates/{tag_template}/fields/{field}"
    client.rename_tag_template_field(request={"name": name, "new_tag_template_field_id": new_tag_template_field_id}, **options)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogSearchCatalogOperator")
def search(scope, query, page_size=100, order_by=None):
    client = DataCatalogClient(credentials=credentials)

    found = client.search_catalog(request={"scope": scope, "query": query, "page_size": page_size, "order_by": order_by}, **options)
    return [SearchCatalogResult.to_dict(result) for result in found]


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogUpdateEntryOperator")
def update_entry(entry, update_mask, location=None, entry_group=None, entry_id=None, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    new = Entry(entry)
    if location and entry_group and entry_id:
        new.name = f"projects/{project_id}/locations/{location}/entryGroups/{entry_group}/entries/{entry_id}"
    client.update_entry(request={"entry": new, "update_mask": update_mask}, **options)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogUpdateTagOperator")
def update_tag(tag, update_mask, location=None, entry_group=None, entry=None, tag_id=None, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    new = Tag(tag)
    if location and entry_group and entry and tag_id:
        new.name = f"projects/{project_id}/locations/{location}/entryGroups/{entry_group}/entries/{entry}/tags/{tag_id}"
    client.update_tag(request={"tag": new, "update_mask": update_mask}, **options)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogUpdateTagTemplateOperator")
def update_tag_template(tag_template, update_mask, location=None, tag_template_id=None, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    new = TagTemplate(tag_template)
    if location:
        new.name = f"projects/{project_id}/locations/{location}/tagTemplates/{tag_template_id}"
    client.update_tag_template(request={"tag_template": new, "update_mask": update_mask}, **options)


@operator("airflow.providers.google.cloud.operators.datacatalog.CloudDataCatalogUpdateTagTemplateFieldOperator")
def update_field(tag_template_field, update_mask, tag_template_field_name=None, location=None, tag_template=None, tag_template_field_id=None, project_id=project):
    client = DataCatalogClient(credentials=credentials)

    if location and tag_template and tag_template_field_id:
        name = f"projects/{project_id}/locations/{location}/tagTemplates/{tag_template}/fields/{tag_template_field_id}"
    else:
        name = tag_template_field_name
    client.update_tag_template_field(request={"name": name, "tag_template_field": tag_template_field, "update_mask": update_mask}, **options)
