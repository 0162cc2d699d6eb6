"""Applies operations of the real metatensor: `python upstream.py FOLDER`.

FOLDER/cases.jsonl has one case per line: {"op", "inputs", "args"}, inputs as in the conformance format ("mts" files
begin with "t-" for maps and "b-" for blocks). For each case a line is written to FOLDER/answers.jsonl, with the outputs
or the error; maps, blocks and labels go to FOLDER/answers.bin and are named by offset and length.
"""
import hashlib
import json
import os
import sys
import warnings

import numpy as np

import metatensor
import metatensor.io
import metatensor.operations
from metatensor import Labels, TensorBlock, TensorMap

warnings.simplefilter("ignore")
np.seterr(all="ignore")

folder = sys.argv[1]
loaded = {}


def file(name):
    if name not in loaded:
        path = os.path.join(folder, name)
        loaded[name] = metatensor.load(path) if name.startswith("t-") else metatensor.load_block(path)
    return loaded[name]


def labels(value):
    rows = np.array(value["values"], dtype=np.int32).reshape(-1, len(value["names"]))
    return Labels(value["names"], rows)


def read(value):
    if "mts" in value:
        return file(value["mts"])
    if "labels" in value:
        return labels(value["labels"])
    if "tensor" in value:
        tensor = value["tensor"]
        kind = {"f64": "f8", "f32": "f4", "i32": "i4", "i64": "i8"}[tensor["dtype"]]
        return np.array(tensor["data"], dtype=kind).reshape(tensor["shape"])
    return value["json"]


def arguments(case):
    """Inputs and args by name; `name.0`, `name.1`, … are one list."""
    found = dict(case["args"])
    for name, value in case["inputs"].items():
        stem, _, number = name.partition(".")
        if number:
            found.setdefault(stem, []).append(read(value))
        else:
            found[name] = read(value)
    return found


def mapped(labels_, *mappings):
    outputs = {"output": labels_}
    for k, mapping in enumerate(mappings):
        outputs[f"mapping_{k + 1}"] = np.asarray(mapping).astype(np.int64)
    return outputs


def described_labels(labels_):
    return {"names": labels_.names, "values": np.asarray(labels_.values).tolist()}


def described(block):
    values = np.ascontiguousarray(block.values)
    return {
        "dtype": values.dtype.kind + str(values.dtype.itemsize),
        "shape": list(values.shape),
        "sha256": hashlib.sha256(values.tobytes()).hexdigest(),
        "samples": described_labels(block.samples),
        "components": [described_labels(component) for component in block.components],
        "properties": described_labels(block.properties),
        "gradients": {name: described(gradient) for name, gradient in sorted(block.gradients())},
    }


def describe(tensor):
    return {
        "keys": described_labels(tensor.keys),
        "blocks": [described(block) for block in tensor.blocks()],
        "info": {name: text or "" for name, text in tensor.info().items()},  # an empty text reads as None
    }


def position(found):
    return None if found is None else int(found)


OWN = {
    "describe": lambda tensor: describe(tensor),
    "save_numpy": lambda tensor, file: metatensor.save(os.path.join(folder, file), tensor, use_numpy=True),
    "save": lambda tensor, file: metatensor.save(os.path.join(folder, file), tensor),
    "operations": lambda: sorted(
        name
        for name in dir(metatensor.operations)
        if callable(getattr(metatensor.operations, name)) and not name.startswith("_") and name != "NotEqualError"
    ),
    "TensorMap.keys_to_properties": lambda tensor, **kw: tensor.keys_to_properties(**kw),
    "TensorMap.keys_to_samples": lambda tensor, **kw: tensor.keys_to_samples(**kw),
    "TensorMap.components_to_properties": lambda tensor, dimensions: tensor.components_to_properties(dimensions),
    "TensorMap.block": lambda tensor, selection: tensor.block(selection),
    "TensorMap.repr": lambda tensor: repr(tensor),
    "TensorMap.print": lambda tensor, max_keys: tensor.print(max_keys),
    "TensorBlock.print": lambda block, path: repr(block),
    "Labels.repr": lambda labels: repr(labels),
    "Labels.print": lambda labels, max_entries, indent: labels.print(max_entries, indent),
    "Labels.position": lambda labels, entry: position(labels.position(entry)),
    "Labels.contains": lambda labels, entry: entry in labels,
    "Labels.select": lambda labels, selection: np.asarray(labels.select(selection)).astype(np.int64),
    "Labels.equal": lambda first, second: first == second,
    "Labels.column": lambda labels, dimension: np.array(labels.column(dimension)),
    "Labels.union": lambda first, second: mapped(*first.union_and_mapping(second)),
    "Labels.intersection": lambda first, second: mapped(*first.intersection_and_mapping(second)),
    "Labels.difference": lambda first, second: mapped(*first.difference_and_mapping(second)),
    "Labels.insert": lambda labels, index, name, values: labels.insert(index, name, np.array(values, dtype=np.int32)),
    "Labels.append": lambda labels, name, values: labels.append(name, np.array(values, dtype=np.int32)),
    "Labels.permute": lambda labels, dimensions_indexes: labels.permute(dimensions_indexes),
    "Labels.remove": lambda labels, name: labels.remove(name),
    "Labels.rename": lambda labels, old, new: labels.rename(old, new),
}


def answer(case):
    op = case["op"]
    given = arguments(case)
    if op in ("insert_dimension", "append_dimension") and isinstance(given["values"], list):
        given["values"] = np.array(given["values"], dtype=np.int32)
    if op in ("join", "join_blocks"):
        given.setdefault("tensors" if op == "join" else "blocks", [])
    result = OWN[op](**given) if op in OWN else getattr(metatensor.operations, op)(**given)
    if isinstance(result, dict) and op != "describe":
        return result
    if isinstance(result, list) and op in ("split", "split_block"):
        return {f"output.{k}": part for k, part in enumerate(result)}
    return {"output": result}


def main():
    with (
        open(os.path.join(folder, "cases.jsonl"), encoding="utf-8") as cases,
        open(os.path.join(folder, "answers.jsonl"), "w", encoding="utf-8") as answers,
        open(os.path.join(folder, "answers.bin"), "wb") as data,
    ):

        def written(value):
            if isinstance(value, (TensorMap, TensorBlock, Labels)):
                content = bytes(metatensor.io.save_buffer(value))
                data.write(content)
                kind = {TensorMap: "map", TensorBlock: "block", Labels: "labels"}[type(value)]
                return {kind: [data.tell() - len(content), len(content)]}
            if isinstance(value, np.ndarray):
                kind = {"f8": "f64", "f4": "f32", "i4": "i32", "i8": "i64"}[value.dtype.str[1:]]
                return {"tensor": {"dtype": kind, "shape": list(value.shape), "data": value.flatten().tolist()}}
            return {"json": value}

        for line in cases:
            try:
                outputs = answer(json.loads(line))
                result = {"outputs": {name: written(value) for name, value in outputs.items()}}
            except Exception as e:  # whatever the operation refuses with is its answer
                result = {"error": type(e).__name__, "message": str(e)}
            answers.write(json.dumps(result) + "\n")


main()
