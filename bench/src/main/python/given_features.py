"""A network on features with given derivatives in PyTorch; comes before the programs that measure it."""

import sys

try:
    import torch
except ImportError as problem:
    print(problem)
    sys.exit(3)


def network(weights, biases):
    layers = []
    for weight, bias in zip(weights, biases, strict=True):
        linear = torch.nn.Linear(weight.shape[1], weight.shape[0], dtype=weight.dtype)
        with torch.no_grad():
            linear.weight.copy_(weight)
            linear.bias.copy_(bias)
        layers += [linear, torch.nn.SiLU()]
    return torch.nn.Sequential(*layers[:-1])


def energies_and_forces(network, features, slopes, create_graph):
    """Energies [molecules, 1] and forces [molecules, positions].

    features are [molecules * atoms, features]. slopes are the derivatives of all features of a molecule by all its
    positions, [molecules, positions, atoms * features], so that forces are one product.
    """
    x = features.clone().requires_grad_()
    atoms = network(x)
    (slope,) = torch.autograd.grad(atoms.sum(), x, create_graph=create_graph)
    molecules = slopes.shape[0]
    forces = -torch.bmm(slopes, slope.view(molecules, -1, 1))[:, :, 0]
    return atoms.view(molecules, -1).sum(1, keepdim=True), forces


def loss(found, energies, forces):
    return (found[0] - energies).square().mean() + (found[1] - forces).square().mean()
