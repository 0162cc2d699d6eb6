"""Measures in PyTorch a step of training on features with given derivatives, by double backward."""

import json
import math

import torch

ATOMS, FEATURES = 9, 64


def scattered(series, *shape):
    """Numbers between -0.5 and 0.5 without a pattern."""
    k = torch.arange(1, math.prod(shape) + 1, dtype=torch.float64)
    x = 43758.5453 * torch.sin(12.9898 * k + series)
    return (x - torch.floor(x) - 0.5).reshape(shape)


class Step:
    def __init__(self, batch, dtype):
        self.batch = batch
        self.features = scattered(0, batch * ATOMS, FEATURES).to(dtype)
        # From the derivatives by the features of all atoms of a molecule to its positions: one product.
        slopes = scattered(1, batch, ATOMS, ATOMS * 3, FEATURES).to(dtype)
        self.slopes = slopes.transpose(1, 2).reshape(batch, ATOMS * 3, ATOMS * FEATURES).contiguous()
        self.energies = scattered(2, batch, 1).to(dtype)
        self.forces = scattered(3, batch, ATOMS * 3).to(dtype)
        sizes = [FEATURES, 64, 64, 1]
        weights = [scattered(4 + k, sizes[k + 1], sizes[k]).to(dtype) / 4 for k in range(3)]
        self.network = network(weights, [scattered(7 + k, sizes[k + 1]).to(dtype) for k in range(3)])
        # A rate so small that the loss stays what it was: the time of a step does not depend on it.
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=1e-12, fused=True)

    def loss(self):
        found = energies_and_forces(self.network, self.features, self.slopes, True)
        return loss(found, self.energies, self.forces)

    def __call__(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.loss()
        loss.backward()
        self.optimizer.step()
        return loss.detach()


def prepare(request, call):
    if call["benchmark"] != "step":
        return None
    torch.set_num_threads(int(call["threads"]))
    batch = int(call["batch"])
    with open(request["inputs"] + "/expected.json") as file:
        expected, squares = json.load(file)[call["batch"]]
    exact = Step(batch, torch.float64)
    loss = exact.loss()
    found = sum(g.square().sum().item() for g in torch.autograd.grad(loss, list(exact.network.parameters())))
    if abs(loss.item() - expected) > 1e-7 * expected or abs(found - squares) > 1e-6 * squares:
        raise ValueError(f"loss and squared gradient are {loss.item(), found}, expected {expected, squares}")

    def check(value):
        if abs(value.item() - expected) > 1e-4 * expected:
            raise ValueError(f"the loss is {value.item()}, expected {expected}")

    return Step(batch, torch.float32 if call["bits"] == "32" else torch.float64), check


answer("PyTorch " + torch.__version__.split("+")[0], prepare)
