"""The learned basis in PyTorch; comes before the programs that measure it.

Molecules are batched, atoms sorted by element: a batched product for each element, gathered factors and one product
with the coupling coefficients, index_add over neighbors. Products of all elements at once with rows placed in the
columns of their weights, and adding up coupled products entry by entry, take as long within a tenth.
torch.compile cannot differentiate twice, so it is not used.
"""

import math
import sys

try:
    import numpy as np
    import torch
except ImportError as problem:
    print(problem)
    sys.exit(3)


def harmonics(u):
    """Real spherical harmonics up to l = 3 with a sum of squares of 2l + 1."""
    x, y, z = u.unbind(1)
    s3, s15, s5 = math.sqrt(3), math.sqrt(15), math.sqrt(5)
    a, b, c, d = math.sqrt(35 / 8), math.sqrt(105), math.sqrt(21 / 8), math.sqrt(7) / 2
    xx, yy, zz = x * x, y * y, z * z
    return torch.stack(
        [
            torch.ones_like(x),
            s3 * y,
            s3 * z,
            s3 * x,
            s15 * x * y,
            s15 * y * z,
            s5 / 2 * (3 * zz - 1),
            s15 * x * z,
            s15 / 2 * (xx - yy),
            a * y * (3 * xx - yy),
            b * x * y * z,
            c * y * (5 * zz - 1),
            d * z * (5 * zz - 3),
            c * x * (5 * zz - 1),
            b / 2 * z * (xx - yy),
            a * x * (xx - 3 * yy),
        ],
        1,
    )


def couplings(top):
    """The paths (l1 <= l2 -> l3), and entries (a, b, row, coefficient) with the orders of a pair merged."""
    if top != 3:
        raise ValueError(f"the harmonics here go to l = 3, not {top}")
    nodes, weights = np.polynomial.legendre.leggauss(2 * top + 2)
    phi = 2 * np.pi * np.arange(3 * top + 2) / (3 * top + 2)
    s = np.sqrt(1 - nodes**2)
    points = np.stack(
        [np.outer(s, np.cos(phi)), np.outer(s, np.sin(phi)), np.outer(nodes, np.ones_like(phi))], -1
    ).reshape(-1, 3)
    each = np.outer(weights, np.full(phi.size, 2 * np.pi / phi.size)).reshape(-1)
    y = harmonics(torch.tensor(points)).numpy()
    integrals = np.einsum("p,pa,pb,pc->abc", each, y, y, y)
    entries, slots, outs, path = [], [], [], 0
    for l3 in range(top + 1):
        for l1 in range(1, top + 1):
            for l2 in range(l1, top + 1):
                if (l1 + l2 + l3) % 2 or not l2 - l1 <= l3 <= l1 + l2:
                    continue
                ones, twos, threes = (range(l * l, (l + 1) ** 2) for l in (l1, l2, l3))
                block = integrals[np.ix_(ones, twos, threes)]
                scale = math.sqrt((2 * l3 + 1) / np.sum(block**2))
                for c in threes:
                    for a in ones:
                        for b in twos:
                            value = scale * integrals[a, b, c]
                            if abs(value) < 1e-10 or (l1 == l2 and b < a):
                                continue
                            entries.append((a, b, len(slots), value * (2 if l1 == l2 and a != b else 1)))
                    slots.append(path)
                    outs.append(c)
                path += 1
    return entries, slots, outs


def neighbors(points, cutoff):
    near = np.linalg.norm(points[:, None] - points[None], axis=2) < cutoff
    np.fill_diagonal(near, False)
    return np.nonzero(near)


