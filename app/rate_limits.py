"""How often one may ask on a hosted server, in whole numbers that can be set."""

from __future__ import annotations

from dataclasses import dataclass

from engine.given_limits import given


@dataclass(frozen=True, slots=True)
class Rates:
    """Requests on average, and in a burst. A lecture hall is one address: three hundred people
    may begin in the same minute.
    """

    address_per_second: int = 300
    address_burst: int = 1_000
    network_per_second: int = 20
    network_burst: int = 40
    new_networks_per_hour: int = 600
    new_networks_burst: int = 300
    new_sweeps_per_hour: int = 120
    new_sweeps_burst: int = 60
    token_per_second: int = 100
    token_burst: int = 500
    token_new_networks_per_hour: int = 3_600
    token_new_networks_burst: int = 600
    unknown_networks_per_minute: int = 60
    unknown_networks_burst: int = 60


RATES = Rates(**given(Rates))
