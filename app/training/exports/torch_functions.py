"""Functions that a PyTorch script brings along, each only where it is used."""

from __future__ import annotations

FUNCTIONS: dict[str, str] = {
    "rows": '''
def rows(x):
    """How many rows half_mse averages over."""
    return x.numel() // (x.shape[-1] if x.ndim > 1 else 1)
''',
    "vectors": '''
def vectors(x):
    """How many vectors of scores the loss averages over."""
    return x.numel() // x.shape[-1]
''',
    "bounded_log": '''
def bounded_log(x):
    """The logarithm, not below -100; where it would be, its gradient is 0."""
    inside = x > math.exp(-100)
    return torch.where(inside, torch.log(torch.where(inside, x, 1.0)), -100.0)
''',
    "norm": '''
def norm(x, axis, keepdims):
    """The length of a vector; the largest is taken out first, so that no square overflows."""
    peak = x.detach().abs().amax(() if axis is None else axis, keepdim=True)
    peak = torch.where(peak > 0, peak, 1.0)
    length = peak * torch.linalg.vector_norm(x / peak, dim=axis, keepdim=True)
    return length if keepdims else length.squeeze(tuple(range(x.ndim)) if axis is None else axis)
''',
    "std": '''
def std(x, axis, keepdims, correction):
    """The root of the variance; 0, with gradient 0, where all elements are equal."""
    first = (x.flatten()[0] if axis is None else x.narrow(axis, 0, 1)).detach()
    found = torch.var(x - first, dim=axis, keepdim=keepdims, correction=correction)
    return torch.where(found > 0, torch.sqrt(torch.where(found > 0, found, 1.0)), 0.0)
''',
    "put": '''
def put(x, y, index):
    """Return x with something else at an index."""
    whole = x.clone()
    whole[index] = y
    return whole
''',
    "pooled": '''
def pooled(pool, x, size, stride):
    """Pool over the last two axes, however many stand before them."""
    found = pool(x.reshape(-1, 1, *x.shape[-2:]), size, stride=stride)
    return found.reshape(*x.shape[:-2], *found.shape[-2:])
''',
}
