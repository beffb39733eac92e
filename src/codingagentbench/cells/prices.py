"""What a call costs: the endpoint's own price list, else genai-prices; unknown is null, never 0."""

from __future__ import annotations

from codingagentbench.endpoints import Target
from codingagentbench.gateway import Call
from codingagentbench.gateway import Price as PriceOf


def price_of(target: Target) -> PriceOf | None:
    """The price of one call in US dollars, as a function; ``None`` for built-in models."""
    listed, upstream = target.price, target.upstream
    if upstream is None:
        return None
    if listed is not None:
        return lambda call: listed.usd(call.usage)
    model = upstream.model or target.model
    return lambda call: _by_genai_prices(call, model)


def _by_genai_prices(call: Call, model: str) -> float | None:
    from genai_prices import Usage as Priced
    from genai_prices import calc_price

    usage = call.usage
    if usage.input is None or usage.output is None:
        return None
    priced = Priced(
        input_tokens=usage.input,
        cache_read_tokens=usage.cached or 0,
        cache_write_tokens=usage.cache_write or 0,
        output_tokens=usage.output,
    )
    try:
        return float(calc_price(priced, model_ref=model).total_price)
    except LookupError:  # a model that nobody has listed
        return None
