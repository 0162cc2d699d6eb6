"""Measures in PyTorch the calls that it is given, on one thread."""

import sys

try:
    import torch
except ImportError as problem:
    print(problem)
    sys.exit(3)


def require(found, expected):
    if not torch.equal(found, expected.to(found.dtype)):
        raise ValueError(f"got {found}, expected {expected}")


def overhead(call):
    elements = int(call["elements"])
    x = torch.tensor([k % 5 + 1.0 for k in range(elements)], dtype=torch.float64)
    y = torch.tensor([k % 3 - 7.0 for k in range(elements)], dtype=torch.float64)
    u = x.clone().requires_grad_()
    v = y.clone().requires_grad_()

    def gradient_of_product():
        return torch.autograd.grad((u * y).sum(), u)[0]

    def second_derivative_of_cubes():
        (slope,) = torch.autograd.grad((u**3).sum(), u, create_graph=True)
        return torch.autograd.grad(slope.sum(), u)[0]

    return {
        "add": (lambda: x + y, x + y),
        "addRecorded": (lambda: u + v, x + y),
        "multiply": (lambda: x * y, x * y),
        "multiplyRecorded": (lambda: u * v, x * y),
        "sumOfProduct": (lambda: (u * v).sum(), torch.dot(x, y)),
        "gradientOfProduct": (gradient_of_product, y),
        "secondDerivativeOfCubes": (second_derivative_of_cubes, 6 * x),
    }.get(call["benchmark"])


def gemm(call):
    if call["benchmark"] != "kernel":
        return None
    n = int(call["n"])
    dtype = {"32": torch.float32, "64": torch.float64}[call["bits"]]
    i = torch.arange(n)[:, None]
    j = torch.arange(n)[None, :]
    x = (i + 2 * j) % 7 - 3
    y = (3 * i + j) % 5 - 2
    left, right = x.to(dtype), y.to(dtype)
    if call["form"] == "NT":
        right = right.t().contiguous().t()
    if call["form"] == "TN":
        left = left.t().contiguous().t()
    out = torch.empty(n, n, dtype=dtype)
    return lambda: torch.mm(left, right, out=out), x @ y


def prepare(request, call):
    prepared = {"tensor-overhead": overhead, "gemm": gemm}[request["suite"]](call)
    if prepared is None:
        return None
    function, expected = prepared
    return function, lambda found: require(found.detach(), expected)


torch.set_num_threads(1)
answer("PyTorch " + torch.__version__.split("+")[0], prepare)
