"""What is true about the week. Pure: plain values in, plain values out; no database, no clock, no request."""
