"""What onnxruntime makes of models: onnx_probabilities.py FOLDER

FOLDER has `rows` (doubles, row by row) and of each model `NAME.onnx` and `NAME.expected` (doubles, the probability of 1 of each row).
Prints one JSON object: by name the greatest distance, and the rows whose label is not what the probabilities say.
"""
import json
import pathlib
import sys

import numpy
import onnxruntime

folder = pathlib.Path(sys.argv[1])
answers = {}
for path in sorted(folder.glob("*.onnx")):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    metadata = session.get_modelmeta().custom_metadata_map
    width = len(metadata["features"].split(","))
    rows = numpy.fromfile(folder / "rows").reshape(-1, width)
    labels, probabilities = session.run(["label", "probabilities"], {"features": rows})
    expected = numpy.fromfile(path.with_suffix(".expected"))
    assert probabilities.dtype == numpy.float64 and probabilities.shape == (len(rows), 2) and labels.shape == (len(rows),)
    answers[path.stem] = {
        "rows": len(rows),
        "distance": float(numpy.abs(probabilities[:, 1] - expected).max()),
        "complement": float(numpy.abs(probabilities.sum(axis=1) - 1).max()),
        "spread": float(numpy.ptp(expected)),
        "wrongLabels": int((labels != (probabilities[:, 1] >= float(metadata["threshold"]))).sum()),
    }
print(json.dumps(answers))
