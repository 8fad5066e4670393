"""The one guarded way to the network: `outbound.fetch(url)`. Nothing else opens a connection to a site."""

from trellis.foundation.outbound.faults import NotFetched, sentence
from trellis.foundation.outbound.fetching import Answer, Limits, Way, fetch

__all__ = ["Answer", "Limits", "NotFetched", "Way", "fetch", "sentence"]
