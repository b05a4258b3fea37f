"""Asks a served model through Triton's client and through POST /predict: inference_protocol.py HOST:PORT MODEL"""
import json
import sys
import urllib.request

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException


def predict(address, rows):
    request = urllib.request.Request(f"http://{address}/predict", json.dumps(rows).encode(), {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))


def inputs(columns, binary):
    made = []
    for name, values in columns.items():
        made.append(triton.InferInput(name, [len(values)], "FP64"))
        made[-1].set_data_from_numpy(values, binary_data=binary)
    return made


def main(address, model):
    client = triton.InferenceServerClient(address)
    assert client.is_server_live() and client.is_server_ready() and client.is_model_ready(model)
    assert not client.is_model_ready("no_such_model")
    metadata = client.get_model_metadata(model)
    names = [tensor["name"] for tensor in metadata["inputs"]]
    columns = {name: np.random.default_rng(number).normal(size=100) for number, name in enumerate(names)}
    expected = predict(address, [dict(zip(names, map(float, row))) for row in zip(*columns.values())])
    for binary in (True, False):
        for version in ("", metadata["versions"][0]):
            answer = client.infer(model, inputs(columns, binary), model_version=version, request_id="a")
            assert answer.get_response()["id"] == "a"
            assert answer.as_numpy("probability").tolist() == [row["probability"] for row in expected]
            assert answer.as_numpy("prediction").tolist() == [row["prediction"] for row in expected]
    for wrong in (inputs(columns, True)[1:], inputs({**columns, "no_such_feature": columns[names[0]]}, False)):
        try:
            client.infer(model, wrong)
        except InferenceServerException as fault:
            assert fault.status() == "400", fault
        else:
            raise AssertionError("a wrong request was answered")
    print(f"{model}: the Open Inference Protocol gives what POST /predict gives, for 100 rows")


main(*sys.argv[1:])
