"""Measures in metatensor, with NumPy arrays, the calls that it is given."""

import ctypes
import gc
import os
import sys

try:
    import metatensor
    import numpy as np
    from metatensor import Labels
except ImportError as problem:
    print(problem)
    sys.exit(3)

POSITIONS = 100
PARTS = 50


class Inputs:
    """The maps of one size."""

    def __init__(self, folder, size):
        def path(name):
            return os.path.join(folder, f"{size}-{name}.mts")

        with open(os.path.join(folder, size + ".json")) as file:
            facts = json.load(file)
        self.size = size
        self.systems, self.atoms, self.expected = facts["systems"], facts["atoms"], facts["expected"]
        self.file = path("map")
        self.written = path("written")
        self.first = metatensor.load(self.file)
        self.second = metatensor.load(self.file)
        self.shuffled = metatensor.load(path("shuffled"))
        self.labels = metatensor.load_labels(path("labels"))
        self.other_labels = metatensor.load_labels(path("other-labels"))
        self.half = self.some_systems(self.systems // 2, self.systems)
        count = min(self.systems, PARTS)
        self.parts = [self.some_systems(self.systems * k // count, self.systems * (k + 1) // count) for k in range(count)]

    @staticmethod
    def some_systems(start, end):
        return Labels("system", np.arange(start, end, dtype=np.int32).reshape(-1, 1))

    def save(self):
        metatensor.save(self.written, self.first)
        return os.path.getsize(self.written)

    def positions(self):
        found = 0
        step = len(self.labels) // POSITIONS
        for i in range(POSITIONS):
            row = i * step
            found += self.labels.position([row // self.atoms, row % self.atoms]) == row
        return found

    def call(self, name):
        return {
            "add": lambda: metatensor.add(self.first, self.second),
            "multiply": lambda: metatensor.multiply(self.first, self.second),
            "sumOverSamples": lambda: metatensor.sum_over_samples(self.first, "atom"),
            "meanOverProperties": lambda: metatensor.mean_over_properties(self.first, "n"),
            "join": lambda: metatensor.join([self.first, self.second], "samples", add_dimension="part"),
            "split": lambda: metatensor.split(self.first, "samples", self.parts),
            "slice": lambda: metatensor.slice(self.first, "samples", self.half),
            "sort": lambda: metatensor.sort(self.shuffled, "all"),
            "keysToProperties": lambda: self.first.keys_to_properties("neighbor_type"),
            "keysToSamples": lambda: self.first.keys_to_samples("neighbor_type"),
            "labelsPosition": self.positions,
            "labelsSelect": lambda: self.labels.select(self.half),
            "labelsUnion": lambda: self.labels.union_and_mapping(self.other_labels),
            "load": lambda: metatensor.load(self.file),
            "save": self.save,
        }.get(name)


def weighted(values):
    flat = np.asarray(values).reshape(-1)
    return float(np.dot(flat.astype(np.float64), np.arange(flat.size) % 7 + 1.0))


def summary(name, found):
    """As the other side tells of its results: numbers of blocks and elements, a sum that depends on their order."""
    if name == "split":
        found = found[-1]
    if name == "labelsUnion":
        found = found[2]
    if name == "save":
        return [found]
    if isinstance(found, metatensor.TensorMap):
        values = [block.values for block in found.blocks()]
        return [len(values), sum(v.size for v in values), sum(weighted(v) for v in values)]
    numbers = np.atleast_1d(np.asarray(found))
    return [numbers.size, weighted(numbers)]


def status(field):
    with open("/proc/self/status") as file:
        for line in file:
            if line.startswith(field):
                return 1024 * int(line.split()[1])
    raise OSError("no " + field)


def growth(function):
    """Returns by how many bytes the process grows at most during a call; None where the system does not tell."""
    gc.collect()
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)  # or it takes what earlier calls left
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
        before = status("VmRSS:")
        result = function()
        peak = status("VmHWM:")
    except (OSError, AttributeError):
        return None
    del result
    return max(0, peak - before)


known = {}


def prepare(request, call):
    size = call["map"]
    if size not in known:
        known[size] = Inputs(request["inputs"], size)
    inputs = known[size]
    name = call["benchmark"]
    function = inputs.call(name)
    if function is None:
        return None

    def check(found):
        told, expected = summary(name, found), inputs.expected[name]
        if len(told) != len(expected) or any(abs(a - b) > 1e-9 * (1 + abs(b)) for a, b in zip(told, expected)):
            raise ValueError(f"{name} of {size} gives {told}, expected {expected}")

    return function, check


answer(f"metatensor {metatensor.__version__}", prepare, growth)
