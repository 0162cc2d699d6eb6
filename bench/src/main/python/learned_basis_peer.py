"""Measures in PyTorch a step of training the learned basis, with fused AdamW, on one thread."""

import json

import torch


def prepare(request, call):
    if call["benchmark"] != "step":
        return None
    with open(request["inputs"] + "/model.json") as file:
        given = json.load(file)

    def objective(model):
        return model.through_positions if call["gradients"] == "REVERSE" else model.from_functions

    def require(model, tolerance):
        """The loss of the other side, and its gradient."""
        model.describe()
        loss = objective(model)(given)
        found = torch.autograd.grad(loss, list(model.weights.values()))
        if abs(loss.item() - given["loss"]) > tolerance * abs(given["loss"]):
            raise ValueError(f"the loss is {loss.item()}, expected {given['loss']}")
        for (name, entry), g in zip(given["gradient"].items(), found, strict=True):
            expected = torch.tensor(entry["values"], dtype=torch.float64).view(g.shape)
            error = (g.double() - expected).norm() / (1e-12 + expected.norm())
            if error > 10 * tolerance:
                raise ValueError(f"the gradient by {name} is off by {error.item()}")

    def model_of(dtype):
        model = Model(given, dtype)
        model.batch(given)
        return model

    require(model_of(torch.float64), 1e-9)
    model = model_of(torch.float32 if call["bits"] == "32" else torch.float64)
    require(model, 1e-4 if call["bits"] == "32" else 1e-9)
    weights = list(model.weights.values())
    averages = [w.detach().clone() for w in weights]
    # A rate so small that the loss stays what it was: the time of a step does not depend on it.
    optimizer = torch.optim.AdamW(weights, lr=1e-9, weight_decay=given["weightDecay"], fused=True)
    value = objective(model)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = value(given)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1e3, foreach=True)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(averages, weights, 0.01)
        return loss.detach()

    def check(found):
        if abs(found.item() - given["loss"]) > 1e-3 * abs(given["loss"]):
            raise ValueError(f"the loss is {found.item()}, expected {given['loss']}")

    return step, check


torch.set_num_threads(1)
answer("PyTorch " + torch.__version__.split("+")[0], prepare)
