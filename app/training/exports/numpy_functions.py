"""Functions that a NumPy script brings along, each only where it is used."""

from __future__ import annotations

FUNCTIONS: dict[str, str] = {
    "fit": '''
def fit(g, shape):
    """Sum a gradient over the axes along which its argument was repeated."""
    extra = np.ndim(g) - len(shape)
    repeated = [extra + i for i, n in enumerate(shape) if n == 1 and np.shape(g)[extra + i] != 1]
    return np.reshape(np.sum(g, axis=(*range(extra), *repeated)), shape)
''',
    "spread": '''
def spread(g, x, axis, keepdims):
    """Give every element of x the number that its sum was part of."""
    g = g if axis is None or keepdims else np.expand_dims(g, axis)
    return np.broadcast_to(g, np.shape(x))
''',
    "ties": '''
def ties(x, z, axis):
    """Share a gradient equally among the elements that are the largest or smallest."""
    hit = x == z
    return hit / np.sum(hit, axis=axis, keepdims=True)
''',
    "share": '''
def share(values, z, slot, first):
    """Share a gradient equally among the arguments that were taken, or give it to the first."""
    hit = np.stack(np.broadcast_arrays(*values)) == z
    if first:
        hit &= np.cumsum(hit, axis=0) == 1
    return hit[slot] / np.sum(hit, axis=0)
''',
    "others": '''
def others(x, axis):
    """Return at each element the product of all others: of those before times those after."""
    rows = np.reshape(x, -1) if axis is None else np.moveaxis(x, axis, -1)
    one = np.ones_like(rows[..., :1])
    before = np.cumprod(np.concatenate([one, rows[..., :-1]], axis=-1), axis=-1)
    after = np.cumprod(np.concatenate([one, rows[..., :0:-1]], axis=-1), axis=-1)
    product = before * after[..., ::-1]
    return np.reshape(product, np.shape(x)) if axis is None else np.moveaxis(product, -1, axis)
''',
    "placed": '''
def placed(g, shape, index):
    """Put a part in its place among zeros."""
    whole = np.zeros(shape)
    whole[index] = g
    return whole
''',
    "put": '''
def put(x, y, index):
    """Return x with another element in one place."""
    whole = np.array(x)
    whole[index] = y
    return whole
''',
    "gathered": '''
def gathered(g, shape, rows):
    """Add the gradients of rows that were looked up; a row used twice gets both."""
    whole = np.zeros(shape)
    np.add.at(whole, rows, g)
    return whole
''',
    "cut": '''
def cut(g, parts, slot, axis):
    """Return the piece of a gradient that belongs to one of the parts that were joined."""
    ends = np.cumsum([np.shape(part)[axis] for part in parts])
    return np.split(g, ends[:-1], axis)[slot]
''',
    "power_base": '''
def power_base(x, y):
    """The derivative of x ** y by x, which is 0 for y = 0."""
    return np.where(y == 0, 0.0, y * np.where(y == 0, 1.0, x) ** (y - 1))
''',
    "power_exponent": '''
def power_exponent(x, z):
    """The derivative of z = x ** y by y, which is 0 for x = 0."""
    return z * np.log(np.where(x == 0, 1.0, x))
''',
    "softplus": '''
def softplus(x):
    """ln(1 + e**x), without overflow."""
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))
''',
    "sigmoid": '''
def sigmoid(x):
    """1 / (1 + e**-x), without overflow."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))
''',
    "normal": '''
def normal(x):
    """The standard normal distribution function."""
    return 0.5 * (1 + np.vectorize(math.erf, otypes=[float])(x / math.sqrt(2)))
''',
    "bell": '''
def bell(x):
    """The standard normal density."""
    return np.exp(-x * x / 2) / math.sqrt(2 * math.pi)
''',
    "cross_entropy_slope": '''
def cross_entropy_slope(x, y):
    """The derivative of a row's cross-entropy by its scores."""
    weight = np.sum(np.broadcast_to(y, np.shape(x)), axis=-1, keepdims=True)
    return np.exp(log_softmax(x, -1)) * weight - y
''',
    "log_softmax": '''
def log_softmax(x, axis):
    """The logarithm of e**x over its sum, without overflow."""
    shifted = x - np.max(x, axis=axis, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))
''',
    "bounded_log": '''
def bounded_log(x):
    """The logarithm, not below -100."""
    with np.errstate(divide="ignore"):
        return np.maximum(np.log(x), -100.0)
''',
    "log_slope": '''
def log_slope(x):
    """The derivative of the bounded logarithm."""
    inside = bounded_log(x) > -100.0
    return np.where(inside, 1 / np.where(inside, x, 1.0), 0.0)
''',
    "rows": '''
def rows(x):
    """How many rows the loss averages over."""
    return np.size(x) // (np.shape(x)[-1] if np.ndim(x) > 1 else 1)
''',
    "vectors": '''
def vectors(x):
    """How many vectors of scores the loss averages over."""
    return np.size(x) // np.shape(x)[-1]
''',
    "norm": '''
def norm(x, axis, keepdims):
    """The length of a vector; the largest is taken out first, so that no square overflows."""
    peak = np.max(np.abs(x), axis=axis, keepdims=True)
    peak = np.where(peak > 0, peak, 1.0)
    length = peak * np.sqrt(np.sum((x / peak) ** 2, axis=axis, keepdims=True))
    return length if keepdims else np.squeeze(length, axis)
''',
    "quotient": '''
def quotient(x, y):
    """x / y, and 0 where y is 0."""
    return np.where(y == 0, 0.0, x / np.where(y == 0, 1.0, y))
''',
    "var": '''
def var(x, axis, keepdims, correction):
    """The squared deviations from the mean, over their number less the correction."""
    n = np.size(x) if axis is None else np.shape(x)[axis]
    return np.sum(deviations(x, axis) ** 2, axis=axis, keepdims=keepdims) / (n - correction)
''',
    "var_slope": '''
def var_slope(x, axis, correction):
    """The derivative of a variance by each element."""
    n = np.size(x) if axis is None else np.shape(x)[axis]
    return 2 / (n - correction) * deviations(x, axis)
''',
    "layer_norm": '''
def layer_norm(x, eps):
    """Give each row mean 0 and variance 1, with eps under the root."""
    return deviations(x, -1) / np.sqrt(var(x, -1, True, 0) + eps)
''',
    "layer_norm_slope": '''
def layer_norm_slope(g, x, z, eps):
    """What comes back through a normalised row z to x."""
    straight = g - np.mean(g, axis=-1, keepdims=True)
    turned = z * np.mean(g * z, axis=-1, keepdims=True)
    return (straight - turned) / np.sqrt(var(x, -1, True, 0) + eps)
''',
    "deviations": '''
def deviations(x, axis):
    """x less its mean; exactly 0 where all elements are equal."""
    shifted = x - (np.reshape(x, -1)[0] if axis is None else np.take(x, [0], axis=axis))
    return shifted - np.mean(shifted, axis=axis, keepdims=True)
''',
    "conv2d": '''
def conv2d(x, w, stride, padding):
    """Slide kernels [O, C, kh, kw] over images [N, C, H, W]."""
    patches = seen(padded(x, padding), w.shape[2:], stride)
    return np.einsum("nchwij,ocij->nohw", patches, w, optimize=True)
''',
    "conv2d_image": '''
def conv2d_image(g, x, w, stride, padding):
    """What comes back to the images."""
    whole = np.zeros(padded(x, padding).shape)
    rows, columns = windows(whole.shape, w.shape[2:], stride)
    patches = np.einsum("nohw,ocij->nchwij", g, w, optimize=True)
    np.add.at(whole, (..., rows, columns), patches)
    (high, wide), (height, width) = padding, x.shape[2:]
    return whole[:, :, high : high + height, wide : wide + width]
''',
    "conv2d_kernel": '''
def conv2d_kernel(g, x, w, stride, padding):
    """What comes back to the kernels."""
    patches = seen(padded(x, padding), w.shape[2:], stride)
    return np.einsum("nohw,nchwij->ocij", g, patches, optimize=True)
''',
    "max_pool2d_slope": '''
def max_pool2d_slope(g, x, size, stride):
    """What comes back through a pool: all of it to the first of the largest in each window."""
    patches = seen(x, size, stride)
    flat = patches.reshape(*g.shape, -1)
    first = np.arange(flat.shape[-1]) == np.argmax(flat, axis=-1)[..., None]
    whole = np.zeros(x.shape)
    shares = (g[..., None] * first).reshape(patches.shape)
    np.add.at(whole, (..., *windows(x.shape, size, stride)), shares)
    return whole
''',
    "avg_pool2d_slope": '''
def avg_pool2d_slope(g, x, size, stride):
    """What comes back through a pool: the same to every element of a window."""
    whole = np.zeros(x.shape)
    shares = np.broadcast_to(g[..., None, None] / math.prod(size), (*g.shape, *size))
    np.add.at(whole, (..., *windows(x.shape, size, stride)), shares)
    return whole
''',
    "padded": '''
def padded(x, padding):
    """Put zeros around images."""
    return np.pad(x, ((0, 0), (0, 0), *((n, n) for n in padding)))
''',
    "seen": '''
def seen(x, size, stride):
    """Return what a window sees at each of its places, as two more axes."""
    return x[(..., *windows(x.shape, size, stride))]
''',
    "windows": '''
def windows(shape, size, stride):
    """Return the rows and the columns that a window covers at each of its places."""
    rows, columns = (
        np.arange(0, n - k + 1, step)[:, None] + np.arange(k)
        for n, k, step in zip(shape[-2:], size, stride)
    )
    return rows[:, None, :, None], columns[None, :, None, :]
''',
}
