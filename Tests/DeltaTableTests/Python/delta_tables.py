"""Writes Parquet files for the tests and reads tables as other Delta programs do.

One request, a JSON object, on stdin; one answer, a JSON object, on stdout.
"""
import datetime
import json
import os
import sys

import pyarrow
import pyarrow.parquet
from deltalake import DeltaTable, QueryBuilder

TYPES = {
    "int": pyarrow.int64(),
    "double": pyarrow.float64(),
    "string": pyarrow.string(),
    "bool": pyarrow.bool_(),
    "date": pyarrow.date32(),
    "timestamp": pyarrow.timestamp("us", tz="UTC"),
}


def parsed(value, kind):
    if value is None:
        return None
    if kind == "date":
        return datetime.date.fromisoformat(value)
    if kind == "timestamp":
        return datetime.datetime.fromisoformat(value).replace(tzinfo=datetime.timezone.utc)
    return value


def printed(value):
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value.isoformat() if isinstance(value, datetime.date) else value


def write(request):
    sizes = []
    for file in request["files"]:
        path = os.path.join(request["root"], file["path"])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        columns = {
            column["name"]: pyarrow.array([parsed(value, column["type"]) for value in column["values"]], TYPES[column["type"]])
            for column in file["columns"]
        }
        pyarrow.parquet.write_table(pyarrow.table(columns), path)
        sizes.append(os.path.getsize(path))
    return {"sizes": sizes}


def read(request):
    table = DeltaTable(request["root"], version=request.get("version"))
    rows = table.to_pyarrow_table()
    answer = {
        "version": table.version(),
        "types": {field.name: str(field.type) for field in rows.schema},
        "rows": [{name: printed(value) for name, value in row.items()} for row in rows.to_pylist()],
        "files": len(table.file_uris()),
        "operations": [commit["operation"] for commit in table.history()],
        "partitions": table.metadata().partition_columns,
    }
    if "appId" in request:
        answer["transaction"] = table.transaction_version(request["appId"])
    if "sql" in request:
        found = QueryBuilder().register("t", table).execute(request["sql"]).read_all()
        answer["found"] = pyarrow.table(found).to_pylist()
    return answer


def append(request):
    """Another program's append to the table, with its own statistics."""
    from deltalake import write_deltalake

    table = pyarrow.table(
        {
            column["name"]: pyarrow.array([parsed(value, column["type"]) for value in column["values"]], TYPES[column["type"]])
            for column in request["columns"]
        }
    )
    write_deltalake(request["root"], table, mode="append", partition_by=request.get("partitionBy"))
    return {"version": DeltaTable(request["root"]).version()}


request = json.load(sys.stdin)
json.dump({"write": write, "read": read, "append": append}[request["do"]](request), sys.stdout)
sys.stdout.flush()
# pyarrow's dataset threads may still run; leaving in the usual way then now and then ends in std::terminate.
os._exit(0)
