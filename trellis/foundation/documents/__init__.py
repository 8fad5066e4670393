"""Files that people bring, and papers that we make: judged, written anew, sealed and kept outside the web root."""
