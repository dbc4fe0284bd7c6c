"""Networks that learn: what is asked for, the state between two requests, and what can be shown.

Pure: no HTTP, no database, no asyncio. `Spec.of(request)` checks a request, `Session.begin(spec)`
starts a network; a `State` is all that has to be kept between two calls.
"""