class Model:
    """The learned basis of two layers; weights by name, as the file has them."""

    def __init__(self, given, dtype):
        self.dtype = dtype
        self.top, self.channels = given["maxAngular"], given["channels"]
        self.radial, self.cutoff = given["radial"], given["cutoff"]
        entries, slots, outs = couplings(self.top)
        pairs = sorted({(a, b) for a, b, _, _ in entries})
        self.left, self.right = (torch.tensor([pair[k] for pair in pairs]) for k in range(2))
        self.coupling = torch.zeros(len(slots), len(pairs), dtype=dtype)
        for a, b, row, value in entries:
            self.coupling[row, pairs.index((a, b))] = value
        self.slots, self.outs = torch.tensor(slots), torch.tensor(outs)
        self.order = torch.tensor([int(math.sqrt(c)) for c in range((self.top + 1) ** 2)])
        self.by_order = torch.zeros(self.top + 1, self.order.numel(), dtype=dtype)
        for c, l in enumerate(self.order.tolist()):
            self.by_order[l, c] = 1 / math.sqrt(2 * l + 1)

        def tensor(entry):
            return torch.tensor(entry["values"], dtype=dtype).reshape(entry["shape"])

        self.weights = {name: tensor(entry).requires_grad_() for name, entry in given["weights"].items()}
        self.scale = tensor(given["scale"])
        self.elements = len(given["types"])

    def arrange(self, element, first, second, system):
        """Makes atoms of an element stand together and returns their order; pairs stay where they are."""
        order = element.argsort(stable=True)
        place = order.argsort()
        self.atoms = len(element)
        self.first, self.second = place[first], place[second]
        self.element, self.system = element[order], system[order]
        ends = torch.bincount(self.element, minlength=self.elements).cumsum(0).tolist()
        self.spans = list(zip([0, *ends[:-1]], ends))
        self.sizes = torch.bincount(self.system).to(self.dtype)
        one_hot = torch.nn.functional.one_hot
        kind = self.element[self.first] * self.elements + self.element[self.second]
        self.is_kind = one_hot(kind, self.elements**2).to(self.dtype)[:, :, None]
        return order

    def batch(self, given):
        kinds = given["types"]
        elements, first, second, system, count = [], [], [], [], 0
        for s, one in enumerate(given["systems"]):
            points = np.reshape(one["positions"], (-1, 3))
            i, j = neighbors(points, self.cutoff)
            first += (i + count).tolist()
            second += (j + count).tolist()
            elements += [kinds.index(t) for t in one["types"]]
            system += [s] * len(points)
            count += len(points)
        order = self.arrange(*(torch.tensor(x) for x in (elements, first, second, system)))

        def vectors(name):
            rows = sum((one[name] for one in given["systems"]), [])
            return torch.tensor(rows, dtype=self.dtype).view(-1, 3)[order]

        self.positions, self.forces = vectors("positions"), vectors("forces")
        self.energies = torch.tensor([one["energy"] for one in given["systems"]], dtype=self.dtype)

    def functions(self, vectors):
        distance = vectors.square().sum(1).sqrt()
        y = distance / self.cutoff
        smooth = torch.where(y < 1, 1 - 28 * y**6 + 48 * y**7 - 21 * y**8, torch.zeros_like(y))
        n = torch.arange(1, self.radial + 1, dtype=vectors.dtype)
        waves = torch.sin(distance[:, None] * (n * (math.pi / self.cutoff)))
        radial = waves * (math.sqrt(2 / self.cutoff) * smooth / distance)[:, None]
        return radial, harmonics(vectors / distance[:, None])

    def mix(self, x, weights, slots=None):
        """x [c, atoms, k] times the weights [elements, slots, k, h] of each atom's element."""
        own = weights if slots is None else weights.index_select(1, slots)
        parts = [torch.bmm(x[:, a:b], own[e]) for e, (a, b) in enumerate(self.spans)]
        return torch.cat(parts, 1)

    def learned(self, radial, weights):
        wide = (radial[:, None, :] * self.is_kind).flatten(1)
        return (wide @ weights.flatten(0, 2)).view(-1, self.top + 1, self.channels)

    def sum_over_neighbors(self, of_pairs):
        zeros = torch.zeros(self.atoms, *of_pairs.shape[1:], dtype=self.dtype)
        return zeros.index_add(0, self.first, of_pairs).transpose(0, 1)

    def features(self, radial, angular):
        w, found = self.weights, []
        for layer in range(2):
            own = f"layers.{layer}."
            basis = self.learned(radial, w[own + "radial"])
            if layer == 0:
                pairs = basis.index_select(1, self.order) * angular[:, :, None]
            else:
                sent = self.mix(scalars, w[own + "send"]).sum(0) + w[own + "bias"].index_select(0, self.element)
                basis = basis * sent.index_select(0, self.second)[:, None, :]
                message = self.learned(radial, w[own + "message"])
                features = (linear + mixed).transpose(0, 1).index_select(0, self.second)
                pairs = basis.index_select(1, self.order) * angular[:, :, None] + message.index_select(1, self.order) * features
            density = self.sum_over_neighbors(pairs)
            terms = density.index_select(0, self.left) * density.index_select(0, self.right)
            products = (self.coupling @ terms.flatten(1)).view(-1, *density.shape[1:])
            linear = self.mix(density, w[own + "linear"], self.order)
            mixed = torch.zeros_like(linear).index_add(
                0, self.outs, self.mix(products, w[own + "product"], self.slots)
            )
            squares = torch.stack([density * density, linear * mixed, mixed * mixed])
            invariants = torch.einsum("lc,fcik->flik", self.by_order, squares).flatten(0, 1)
            scalars = torch.cat([density[:1], mixed[:1], invariants])
            size = scalars.shape[0]
            scalars = scalars * self.scale[layer * size : (layer + 1) * size]
            found.append(scalars)
        return torch.cat(found)

    def energy_of_atoms(self, radial, angular):
        features, w = self.features(radial, angular), self.weights
        inputs = features.transpose(0, 1).flatten(1)[None]  # one product over all of them

        def dense(x, name):
            return self.mix(x, w[name].flatten(1, 2)[:, None])[0]

        first = dense(inputs, "readout.first.weight") + w["readout.first.bias"].index_select(0, self.element)
        first = torch.nn.functional.silu(first)
        second = dense(first[None], "readout.second.weight") + w["readout.second.bias"].index_select(0, self.element)
        second = torch.nn.functional.silu(second)
        out = dense(second[None], "readout.last.weight") + dense(inputs, "readout.linear")
        return (out + w["readout.bias"].index_select(0, self.element))[:, 0]

    def loss(self, energy, forces, given):
        energies = torch.zeros_like(self.energies).index_add(0, self.system, energy)
        of_energy = ((energies - self.energies).square() + 1e-6).sqrt() / self.sizes
        of_forces = ((forces - self.forces).square().sum(1) + 1e-6).sqrt()
        return given["energyWeight"] * of_energy.mean() + given["forceWeight"] * of_forces.mean()

    def through_positions(self, given):
        """Double backward through the positions."""
        positions = self.positions.clone().requires_grad_()
        radial, angular = self.functions(positions.index_select(0, self.second) - positions.index_select(0, self.first))
        energy = self.energy_of_atoms(radial, angular)
        (slope,) = torch.autograd.grad(energy.sum(), positions, create_graph=True)
        return self.loss(energy, -slope, given)

    def describe(self):
        """The functions of pairs and their derivatives, which do not depend on the weights."""
        vectors = self.positions[self.second] - self.positions[self.first]
        self.functions_of_pairs, self.jacobian = self.functions(vectors), self.slopes(vectors)

    def slopes(self, vectors):
        """The derivatives of the functions of pairs by their vectors, [pairs, 3, functions]."""
        columns = []
        for axis in range(3):
            tangent = torch.zeros_like(vectors)
            tangent[:, axis] = 1
            _, moved = torch.func.jvp(lambda x: torch.cat(self.functions(x), 1), (vectors,), (tangent,))
            columns.append(moved)
        return torch.stack(columns, 1)

    def energy_and_forces(self, create_graph):
        """Back to the functions of pairs alone; their stored derivatives do the rest."""
        radial, angular = (x.clone().requires_grad_() for x in self.functions_of_pairs)
        energy = self.energy_of_atoms(radial, angular)
        slopes = torch.autograd.grad(energy.sum(), (radial, angular), create_graph=create_graph)
        by_vector = torch.bmm(self.jacobian, torch.cat(slopes, 1)[:, :, None])[:, :, 0]
        forces = torch.zeros_like(self.forces).index_add(0, self.first, by_vector)
        return energy, forces.index_add(0, self.second, by_vector, alpha=-1)

    def from_functions(self, given):
        """Double backward through the functions of pairs."""
        return self.loss(*self.energy_and_forces(True), given)
