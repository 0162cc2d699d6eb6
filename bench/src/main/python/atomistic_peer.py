"""Measures neighbor lists in vesin, descriptors in featomic and harmonics in sphericart, on one thread."""

import importlib.metadata
import os

os.environ["RAYON_NUM_THREADS"] = "1"  # before featomic starts its threads
os.environ["OMP_NUM_THREADS"] = "1"

try:
    import ase
    import featomic
    import numpy as np
    import sphericart
    import vesin
except ImportError as problem:
    print(problem)
    sys.exit(3)


def square(array):
    return float(np.sum(np.square(array)))


def require(name, found, expected):
    for a, b in zip(found, expected, strict=True):
        if abs(a - b) > 1e-6 * abs(b):
            raise ValueError(f"{name} gives {found}, expected {expected}")


def descriptors(inputs, call):
    atoms = ase.Atoms(
        numbers=inputs["types"],
        positions=np.reshape(inputs["positions"], (-1, 3)),
        cell=np.reshape(inputs["cell"], (3, 3)),
        pbc=True,
    )
    name = call["benchmark"].removesuffix("Gradients")
    gradients = ["positions"] if call["benchmark"].endswith("Gradients") else []
    make, key = {
        "sphericalExpansion": (featomic.SphericalExpansion, "spherical_expansion"),
        "powerSpectrum": (featomic.SoapPowerSpectrum, "soap_power_spectrum"),
    }[name]
    calculator = make(**json.loads(inputs["hyperparameters"]))

    def check(found):
        sums = [sum(square(block.values) for block in found.blocks())]
        for parameter in gradients:
            sums.append(sum(square(block.gradient(parameter).values) for block in found.blocks()))
        require(call["benchmark"], sums, inputs[key][: len(sums)])

    return lambda: calculator.compute(atoms, gradients=gradients), check


def neighbors(inputs, call):
    points = np.reshape(inputs["positions"], (-1, 3))
    box = np.reshape(inputs["cell"], (3, 3))
    search = vesin.NeighborList(cutoff=inputs["cutoff"], full_list=True, n_threads=1)

    def check(found):
        require("neighborList", [len(found[0]), square(found[3])], [inputs["pairs"], inputs["squares"]])

    return lambda: search.compute(points, box, True, "ijSD"), check


def harmonics(inputs, call):
    vectors = np.reshape(inputs["vectors"], (-1, 3))
    calculator = sphericart.SolidHarmonics(inputs["maxAngular"])
    if call["benchmark"] == "solidHarmonics":
        return (
            lambda: calculator.compute(vectors),
            lambda found: require("solidHarmonics", [square(found)], inputs["squares"][:1]),
        )
    return (
        lambda: calculator.compute_with_gradients(vectors),
        lambda found: require("solidHarmonicsGradients", [square(array) for array in found], inputs["squares"]),
    )


PREPARE = {"descriptors": descriptors, "neighbors": neighbors, "harmonics": harmonics}
LIBRARIES = {"descriptors": "featomic", "neighbors": "vesin", "harmonics": "sphericart"}


def prepare(request, call):
    name = call.get("structure", call.get("atoms", "vectors"))
    with open(os.path.join(request["inputs"], name + ".json")) as file:
        return PREPARE[request["suite"]](json.load(file), call)


def title(request):
    library = LIBRARIES[request["suite"]]
    return f"{library} {importlib.metadata.version(library)}"


answer(title, prepare)
