# openapi_judge.py - checks bodies by the schemas of an OpenAPI document
# SPDX-License-Identifier: MIT
#
# openapi_judge.py DOCUMENT <LINES
#
# Each line is {"operation": its operationId, "status": n, "body": any}. For
# each, "ok" or what is wrong is printed. The document's schemas accept almost
# anything as they are printed, so they are closed first: every property is
# required, and no other is allowed.
import json
import re
import sys

import jsonschema
import yaml

formats = jsonschema.FormatChecker(formats=["email"])
date_time = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")


@formats.checks("date-time")
def is_date_time(value):
    return not isinstance(value, str) or date_time.match(value) is not None


def find(document, reference):
    node = document
    for part in reference.lstrip("#/").split("/"):
        node = node[part]
    return node


def close(document, schema):
    """A schema without references and unions, that allows nothing else."""
    if "$ref" in schema:
        return close(document, find(document, schema["$ref"]))
    closed = dict(schema)
    if "allOf" in closed:
        parts = [close(document, part) for part in closed.pop("allOf")]
        properties = {}
        for part in parts:
            properties.update(part.get("properties", {}))
        closed.update(type="object", properties=properties)
    elif "properties" in closed:
        closed["properties"] = {
            name: close(document, inner)
            for name, inner in closed["properties"].items()
        }
    if "items" in closed:
        closed["items"] = close(document, closed["items"])
    if "properties" in closed:
        closed["additionalProperties"] = False
        closed["required"] = sorted(closed["properties"])
    return closed


def schemas_of(document):
    """The closed schema of each operation's response, by id and status."""
    schemas = {}
    for path in document["paths"].values():
        for operation in path.values():
            if not isinstance(operation, dict):
                continue
            for status, response in operation["responses"].items():
                if "$ref" in response:
                    response = find(document, response["$ref"])
                schema = response["content"]["application/json"]["schema"]
                key = operation["operationId"], int(status)
                schemas[key] = close(document, schema)
    return schemas


def judge(schemas, line):
    answer = json.loads(line)
    schema = schemas.get((answer["operation"], answer["status"]))
    if schema is None:
        return "the document has no such answer"
    jsonschema.Draft4Validator.check_schema(schema)
    validator = jsonschema.Draft4Validator(schema, format_checker=formats)
    errors = sorted(validator.iter_errors(answer["body"]), key=str)
    if not errors:
        return "ok"
    place = "/".join(str(part) for part in errors[0].absolute_path)
    return "/%s: %s" % (place, errors[0].message.replace("\n", " ")[:200])


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schemas = schemas_of(yaml.safe_load(file))
    for line in sys.stdin:
        print(judge(schemas, line))


main()
