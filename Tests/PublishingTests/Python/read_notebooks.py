"""Reads Jupyter files as Jupyter does: a JSON list of texts comes in, for each a list of [type, source, name] or the error goes out."""
import json
import sys

import nbformat


def read(text):
    try:
        notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return [[cell.cell_type, cell.source, cell.metadata.get("name")] for cell in notebook.cells]


def saved_by_jupyter(text):
    """The file as Jupyter's own next save would write it."""
    return nbformat.writes(nbformat.reads(text, as_version=4)) + "\n"


texts = json.load(sys.stdin)
json.dump({"read": [read(text) for text in texts], "saved": [saved_by_jupyter(text) for text in texts]}, sys.stdout)
