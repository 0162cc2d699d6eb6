"""Measures in PyTorch the calls that it is given, on one thread."""

import sys

try:
    import torch
except ImportError as problem:
    print(problem)
    sys.exit(3)


def require(found, expected):
    """Whole numbers must be met exactly, others closely."""
    same = found.shape == expected.shape and (
        torch.allclose(found, expected, rtol=1e-8, atol=1e-8)
        if expected.is_floating_point()
        else torch.equal(found, expected.to(found.dtype))
    )
    if not same:
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
    left, right = stored(call["form"], left, right)
    out = torch.empty(n, n, dtype=dtype)
    return lambda: torch.mm(left, right, out=out), x @ y


def stored(form, left, right):
    """The same matrices, those that the form names being stored transposed."""
    if form[0] == "T":
        left = left.mT.contiguous().mT
    if form[1] == "T":
        right = right.mT.contiguous().mT
    return left, right


def stacked_products(call):
    sizes, of = call["product"].split(" of ")
    count = int(sizes)
    m, k, n = (int(size) for size in of.split("x"))
    dtype = {"32": torch.float32, "64": torch.float64}[call["bits"]]
    b = torch.arange(count)[:, None, None]
    x = (b + torch.arange(m)[:, None] + 2 * torch.arange(k)[None, :]) % 7 - 3
    y = (b + 3 * torch.arange(k)[:, None] + torch.arange(n)[None, :]) % 5 - 2
    left, right = stored(call["form"], x.to(dtype), y.to(dtype))
    return lambda: torch.bmm(left, right), x @ y


def scattered(rows, columns):
    """Numbers between -0.5 and 0.5 without a pattern."""
    k = torch.arange(1, rows * columns + 1, dtype=torch.float64)
    x = 43758.5453 * torch.sin(12.9898 * k)
    return (x - torch.floor(x) - 0.5).reshape(rows, columns)


def linear_algebra(call):
    operation, shape = call["problem"].split(" ")
    m, n = (int(size) for size in shape.split("x"))
    x = scattered(m, n)
    one = torch.eye(m, dtype=torch.float64)
    unknown = scattered(n, 1)
    if operation == "solve":
        a = x / math.sqrt(n) + 2 * one
        b = a @ unknown
        return lambda: torch.linalg.solve(a, b), unknown
    if operation == "cholesky":
        factor = x.tril(-1) / math.sqrt(n) + 2 * one
        a = factor @ factor.T
        return lambda: torch.linalg.cholesky(a), factor
    if operation == "lstsq":
        b = x @ unknown
        return lambda: torch.linalg.lstsq(x, b, driver="gels").solution, unknown
    if operation == "eigh":
        a = x + x.T
        return lambda: torch.linalg.eigh(a).eigenvalues, torch.linalg.eigvalsh(a)
    return None


def prepare(request, call):
    prepared = {
        "tensor-overhead": overhead,
        "gemm": gemm,
        "stacked-products": stacked_products,
        "linear-algebra": linear_algebra,
    }[request["suite"]](call)
    if prepared is None:
        return None
    function, expected = prepared
    return function, lambda found: require(found.detach(), expected)


torch.set_num_threads(1)
answer("PyTorch " + torch.__version__.split("+")[0], prepare)
